"""The signature of a webhook that tells of quotes: HMAC-SHA256 over time stamp and raw body. Pure."""

import hashlib
import hmac
import json
from datetime import datetime
from typing import Any

from lib.errors import Invalid

WINDOW_SECONDS = 300
BODY_MAX = 64 * 1024
SIGNATURE, STAMP = "x-vip-desk-signature", "x-vip-desk-timestamp"


def signature(key: str, stamp: str, body: bytes) -> str:
    """v1=… over `timestamp.body`, as the desk signs its own messages."""
    return "v1=" + hmac.new(key.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def is_signed(key: str, stamp: str, body: bytes, said: str, now: datetime) -> bool:
    """Signed with the key, within five minutes of now; compared in constant time."""
    fresh = stamp.isascii() and stamp.isdigit() and len(stamp) < 12
    fits = hmac.compare_digest(signature(key, stamp, body).encode(), said.encode("utf-8", "replace"))
    return fits and fresh and abs(int(stamp) - int(now.timestamp())) <= WINDOW_SECONDS


def read_body(body: bytes) -> dict[str, Any]:
    """The event of a body: one JSON object of plain values. Raises Invalid."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise Invalid("quote_event_json") from None
    if not isinstance(said, dict) or not all(isinstance(v, str | int | None) for v in said.values()):
        raise Invalid("quote_event_json")
    return said
