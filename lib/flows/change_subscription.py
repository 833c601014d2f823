"""Upgrades, planned downgrades and refunds of running subscriptions: figures, periods, contract at once."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict, Invalid
from lib.flows.periods import end_period, follow, settle_contract
from lib.money import MINOR_MAX
from lib.store import policy
from lib.store.doors import audit, command
from lib.store.forms import earlier_result, remember
from lib.store.models import (
    Account,
    Assignment,
    ChurnEvent,
    Subscription,
    SubscriptionChange,
    Task,
)
from lib.store.scope import load
from lib.subscriptions import phrases, rules
from lib.subscriptions.purchases import refund_on
from lib.subscriptions.rules import Cycle, Kind, Limits

REASON_MAX = 1000
REMINDER = "downgrade_reminder"


def limits_on(session: Session, day: date) -> Limits:
    return rules.limits_of(policy.values("lifecycle", day, session), policy.values("service", day, session))


@command("subscriptions.upgrade", permission="contract.write", subject="subscription")
def upgrade(
    session: Session, viewer: Viewer, subscription_id: int, seen_version: int, new_arr_minor: int = 0, *,
    day: date | None = None, convention: str = "days", plan: str | None = None, seats: int | None = None,
    reason: str = "", form_key: str | None = None,
) -> int:  # fmt: skip
    """A higher ARR from `day` (today) on; the difference for the rest of the cycle is due at once. The
    change's id. Raises NotFound, Conflict, Invalid."""
    day = day or viewer.today
    content = {"subscription": subscription_id, "arr": new_arr_minor, "day": day}
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    row, cycle = _running(session, viewer, subscription_id, seen_version, day)
    _check(new_arr_minor, plan, seats, reason)
    made = rules.upgrade(row.arr_minor, new_arr_minor, cycle, day, convention)
    after = follow(session, viewer, row, day, arr_minor=new_arr_minor, plan=plan, seats=seats, upgraded=True)
    change = _write(
        session, viewer, row, cycle, Kind.UPGRADE, effective_on=day, new_arr_minor=new_arr_minor,
        convention=made.part.convention, numerator=made.part.numerator, denominator=made.part.denominator,
        factor=made.part.factor, credit_minor=made.credit_minor, charge_minor=made.charge_minor,
        due_minor=made.due_minor, plan=plan, seats=seats, reason=reason, new_subscription_id=after.id,
    )  # fmt: skip
    settle_contract(session, viewer, row.contract_id, row.account_id, day)
    remember(session, viewer, form_key, content, {"id": change.id})
    return change.id


@command("subscriptions.plan_downgrade", permission="contract.write", subject="subscription")
def plan_downgrade(
    session: Session, viewer: Viewer, subscription_id: int, seen_version: int, new_arr_minor: int = 0, *,
    plan: str | None = None, seats: int | None = None, reason: str = "", form_key: str | None = None,
) -> int:  # fmt: skip
    """A lower ARR from the end of the running cycle on; nothing is paid back and the old level stays until
    then. The change's id; it can be cancelled until it takes effect. Raises NotFound, Conflict, Invalid."""
    content = {"subscription": subscription_id, "arr": new_arr_minor}
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    row, cycle = _running(session, viewer, subscription_id, seen_version, viewer.today)
    _check(new_arr_minor, plan, seats, reason)
    made = rules.downgrade(row.arr_minor, new_arr_minor, cycle, limits_on(session, viewer.today))
    waiting = select(SubscriptionChange.id).where(
        SubscriptionChange.subscription_id == row.id, SubscriptionChange.status == "planned"
    )
    if session.execute(waiting).first():
        raise Conflict("change_planned_already")
    change = _write(session, viewer, row, cycle, Kind.DOWNGRADE, status="planned", plan=plan, seats=seats,
                    effective_on=made.effective_on, new_arr_minor=new_arr_minor, reason=reason)  # fmt: skip
    remember(session, viewer, form_key, content, {"id": change.id})
    return change.id


@command("subscriptions.cancel_change", permission="contract.write", subject="subscription_change")
def cancel_change(session: Session, viewer: Viewer, change_id: int, seen_version: int) -> None:
    """Take a planned change back. Raises NotFound, Conflict when it took effect or was cancelled."""
    row = load(session, viewer, SubscriptionChange, change_id, seen_version)
    _move(session, viewer, row, "planned", "cancelled")
    _drop_reminders(session, viewer, row)


@command("subscriptions.refund", permission="contract.write", subject="subscription")
def give_refund(
    session: Session, viewer: Viewer, subscription_id: int, seen_version: int, *, reason: str = "",
    form_key: str | None = None,
) -> int:  # fmt: skip
    """Pay a purchase back and end it today; the change's id. Raises NotFound, Invalid with the reason and
    the last day when it cannot come back, Conflict."""
    content = {"subscription": subscription_id}
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    row, cycle = _running(session, viewer, subscription_id, seen_version, viewer.today)
    _check(0, None, None, reason)
    found = refund_on(session.connection(), row.id, viewer.today, limits_on(session, viewer.today))
    if not found.eligible:
        raise Invalid(f"refund_{found.why}", date=found.last_day)
    end_period(session, viewer, row, viewer.today)
    change = _write(session, viewer, row, cycle, Kind.REFUND, effective_on=viewer.today, reason=reason,
                    credit_minor=-found.amount_minor, due_minor=-found.amount_minor,
                    rule=str(found.why))  # fmt: skip
    settle_contract(session, viewer, row.contract_id, row.account_id, viewer.today)
    session.add(
        ChurnEvent(external_id=f"refund:{change.id}", account_id=row.account_id, happened_on=viewer.today,
                   reason="refund", currency=row.currency, refund_minor=found.amount_minor)
    )  # fmt: skip
    remember(session, viewer, form_key, content, {"id": change.id})
    return change.id


def run_changes(session: Session, viewer: Viewer, day: date) -> int:
    """Planned changes whose day has come take effect, those in sight are recalled; how many took effect."""
    c = SubscriptionChange
    due = select(c).where(c.status == "planned", c.effective_on <= day).with_for_update()
    rows = session.execute(due.order_by(c.id)).scalars().all()
    for row in rows:
        _take_effect(session, viewer, row)
    _remind(session, viewer, day)
    return len(rows)


def _take_effect(session: Session, viewer: Viewer, row: SubscriptionChange) -> None:
    period = session.get(Subscription, row.subscription_id)
    if period.ends_on is not None and period.ends_on <= row.effective_on:
        _move(session, viewer, row, "planned", "cancelled")  # it ended by itself
        return
    after = follow(session, viewer, period, row.effective_on, arr_minor=row.new_arr_minor, plan=row.plan,
                   seats=row.seats, downgraded=True)  # fmt: skip
    row.new_subscription_id = after.id
    _move(session, viewer, row, "planned", "done")
    settle_contract(session, viewer, period.contract_id, period.account_id, row.effective_on)


def _remind(session: Session, viewer: Viewer, day: date) -> None:
    limits = limits_on(session, day)
    c = SubscriptionChange
    owner = (
        select(Assignment.person_id)
        .where(Assignment.account_id == c.account_id, Assignment.duty == "owner", Assignment.until.is_(None))
        .limit(1)
        .scalar_subquery()
    )
    sight = day + timedelta(days=max(limits.remind_from, limits.remind_to))
    near = select(c, owner.label("owner")).where(
        c.status == "planned", c.effective_on > day, c.effective_on <= sight
    )
    for row, person_id in session.execute(near.order_by(c.id)).all():
        left = (row.effective_on - day).days
        ahead = min((n for n in (limits.remind_from, limits.remind_to) if left <= n), default=None)
        key = f"{REMINDER}:{row.id}:{ahead}"
        if ahead is None or session.execute(select(Task.id).where(Task.dedupe_key == key)).first():
            continue
        session.add(
            Task(account_id=row.account_id, owner_id=person_id, kind=REMINDER, due_on=day, dedupe_key=key,
                 title=phrases.reminder(row.effective_on, "en"), created_at=viewer.now,
                 title_zh=phrases.reminder(row.effective_on, "zh-CN"))
        )  # fmt: skip


def _drop_reminders(session: Session, viewer: Viewer, row: SubscriptionChange) -> None:
    mine = Task.dedupe_key.startswith(f"{REMINDER}:{row.id}:")
    for task in session.execute(select(Task).where(mine, Task.status == "open")).scalars():
        task.status, task.closed_at, task.version = "dropped", viewer.now, task.version + 1


def _running(
    session: Session, viewer: Viewer, subscription_id: int, seen: int, day: date
) -> tuple[Subscription, Cycle]:
    """The period through the scope, running on the day, and its cycle then."""
    row = load(session, viewer, Subscription, subscription_id, seen)
    load(session, viewer, Account, row.account_id)
    if day < row.starts_on or (row.ends_on is not None and day >= row.ends_on):
        raise Invalid("change_not_running")
    return row, rules.cycle_on(row.starts_on, row.billing, day)


def _check(arr: Any, plan: str | None, seats: Any, reason: str) -> None:
    if type(arr) is not int or not 0 <= arr <= MINOR_MAX:
        raise Invalid("change_amount")
    if plan is not None and len(plan) > 64:
        raise Invalid("change_plan", limit=64)
    if seats is not None and (type(seats) is not int or not 0 <= seats <= 10_000_000):
        raise Invalid("change_seats")
    if len(reason) > REASON_MAX:
        raise Invalid("change_reason", limit=REASON_MAX)


def _write(
    session: Session, viewer: Viewer, row: Subscription, cycle: Cycle, kind: Kind, **values: Any
) -> SubscriptionChange:
    values["reason"] = values["reason"].strip() or None
    change = SubscriptionChange(
        account_id=row.account_id, subscription_id=row.id, kind=str(kind), asked_on=viewer.today,
        cycle_starts_on=cycle.starts_on, cycle_ends_on=cycle.ends_on, currency=row.currency,
        old_arr_minor=row.arr_minor, made_by=viewer.person_id, made_at=viewer.now, **values,
    )  # fmt: skip
    session.add(change)
    session.flush()
    told = ("kind", "effective_on", "old_arr_minor", "new_arr_minor", "due_minor", "plan", "seats")
    audit(session, viewer, "subscription_change", change.id, account_id=row.account_id,
          new={name: getattr(change, name) for name in told}, reason=change.reason)  # fmt: skip
    return change


def _move(session: Session, viewer: Viewer, row: SubscriptionChange, before: str, after: str) -> None:
    if row.status != before:
        raise Conflict("change_settled")
    row.status, row.version = after, row.version + 1
    audit(session, viewer, "subscription_change", row.id, account_id=row.account_id, old={"status": before},
          new={"status": after})  # fmt: skip
