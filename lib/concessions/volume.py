"""Volume deals: what was committed, what came so far beside what the calendar lets expect. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from lib.errors import Conflict, Invalid

TEXT_MAX = 1000


@dataclass(frozen=True)
class Attainment:
    """Shares of the committed volume: what came, and what would have come by now in equal days."""

    reached: Decimal
    expected: Decimal

    @property
    def behind(self) -> bool:
        return self.reached < min(self.expected, Decimal(1))


def attainment(
    committed_minor: int, attained_minor: int, starts_on: date, ends_on: date, day: date
) -> Attainment:
    """`ends_on` is the first day after the deal; before its start nothing is expected."""
    gone = min(max((day - starts_on).days, 0), (ends_on - starts_on).days)
    expected = Decimal(gone) / (ends_on - starts_on).days
    return Attainment(Decimal(attained_minor) / committed_minor, expected)


def state(status: str, at: Attainment) -> str:
    """How a deal stands: on_track or behind while it runs, else its status."""
    if status != "running":
        return status
    if at.reached >= 1:
        return "met"
    return "behind" if at.behind else "on_track"


def settled(committed_minor: int, attained_minor: int) -> str:
    """What became of a deal on its last day."""
    return "met" if attained_minor >= committed_minor else "missed"


def end(status: str) -> str:
    """Raises Conflict for a deal that does not run any more."""
    if status != "running":
        raise Conflict("volume_over")
    return "ended"


def check(values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a deal from a form. Raises Invalid naming the field."""
    committed, rate = values.get("committed_minor") or 0, Decimal(values.get("rate") or 0)
    benefit = " ".join(str(values.get("benefit") or "").split())
    starts_on, ends_on = values.get("starts_on"), values.get("ends_on")
    if committed <= 0:
        raise Invalid("volume_value", field="committed")
    if not rate.is_finite() or not 0 <= rate < 1:
        raise Invalid("volume_value", field="rate")
    if not benefit or len(benefit) > TEXT_MAX:
        raise Invalid("volume_value", field="benefit")
    if not isinstance(starts_on, date) or not isinstance(ends_on, date) or ends_on <= starts_on:
        raise Invalid("volume_value", field="ends_on")
    return {"committed_minor": committed, "rate": rate, "benefit": benefit, "starts_on": starts_on,
            "ends_on": ends_on}  # fmt: skip
