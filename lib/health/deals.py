"""Periods, invoices, renewals, quotes and alerts: sources of the score and of what caps it."""

from datetime import date

import numpy as np
from sqlalchemy import and_, case, func, or_, select, union_all

from lib.health.reading import NEVER, Asked, Rows, days, local_days, placed
from lib.health.rules import Numbers
from lib.store.models import (
    AlertEvent,
    ChurnAlert,
    ChurnEvent,
    Contract,
    Invoice,
    Payment,
    Quote,
    Renewal,
    Subscription,
    SubscriptionChange,
)


def left(ask: Asked, ids: Numbers, churned: Numbers, contracts: Rows) -> Numbers:
    """The first day as no customer: the last reported loss of a churned account, else the end of its last
    contract; without any date it was never one here."""
    left = np.full(len(ids), NEVER)
    found, at = placed(ids, ask.frame(
        select(ChurnEvent.account_id, func.max(ChurnEvent.happened_on).label("day"))
        .where(ChurnEvent.is_reactivation.is_(False), *ask.mine(ChurnEvent.account_id))
        .group_by(ChurnEvent.account_id)
    ))  # fmt: skip
    lost = np.full(len(ids), -NEVER)
    ended = np.where(contracts["ends"] < NEVER, contracts["ends"], -NEVER)
    np.maximum.at(lost, contracts["at"], ended)
    lost[at] = days(found["day"])
    return np.where(churned, lost, left)


def billed_from(ask: Asked, ids: Numbers) -> Numbers:
    """The first day with a period or an invoice; NEVER where the source knows neither."""
    first = np.full(len(ids), NEVER)
    for model, day in ((Subscription, Subscription.starts_on), (Invoice, Invoice.issued_on)):
        oldest = select(model.account_id, func.min(day).label("day")).where(*ask.mine(model.account_id))
        found, at = placed(ids, ask.frame(oldest.group_by(model.account_id)))
        first[at] = np.minimum(first[at], days(found["day"]))
    return first


def invoices(ask: Asked, ids: Numbers) -> Rows:
    """due, and `paid`: the day the last payment made them whole, NEVER while something is open."""
    i = Invoice
    covered = func.coalesce(func.sum(Payment.amount_minor), 0) >= i.amount_minor
    last_paid = func.max(Payment.paid_on)
    found, at = placed(ids, ask.frame(
        select(i.account_id, i.due_on, case((covered, last_paid)).label("paid"))
        .outerjoin(Payment, and_(Payment.invoice_id == i.id, Payment.currency == i.currency))
        .where(i.due_on < ask.last, i.status != "void", i.amount_minor > 0, *ask.mine(i.account_id))
        .group_by(i.id, i.account_id, i.due_on, i.status, i.amount_minor)
        .having(or_(and_(i.status == "open", ~covered), and_(covered, last_paid >= ask.first)))
    ))  # fmt: skip
    return {"at": at, "due": days(found["due_on"]), "paid": days(found["paid"])}


def downgrades(ask: Asked, ids: Numbers) -> Rows:
    """Periods that began lower, and downgrades asked for: the wish counts from the day it was said."""
    s, c = Subscription, SubscriptionChange
    began = select(s.account_id, s.starts_on.label("day")).where(s.downgraded, s.starts_on < ask.last)
    asked = select(c.account_id, c.asked_on.label("day")).where(
        c.kind == "downgrade", c.status != "cancelled", c.asked_on < ask.last
    )
    both = [began.where(*ask.mine(s.account_id)), asked.where(*ask.mine(c.account_id))]
    found, at = placed(ids, ask.frame(union_all(*both)))
    return {"at": at, "day": days(found["day"])}


def renewals(ask: Asked, ids: Numbers) -> Rows:
    r = Renewal
    found, at = placed(ids, ask.frame(
        select(r.account_id, r.contract_id, r.due_on, r.closed_on, r.stage).where(*ask.mine(r.account_id))
    ))  # fmt: skip
    return {
        "at": at, "contract": found["contract_id"].to_numpy(dtype=np.int64), "due": days(found["due_on"]),
        "closed": days(found["closed_on"]), "lost": (found["stage"] == "lost").to_numpy(dtype=bool),
    }  # fmt: skip


def contracts(ask: Asked, ids: Numbers) -> Rows:
    c = Contract
    found, at = placed(ids, ask.frame(
        select(c.id, c.account_id, c.starts_on, c.ends_on).where(
            c.kind.not_in(("void", "trial")), *ask.mine(c.account_id)
        )
    ))  # fmt: skip
    return {
        "at": at, "id": found["id"].to_numpy(dtype=np.int64), "starts": days(found["starts_on"]),
        "ends": days(found["ends_on"]),
    }  # fmt: skip


def quotes(ask: Asked, ids: Numbers) -> Rows:
    found, at = placed(ids, ask.frame(
        select(Quote.account_id, Quote.created_at).where(*ask.mine(Quote.account_id))
    ))  # fmt: skip
    return {"at": at, "day": local_days(found["created_at"], ask.zone)}


def alerts(ask: Asked, ids: Numbers) -> Rows:
    """Alerts of the two activity rules: `first` is critical at opening, `now` on its last evaluated day
    `through`; asleep from the day `snoozed` until `wakes`."""
    a, e = ChurnAlert, AlertEvent
    slept = select(func.max(e.happened_at)).where(e.alert_id == a.id, e.what == "snoozed").scalar_subquery()
    found, at = placed(ids, ask.frame(
        select(a.account_id, a.opened_on, a.resolved_on, a.level, a.status, a.snoozed_until,
               a.evidence["level"].as_string().label("first"),
               a.current["through"].as_string().label("through"),
               case((a.status == "snoozed", slept)).label("slept"))
        .where(a.kind != "watch", or_(a.resolved_on.is_(None), a.resolved_on > ask.first),
               *ask.mine(a.account_id))
    ))  # fmt: skip
    through = [date.fromisoformat(t) if isinstance(t, str) else None for t in found["through"]]
    return {
        "at": at, "opened": days(found["opened_on"]), "resolved": days(found["resolved_on"]),
        "now": (found["level"] == "critical").to_numpy(dtype=bool),
        "first": (found["first"].fillna(found["level"]) == "critical").to_numpy(dtype=bool),
        "through": np.where(days(through) == NEVER, -NEVER, days(through)),
        "snoozed": local_days(found["slept"], ask.zone), "wakes": days(found["snoozed_until"]),
    }  # fmt: skip
