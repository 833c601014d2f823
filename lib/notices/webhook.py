"""Sends a plain webhook: https, a public address, no redirect, a time-out, a bounded body, a signature.

The name is resolved once and the connection goes to that very address, so that a second answer of the name
server leads nowhere else. The signature is HMAC-SHA256 over `timestamp.body` with the channel's key.
"""

import hashlib
import hmac
import http.client
import ipaddress
import json
import socket
import ssl
import threading
from datetime import datetime
from urllib.parse import SplitResult, urlsplit

from lib.notices.message import SENT, Message
from lib.settings import LOCAL_NAMES, Channel

STEP_SECONDS, WHOLE_SECONDS = 10.0, 20.0  # one step of the talk, and all of it
MOST_SENT, MOST_READ = 64 * 1024, 4 * 1024  # bytes
TEXT_MAX = 20_000
PASSING_STATUS = frozenset({408, 425, 429})


def send(channel: Channel, message: Message, now: datetime, *, local: bool = False) -> str:
    """Post the message; "sent", or what went wrong (see rules.PASSING and rules.LASTING).

    `local` is the setting for trials: this machine counts as a public address, also by http.
    """
    parts = urlsplit(channel.address.get_secret_value())
    here = local and parts.hostname in LOCAL_NAMES
    if parts.scheme != "https" and not here:
        return "not_public"
    try:
        address = _address(parts, here)
    except OSError:
        return "unreachable"
    if address is None:
        return "not_public"
    try:
        return _post(parts, address, _body(message), _headers(channel, message, now))
    except ssl.SSLCertVerificationError:
        return "not_trusted"
    except TimeoutError:
        return "slow"
    except (OSError, http.client.HTTPException):
        return "unreachable"


def _address(parts: SplitResult, here: bool) -> str | None:
    """The one address to connect to; None unless every address of the name is a public one."""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    if not addresses or not all(_is_public(one) or (here and one.is_loopback) for one in addresses):
        return None
    return str(addresses[0])


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Also looks into addresses that carry an IPv4 one."""
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    if inner is not None:
        return _is_public(inner)
    if isinstance(address, ipaddress.IPv6Address) and (
        address.teredo or address in ipaddress.ip_network("64:ff9b::/96")
    ):
        return False
    return address.is_global and not address.is_multicast


class _Fixed(http.client.HTTPConnection):
    """Connects to the address that was looked at; the certificate must be that of the name."""

    def __init__(self, parts: SplitResult, address: str) -> None:
        secure = parts.scheme == "https"
        super().__init__(parts.hostname, parts.port or (443 if secure else 80), timeout=STEP_SECONDS)
        self.address, self.context = address, ssl.create_default_context() if secure else None

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), self.timeout)
        if self.context is not None:
            self.sock = self.context.wrap_socket(self.sock, server_hostname=self.host)


def _post(parts: SplitResult, address: str, body: bytes, headers: dict[str, str]) -> str:
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection = _Fixed(parts, address)
    over = threading.Event()

    def cut() -> None:
        over.set()
        if connection.sock is not None:
            connection.sock.shutdown(socket.SHUT_RDWR)

    watch = threading.Timer(WHOLE_SECONDS, cut)
    watch.daemon = True
    watch.start()
    try:
        connection.request("POST", target, body, headers)
        answer = connection.getresponse()
        answer.read(MOST_READ)
        if over.is_set():  # what was cut off reads like an answer that ended
            raise TimeoutError
        return _outcome(answer.status)
    except (OSError, http.client.HTTPException):
        if over.is_set():
            raise TimeoutError from None
        raise
    finally:
        watch.cancel()
        connection.close()


def _outcome(status: int) -> str:
    if 200 <= status < 300:
        return SENT
    if 300 <= status < 400:
        return "redirected"
    return "rejected" if 400 <= status < 500 and status not in PASSING_STATUS else "refused"


def _body(message: Message) -> bytes:
    """Items go first when a message would grow too large: the text says how many there are."""
    held = {"id": message.key, "title": message.title, "text": message.text[:TEXT_MAX],
            "language": message.language, "items": list(message.items)}  # fmt: skip
    body = json.dumps(held, ensure_ascii=False, sort_keys=True).encode()
    return body if len(body) <= MOST_SENT else json.dumps(held | {"items": []}, sort_keys=True).encode()


def _headers(channel: Channel, message: Message, now: datetime) -> dict[str, str]:
    stamp = str(int(now.timestamp()))
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "VIP-Desk",
        "Idempotency-Key": message.key,
        "X-VIP-Desk-Timestamp": stamp,
        "X-VIP-Desk-Signature": "v1=" + signature(channel, stamp, _body(message)),
        "Connection": "close",
    }


def signature(channel: Channel, stamp: str, body: bytes) -> str:
    """What the receiver computes from the raw body and the timestamp, and compares in constant time."""
    key = channel.key.get_secret_value().encode() if channel.key else b""
    return hmac.new(key, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
