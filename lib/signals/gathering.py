"""Reads what the signs of a morning are decided from, for all accounts. For the daily run; not scoped."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select
from sqlalchemy.engine import Connection

from lib.activity.rules import AlertKind
from lib.renewals.rules import OPEN
from lib.signals import rules
from lib.signals.rules import Finding, Limits
from lib.store import policy
from lib.store.models import (
    Account,
    Case,
    FeatureDay,
    Invoice,
    Quote,
    QuoteDecision,
    QuoteVersion,
    Renewal,
    RivalSuppliers,
    Subscription,
    SubscriptionChange,
)

INVOICE_YEARS = 3
ACTIVE = Account.status == "active"


def findings(
    connection: Connection, day: date, moment: datetime, zone: str, limits: Limits,
    kinds: Sequence[AlertKind] = rules.KINDS,
) -> Iterator[Finding]:  # fmt: skip
    """Every sign that holds on the morning `day`, from what was there at `moment`; cases alone when `kinds`
    names only those."""
    if AlertKind.CASE in kinds:
        yield from _cases(connection, moment, limits)
    if set(kinds) == {AlertKind.CASE}:
        return
    yield from _intervals(connection, day, limits)
    suppliers = _suppliers(connection)
    yield from _rejections(connection, moment, zone, suppliers, limits)
    yield from _rivals(connection, day, suppliers, limits)
    yield from _downgrades(connection, day)
    yield from _activation(connection, day, limits)


def moment_of(day: date, today: date, now: datetime, zone: str) -> datetime:
    """As of when a morning is judged: this instant today, the first instant of an earlier day."""
    return now if day >= today else datetime.combine(day, time(), ZoneInfo(zone))


def _cases(connection: Connection, moment: datetime, limits: Limits) -> Iterator[Finding]:
    c, latest = Case, moment - timedelta(hours=limits.unanswered_hours)
    rows = connection.execute(
        select(c.account_id, c.external_id, c.subject, c.opened_at, c.first_response_minutes, c.closed_at)
        .join(Account, Account.id == c.account_id)
        .where(ACTIVE, Account.is_vip, c.opened_at <= latest)
        .where(c.opened_at > moment - timedelta(days=limits.case_days))
        .where(or_(c.closed_at.is_(None), c.closed_at > moment, c.first_response_minutes.is_not(None)))
        .order_by(c.account_id, c.opened_at, c.id)
    )
    waiting: dict[int, list] = {}
    for row in rows:
        times = (row.opened_at, row.first_response_minutes, row.closed_at)
        if rules.is_unanswered(*times, moment, limits.unanswered_hours):
            waiting.setdefault(row.account_id, []).append((row.external_id, row.subject, row.opened_at))
    for account_id, found in waiting.items():
        yield rules.cases(account_id, found, moment)


def _intervals(connection: Connection, day: date, limits: Limits) -> Iterator[Finding]:
    """Purchases are invoices that were not taken back."""
    i = Invoice
    rows = connection.execute(
        select(i.account_id, i.issued_on)
        .join(Account, Account.id == i.account_id)
        .where(ACTIVE, i.status != "void", i.issued_on < day)
        .where(i.issued_on > day - timedelta(days=366 * INVOICE_YEARS))
        .order_by(i.account_id, i.issued_on)
    )
    bought: dict[int, list[date]] = {}
    for account_id, issued_on in rows:
        bought.setdefault(account_id, []).append(issued_on)
    for account_id, days in bought.items():
        if found := rules.interval(account_id, days, day, limits):
            yield found


def _suppliers(connection: Connection) -> dict[int, tuple[int, str | None]]:
    r = RivalSuppliers
    rows = connection.execute(select(r.account_id, r.suppliers, r.names).where(r.suppliers > 0))
    return {account_id: (count, names) for account_id, count, names in rows}


def _rejections(
    connection: Connection, moment: datetime, zone: str,
    suppliers: dict[int, tuple[int, str | None]], limits: Limits,
) -> Iterator[Finding]:  # fmt: skip
    """Requests we refused and quotes the customer declined, unless one was accepted after."""
    q, v, d = Quote, QuoteVersion, QuoteDecision
    since = moment - timedelta(days=limits.rejection_days)
    label = func.coalesce(q.number, q.title)
    refused = (
        select(q.account_id, q.id, label, func.max(d.decided_at))
        .join(v, v.quote_id == q.id)
        .join(d, d.quote_version_id == v.id)
        .where(d.decision == "rejected", d.decided_at > since, d.decided_at <= moment)
        .where(q.status.in_(("rejected", "declined", "expired", "withdrawn")))
        .group_by(q.account_id, q.id, label)
    )
    declined = select(q.account_id, q.id, label, q.updated_at).where(
        q.status == "declined", q.updated_at > since, q.updated_at <= moment
    )
    won = dict(
        connection.execute(
            select(q.account_id, func.max(v.accepted_at))
            .join(v, v.quote_id == q.id)
            .where(v.accepted_at > since, v.accepted_at <= moment)
            .group_by(q.account_id)
        ).all()
    )
    known = set(connection.execute(select(Account.id).where(ACTIVE)).scalars())
    found: dict[int, list[tuple]] = {}
    for by, statement in (("us", refused), ("customer", declined)):
        for account_id, quote_id, name, at in connection.execute(statement):
            if account_id in known and not (account_id in won and won[account_id] > at):
                found.setdefault(account_id, []).append((at, quote_id, name, by))
    for account_id, rows in found.items():
        rows.sort(reverse=True)
        told = [(quote_id, name, at.astimezone(ZoneInfo(zone)).date(), by) for at, quote_id, name, by in rows]
        yield rules.rejection(account_id, told, *suppliers.get(account_id, (0, None)), limits)


def _rivals(
    connection: Connection, day: date, suppliers: dict[int, tuple[int, str | None]], limits: Limits
) -> Iterator[Finding]:
    r = Renewal
    rows = connection.execute(
        select(r.account_id, r.id, r.due_on)
        .join(Account, Account.id == r.account_id)
        .join(RivalSuppliers, RivalSuppliers.account_id == r.account_id)
        .where(ACTIVE, r.stage.in_(OPEN), RivalSuppliers.suppliers >= limits.rivals_from)
        .where(r.due_on > day, r.due_on <= day + timedelta(days=limits.rivals_ahead))
        .order_by(r.account_id, r.due_on, r.id)
    )
    seen: set[int] = set()
    for account_id, renewal_id, due_on in rows:
        if account_id in seen:
            continue  # the nearest end speaks for the account
        seen.add(account_id)
        if found := rules.rivals(account_id, *suppliers[account_id], renewal_id, due_on, limits):
            yield found


def _downgrades(connection: Connection, day: date) -> Iterator[Finding]:
    """Downgrades that wait for the end of their cycle."""
    c, s = SubscriptionChange, Subscription
    rows = connection.execute(
        select(c.account_id, c.id, s.product, c.asked_on, c.effective_on, c.old_arr_minor, c.new_arr_minor)
        .join(Account, Account.id == c.account_id)
        .join(s, s.id == c.subscription_id)
        .where(ACTIVE, c.kind == "downgrade", c.status == "planned", c.asked_on <= day, c.effective_on > day)
        .order_by(c.account_id, c.effective_on, c.id)
    )
    asked: dict[int, list[tuple]] = {}
    for account_id, *row in rows:
        asked.setdefault(account_id, []).append(tuple(row))
    for account_id, found in asked.items():
        yield rules.downgrade(account_id, found)


def _activation(connection: Connection, day: date, limits: Limits) -> Iterator[Finding]:
    """New accounts against the key features of their plan: those the policy names, else those comparable
    accounts use."""
    span = {
        "low": day - timedelta(days=limits.activation_to),
        "high": day - timedelta(days=limits.activation_from),
    }
    young = connection.execute(
        select(Account.id, Account.plan, Account.signed_up_on)
        .where(ACTIVE, Account.signed_up_on >= span["low"], Account.signed_up_on <= span["high"])
    ).all()  # fmt: skip
    if not young:
        return
    peers, used = _use(connection, day, limits)
    named = {row["code"]: row["names"] for row in policy.values("health", day, connection)["features"]}
    keys: dict[str | None, dict[str, float]] = {}
    for account_id, plan, signed_up_on in young:
        if plan not in keys:
            keys[plan] = _key_features(plan, peers, named, limits)
        age = (day - signed_up_on).days
        mine = frozenset(used.get(account_id, ()))
        if found := rules.activation(account_id, age, mine, keys[plan], plan, limits):
            yield found


def _use(
    connection: Connection, day: date, limits: Limits
) -> tuple[dict[str | None, tuple[int, dict[str, int]]], dict[int, set[str]]]:
    """By plan: how many accounts use any feature, and how many use each; and the features of each account."""
    f = FeatureDay
    longest = max(limits.peer_days, limits.activation_to)
    rows = connection.execute(
        select(f.account_id, f.feature, func.max(f.day), Account.plan)
        .join(Account, Account.id == f.account_id)
        .where(ACTIVE, f.day < day, f.day >= day - timedelta(days=longest), f.uses > 0)
        .group_by(f.account_id, f.feature, Account.plan)
    )
    recent = day - timedelta(days=limits.peer_days)
    counts: dict[str | None, dict[str, int]] = {}
    whose: dict[str | None, set[int]] = {}
    used: dict[int, set[str]] = {}
    for account_id, feature, last, plan in rows:
        used.setdefault(account_id, set()).add(feature)
        if last >= recent:
            of_plan = counts.setdefault(plan, {})
            of_plan[feature] = of_plan.get(feature, 0) + 1
            whose.setdefault(plan, set()).add(account_id)
    return {plan: (len(whose[plan]), found) for plan, found in counts.items()}, used


def _key_features(
    plan: str | None,
    peers: dict[str | None, tuple[int, dict[str, int]]],
    named: dict[str, str],
    limits: Limits,
) -> dict[str, float]:
    """Empty where the source knows no use of this plan's features: then nobody can be behind."""
    of, counts = peers.get(plan, (0, {}))
    if of < limits.peers_least:
        return {}
    given = named.get((plan or "").lower())
    shares = {feature: count / of for feature, count in counts.items()}
    if given:
        return {name.strip(): shares.get(name.strip(), 0.0) for name in given.split(",") if name.strip()}
    return {feature: share for feature, share in shares.items() if share >= limits.peer_share}
