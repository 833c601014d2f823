"""Hands an issued quote's e-mail to the mail server: planned and claimed first, sent afterwards."""

import logging
import smtplib
import ssl
from collections.abc import Callable
from email import message_from_bytes
from email.policy import SMTP
from urllib.parse import unquote, urlsplit

from lib.access import Viewer
from lib.errors import DeskError
from lib.quotes import mailing
from lib.settings import settings

log = logging.getLogger("vip_desk.quotes")
SECONDS = 10.0
Hand = Callable[[bytes, str], str]


def may_send() -> bool:
    """Whether a mail server is set up (VIP_DESK_QUOTE_SMTP)."""
    return settings().quote_smtp is not None


def send(
    viewer: Viewer, quote_id: int, seen_version: int, hand: Hand | None = None, form_key: str | None = None
) -> str:
    """Send the paper of an issued quote to its recipient; "sent" or "failed". A second click sends nothing.

    Raises what mailing.plan_mail raises, DeskError without a mail server.
    """
    if hand is None and not may_send():
        raise DeskError("quote_mail_unset")
    mail_id = mailing.plan_mail(viewer, quote_id, seen_version, form_key=form_key)
    claimed = mailing.claim_mail(viewer, mail_id)
    if claimed is None:
        return mailing.SENT
    key, content, to = claimed
    try:
        outcome = (hand or over_smtp)(content, to)
    except Exception:  # the library's words may hold the address
        log.error("quote mail %s ended in an error of the sender", key)
        outcome = "refused"
    state = mailing.finish_mail(viewer, mail_id, outcome)
    if state != mailing.SENT:
        raise DeskError("quote_mail_failed", outcome=outcome)
    return state


def over_smtp(content: bytes, to: str) -> str:
    """Over TLS only, from the start or by STARTTLS; "sent", or what went wrong."""
    parts = urlsplit(settings().quote_smtp.get_secret_value())
    context = ssl.create_default_context()
    message = message_from_bytes(content, policy=SMTP)
    try:
        if parts.scheme == "smtps":
            server = smtplib.SMTP_SSL(parts.hostname, parts.port or 465, timeout=SECONDS, context=context)
        else:
            server = smtplib.SMTP(parts.hostname, parts.port or 587, timeout=SECONDS)
            server.starttls(context=context)
        with server:
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(message, to_addrs=[to])
    except TimeoutError:
        return "slow"
    except (OSError, smtplib.SMTPException):
        return "refused"
    return mailing.SENT
