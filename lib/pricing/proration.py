"""Parts of billing periods: ratios, billing cycles and the price of a change in mid-period; pure.

Dates are calendar days; an end is the first day no longer covered. Period boundaries are always counted
from the anchor, never from the boundary before, so that the 31st comes back after a short month.
"""

import calendar
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lib.errors import Invalid
from lib.money import round_to

RATIO_PLACES = 9
PERIOD_MONTHS = {"monthly": 1, "quarterly": 3, "half_year": 6, "annual": 12}


def on_day(year: int, month: int, day: int) -> date:
    """The day of a month, or its last day where the month is shorter."""
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def add_months(start: date, months: int, day: int | None = None) -> date:
    """`months` later on the anchor day (default: the day of `start`), cut to the month's end."""
    index = start.year * 12 + start.month - 1 + months
    return on_day(index // 12, index % 12 + 1, day or start.day)


def ratio(used: tuple[date, date], period: tuple[date, date]) -> Decimal:
    """Days used ÷ days of the period, nine places, half up. Raises Invalid for an empty period."""
    whole = (period[1] - period[0]).days
    if whole <= 0:
        raise Invalid("period_empty")
    return round_to(Decimal((used[1] - used[0]).days) / whole, RATIO_PLACES)


def leading_ratio(start: date, first_billing: date, months: int, day: int | None = None) -> Decimal:
    """The part before the first billing date, against the period that ends there."""
    return ratio((start, first_billing), (add_months(first_billing, -months, day), first_billing))


def trailing_ratio(period_start: date, end: date, months: int, day: int | None = None) -> Decimal:
    """The part from a billing date to the end, against the period that begins there."""
    return ratio((period_start, end), (period_start, add_months(period_start, months, day)))


def first_billing_date(start: date, months: int, day: int) -> date:
    """The billing day in the month of the start, or one whole period later where that has passed."""
    same_month = on_day(start.year, start.month, day)
    return same_month if same_month >= start else add_months(same_month, months, day)


def billing_cycles(start: date, end: date | None, target: date, day: int, months: int) -> Decimal:
    """How many periods are billed in advance up to `target` (inclusive), parts counted as ratios."""
    first = first_billing_date(start, months, day)
    total = leading_ratio(start, first, months, day) if first > start else Decimal(0)
    count = 0
    while True:
        begins = add_months(first, count * months, day)
        if begins > target or (end is not None and begins >= end):
            return total
        finishes = add_months(first, (count + 1) * months, day)
        short = end is not None and end < finishes
        total += ratio((begins, end), (begins, finishes)) if short else 1
        count += 1


@dataclass(frozen=True)
class Change:
    """A change of price inside a paid period: what comes back, what is charged, the difference."""

    credit: Decimal
    debit: Decimal

    @property
    def net(self) -> Decimal:
        return self.credit + self.debit


def change_in_period(old: Decimal, new: Decimal, remaining: Decimal, places: int = 2) -> Change:
    """Credit for the unused part of the old price (negative), charge for that part of the new one."""
    return Change(-round_to(old * remaining, places), round_to(new * remaining, places))


def term_price(list_price: Decimal, *, default_months: int, months: int) -> Decimal:
    """A price for `default_months` brought to a term of `months`; exact where the division is."""
    return list_price * months / default_months
