"""What the six axes read of every account on a morning, by a few selects over all of them at once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Date, Select, case, func, literal, select, union_all
from sqlalchemy.engine import Connection

from lib.contracts.rules import add_months
from lib.segments import rules
from lib.segments.rules import Inputs, Limits, Won
from lib.store.models import (
    Account,
    AccountDay,
    ChurnAlert,
    HealthDay,
    Invoice,
    Payment,
    QuoteVersion,
    Renewal,
    Subscription,
    Touch,
)
from lib.store.models import Quote as QuoteRow
from lib.store.worth import running

QUARTER_MONTHS = 3


@dataclass
class World:
    """Sums by account id, each from one select."""

    arr: dict[tuple[int, str], int] = field(default_factory=dict)
    trial: set[int] = field(default_factory=set)
    paid: dict[int, dict[str, int]] = field(default_factory=dict)
    touches: dict[int, int] = field(default_factory=dict)
    active: dict[int, int] = field(default_factory=dict)
    purchases: dict[int, tuple] = field(default_factory=dict)
    used: dict[int, tuple] = field(default_factory=dict)
    alert: set[int] = field(default_factory=set)
    health: dict[int, float] = field(default_factory=dict)
    ended: set[int] = field(default_factory=set)
    won: dict[int, list[Won]] = field(default_factory=dict)
    known: bool = False


def inputs_on(connection: Connection, day: date, limits: Limits, months: int, zone: str) -> Iterator[
    tuple[int, Inputs]
]:  # fmt: skip
    """Every account with what its axes read; `months` of past quotes are looked at. What is dated on the
    morning itself or later does not count."""
    world = _world(connection, day, limits, months, ZoneInfo(zone))
    a = Account.__table__.c
    rows = connection.execute(
        select(a.id, a.status, a.plan, a.currency, a.stated_arr_minor, a.signed_up_on, a.monthly_sales_minor,
               a.annual_revenue_minor).order_by(a.id)
    )  # fmt: skip
    for row in rows:
        yield row.id, _inputs(row, world, limits)


def _inputs(row: Any, world: World, limits: Limits) -> Inputs:
    n = row.id
    sales, estimated = rules.monthly_sales(row.monthly_sales_minor, row.annual_revenue_minor)
    bought, used = world.purchases.get(n, (0, 0, None)), world.used.get(n, (0, 0, None))
    paid = world.paid.get(n, {})
    spent = sum((rules.usd(minor, code, limits) or Decimal(0)) for code, minor in paid.items())
    last = max((one for one in (bought[2], used[2] if not bought[1] else None) if one), default=None)
    return Inputs(
        rules.PlanInput(sales, row.currency, estimated, row.plan),
        rules.ValueInput(world.arr.get((n, row.currency), row.stated_arr_minor), row.currency),
        rules.LoyaltyInput(paid, world.touches.get(n, 0), world.active.get(n, 0)),
        rules.ActivityInput(bought[0], bought[1], used[0], used[1], last, row.signed_up_on, world.known,
                            Decimal(spent)),
        rules.StageInput(row.status, n in world.trial, row.signed_up_on, n in world.alert,
                         world.health.get(n), n in world.ended),
        rules.PriceInput(tuple(world.won.get(n, ()))),
    )  # fmt: skip


def _world(connection: Connection, day: date, limits: Limits, months: int, zone: ZoneInfo) -> World:
    def rows(statement: Select) -> Iterable[Any]:
        return connection.execute(statement).all()

    quarter, span = add_months(day, -QUARTER_MONTHS), add_months(day, -limits.dormant_months)
    world, s, r = World(), Subscription, Renewal
    paid = select(s.account_id, s.currency, func.sum(s.arr_minor)).where(running(day))
    world.arr = {(n, c): int(v) for n, c, v in rows(paid.group_by(s.account_id, s.currency))}
    on_trial = select(s.account_id).where(s.is_trial, s.starts_on <= day, (s.ends_on > day))
    world.trial = {n for (n,) in rows(on_trial.distinct())} - {n for n, _ in world.arr}
    bought = _transactions(day)
    sums = select(bought.c.account_id, bought.c.currency, func.sum(bought.c.amount)).where(
        bought.c.day >= day - rules.YEAR, bought.c.settled == 1
    )
    for n, code, amount in rows(sums.group_by(bought.c.account_id, bought.c.currency)):
        world.paid.setdefault(n, {})[code] = int(amount)
    world.purchases = _counts(rows, bought.c.account_id, bought.c.day, quarter, span)
    d = AccountDay.__table__.c
    for n, in_quarter, in_span, last, in_year in rows(_use(day, quarter, span)):
        world.active[n] = int(in_year)
        if in_span:
            world.used[n] = (int(in_quarter), int(in_span), last)
    world.known = bool(world.purchases or world.used) or _any(rows, bought, d)
    talks = select(Touch.account_id, func.count()).where(
        Touch.two_way, Touch.happened_at >= _instant(day - rules.YEAR, zone),
        Touch.happened_at < _instant(day, zone),
    )  # fmt: skip
    world.touches = dict(map(tuple, rows(talks.group_by(Touch.account_id))))
    alerts = select(ChurnAlert.account_id).where(
        ChurnAlert.resolved_on.is_(None), ChurnAlert.opened_on <= day
    )
    world.alert = {n for (n,) in rows(alerts.where(ChurnAlert.level.in_(("critical", "high"))).distinct())}
    newest = select(func.max(HealthDay.day)).where(HealthDay.day <= day).scalar_subquery()
    scores = select(HealthDay.account_id, HealthDay.score).where(HealthDay.day == newest)
    world.health = {n: v for n, v in rows(scores) if v is not None}
    over = select(r.account_id).where(r.closed_on.is_(None), r.due_on <= day)
    world.ended = {n for (n,) in rows(over.distinct())}
    world.won = _won(rows, day, months)
    return world


def _instant(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _transactions(day: date):  # noqa: ANN202 - a subquery
    """account_id, day, currency, amount, settled: payments before a morning, and invoices without any."""
    paid = (
        select(Invoice.account_id, Payment.paid_on.label("day"), Payment.currency,
               Payment.amount_minor.label("amount"), literal(1).label("settled"))
        .join(Invoice, Invoice.id == Payment.invoice_id)
        .where(Payment.paid_on < day, Payment.amount_minor > 0)
    )  # fmt: skip
    with_payments = select(Payment.invoice_id)
    billed = (
        select(Invoice.account_id, Invoice.issued_on.label("day"), Invoice.currency,
               Invoice.amount_minor.label("amount"),
               case((Invoice.status == "paid", 1), else_=0).label("settled"))
        .where(Invoice.issued_on < day, Invoice.amount_minor > 0, Invoice.status != "void")
        .where(Invoice.id.not_in(with_payments))
    )  # fmt: skip
    return union_all(paid, billed).subquery("transaction_of")


def _since(at: Any, first: date) -> Any:
    return func.sum(case((at >= literal(first, Date), 1), else_=0))


def _counts(rows: Any, account: Any, at: Any, quarter: date, span: date) -> dict[int, tuple]:
    """account id -> how many since the quarter, how many since the longer span, the newest day."""
    statement = select(account, _since(at, quarter), _since(at, span), func.max(at)).group_by(account)
    return {n: (int(q), int(s), last) for n, q, s, last in rows(statement)}


def _use(day: date, quarter: date, span: date) -> Select:
    """account, active days since the quarter, since the longer span, the newest, all of the year: one pass
    over what is by far the longest table."""
    d = AccountDay.__table__.c
    first = min(day - rules.YEAR, span)
    year = _since(d.day, day - rules.YEAR)
    return (
        select(d.account_id, _since(d.day, quarter), _since(d.day, span), func.max(d.day), year)
        .where(d.day >= first, d.day < day, d.events > 0)
        .group_by(d.account_id)
    )


def _any(rows: Any, bought: Any, days: Any) -> bool:
    return bool(rows(select(bought.c.account_id).limit(1)) or rows(select(days.account_id).limit(1)))


def _won(rows: Any, day: date, months: int) -> dict[int, list[Won]]:
    """The accepted quotes of the last months by account."""
    v, found = QuoteVersion, defaultdict(list)
    statement = (
        select(QuoteRow.account_id, v.effective_discount, v.issued_at, v.accepted_at, v.valid_until)
        .join(QuoteRow, QuoteRow.id == v.quote_id)
        .where(v.accepted_at.is_not(None), v.status == "accepted")
        .order_by(v.id)
    )
    first = add_months(day, -months)
    for n, discount, issued, accepted, until in rows(statement):
        if not first <= accepted.date() < day:
            continue
        days = None if issued is None else (accepted - issued) // timedelta(days=1)
        found[n].append(Won(discount, days, (until - accepted.date()).days))
    return found
