"""When a priced quote is paid: its amounts cut into billing periods that add up exactly. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from lib.money import spread
from lib.pricing.proration import add_months, whole_months
from lib.pricing.waterfall import Priced, PricedLine

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Instalment:
    """One billing period, both days counted, billed in advance; one-off lines fall into the first."""

    starts_on: date
    ends_on: date
    net_minor: int
    tax_minor: int

    @property
    def amount_minor(self) -> int:
        return self.net_minor + self.tax_minor


def last_day(priced: Priced, starts_on: date) -> date:
    """The last day of the common period."""
    return priced.period.ends_on or add_months(starts_on, priced.months) - ONE_DAY


def schedule(priced: Priced, starts_on: date, step: int, tax_minor: int = 0) -> list[Instalment]:
    """Periods of `step` months, counted from the first day; each line is paid in the periods it runs in."""
    periods = _periods(starts_on, last_day(priced, starts_on), step)
    nets = [0] * len(periods)
    weights: dict[tuple, list[Decimal]] = {}  # most lines of a quote run for the same time
    for line in priced.lines:
        if not line.request.item.recurring:
            nets[0] += line.net_minor
            continue
        runs = (line.span.starts_on, line.span.ends_on, line.by_year)
        if runs not in weights:
            weights[runs] = _weights(line, priced, starts_on, periods)
        for n, part in enumerate(spread(line.net_minor, weights[runs])):
            nets[n] += part
    taxes = spread(tax_minor, nets)
    return [
        Instalment(first, last, net, tax)
        for (first, last), net, tax in zip(periods, nets, taxes, strict=True)
    ]


def _periods(starts_on: date, ends_on: date, step: int) -> list[tuple[date, date]]:
    found, count = [], 0
    while (first := add_months(starts_on, count * step)) <= ends_on:
        count += 1
        found.append((first, min(add_months(starts_on, count * step) - ONE_DAY, ends_on)))
    return found


def _weights(
    line: PricedLine, priced: Priced, starts_on: date, periods: Sequence[tuple[date, date]]
) -> list[Decimal]:
    """How much of a line falls into each period, in months from the first day of the quote; a ramp by what
    each of its years comes to."""
    begins = line.span.starts_on or starts_on
    ends = line.span.ends_on or last_day(priced, starts_on)
    stretches = [(_place(a, starts_on), _place(b + ONE_DAY, starts_on), rate)
                 for a, b, rate in _stretches(line, begins, ends)]  # fmt: skip
    bounds = [(_place(first, starts_on), _place(last + ONE_DAY, starts_on)) for first, last in periods]
    return [
        sum((rate * max(min(b, to) - max(a, start), Decimal(0)) for a, b, rate in stretches), Decimal(0))
        for start, to in bounds
    ]


def _stretches(line: PricedLine, begins: date, ends: date) -> list[tuple[date, date, Decimal]]:
    """Where a line runs, with its weight a month."""
    if not line.by_year:
        return [(begins, ends, Decimal(1))]
    found, past = [], 0
    for months, amount in line.by_year:
        first, past = add_months(begins, past), past + months
        found.append((first, add_months(begins, past) - ONE_DAY, amount / months))
    return found


def _place(day: date, starts_on: date) -> Decimal:
    """How many months after the first day of the quote a day lies; not above 0 for one before it."""
    months, days, length = whole_months(starts_on, day)
    return months + Decimal(days) / length
