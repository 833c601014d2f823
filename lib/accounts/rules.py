"""What holds for an account as a whole: its status word, its reason, and values that must fit together."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from lib.errors import Invalid


class Standing(StrEnum):
    """The status word of an account, worst first; FORMER is a customer that has left."""

    CRITICAL = "critical"
    WATCH = "watch"
    NO_DATA = "no_data"
    HEALTHY = "healthy"
    FORMER = "former"


RANK = {standing: rank for rank, standing in enumerate(Standing)}
BY_RANK = tuple(Standing)


# What can be taken back, by the command that did it; the last one takes a taking back back.
UNDOABLE = (
    "accounts.correct_account", "accounts.correct_contact", "accounts.set_owner", "accounts.set_status",
    "accounts.undo", "accounts.add_item", "accounts.correct_item", "accounts.remove_item",
    "accounts.set_profile",
)  # fmt: skip
ADDED = "accounts.add_item"  # has nothing before it, and can be taken back all the same


class Reason(StrEnum):
    """The main reason behind a status word, strongest first; each is one sentence in the catalogues."""

    ALERT = "alert"
    ENDED = "ended"
    PROMISE = "promise"
    NO_CONTACT = "no_contact"
    HEALTH = "health"
    SNOOZED = "snoozed"
    SILENT = "silent"
    NEVER = "never"
    FINE = "fine"
    LEFT = "left"


@dataclass(frozen=True)
class Spans:
    """The day counts of policy "standing", and the bands of the health score."""

    notice_window_days: int
    notice_critical_days: int
    contact_days: int
    promise_critical_days: int
    silent_days: int
    watch_from: int = 50  # policy "health": the score below which an account is critical …
    healthy_from: int = 75  # … and from which on it is healthy
    health_cap: int = 40


# What is critical besides an open critical alert, for every page. Each takes a date, or a column: then it is
# the same condition in SQL.


def long_overdue(due_on: Any, today: date, spans: Spans) -> Any:
    """A promise so late that it is critical."""
    return due_on < today - timedelta(days=spans.promise_critical_days)


def notice_near(notice_on: Any, today: date, spans: Spans) -> Any:
    """A notice date so near that not having spoken to the customer is critical."""
    return (notice_on >= today) & (notice_on <= today + timedelta(days=spans.notice_critical_days))


def low(score: Any, least: int) -> Any:
    """A health score (before caps) below the lower end of a band."""
    return score < least


def has_ended(due_on: Any, today: date) -> Any:
    """The contract of a renewal is over (the due day is the first one after it)."""
    return due_on <= today


@dataclass(frozen=True)
class Signs:
    """What is known of an account: its heaviest open alert, overdue promises and since when, the notice date
    nobody was spoken to about (`near_on` when it is critical), the first day after a contract that ended
    with its renewal open, whether activity is silent, and the shown health score with the word its sum
    has by itself (before caps) when that is critical or watch."""

    former: bool = False
    alert_level: str | None = None
    alert_snoozed: bool = False
    overdue: int = 0
    overdue_since: date | None = None
    long_overdue: bool = False
    notice_on: date | None = None
    near_on: date | None = None
    ended_on: date | None = None
    silent: bool = False
    last_active_on: date | None = None
    health: float | None = None
    health_word: str | None = None


def standing(signs: Signs) -> Standing:
    """Critical: an open critical alert, a long overdue promise, a near notice date without contact, a
    contract that ended with its renewal open, a health score of that word. Watch: any other open alert (a
    snoozed one too), overdue promise or notice window without contact, a health score of that word. No data:
    no activity for so long. Else healthy. So the word is never milder than the health score says."""
    if signs.former:
        return Standing.FORMER
    if _critical(signs):
        return Standing.CRITICAL
    if signs.alert_level or signs.overdue or signs.notice_on or signs.health_word:
        return Standing.WATCH
    return Standing.NO_DATA if signs.silent else Standing.HEALTHY


def reasons(signs: Signs) -> list[tuple[Reason, float, date | None]]:
    """Everything that speaks for the status word, the critical first and then the strongest; never empty.

    Each with the count (or the score) and the day its sentence needs.
    """
    if signs.former:
        return [(Reason.LEFT, 0, None)]
    last_day = signs.ended_on and signs.ended_on - timedelta(days=1)
    found = {
        Reason.ALERT: (signs.alert_level and not signs.alert_snoozed, None),
        Reason.ENDED: (signs.ended_on, last_day),
        Reason.PROMISE: (signs.overdue, signs.overdue_since),
        Reason.NO_CONTACT: (signs.notice_on, signs.near_on or signs.notice_on),
        Reason.HEALTH: (signs.health_word, None),
        Reason.SNOOZED: (signs.alert_level and signs.alert_snoozed, None),
        Reason.SILENT: (signs.silent and signs.last_active_on, signs.last_active_on),
        Reason.NEVER: (signs.silent and not signs.last_active_on, None),
    }
    critical = _critical(signs)
    counts = {Reason.HEALTH: signs.health or 0}
    told = [(r, counts.get(r, signs.overdue), day) for r, (holds, day) in found.items() if holds]
    told.sort(key=lambda one: one[0] not in critical)
    return told or [(Reason.FINE, 0, None)]


def _critical(signs: Signs) -> set[Reason]:
    found = {
        Reason.ALERT: signs.alert_level == "critical" and not signs.alert_snoozed,
        Reason.ENDED: signs.ended_on,
        Reason.PROMISE: signs.long_overdue,
        Reason.NO_CONTACT: signs.near_on,
        Reason.HEALTH: signs.health_word == "critical",
    }
    return {reason for reason, holds in found.items() if holds}


def check_account(values: Mapping[str, object], today: date) -> None:
    """Values of one account that contradict each other. Raises Invalid."""
    signed_up = values.get("signed_up_on")
    if signed_up is not None and signed_up > today:
        raise Invalid("signed_up_in_future")


def check_contact(values: Mapping[str, object]) -> None:
    """A sponsor is somebody one can still reach. Raises Invalid."""
    if values.get("is_sponsor") and values.get("kind") == "partner":
        raise Invalid("contact_partner_sponsor")
    if values.get("is_sponsor") and not values.get("active", True):
        raise Invalid("sponsor_not_active")


def check_currency(old: Mapping[str, object], changes: Mapping[str, object], money: tuple[str, ...]) -> None:
    """A new currency does not turn 100 CNY into 100 USD: its amounts are stated anew with it."""
    if changes.get("currency", old["currency"]) == old["currency"]:
        return
    if any(old[name] is not None and name not in changes for name in money):
        raise Invalid("currency_needs_amounts")


def same_name(text: str) -> str:
    """Names that a reader would take for the same: case, spaces and full width set aside."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
