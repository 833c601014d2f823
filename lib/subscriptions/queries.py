"""Reads what changes on subscriptions: running periods, changes made and planned, outages, availability."""

from datetime import UTC, date, datetime

import pandas as pd
from sqlalchemy import Select, or_, select

from lib.access import Viewer
from lib.contracts.rules import add_months
from lib.errors import Invalid, NotFound
from lib.store import policy
from lib.store.database import read_frame, reading
from lib.store.doors import query
from lib.store.models import Outage, Person, Subscription, SubscriptionChange, TermExtension
from lib.store.naming import spoken_name
from lib.store.scope import admit, of_visible_accounts
from lib.subscriptions import rules
from lib.subscriptions.purchases import refund_on
from lib.subscriptions.rules import Kind, Limits, Preview, Running, Uptime

MONTHS = 6  # of availability shown


def limits_today(viewer: Viewer) -> Limits:
    return rules.limits_of(policy.values("lifecycle", viewer.today), policy.values("service", viewer.today))


@query("subscriptions.running", permission="account.read", subject="account")
def running(viewer: Viewer, account_id: int) -> list[Running]:
    """The paid periods of an account that run today. Raises NotFound."""
    with reading() as connection:
        admit(viewer, account_id, connection)
        s, today = Subscription, viewer.today
        rows = connection.execute(_columns().where(
            s.account_id == account_id, s.is_trial.is_(False), s.starts_on <= today,
            or_(s.ends_on.is_(None), s.ends_on > today),
        ).order_by(s.product_line, s.starts_on, s.id))  # fmt: skip
        return [_running(row, today) for row in rows]


@query("subscriptions.preview", permission="account.read", subject="subscription")
def preview(
    viewer: Viewer, subscription_id: int, kind: str = Kind.DOWNGRADE, new_arr_minor: int = 0,
    day: date | None = None, convention: str = "days",
) -> Preview:  # fmt: skip
    """The figures of a change of one period. Raises NotFound, Invalid as the command would."""
    day = day or viewer.today
    s = Subscription
    with reading() as connection:
        own = s.id == subscription_id, of_visible_accounts(viewer, s.account_id)
        row = connection.execute(_columns().where(*own)).first()
        if row is None:
            raise NotFound()
        if day < row.starts_on or (row.ends_on is not None and day >= row.ends_on):
            raise Invalid("change_not_running")
        found, limits = _running(row, day), limits_today(viewer)
        if kind == Kind.UPGRADE:
            made = rules.upgrade(row.arr_minor, new_arr_minor, found.cycle, day, convention)
        elif kind == Kind.DOWNGRADE:
            made = rules.downgrade(row.arr_minor, new_arr_minor, found.cycle, limits)
        else:
            made = refund_on(connection, subscription_id, day, limits)
    return Preview(Kind(kind), found, made)


@query("subscriptions.changes", permission="account.read", subject="account")
def changes(viewer: Viewer, account_id: int) -> pd.DataFrame:
    """id, version, kind, status, product, asked_on, effective_on, currency, old_arr_minor, new_arr_minor,
    credit_minor, charge_minor, due_minor (negative: paid back), convention, numerator, denominator, factor,
    plan, seats, rule, reason, person; the newest first. Raises NotFound."""
    with reading() as connection:
        admit(viewer, account_id, connection)
        c = SubscriptionChange
        return read_frame(
            select(
                c.id, c.version, c.kind, c.status, Subscription.product, c.asked_on, c.effective_on,
                c.currency, c.old_arr_minor, c.new_arr_minor, c.credit_minor, c.charge_minor, c.due_minor,
                c.convention, c.numerator, c.denominator, c.factor, c.plan, c.seats, c.rule, c.reason,
                spoken_name(viewer, Person).label("person"),
            )
            .join(Subscription, Subscription.id == c.subscription_id)
            .join(Person, Person.id == c.made_by)
            .where(c.account_id == account_id)
            .order_by(c.effective_on.desc(), c.id.desc()),
            connection,
        )  # fmt: skip


@query("subscriptions.outages", permission="account.read", subject="account")
def outages(viewer: Viewer, account_id: int) -> pd.DataFrame:
    """id, version, product_line, started_at, ended_at (UTC), hours, days (the end moved by; 0: reported
    only), cause, person; the newest first, removed ones left out. Raises NotFound."""
    with reading() as connection:
        admit(viewer, account_id, connection)
        o, t = Outage, TermExtension
        days = (
            select(t.days).where(t.outage_id == o.id, t.undone.is_(False)).order_by(t.id).limit(1)
        ).scalar_subquery()  # fmt: skip
        found = read_frame(
            select(o.id, o.version, o.product_line, o.started_at, o.ended_at, days.label("days"), o.cause,
                   spoken_name(viewer, Person).label("person"))
            .join(Person, Person.id == o.made_by)
            .where(o.account_id == account_id, o.removed.is_(False))
            .order_by(o.started_at.desc(), o.id.desc()),
            connection,
        )  # fmt: skip
    hours = [
        round((b - a).total_seconds() / 3600, 2)
        for a, b in zip(found["started_at"], found["ended_at"], strict=True)
    ]
    found.insert(5, "hours", pd.Series(hours, found.index, "float64"))
    return found.assign(days=found["days"].fillna(0).astype("int64"))


def availability(viewer: Viewer, found: pd.DataFrame) -> list[Uptime]:
    """The availability of the last months, this one first, of all product lines together; empty without any
    outage in them. `found` as `outages` gives it."""
    first = add_months(viewer.today.replace(day=1), 1 - MONTHS)
    ends = zip(found["started_at"], found["ended_at"], strict=True)
    known = [rules.Outage(_utc(began), _utc(ended)) for began, ended in ends]
    if not any(o.ended_at.date() >= first for o in known):
        return []
    limits = limits_today(viewer)
    return [rules.uptime(add_months(first, n), known, limits) for n in reversed(range(MONTHS))]


def _utc(moment: pd.Timestamp) -> datetime:
    return pd.Timestamp(moment).to_pydatetime().astimezone(UTC)


def _columns() -> Select:
    s = Subscription
    return select(
        s.id, s.version, s.product, s.product_line, s.plan, s.seats, s.currency, s.arr_minor, s.billing,
        s.starts_on, s.ends_on,
    )  # fmt: skip


def _running(row: object, day: date) -> Running:
    cycle = rules.cycle_on(row.starts_on, row.billing, day)
    return Running(row.id, row.version, row.product or row.product_line or "", row.plan, row.seats,
                   row.currency, row.arr_minor, row.billing, row.starts_on, row.ends_on, cycle)  # fmt: skip
