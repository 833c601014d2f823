"""What services are priced by, and what loyalty is worth: hours saved, years with us. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from lib.errors import Invalid
from lib.money import from_minor, parse_decimal, to_minor
from lib.pricing.proration import add_months

MONTHS_A_YEAR = 12


def hour_rate(value: Decimal, hours: Decimal) -> Decimal:
    """What an hour saved is worth: 3000 for 100 hours are 30 an hour. Raises Invalid without hours."""
    if hours <= 0:
        raise Invalid("hours_needed")
    return value / hours


@dataclass(frozen=True)
class TenureStep:
    """From this many full years with us a share of the net comes back."""

    years: int
    rebate: Decimal


@dataclass(frozen=True)
class Rebate:
    """What years of cooperation bring back on a quote: paid later, shown beside the price, never in it."""

    years: int
    rate: Decimal
    minor: int


def read_tenure(rows: Sequence[Mapping[str, Any]]) -> tuple[TenureStep, ...]:
    """The table of the policy document "offers", by years."""
    steps = (TenureStep(row["years"], parse_decimal(row["rebate"])) for row in rows)
    return tuple(sorted(steps, key=lambda step: step.years))


def full_years(since: date, on: date) -> int:
    """Anniversaries passed; 29 February comes round on 28 February."""
    years = max(on.year - since.year, 1)
    return years - 1 if add_months(since, years * MONTHS_A_YEAR) > on else years


def tenure_rebate(
    steps: Sequence[TenureStep], since: date | None, on: date, net_minor: int, currency: str
) -> Rebate:
    """The rebate of the step reached; nothing for an account whose first day is not known."""
    years = 0 if since is None else full_years(since, on)
    reached = [step.rebate for step in steps if step.years <= years]
    rate = reached[-1] if reached and since is not None else Decimal(0)
    return Rebate(years, rate, to_minor(from_minor(net_minor, currency) * rate, currency))
