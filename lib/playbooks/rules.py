"""What may happen to a task, and what state it is in on a day; pure."""

from datetime import date, timedelta
from enum import StrEnum

from lib.errors import Conflict, Invalid
from lib.negotiation.rules import clean_text
from lib.policy.rules import REVIEW_TASK

TITLE_LIMIT, REASON_LIMIT, NOTE_LIMIT = 500, 1_000, 2_000
LONGEST_AHEAD = timedelta(days=2 * 366)
BY_FORM = frozenset({REVIEW_TASK})  # these end with their own sign-off, never by a tick
HAND = "hand"  # kind and origin of a task a person wrote


class State(StrEnum):
    """What a person sees of a task on a day."""

    OVERDUE = "overdue"
    TODAY = "today"
    AHEAD = "ahead"
    SNOOZED = "snoozed"
    BLOCKED = "blocked"
    DONE = "done"
    DROPPED = "dropped"


class Scope(StrEnum):
    """Whose tasks: the viewer's, those of the people whose books they see, all of visible accounts."""

    MINE = "mine"
    TEAM = "team"
    ALL = "all"


class Only(StrEnum):
    """Which tasks a list shows. due: awake, not blocked and due by the day; open: every one not closed."""

    DUE = "due"
    OVERDUE = "overdue"
    WEEK = "week"
    OPEN = "open"
    SNOOZED = "snoozed"
    BLOCKED = "blocked"
    DONE = "done"
    DROPPED = "dropped"


def state_of(
    status: str, due_on: date, snoozed_until: date | None, blocked_reason: str | None, today: date
) -> State:
    """A blocked task is blocked whatever its date; a snoozed one wakes on its day."""
    if status != "open":
        return State.DONE if status == "done" else State.DROPPED
    if blocked_reason:
        return State.BLOCKED
    if snoozed_until is not None and snoozed_until > today:
        return State.SNOOZED
    if due_on < today:
        return State.OVERDUE
    return State.TODAY if due_on == today else State.AHEAD


def check_open(status: str, kind: str) -> None:
    """Raises Conflict for a task that is closed already, or that only its own form closes."""
    if kind in BY_FORM:
        raise Conflict("policy_review_by_form")
    if status != "open":
        raise Conflict("task_closed")


def check_closed(status: str, kind: str) -> None:
    if kind in BY_FORM:
        raise Conflict("policy_review_by_form")
    if status == "open":
        raise Conflict("task_open")


def check_day(day: date, today: date, *, later: bool = False) -> date:
    """Today or after (`later`: after today), and within two years. Raises Invalid."""
    if day < today + timedelta(days=1 if later else 0):
        raise Invalid("task_day_past")
    if day > today + LONGEST_AHEAD:
        raise Invalid("task_day_far")
    return day


def title(text: str) -> str:
    return clean_text(text, "task", TITLE_LIMIT)


def reason(text: str | None) -> str:
    """A reason that has to be there. Raises Invalid."""
    if not (text or "").strip():
        raise Invalid("task_reason_missing")
    return clean_text(text, "task", REASON_LIMIT)


def note(text: str | None) -> str | None:
    """A note that may be left out."""
    return clean_text(text, "note", NOTE_LIMIT, lines=True) if (text or "").strip() else None


def evidence(kind: str, day: date, detail: object = "") -> str:
    """What closed a task, as it is stored: kind|day|detail."""
    return f"{kind}|{day.isoformat()}|{detail}"[:255]


def read_evidence(stored: str | None) -> tuple[str, date | None, str]:
    """kind, day and detail of stored evidence; empty where there is none."""
    kind, _, rest = (stored or "").partition("|")
    day, _, detail = rest.partition("|")
    try:
        return kind, date.fromisoformat(day), detail
    except ValueError:
        return kind, None, detail
