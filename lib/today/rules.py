"""The ranked list of what needs somebody today: one row per account, worst first; pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from lib.errors import Invalid
from lib.money import from_minor
from lib.negotiation.rules import clean_text
from lib.today import ranking
from lib.today.ranking import Priority, Scales


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
    HEALTH = "health"
    TASK = "task"
    VIP = "vip"
    DATA = "data"


class Scope(StrEnum):
    MINE = "mine"
    TEAM = "team"
    ALL = "all"


class Outcome(StrEnum):
    """How a contact went. A talk goes both ways; a message was left; nobody answered."""

    SPOKE = "spoke"
    MESSAGE = "message"
    NO_ANSWER = "no_answer"


_BY_SEVERITY = {severity: place for place, severity in enumerate(Severity)}
_BY_KIND = {kind: place for place, kind in enumerate(Kind)}
_NEVER = date.max
REASON_LIMIT, MOST_MARKS = 500, 500


@dataclass(frozen=True)
class Reason:
    """Why an account needs somebody: a sentence as code and values, a clock, and the one act that helps.

    `code`, `clock` and `action` are the ends of message ids (today-reason-…, today-clock-…,
    today-act-…); `values` fill the sentence; `page` and `params` are where the act takes place. `source`
    names its chance to influence in policy "today", `real` the share of such reasons that prove real.
    `marks` say which records it speaks of; `task` is the id and version of a task that can be ticked off.
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
    source: str = "task"
    real: Decimal = Decimal(1)
    marks: tuple[str, ...] = ()
    task: tuple[int, int] | None = None


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
    priority: Priority

    @property
    def severity(self) -> Severity:
        return self.lead.severity

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return (self.lead, *self.others)


def rank(
    reasons: Iterable[Reason], worth: Mapping[int, Worth], weights: Mapping[str, Decimal], scales: Scales,
    today: date, voices: Mapping[int, Sequence[str]] | None = None,
) -> list[Row]:  # fmt: skip
    """One row per account: by severity, so that no amount buries what is critical, then by priority, then
    the nearer date, then the account's id.

    The result does not depend on the order the reasons arrive in. `weights` only order currencies among
    each other (policy "today"); a currency without one counts as 1. `voices`: marks of advocacy by account.
    """
    of_account: dict[int, list[Reason]] = {}
    for reason in reasons:
        of_account.setdefault(reason.account_id, []).append(reason)
    rows = [
        _merge(
            account_id,
            found,
            worth.get(account_id),
            weights,
            scales,
            today,
            (voices or {}).get(account_id, ()),
        )
        for account_id, found in of_account.items()
    ]
    return sorted(
        rows,
        key=lambda row: (
            _BY_SEVERITY[row.severity], -row.priority.value, -row.priority.push, row.when or _NEVER,
            row.account_id,
        ),
    )  # fmt: skip


def _merge(
    account_id: int, reasons: list[Reason], worth: Worth | None, weights: Mapping[str, Decimal],
    scales: Scales, today: date, voice: Sequence[str],
) -> Row:  # fmt: skip
    lead, *others = sorted(reasons, key=_order)
    clock = _clock(lead, others)
    priority = priority_of(reasons, lead, worth, weights, scales, today, voice)
    return Row(account_id, lead, tuple(others), clock.clock, clock.when, worth, priority)


def priority_of(
    reasons: Iterable[Reason], lead: Reason, worth: Worth | None, weights: Mapping[str, Decimal],
    scales: Scales, today: date, voice: Sequence[str] = (),
) -> Priority:  # fmt: skip
    """The factors of one card: its most urgent reason, the chances of all its kinds together, the effort of
    the act it offers first, and what the customer says of us elsewhere (`voice`)."""
    chances: dict[str, list[Decimal]] = {}
    urgencies: list[Decimal] = []
    for reason in reasons:
        chances.setdefault(reason.kind, []).append(ranking.chance(reason.source, reason.real, scales))
        urgencies.append(ranking.urgency(reason.severity, reason.clock, reason.when, today, scales))
    return Priority(
        arr=None if worth is None else from_minor(worth.minor, worth.currency),
        weighed=Decimal(0) if worth is None else ranking.weighed(worth.minor, worth.currency, weights),
        urgency=ranking.most_urgent(urgencies), influence=ranking.together(chances),
        minutes=ranking.effort(lead.action, scales), advocacy=ranking.advocacy(voice, scales),
    )  # fmt: skip


def _order(reason: Reason) -> tuple:
    return (
        _BY_SEVERITY[reason.severity], _BY_KIND[reason.kind], reason.when or _NEVER, reason.code,
        reason.params, str(reason.values), reason.source, reason.real, reason.marks, reason.task or (),
    )  # fmt: skip


def _clock(lead: Reason, others: Sequence[Reason]) -> Reason:
    """An alert borrows the renewal's clock: how much time is left says more than how old the alert is."""
    if lead.kind is Kind.ALERT:
        for other in others:
            if other.kind is Kind.RENEWAL and other.when is not None:
                return other
    return lead


def joined(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """The reasons a queue is made of: what may wait for a quiet hour (a VIP proposal) joins a card that is
    there for another reason, and makes none of its own."""
    found = tuple(reasons)
    pressing = {reason.account_id for reason in found if reason.kind is not Kind.VIP}
    return tuple(reason for reason in found if reason.account_id in pressing)


def seen_of(reasons: Iterable[Reason]) -> dict[str, str]:
    """What a card shows, as a snooze keeps it: each record it speaks of, with its worst status word."""
    found: dict[str, str] = {}
    for reason in sorted(reasons, key=_order, reverse=True):
        found |= {mark: str(reason.severity) for mark in reason.marks}
    return found


def sleeps(reasons: Iterable[Reason], seen: Mapping[str, str], until: date, today: date) -> bool:
    """Whether a snoozed card stays hidden: until its day, while nothing new arises on the account and
    nothing that was seen gets worse."""
    if today >= until:
        return False
    now = seen_of(reasons)
    return all(
        mark in seen and _BY_SEVERITY[Severity(word)] >= _BY_SEVERITY[Severity(seen[mark])]
        for mark, word in now.items()
    )


def check_snooze(until: date, today: date, longest: int) -> date:
    """A card comes back tomorrow at the earliest, and within the policy's days. Raises Invalid."""
    if until <= today:
        raise Invalid("today_snooze_past")
    if until > today + timedelta(days=longest):
        raise Invalid("today_snooze_long", days=longest)
    return until


def snooze_reason(text: str) -> str:
    """The reason as it is kept. Raises Invalid where there is none, or too much of it."""
    return clean_text(text, "reason", REASON_LIMIT)


def known_marks(seen: Mapping[str, str]) -> dict[str, str]:
    """What a card showed, as it is kept: words of status alone, and not without end."""
    return {str(mark)[:64]: str(Severity(word)) for mark, word in list(seen.items())[:MOST_MARKS]}


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


def scopes(sees_all: bool, leads: bool = False) -> tuple[Scope, ...]:
    """The scopes a viewer may choose from; whoever sees only their own book has nothing to choose, a lead
    chooses between the own book and that of the team."""
    if sees_all:
        return tuple(Scope)
    return (Scope.MINE, Scope.TEAM) if leads else (Scope.MINE,)


def usual_scope(choice: Sequence[Scope], sells: bool) -> Scope:
    """Where a viewer begins: a lead with the team, who sees everything and sells nothing with all."""
    if len(choice) == 1 or (len(choice) == 3 and sells):
        return Scope.MINE
    return Scope.ALL if len(choice) == 3 else Scope.TEAM
