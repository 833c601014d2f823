"""The way of an issued quote to the customer: sent, opened, viewed, accepted; and when a second offer is due.
Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from lib.errors import Invalid

KEY_MAX, NOTE_MAX = 120, 1000
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


class Step(StrEnum):
    """In the order of the way. Whoever views has opened; a step that was skipped is filled by a later one."""

    SENT = "sent"
    OPENED = "opened"
    VIEWED = "viewed"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class Source(StrEnum):
    DESK = "desk"
    HAND = "hand"
    FILE = "file"
    HOOK = "webhook"


OUTSIDE = (Step.OPENED, Step.VIEWED, Step.ACCEPTED, Step.DECLINED)  # what others tell the desk
_WAY = (Step.SENT, Step.OPENED, Step.VIEWED, Step.ACCEPTED)


@dataclass(frozen=True)
class Stage:
    """A step of the way with the first time it was reached; None: not yet."""

    step: Step
    at: datetime | None


def stages(events: Iterable[tuple[str, datetime]]) -> list[Stage]:
    """The way with its first times; a later step without the one before it lends it its own time."""
    first: dict[str, datetime] = {}
    for kind, at in events:
        first[kind] = min(at, first.get(kind, at))
    found: list[Stage] = []
    later: datetime | None = None
    for step in reversed(_WAY):
        own = first.get(step)
        later = min((at for at in (own, later) if at is not None), default=None)
        found.append(Stage(step, later))
    return found[::-1]


def wants_second_offer(events: Iterable[tuple[str, datetime]], days: int, now: datetime) -> bool:
    """Viewed so many days ago, and nothing came of it since."""
    told = dict.fromkeys((kind for kind, _at in events))
    seen = [at for kind, at in events if kind == Step.VIEWED]
    if not seen or Step.ACCEPTED in told or Step.DECLINED in told:
        return False
    return min(seen) + timedelta(days=days) <= now


def read_event(values: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """An event as a tool or a file tells it: number, revision (optional), kind, happened_at, id, note.

    Raises Invalid naming the field.
    """
    kind = str(values.get("kind") or "").strip().lower()
    if kind not in OUTSIDE:
        raise Invalid("quote_event_kind")
    number = str(values.get("number") or "").strip()
    if not number or len(number) > 32 or not number.isprintable():
        raise Invalid("quote_event_number")
    key = str(values.get("id") or "").strip()
    if not key or len(key) > KEY_MAX or not key.isprintable():
        raise Invalid("quote_event_id", limit=KEY_MAX)
    return {
        "number": number, "kind": Step(kind), "key": key, "revision": _revision(values.get("revision")),
        "happened_at": read_moment(values.get("happened_at"), now),
        "note": " ".join(str(values.get("note") or "").split())[:NOTE_MAX] or None,
    }  # fmt: skip


def _revision(value: Any) -> int | None:
    if value in (None, ""):
        return None
    text = str(value)
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 10_000:
        raise Invalid("quote_event_revision")
    return int(text)


def read_moment(value: Any, now: datetime) -> datetime:
    """An instant with its zone, not after now. Raises Invalid for any other."""
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        at = None
    if not isinstance(at, datetime) or at.tzinfo is None or not EARLIEST <= at <= now + timedelta(minutes=5):
        raise Invalid("quote_event_time")
    return at


def task_key(kind: str, quote_id: int, revision: int) -> str:
    return f"{kind}:{quote_id}:{revision}"
