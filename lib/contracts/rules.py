"""Joins subscription periods into contracts; calendar steps counted from a start date. Pure."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

FOREVER = date.max
TERM_MONTHS = {"monthly": 1, "quarterly": 3, "half_year": 6, "annual": 12, "multi_year": 12}


class Kind(StrEnum):
    FIXED = "fixed"
    EVERGREEN = "evergreen"
    MONTH_TO_MONTH = "month_to_month"
    TRIAL = "trial"
    ENDED = "ended"
    VOID = "void"


RENEWABLE = (Kind.FIXED, Kind.EVERGREEN)


@dataclass(frozen=True)
class Period:
    """One subscription row. `ends_on` is the first day no longer covered, None while open-ended."""

    id: int
    account_id: int
    product_line: str
    currency: str
    starts_on: date
    ends_on: date | None
    billing: str
    arr_minor: int
    seats: int | None = None
    auto_renews: bool | None = None
    is_trial: bool = False

    @property
    def end(self) -> date:
        return self.ends_on or FOREVER

    @property
    def lasts_by_month(self) -> bool:
        return self.billing == "monthly"

    def covers(self, day: date) -> bool:
        return self.starts_on <= day < self.end


@dataclass(frozen=True)
class Joined:
    """A contract as its periods make it, with the ids of these periods in order of their start."""

    account_id: int
    product_line: str
    currency: str
    kind: Kind
    starts_on: date
    ends_on: date | None
    can_leave_on: date | None
    auto_renews: bool | None
    arr_minor: int
    seats: int | None
    reactivates: bool
    period_ids: tuple[int, ...]

    @property
    def key(self) -> tuple[int, str, str, date]:
        return (self.account_id, self.product_line, self.currency, self.starts_on)


def add_months(start: date, months: int) -> date:
    """The same day `months` later, or the month's last day where it is shorter. Count from the first
    start, never from the last boundary: 31 January gives 28 February and then 31 March."""
    years, month0 = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month0 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def next_boundary(start: date, months: int, today: date) -> date:
    """The first day after `today` on which a term of `months` counted from `start` is complete; on the
    boundary itself the next term has already begun."""
    passed = (today.year - start.year) * 12 + today.month - start.month
    count = max(1, passed // months)
    while add_months(start, count * months) <= today:
        count += 1
    return add_months(start, count * months)


def join_periods(periods: Iterable[Period], today: date, max_gap_days: int = 30) -> list[Joined]:
    """Contracts out of periods: one per account, product line and currency while the gap between an end
    and the next start is at most `max_gap_days`, overlaps included. Every period is in exactly one.

    | paid periods that run on today or later | kind | ends_on |
    |---|---|---|
    | one is open-ended and longer than a month | evergreen | next anniversary of the earliest such one |
    | all longer ones have an end | fixed | the last of these ends |
    | only monthly ones | month_to_month | none; `can_leave_on` instead |
    | none | ended | the last end |

    A trial joins the paid stretch it overlaps or follows within the gap, without making a gap smaller;
    trials alone make a contract of kind trial. A later stretch after a paid one is a return after churn.
    """
    joined: list[Joined] = []
    ordered = sorted(periods, key=_group_order)
    for _, group in groupby(ordered, key=lambda p: (p.account_id, p.product_line, p.currency)):
        joined += _join_line(list(group), today, timedelta(days=max_gap_days))
    return joined


def _group_order(period: Period) -> tuple:
    return (period.account_id, period.product_line, period.currency, period.starts_on, period.id)


def _join_line(ordered: Sequence[Period], today: date, gap: timedelta) -> list[Joined]:
    stretches = _stretches([p for p in ordered if not p.is_trial], gap)
    alone = []
    for trial in (p for p in ordered if p.is_trial):
        home = next((s for s in stretches if _touches(trial, s, gap)), None)
        (home if home is not None else alone).append(trial)
    made = [_contract(stretch, today) for stretch in stretches]
    made = [replace(contract, reactivates=i > 0) for i, contract in enumerate(made)]
    return made + [_contract(stretch, today) for stretch in _stretches(alone, gap)]


def _stretches(ordered: Sequence[Period], gap: timedelta) -> list[list[Period]]:
    found: list[list[Period]] = []
    reach = date.min
    for period in ordered:
        if found and (reach == FOREVER or period.starts_on <= _later(reach, gap)):
            found[-1].append(period)
        else:
            found.append([period])
            reach = date.min
        reach = max(reach, period.end)
    return found


def _touches(trial: Period, stretch: Sequence[Period], gap: timedelta) -> bool:
    paid = [p for p in stretch if not p.is_trial]
    start, end = paid[0].starts_on, max(p.end for p in paid)
    return trial.starts_on <= _later(end, gap) and start <= _later(trial.end, gap)


def _later(day: date, gap: timedelta) -> date:
    return day + gap if day < FOREVER - gap else FOREVER


def _contract(stretch: Sequence[Period], today: date) -> Joined:
    paid = [p for p in stretch if not p.is_trial] or list(stretch)
    running = [p for p in paid if p.end > today]
    kind, ends_on, can_leave_on, anchor = _shape(paid, running, today)
    day = _reference_day(paid, today)
    active = [p for p in paid if p.covers(day)]
    return Joined(
        account_id=paid[0].account_id,
        product_line=paid[0].product_line,
        currency=paid[0].currency,
        kind=Kind.TRIAL if all(p.is_trial for p in paid) else kind,
        starts_on=paid[0].starts_on,
        ends_on=ends_on,
        can_leave_on=can_leave_on,
        auto_renews=anchor.auto_renews,
        arr_minor=sum(p.arr_minor for p in active),
        seats=max((p.seats for p in active if p.seats is not None), default=None),
        reactivates=False,
        period_ids=tuple(p.id for p in sorted(stretch, key=_group_order)),
    )


def _shape(
    paid: Sequence[Period], running: Sequence[Period], today: date
) -> tuple[Kind, date | None, date | None, Period]:
    """Kind, end, exit day, and the period whose terms count."""
    last = max(paid, key=lambda p: (p.end, p.id))
    if not running:
        return Kind.ENDED, last.ends_on, None, last
    committed = [p for p in running if not p.lasts_by_month]
    endless = [p for p in committed if p.ends_on is None]
    if endless:
        anchor = endless[
            0
        ]  # the earliest start: anniversaries of later additions would move the end for ever
        return Kind.EVERGREEN, next_boundary(anchor.starts_on, _months(anchor), today), None, anchor
    if committed:
        anchor = max(committed, key=lambda p: (p.end, p.id))
        return Kind.FIXED, anchor.ends_on, None, anchor
    exits = [min(next_boundary(p.starts_on, 1, today), p.end) for p in running]
    return Kind.MONTH_TO_MONTH, None, max(exits), last


def _months(period: Period) -> int:
    return TERM_MONTHS.get(period.billing, 12)


def _reference_day(paid: Sequence[Period], today: date) -> date:
    """Today while something runs; else the next start; else the last day that was covered."""
    if any(p.covers(today) for p in paid):
        return today
    ahead = [p.starts_on for p in paid if p.starts_on > today]
    if ahead:
        return min(ahead)
    return max(p.end for p in paid) - timedelta(days=1)
