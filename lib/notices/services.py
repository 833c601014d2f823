"""The named services and e-mail, through the library `apprise`; plain webhooks go by our own sender."""

import logging
import re
from datetime import datetime
from functools import cache
from typing import Any

from lib.notices import webhook
from lib.notices.message import SENT, Message
from lib.settings import Channel, channels, settings

MESSAGE_HEADER = "X-VIP-Desk-Message"
_ONE_ADDRESS = re.compile(r"[^\s,;:<>()\[\]\"'@]+@[^\s,;:<>()\[\]\"'@]+")
_NOBODY = "nobody@vip-desk.invalid"  # the one recipient of an address that is only looked at


def _silence() -> None:
    """They write addresses, and with them tokens, into their logs: nothing of it is kept. The library sets
    its logger up when it is loaded, so this comes after."""
    for name in ("apprise", "urllib3", "urllib3.connectionpool", "requests"):
        logging.getLogger(name).disabled = True


def _asset() -> Any:
    """No redirects, no files of its own on this machine, nothing loaded from elsewhere."""
    from apprise import AppriseAsset  # late, here and below: a page that sends nothing does not pay for it

    _silence()
    return AppriseAsset(
        app_id="VIP Desk", app_desc="VIP Desk", app_url="", http_redirects=False, secure_logging=True,
        plugin_paths=[], image_url_mask="", image_url_logo="",
    )  # fmt: skip


def _made(channel: Channel, to: str | None, key: str) -> Any | None:
    """The library's own object for one message; None for an address it cannot read.

    An e-mail goes to `to` and to nobody else, whatever the setting names as recipients or copies.
    """
    from apprise import Apprise, NotifyFormat

    held = Apprise.instantiate(channel.address.get_secret_value(), asset=_asset(), suppress_exceptions=True)
    if held is None:
        return None
    if not channel.is_personal:
        return held
    results = type(held).parse_url(channel.address.get_secret_value())
    if not results:
        return None
    results |= {"targets": [to or _NOBODY], "cc": "", "bcc": "", "format": NotifyFormat.TEXT.value}
    results["headers"] = {MESSAGE_HEADER: key}
    results["asset"] = _asset()
    return Apprise.instantiate(results, suppress_exceptions=True)


@cache
def _readable(channel: Channel) -> bool:
    return channel.service == "webhook" or _made(channel, None, "look") is not None


def usable(channel: Channel) -> bool:
    """Whether the library can read the address; it says nothing about the other end."""
    return _readable(channel)


def allowed() -> dict[str, Channel]:
    """The channels that may be chosen, by name."""
    return {name: channel for name, channel in channels().items() if usable(channel)}


def is_one_address(text: str | None) -> bool:
    """One plain e-mail address: a list of them would reach several people."""
    return text is not None and len(text) <= 255 and _ONE_ADDRESS.fullmatch(text) is not None


def send(channel: Channel, message: Message, to: str | None, now: datetime) -> str:
    """Hand the message over; "sent", or what went wrong (see rules.PASSING and rules.LASTING)."""
    if channel.service == "webhook":
        return webhook.send(channel, message, now, local=settings().webhook_local)
    if channel.is_personal and not is_one_address(to):
        return "no_address"

    from apprise import Apprise, NotifyFormat, NotifyType

    made = _made(channel, to, message.key)
    if made is None:
        return "unusable"
    carrier = Apprise(asset=_asset())
    carrier.add(made)
    said = carrier.notify(body=message.text, title=message.title, notify_type=NotifyType.INFO,
                          body_format=NotifyFormat.TEXT)  # fmt: skip
    return SENT if said else "refused"


__all__ = ["MESSAGE_HEADER", "allowed", "send", "usable"]
