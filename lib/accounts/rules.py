"""What holds for an account as a whole: its status word, its reason, and values that must fit together."""

import unicodedata
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

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
    "accounts.undo",
)  # fmt: skip


class Reason(StrEnum):
    """The main reason behind a status word, strongest first; each is one sentence in the catalogues."""

    ALERT = "alert"
    PROMISE = "promise"
    NO_CONTACT = "no_contact"
    SNOOZED = "snoozed"
    SILENT = "silent"
    NEVER = "never"
    FINE = "fine"
    LEFT = "left"


def standing(
    *,
    former: bool,
    alert_level: str | None,
    alert_snoozed: bool,
    overdue: int,
    no_contact: bool,
    silent: bool,
) -> Standing:
    """Critical: an open critical alert. Watch: any other open alert (a snoozed one too), an overdue promise,
    or a renewal in its notice window without contact. No data: no activity for so long. Else healthy."""
    if former:
        return Standing.FORMER
    if alert_level == "critical" and not alert_snoozed:
        return Standing.CRITICAL
    if alert_level or overdue or no_contact:
        return Standing.WATCH
    return Standing.NO_DATA if silent else Standing.HEALTHY


def reasons(
    *,
    former: bool,
    alert_level: str | None,
    alert_snoozed: bool,
    overdue: int,
    no_contact: bool,
    silent: bool,
    last_active_on: date | None,
) -> list[Reason]:
    """Everything that speaks for the status word, strongest first; never empty."""
    if former:
        return [Reason.LEFT]
    found = {
        Reason.ALERT: bool(alert_level) and not alert_snoozed,
        Reason.PROMISE: overdue > 0,
        Reason.NO_CONTACT: no_contact,
        Reason.SNOOZED: bool(alert_level) and alert_snoozed,
        Reason.SILENT: silent and last_active_on is not None,
        Reason.NEVER: silent and last_active_on is None,
    }
    return [reason for reason, holds in found.items() if holds] or [Reason.FINE]


def check_account(values: Mapping[str, object], today: date) -> None:
    """Values of one account that contradict each other. Raises Invalid."""
    signed_up = values.get("signed_up_on")
    if signed_up is not None and signed_up > today:
        raise Invalid("signed_up_in_future")


def check_contact(values: Mapping[str, object]) -> None:
    """A sponsor is somebody one can still reach. Raises Invalid."""
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
