"""What may be written about a negotiation: texts, dates, channels, buyer scripts; pure."""

import unicodedata
from datetime import date, datetime, timedelta
from enum import StrEnum

from lib.errors import Conflict, Invalid

NOTE_LIMIT = 10_000
SUMMARY_LIMIT = 4_000
PROMISE_LIMIT = 500
PROOF_LIMIT = 1_000
TASK_LIMIT = 500
CLOCK_SLACK = timedelta(minutes=5)  # a browser's clock may run a little ahead of ours
EARLIEST = 2000  # no touch is older than this year; anything earlier is a typing error
LONGEST_PROMISE = timedelta(days=5 * 366)


class Channel(StrEnum):
    CALL = "call"
    WECHAT = "wechat"
    EMAIL = "email"
    MEETING = "meeting"
    VISIT = "visit"
    OTHER = "other"


class Script(StrEnum):
    """The five ways a buyer opens or closes a talk, as a tag on a note."""

    OPENER = "opener"  # facts stated, wants to skip the routine
    IMPACT = "impact"  # priority asked because of time or money lost
    CLAUSE = "clause"  # a clause or policy is cited
    ESCALATION = "escalation"  # asks for a higher level or a number and a time
    CLOSING = "closing"  # restates what, when and contact


class PromiseStatus(StrEnum):
    OPEN = "open"
    KEPT = "kept"
    DROPPED = "dropped"


class TaskStatus(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


PROMISE_OVERDUE = "promise_overdue"

# Marks that turn the direction of a text around can make it read as something else than was written.
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LAYOUT = frozenset("\n\t")


def clean_text(text: str, field: str, limit: int, *, lines: bool = False) -> str:
    """The text as it is stored: NFC, trimmed, Unix line ends; otherwise literally what was typed.

    `field` is a code the error sentences know (note, amendment, summary, promise, proof, reason, task).
    Raises Invalid when it is empty, longer than `limit` characters, or holds control or direction
    characters (line breaks and tabs are allowed where `lines` is true).
    """
    whole = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not whole:
        raise Invalid("negotiation_text_missing", field=field)
    if len(whole) > limit:
        raise Invalid("negotiation_text_long", field=field, limit=limit, length=len(whole))
    allowed = _LAYOUT if lines else frozenset()
    if any(_is_forbidden(character) and character not in allowed for character in whole):
        raise Invalid("negotiation_text_control", field=field)
    return whole


def _is_forbidden(character: str) -> bool:
    """Control characters, lone surrogates and direction marks; emoji joiners are fine."""
    return unicodedata.category(character) in ("Cc", "Cs") or character in _DIRECTION


def channel(value: str) -> Channel:
    try:
        return Channel(value)
    except ValueError:
        raise Invalid("negotiation_channel") from None


def script(value: str | None) -> Script | None:
    try:
        return None if value is None else Script(value)
    except ValueError:
        raise Invalid("negotiation_script") from None


def check_happened(happened_at: datetime, now: datetime) -> None:
    """A contact that took place lies in the past (with five minutes' slack for the browser's clock)."""
    if happened_at > now + CLOCK_SLACK:
        raise Invalid("negotiation_touch_ahead")
    if happened_at.year < EARLIEST:
        raise Invalid("negotiation_touch_old", year=str(EARLIEST))


def check_due(due_on: date, today: date) -> None:
    """A promise is made for today or later, and for at most five years."""
    if due_on < today:
        raise Invalid("negotiation_due_past")
    if due_on > today + LONGEST_PROMISE:
        raise Invalid("negotiation_due_far")


def close_promise(current: str, target: PromiseStatus) -> PromiseStatus:
    """Only an open promise is kept or dropped, once. Raises Conflict."""
    if current != PromiseStatus.OPEN:
        raise Conflict("negotiation_promise_closed")
    return target


def promise_state(status: str, due_on: date, today: date) -> str:
    """kept, dropped, overdue (due before today), today, open."""
    if status != PromiseStatus.OPEN:
        return status
    if due_on < today:
        return "overdue"
    return "today" if due_on == today else "open"


def due_key(promise_id: int, due_on: date) -> str:
    """The name under which a promise's overdue task exists once."""
    return f"{due_prefix(promise_id)}{due_on.isoformat()}"


def due_prefix(promise_id: int) -> str:
    return f"{PROMISE_OVERDUE}:{promise_id}:"
