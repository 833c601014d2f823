"""Reads what is known of every account for its proposals: one select a kind of fact, none an account."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from sqlalchemy import case, exists, func, select
from sqlalchemy.engine import Connection

from lib.growth import baskets
from lib.growth.rules import Limits, SeatPlan, Situation, seat_plan
from lib.money import minor_digits
from lib.segments.rules import monthly_sales
from lib.store.models import Account, FeatureDay, HealthDay, Renewal, Subscription, User, UserDay
from lib.store.worth import arr, running

QUARTER = timedelta(days=91)


def situations(
    connection: Connection, day: date, limits: Limits, rising_days: int, key_features: dict[str, tuple]
) -> dict[int, Situation]:
    """Every active account by id, as of the morning of `day`; `key_features` by plan."""
    held = _products(connection, day)
    bought = baskets.count({one: facts["products"] for one, facts in held.items()})
    now, before = (_active(connection, day - back, limits) for back in (timedelta(0), QUARTER))
    uses, seen = _features(connection, day, limits, rising_days)
    health, renews = _health(connection, day), _renewals(connection, day)
    found = {}
    a = Account
    columns = (
        a.id,
        a.seats,
        a.plan,
        a.currency,
        a.monthly_sales_minor,
        a.annual_revenue_minor,
        a.signed_up_on,
        arr(day).label("arr"),
    )
    for row in connection.execute(select(*columns).where(a.status == "active")):
        mine = held.get(row.id, {})
        products = frozenset(mine.get("products", ()))
        plan = row.plan.strip().lower() if row.plan else None
        named = row.id in now or row.id in before
        found[row.id] = Situation(
            day=day, seats=row.seats or mine.get("seats") or None,
            active=now.get(row.id, 0) if named else None,
            active_before=before.get(row.id, 0) if named else None,
            plan=plan, currency=row.currency, arr_minor=row.arr,
            sales_minor=monthly_sales(row.monthly_sales_minor, row.annual_revenue_minor)[0],
            products=products, since=_first(row.signed_up_on, mine.get("since")),
            features=uses.get(row.id, {}), seen_features=frozenset(seen.get(row.id, ())),
            key_features=key_features.get(plan or "", ()),
            nearest=baskets.nearest(products, bought, limits.next_least_holders) if products else None,
            renews_on=renews.get(row.id), is_multi_year=mine.get("multi_year", False),
            health=health.get(row.id), digits=minor_digits(row.currency),
        )  # fmt: skip
    return found


def _first(*days: date | None) -> date | None:
    return min((one for one in days if one is not None), default=None)


def _products(connection: Connection, day: date) -> dict[int, dict[str, Any]]:
    """Per account: products that run and are paid for, their seats, the first start ever, a long term."""
    s = Subscription
    found: dict[int, dict[str, Any]] = defaultdict(
        lambda: {"products": set(), "seats": 0, "since": None, "multi_year": False}
    )
    for row in connection.execute(
        select(s.account_id, s.product, s.product_line, s.seats, s.billing).where(running(day))
    ):
        mine = found[row.account_id]
        if name := row.product or row.product_line:
            mine["products"].add(name)
        mine["seats"] += row.seats or 0
        mine["multi_year"] |= row.billing == "multi_year"
    begun = select(s.account_id, func.min(s.starts_on)).where(~s.is_trial).group_by(s.account_id)
    for account_id, since in connection.execute(begun):
        if account_id in found:
            found[account_id]["since"] = since
    return found


def seat_plan_of(connection: Connection, account_id: int, day: date, limits: Limits) -> SeatPlan | None:
    """The seats a renewal of one account starts with; None where nobody is known to be active."""
    now, before = (_active(connection, day - back, limits, account_id) for back in (timedelta(0), QUARTER))
    return seat_plan(now.get(account_id, 0), before.get(account_id, 0), limits)


def _active(connection: Connection, day: date, limits: Limits, only: int | None = None) -> dict[int, int]:
    """People (scripts left out) seen in the `quiet_days` before `day`, per account (of `only` one)."""
    u, d = User, UserDay
    seen = exists().where(
        d.user_id == u.id, d.day >= day - timedelta(days=limits.quiet_days), d.day < day
    )  # fmt: skip
    people = (
        select(u.account_id, func.count())
        .where(u.kind == "human", u.automated_since.is_(None), seen.correlate(u))
        .group_by(u.account_id)
    )
    if only is not None:
        people = people.where(u.account_id == only)
    return dict(map(tuple, connection.execute(people)))


def _features(
    connection: Connection, day: date, limits: Limits, rising_days: int
) -> tuple[dict[int, dict[str, tuple[int, int]]], dict[int, set[str]]]:
    """Per account: uses of each feature in the last days and in as many before, and what was used at all."""
    f = FeatureDay
    middle, begin = (day - timedelta(days=n * rising_days) for n in (1, 2))
    oldest = min(begin, day - timedelta(days=limits.unused_days))
    recent = func.sum(case((f.day >= middle, f.uses), else_=0))
    earlier = func.sum(case(((f.day >= begin) & (f.day < middle), f.uses), else_=0))
    rows = connection.execute(
        select(f.account_id, f.feature, recent, earlier)
        .where(f.day >= oldest, f.day < day, f.uses > 0)
        .group_by(f.account_id, f.feature)
    )
    uses: dict[int, dict[str, tuple[int, int]]] = defaultdict(dict)
    seen: dict[int, set[str]] = defaultdict(set)
    for account_id, feature, now, before in rows:
        seen[account_id].add(feature)
        if now or before:
            uses[account_id][feature] = (int(now), int(before))
    return uses, seen


def _health(connection: Connection, day: date) -> dict[int, float]:
    """The score of the newest morning that is stored, up to `day`."""
    h = HealthDay
    newest = select(func.max(h.day)).where(h.day <= day).scalar_subquery()
    rows = connection.execute(select(h.account_id, h.score).where(h.day == newest, h.score.is_not(None)))
    return dict(map(tuple, rows))


def _renewals(connection: Connection, day: date) -> dict[int, date]:
    r = Renewal
    rows = connection.execute(
        select(r.account_id, func.min(r.due_on)).where(r.closed_on.is_(None), r.due_on >= day)
        .group_by(r.account_id)
    )  # fmt: skip
    return dict(map(tuple, rows))
