"""Hands the e-mails of issued quotes to the mail server, beside the visitors: planned first, sent later."""

import logging
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes
from email.policy import SMTP
from urllib.parse import unquote, urlsplit

from lib.access import Viewer
from lib.errors import DeskError
from lib.flows.beside import Beside, one_by_one
from lib.people.identity import technical_viewer
from lib.quotes import mailing, posting
from lib.settings import settings

log = logging.getLogger("vip_desk.quotes")
SECONDS = 10.0
PAUSE_SECONDS = 20.0
MOST_IN_A_ROW = 100
Hand = Callable[[bytes, str], str]


def may_send() -> bool:
    """Whether a mail server is set up (VIP_DESK_QUOTE_SMTP)."""
    return settings().quote_smtp is not None


def send(viewer: Viewer, quote_id: int, seen_version: int, form_key: str | None = None) -> int:
    """Have the paper of an issued quote sent to its recipient, beside the visitors; the message's id.

    Raises what mailing.plan_mail raises, DeskError without a mail server.
    """
    if not may_send():
        raise DeskError("quote_mail_unset")
    made = mailing.plan_mail(viewer, quote_id, seen_version, form_key=form_key)
    nudge()
    return made


def deliver_waiting(
    viewer: Viewer, clock: Callable[[], datetime], hand: Hand | None = None
) -> dict[str, int]:
    """Hand over every letter that waits; state -> how many reached it."""
    counted: dict[str, int] = {}
    for _now, claimed in one_by_one(viewer, clock, posting, MOST_IN_A_ROW):
        try:
            outcome = (hand or over_smtp)(claimed.content, claimed.to)
        except Exception:  # the library's words may hold the address
            log.error("quote mail %s ended in an error of the sender", claimed.key)
            outcome = "refused"
        state = posting.finish(replace(viewer, now=clock()), claimed.id, claimed.claim, outcome)
        counted[state] = counted.get(state, 0) + 1
    return counted


def start(clock: Callable[[], datetime], acting_as: str, *, pause: float = PAUSE_SECONDS) -> bool:
    """Make sure that this process sends what waits; False when it does already, or has no mail server."""
    return may_send() and _letters.start(clock, acting_as, pause)


def nudge() -> None:
    """Look now: somebody wants a letter sent."""
    _letters.nudge()


def stop() -> None:
    _letters.stop()


def _deliver(clock: Callable[[], datetime], acting_as: str) -> None:
    try:
        deliver_waiting(technical_viewer(clock(), acting_as), clock)
    except DeskError as error:
        log.warning("letters wait: %s", error.code)


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


_letters = Beside("letters", log, "letters could not be sent", _deliver)
