"""The ranked list of what needs somebody today: one row per account, worst first; pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from lib.money import from_minor


class Severity(StrEnum):
    CRITICAL = "critical"
    WATCH = "watch"
    NO_DATA = "no_data"


class Kind(StrEnum):
    """What a reason comes from. The order breaks ties inside one severity."""

    ALERT = "alert"
    PROMISE = "promise"
    APPROVAL = "approval"
    RENEWAL = "renewal"
    QUOTE = "quote"
    TASK = "task"
    DATA = "data"


class Scope(StrEnum):
    MINE = "mine"
    TEAM = "team"
    ALL = "all"


_BY_SEVERITY = {severity: place for place, severity in enumerate(Severity)}
_BY_KIND = {kind: place for place, kind in enumerate(Kind)}
_NEVER = date.max


@dataclass(frozen=True)
class Reason:
    """Why an account needs somebody: a sentence as code and values, a clock, and the one act that helps.

    `code`, `clock` and `action` are the ends of message ids (today-reason-…, today-clock-…,
    today-act-…); `values` fill the sentence; `page` and `params` are where the act takes place.
    """

    account_id: int
    kind: Kind
    severity: Severity
    code: str
    clock: str
    when: date | None
    action: str
    page: str
    params: tuple[tuple[str, int], ...] = ()
    values: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True)
class Worth:
    """ARR of an account in one currency, minor units; an account bills in one currency as a rule."""

    minor: int
    currency: str


@dataclass(frozen=True)
class Row:
    """One account of the queue: its worst reason leads, the others follow in order."""

    account_id: int
    lead: Reason
    others: tuple[Reason, ...]
    clock: str
    when: date | None
    worth: Worth | None

    @property
    def severity(self) -> Severity:
        return self.lead.severity


def rank(reasons: Iterable[Reason], worth: Mapping[int, Worth], weights: Mapping[str, Decimal]) -> list[Row]:
    """One row per account: by severity, then ARR at stake, then the nearer date, then the account's id.

    The result does not depend on the order the reasons arrive in. `weights` only order currencies among
    each other (policy "today"); a currency without one counts as 1.
    """
    of_account: dict[int, list[Reason]] = {}
    for reason in reasons:
        of_account.setdefault(reason.account_id, []).append(reason)
    rows = [_merge(account_id, found, worth.get(account_id)) for account_id, found in of_account.items()]
    heavy = {row.account_id: _weight(row.worth, weights) for row in rows}
    return sorted(
        rows,
        key=lambda row: (
            _BY_SEVERITY[row.severity], -heavy[row.account_id], row.when or _NEVER, row.account_id,
        ),
    )  # fmt: skip


def _merge(account_id: int, reasons: list[Reason], worth: Worth | None) -> Row:
    lead, *others = sorted(reasons, key=_order)
    clock = _clock(lead, others)
    return Row(account_id, lead, tuple(others), clock.clock, clock.when, worth)


def _order(reason: Reason) -> tuple:
    return (
        _BY_SEVERITY[reason.severity], _BY_KIND[reason.kind], reason.when or _NEVER, reason.code,
        reason.params, str(reason.values),
    )  # fmt: skip


def _clock(lead: Reason, others: Sequence[Reason]) -> Reason:
    """An alert borrows the renewal's clock: how much time is left says more than how old the alert is."""
    if lead.kind is Kind.ALERT:
        for other in others:
            if other.kind is Kind.RENEWAL and other.when is not None:
                return other
    return lead


def _weight(worth: Worth | None, weights: Mapping[str, Decimal]) -> Decimal:
    if worth is None:
        return Decimal(0)
    return from_minor(worth.minor, worth.currency) * weights.get(worth.currency, Decimal(1))


def counts(reasons: Iterable[Reason]) -> dict[Kind, int]:
    """Accounts per kind of reason, for the filter above the list."""
    accounts: dict[Kind, set[int]] = {kind: set() for kind in Kind}
    for reason in reasons:
        accounts[reason.kind].add(reason.account_id)
    return {kind: len(found) for kind, found in accounts.items()}


def at_stake(rows: Iterable[Row]) -> dict[str, int]:
    """ARR of the listed accounts per currency, minor units; currencies stay apart, largest sum first."""
    sums: dict[str, int] = {}
    for row in rows:
        if row.worth is not None and row.worth.minor:
            sums[row.worth.currency] = sums.get(row.worth.currency, 0) + row.worth.minor
    return dict(sorted(sums.items(), key=lambda item: (-item[1], item[0])))


def scopes(sees_all: bool) -> tuple[Scope, ...]:
    """The scopes a viewer may choose from; whoever sees only their own book has nothing to choose."""
    return tuple(Scope) if sees_all else (Scope.MINE,)
