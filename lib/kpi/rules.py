"""Each key figure as one function; its docstring is the definition the page shows. Pure.

Amounts are whole minor units of one currency; a customer is an account with ARR above zero.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

import numpy as np
import pandas as pd

from lib.contracts.rules import add_months
from lib.kpi.ledger import Ledger


class Step(StrEnum):
    """What became of an account's ARR between two days."""

    NEW = "new"
    EXPANSION = "expansion"
    REACTIVATION = "reactivation"
    CONTRACTION = "contraction"
    CHURN = "churn"
    SAME = "same"


class Cause(StrEnum):
    """Why an account's ARR is at risk; an account counts once, under the first that holds."""

    CRITICAL = "critical"
    HIGH = "high"
    MONTH_TO_MONTH = "month_to_month"


def arr(ledger: Ledger, day: date) -> int:
    """ARR on a day: the sum over paid subscriptions that cover the day (start included, end excluded) of
    twelve times their monthly price after discount. Trials are left out; an account without any
    subscription counts with the ARR its source states, from its sign-up on.
    """
    return ledger.total(day)


def movements(ledger: Ledger, opening: date, closing: date) -> pd.DataFrame:
    """account_id, opening_minor, closing_minor, change_minor, step: accounts with ARR on either day.

    | opening | closing | step |
    |---|---|---|
    | 0 | above 0 | new, or reactivation when it had paid before the opening day |
    | above 0 | 0 | churn (the last subscription ended; losing one of several is contraction) |
    | a | more, less, equal | expansion, contraction, same |
    """
    before, after = ledger.by_account(opening), ledger.by_account(closing)
    known = ledger.began_by(opening)
    step = np.select(
        [(before == 0) & known, before == 0, after == 0, after > before, after < before],
        [Step.REACTIVATION, Step.NEW, Step.CHURN, Step.EXPANSION, Step.CONTRACTION],
        default=Step.SAME,
    )
    frame = pd.DataFrame(
        {
            "account_id": ledger.accounts, "opening_minor": before, "closing_minor": after,
            "change_minor": after - before, "step": step.astype(object),
        }
    )  # fmt: skip
    return frame[(before > 0) | (after > 0)].reset_index(drop=True)


@dataclass(frozen=True)
class Bridge:
    """opening + new + expansion + reactivation - contraction - churn = closing, exactly.

    Losses are positive amounts. All in minor units of one currency.
    """

    opening: int
    new: int
    expansion: int
    reactivation: int
    contraction: int
    churn: int
    closing: int

    @property
    def change(self) -> int:
        return self.closing - self.opening

    @property
    def steps(self) -> dict[Step, int]:
        """The signed steps in the order they are told."""
        return {
            Step.NEW: self.new,
            Step.EXPANSION: self.expansion,
            Step.REACTIVATION: self.reactivation,
            Step.CONTRACTION: -self.contraction,
            Step.CHURN: -self.churn,
        }


def arr_bridge(moves: pd.DataFrame) -> Bridge:
    """ARR bridge between two days: what new customers, expansion and returning customers added and what
    contraction and churn took away, by account. A returning customer is one that paid before the period
    and did not on its first day.
    """
    sums = {step: int(moves.change_minor[moves.step == step].sum()) for step in Step}
    return Bridge(
        opening=int(moves.opening_minor.sum()),
        new=sums[Step.NEW],
        expansion=sums[Step.EXPANSION],
        reactivation=sums[Step.REACTIVATION],
        contraction=-sums[Step.CONTRACTION],
        churn=-sums[Step.CHURN],
        closing=int(moves.closing_minor.sum()),
    )


@dataclass(frozen=True)
class Ratio:
    """A share with what it was made of; undefined (None) over nothing."""

    part: int
    whole: int
    count: int = 0

    @property
    def value(self) -> Decimal | None:
        return Decimal(self.part) / Decimal(self.whole) if self.whole else None


@dataclass(frozen=True)
class Retained:
    """The customers of an opening day and what they pay on a closing day, in minor units.

    `kept` counts each at most with its opening amount; `still` how many of the `customers` pay at all.
    """

    opening: int
    closing: int
    kept: int
    customers: int
    still: int


def retained(ledger: Ledger, opening: date, closing: date) -> Retained:
    """One frozen start set for all retention figures: the accounts with ARR on the opening day."""
    before, after = ledger.by_account(opening), ledger.by_account(closing)
    there = before > 0
    return Retained(
        opening=int(before.sum()),
        closing=int(after[there].sum()),
        kept=int(np.minimum(before, after)[there].sum()),
        customers=int(there.sum()),
        still=int((after[there] > 0).sum()),
    )


def start_set(moves: pd.DataFrame) -> pd.DataFrame:
    """The rows behind `retained`: customers of the opening day; adds kept_minor (at most the opening)."""
    frame = moves[moves.opening_minor > 0].reset_index(drop=True)
    return frame.assign(kept_minor=np.minimum(frame.opening_minor, frame.closing_minor))


def nrr(found: Retained) -> Ratio:
    """Net revenue retention: ARR today of the customers of twelve months ago, over their ARR then
    ((S + E - C - X) / S). New customers are left out; it can exceed 100%.
    """
    return Ratio(found.closing, found.opening, found.customers)


def grr(found: Retained) -> Ratio:
    """Gross revenue retention: as net revenue retention, but each customer counts at most what it paid
    twelve months ago ((S - C - X) / S). It never exceeds 100%.
    """
    return Ratio(found.kept, found.opening, found.customers)


def logo_retention(found: Retained) -> Ratio:
    """Logo retention: of the customers of twelve months ago, the share that still pays, by count."""
    return Ratio(found.still, found.customers, found.customers)


def arr_at_risk(ledger: Ledger, levels: Mapping[int, str], day: date) -> int:
    """The sum of `at_risk` on a day."""
    now = ledger.by_account(day)
    alerted = np.isin(ledger.accounts, np.fromiter(levels, dtype=np.int64, count=len(levels)))
    return int(now[alerted | (ledger.monthly_by_account(day) == now)].sum())


def at_risk(ledger: Ledger, levels: Mapping[int, str], day: date) -> pd.DataFrame:
    """ARR at risk on a day: the ARR of accounts with an open activity alert of level critical or high, and
    of accounts that pay only month by month and so can leave any month. Each account counts once.

    account_id, cause, arr_minor. `levels`: account id -> level of its open alert on the day.
    """
    arr_now = ledger.by_account(day)
    alert = np.array([levels.get(a) for a in ledger.accounts.tolist()], dtype=object)
    monthly = (ledger.monthly_by_account(day) == arr_now) & (arr_now > 0)
    cause = np.select(
        [alert == Cause.CRITICAL, alert == Cause.HIGH, monthly],
        [Cause.CRITICAL, Cause.HIGH, Cause.MONTH_TO_MONTH],
        default="",
    ).astype(object)
    frame = pd.DataFrame({"account_id": ledger.accounts, "cause": cause, "arr_minor": arr_now})
    return frame[(arr_now > 0) & (cause != "")].reset_index(drop=True)


def levels_on(alerts: Iterable[tuple[int, str, date, date | None]], day: date) -> dict[int, str]:
    """account id -> worst level among its alerts open on a day, from (account, level, opened, resolved)."""
    order = {Cause.CRITICAL: 0, Cause.HIGH: 1}
    found: dict[int, str] = {}
    for account, level, opened, resolved in alerts:
        if opened <= day and (resolved is None or day < resolved) and level in order:
            found[account] = min(level, found.get(account, level), key=lambda v: order[Cause(v)])
    return found


@dataclass(frozen=True)
class RenewalRate:
    """What came due in a period and what became of it, in minor units and contracts."""

    due: int = 0
    renewed: int = 0
    kept: int = 0
    lost: int = 0
    late: int = 0
    contracts: int = 0
    contracts_renewed: int = 0

    @property
    def gross(self) -> Ratio:
        return Ratio(self.kept, self.due, self.contracts)

    @property
    def net(self) -> Ratio:
        return Ratio(self.renewed, self.due, self.contracts)

    @property
    def logo(self) -> Ratio:
        return Ratio(self.contracts_renewed, self.contracts, self.contracts)


def renewal_rate(due: Sequence[tuple[str, int, int]]) -> RenewalRate:
    """Gross renewal rate: renewed ARR, at most what came due, over the ARR that came due in the period.

    Early renewals count in the period they were due in; one that is past its end and still open is late
    and counts as not renewed until it closes. `due`: (stage, base, final) of every renewal that came due.
    """
    signed = [(base, final) for stage, base, final in due if stage == "signed"]
    return RenewalRate(
        due=sum(base for _, base, _ in due),
        renewed=sum(final for _, final in signed),
        kept=sum(min(base, final) for base, final in signed),
        lost=sum(base for stage, base, _ in due if stage == "lost"),
        late=sum(base for stage, base, _ in due if stage not in ("signed", "lost")),
        contracts=len(due),
        contracts_renewed=len(signed),
    )


class Grain(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_MONTHS = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}


@dataclass(frozen=True)
class Span:
    """A period to date: its first and last shown day, the day before it, and where the one before began."""

    first: date
    last: date
    opening: date
    before: date


def span_of(today: date, grain: str) -> Span:
    """The month, quarter or year of a day, up to that day."""
    months = _MONTHS[Grain(grain)]
    first = date(today.year, (today.month - 1) // months * months + 1, 1)
    earlier = add_months(first, -months)
    return Span(first, today, first - timedelta(days=1), earlier - timedelta(days=1))


def month_ends(today: date, months: int) -> list[date]:
    """The last days of the finished months before today, oldest first, and today."""
    first = today.replace(day=1)
    return [add_months(first, -step) - timedelta(days=1) for step in reversed(range(months))] + [today]
