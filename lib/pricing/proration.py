"""Parts of billing periods: ratios, billing cycles and the price of a change in mid-period; pure.

Dates are calendar days; an end is the first day no longer covered. Period boundaries are always counted
from the anchor, never from the boundary before, so that the 31st comes back after a short month.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from lib.errors import Invalid
from lib.money import round_to
from lib.pricing.choices import Span

CONVENTIONS = ("actual", "days_365", "thirty_360", "whole_months")
RATIO_PLACES = 9
PERIOD_MONTHS = {
    "monthly": 1, "two_monthly": 2, "quarterly": 3, "half_year": 6, "annual": 12, "biennial": 24,
    "triennial": 36,
}  # fmt: skip


def on_day(year: int, month: int, day: int) -> date:
    """The day of a month, or its last day where the month is shorter."""
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def add_months(start: date, months: int, day: int | None = None) -> date:
    """`months` later on the anchor day (default: the day of `start`), cut to the month's end."""
    index = start.year * 12 + start.month - 1 + months
    return on_day(index // 12, index % 12 + 1, day or start.day)


def whole_months(start: date, end: date) -> tuple[int, int, int]:
    """Whole months from the anchor, the days left over, and how many days the begun month has."""
    count = (end.year - start.year) * 12 + end.month - start.month
    count = max(count - (add_months(start, count) > end), 0)  # the month of the end counts from its day on
    begun, finished = add_months(start, count), add_months(start, count + 1)
    return count, (end - begun).days, (finished - begun).days


def span(convention: str, starts_on: date, ends_on: date) -> Span:
    """A period in months, both days counted. Raises Invalid for an empty one or an unknown convention.

    actual: whole months, then days over the days of the month begun. days_365: days over 365, twelve months
    a year. thirty_360: every month has 30 days. whole_months: a month begun counts whole.
    """
    end = ends_on + timedelta(days=1)
    if end <= starts_on:
        raise Invalid("period_empty")
    months, days, length = whole_months(starts_on, end)
    if convention == "actual":
        above, below = (months * length + days, length) if days else (months, 1)
    elif convention == "days_365":
        above, below = (end - starts_on).days * 12, 365
    elif convention == "thirty_360":
        years, apart = end.year - starts_on.year, end.month - starts_on.month
        above, below = 360 * years + 30 * apart + min(end.day, 30) - min(starts_on.day, 30), 30
    elif convention == "whole_months":
        above, below = months + (1 if days else 0), 1
    else:
        raise Invalid("proration_unknown", convention=convention)
    return Span(convention, above, below, starts_on, ends_on)


def ratio(used: tuple[date, date], period: tuple[date, date], *, fixed_days: int = 0) -> Decimal:
    """Days used ÷ days of the period, nine places, half up; with `fixed_days` every period has that many, and
    no part is more than the whole. Raises Invalid for an empty period."""
    whole, days = (period[1] - period[0]).days, (used[1] - used[0]).days
    if whole <= 0:
        raise Invalid("period_empty")
    if fixed_days:
        whole, days = fixed_days, min(days, fixed_days)
    return round_to(Decimal(days) / whole, RATIO_PLACES)


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
    total = leading_ratio(start, first, months, day)  # nothing where the first day is a billing day
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
