"""The named services and e-mail, through the library `apprise`; plain webhooks go by our own sender."""

import logging
import re
from datetime import datetime
from functools import cache
from typing import Any

from apprise import Apprise, AppriseAsset, NotifyFormat, NotifyType

from lib.notices import webhook
from lib.notices.message import SENT, Message
from lib.settings import Channel, channels, settings

MESSAGE_HEADER = "X-VIP-Desk-Message"
_ONE_ADDRESS = re.compile(r"[^\s,;:<>()\[\]\"'@]+@[^\s,;:<>()\[\]\"'@]+")
_NOBODY = "nobody@vip-desk.invalid"  # the one recipient of an address that is only looked at
# They write addresses, and with them tokens, into their logs.
for _name in ("urllib3", "requests"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)
    logging.getLogger(_name).propagate = False


def _asset() -> Any:
    """No redirects, no files of its own on this machine, nothing loaded from elsewhere."""

    return AppriseAsset(app_id="VIP Desk", app_desc="VIP Desk", app_url="", http_redirects=False,
                        secure_logging=True, plugin_paths=[])  # fmt: skip


def _made(channel: Channel, to: str | None, key: str) -> Any | None:
    """The library's own object for one message; None for an address it cannot read.

    An e-mail goes to `to` and to nobody else, whatever the setting names as recipients or copies.
    """

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

    made = _made(channel, to, message.key)
    if made is None:
        return "unusable"
    carrier = Apprise(asset=_asset())
    carrier.add(made)
    said = carrier.notify(body=message.text, title=message.title, notify_type=NotifyType.INFO,
                          body_format=NotifyFormat.TEXT)  # fmt: skip
    return SENT if said else "refused"


__all__ = ["MESSAGE_HEADER", "allowed", "send", "usable"]
