"""What a change of a running subscription costs, when it takes effect and what comes back; pure.

A billing cycle is counted from the start of the period, its end is the first day no longer in it. Amounts
are whole minor units and carry one rounding each, half away from zero.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from lib.contracts.rules import add_months
from lib.errors import Invalid
from lib.money import round_to
from lib.pricing.proration import PERIOD_MONTHS, span, whole_months

CYCLE_MONTHS = PERIOD_MONTHS | {"multi_year": 12}
CONVENTIONS = ("days", "thirty_360", "whole_months")
FACTOR_PLACES = 12
DAY = timedelta(days=1)


class Kind(StrEnum):
    UPGRADE = "upgrade"
    DOWNGRADE = "downgrade"
    REFUND = "refund"


class Why(StrEnum):
    """Why money comes back, or why it does not."""

    UNCONDITIONAL = "unconditional"  # monthly: no question asked
    GUARANTEE = "guarantee"  # longer terms: money-back guarantee
    TOO_LATE = "too_late"
    BEFORE = "before_purchase"
    RENEWAL = "renewal"  # the guarantee is for a purchase, not for a renewal
    NOTHING_PAID = "nothing_paid"


@dataclass(frozen=True)
class Limits:
    """The policy of changes. Days from the purchase; `above_hours`: an outage longer than this extends."""

    monthly_days: int
    annual_days: int
    above_hours: int
    remind_from: int
    remind_to: int
    uptime: Decimal  # share of a month


def limits_of(lifecycle: Mapping[str, Any], service: Mapping[str, Any]) -> Limits:
    """Out of the policy areas lifecycle and service."""
    return Limits(
        lifecycle["refund"]["monthly_days"], lifecycle["refund"]["annual_days"],
        lifecycle["outage"]["credit_above_hours"], lifecycle["downgrade"]["remind_from"],
        lifecycle["downgrade"]["remind_to"], Decimal(service["uptime"]["month"]),
    )  # fmt: skip


@dataclass(frozen=True)
class Cycle:
    """One billing cycle: first day, first day after it, and its length in months."""

    starts_on: date
    ends_on: date
    months: int

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days


def cycle_on(starts_on: date, billing: str, day: date) -> Cycle:
    """The billing cycle a day lies in. Raises Invalid before the start or for an unknown billing."""
    months = CYCLE_MONTHS.get(billing)
    if months is None:
        raise Invalid("change_billing", billing=billing)
    if day < starts_on:
        raise Invalid("change_before_start", date=starts_on)
    count = whole_months(starts_on, day)[0] // months
    return Cycle(add_months(starts_on, count * months), add_months(starts_on, (count + 1) * months), months)


def cycle_price(arr_minor: int, months: int) -> int:
    """What one billing cycle costs: ARR × months ÷ 12, rounded once."""
    return _rounded(Decimal(arr_minor) * months / 12)


@dataclass(frozen=True)
class Part:
    """The part of a cycle still to come, as a fraction that is kept with the amount it made."""

    convention: str
    numerator: int
    denominator: int

    @property
    def factor(self) -> Decimal:
        return round_to(Decimal(self.numerator) / self.denominator, FACTOR_PLACES)


def part_left(convention: str, cycle: Cycle, day: date) -> Part:
    """What is left of a cycle from `day` on, the day itself included.

    days: days left over days of the cycle. thirty_360: every month has 30 days. whole_months: a month begun
    counts whole. Raises Invalid for a day outside the cycle or an unknown convention.
    """
    if not cycle.starts_on <= day < cycle.ends_on:
        raise Invalid("change_outside_cycle", start=cycle.starts_on, end=cycle.ends_on - DAY)
    if convention == "days":
        return Part(convention, (cycle.ends_on - day).days, cycle.days)
    if convention not in CONVENTIONS:
        raise Invalid("proration_unknown", convention=convention)
    left = span(convention, day, cycle.ends_on - DAY)
    whole = left.denominator * cycle.months
    return Part(convention, min(left.numerator, whole), whole)


@dataclass(frozen=True)
class Proration:
    """A change in mid-cycle. `credit_minor` (negative) and `charge_minor` add up to `due_minor`, which is
    the exact difference times the part left, rounded once."""

    part: Part
    old_cycle_minor: int
    new_cycle_minor: int
    credit_minor: int
    charge_minor: int

    @property
    def due_minor(self) -> int:
        return self.credit_minor + self.charge_minor


def upgrade(old_arr: int, new_arr: int, cycle: Cycle, day: date, convention: str = "days") -> Proration:
    """An upgrade takes effect at once and costs the difference for the rest of the cycle.

    Due = (new − old price of the cycle) × part left, rounded once; the credit is rounded too, and what is
    charged is the rest, so that the three add up. Raises Invalid unless the price rises.
    """
    if new_arr <= old_arr:
        raise Invalid("change_not_up")
    part = part_left(convention, cycle, day)
    old, new = cycle_price(old_arr, cycle.months), cycle_price(new_arr, cycle.months)
    due = _rounded(Decimal((new - old) * part.numerator) / part.denominator)
    credit = -_rounded(Decimal(old * part.numerator) / part.denominator)
    return Proration(part, old, new, credit, due - credit)


@dataclass(frozen=True)
class Downgrade:
    """A downgrade waits for the end of the cycle: nothing comes back, the old level stays until then."""

    effective_on: date
    reminders: tuple[date, ...]


def downgrade(old_arr: int, new_arr: int, cycle: Cycle, limits: Limits) -> Downgrade:
    """When a downgrade asked for inside the cycle takes effect, and the days that recall it.

    Raises Invalid unless the price falls.
    """
    if not 0 <= new_arr < old_arr:
        raise Invalid("change_not_down")
    days = sorted({limits.remind_from, limits.remind_to}, reverse=True)
    return Downgrade(cycle.ends_on, tuple(cycle.ends_on - timedelta(days=n) for n in days))


@dataclass(frozen=True)
class Refund:
    """Whether a purchase can be given back on a day, until when, how much, and why."""

    eligible: bool
    why: Why
    last_day: date
    amount_minor: int


def refund(
    bought_on: date, billing: str, asked_on: date, paid_minor: int, limits: Limits, *, first: bool = True
) -> Refund:
    """The refund of a purchase. Day n is n days after the purchase; the whole amount or nothing.

    Monthly plans come back without a reason, longer ones under the guarantee; a renewal (`first` false) is
    no purchase, and a downgrade never pays back.
    """
    monthly = billing == "monthly"
    last = bought_on + timedelta(days=limits.monthly_days if monthly else limits.annual_days)
    refusals = (
        (not first, Why.RENEWAL),
        (asked_on < bought_on, Why.BEFORE),
        (asked_on > last, Why.TOO_LATE),
        (paid_minor <= 0, Why.NOTHING_PAID),
    )
    against = next((why for holds, why in refusals if holds), None)
    if against is not None:
        return Refund(False, against, last, 0)
    return Refund(True, Why.UNCONDITIONAL if monthly else Why.GUARANTEE, last, paid_minor)


@dataclass(frozen=True)
class Running:
    """A paid period that runs today, with its billing cycle."""

    id: int
    version: int
    product: str
    plan: str | None
    seats: int | None
    currency: str
    arr_minor: int
    billing: str
    starts_on: date
    ends_on: date | None
    cycle: Cycle


@dataclass(frozen=True)
class Preview:
    """What a change would do, before it is made: exactly what the command writes."""

    kind: Kind
    running: Running
    made: Proration | Downgrade | Refund


@dataclass(frozen=True)
class Outage:
    """One interruption of service; instants in UTC, the end is the first moment it ran again."""

    started_at: datetime
    ended_at: datetime

    @property
    def length(self) -> timedelta:
        return self.ended_at - self.started_at

    def extends(self, limits: Limits) -> bool:
        """Longer than the limit; one of exactly that length is reported and extends nothing."""
        return self.length > timedelta(hours=limits.above_hours)


def check_outage(started_at: Any, ended_at: Any, now: datetime) -> Outage:
    """Raises Invalid unless both are instants, in order, and over."""
    for value in (started_at, ended_at):
        if not isinstance(value, datetime) or value.tzinfo is None:
            raise Invalid("outage_instant")
    if ended_at <= started_at:
        raise Invalid("outage_order")
    if ended_at > now:
        raise Invalid("outage_future")
    return Outage(started_at.astimezone(UTC), ended_at.astimezone(UTC))


def extension_days(outage: Outage, limits: Limits) -> int:
    """Whole days the end of a term moves: the full length of an outage above the limit, a day begun counting
    whole (an end is a date, and the customer does not lose by it); 0 for any other outage."""
    return -(-outage.length // DAY) if outage.extends(limits) else 0


@dataclass(frozen=True)
class Uptime:
    """One month of service: share of time it ran, how long it did not, and whether the promise was kept."""

    month: date  # its first day
    down: timedelta
    share: Decimal
    kept: bool


def uptime(month: date, outages: Sequence[Outage], limits: Limits) -> Uptime:
    """Availability in a calendar month (UTC), overlaps counted once; six places."""
    begin = datetime(month.year, month.month, 1, tzinfo=UTC)
    following = add_months(begin.date(), 1)
    end = datetime(following.year, following.month, 1, tzinfo=UTC)
    down, reached = timedelta(0), begin
    for outage in sorted(outages, key=lambda o: o.started_at):
        start, stop = max(outage.started_at, reached), min(outage.ended_at, end)
        if stop > start:
            down += stop - start
            reached = stop
    share = round_to(1 - Decimal(down // timedelta(seconds=1)) / ((end - begin) // timedelta(seconds=1)), 6)
    return Uptime(begin.date(), down, share, share >= limits.uptime)


@dataclass(frozen=True)
class Shortfall:
    """A quota of the new plan below what the account used at its peak."""

    name: str
    quota: Decimal
    peak: Decimal


def shortfalls(quotas: Mapping[str, Decimal], peaks: Mapping[str, Decimal]) -> list[Shortfall]:
    """The quotas a change would push below the observed peak, the worst share first; a quota without a
    known peak says nothing."""
    found = [Shortfall(n, q, peaks[n]) for n, q in quotas.items() if n in peaks and q < peaks[n]]
    return sorted(found, key=lambda s: (s.quota / s.peak, s.name))


def _rounded(amount: Decimal) -> int:
    return int(round_to(amount, 0))
