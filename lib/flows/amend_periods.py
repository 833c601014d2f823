"""The periods of a running contract that a quote amends: each line takes over from what ran of its product,
with the part of the billing cycle that is left."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlmodel import Session

from lib.access import Viewer
from lib.flows.periods import end_period
from lib.store.doors import audit
from lib.store.models import Contract, QuoteVersion, Subscription, SubscriptionChange
from lib.subscriptions import rules
from lib.subscriptions.rules import CONVENTIONS, Kind

# How a quote counts parts of a period -> how a billing cycle is cut.
CUTS = {"actual": "days", "days_365": "days", **{name: name for name in CONVENTIONS}}


def amend_periods(
    session: Session, viewer: Viewer, version: QuoteVersion, contract: Contract, new: Sequence[Subscription]
) -> None:
    """End what runs of the products the quote names on the new periods' first day and let these begin.

    Where a product ran, the change of its ARR is kept with its figures: more costs the difference for the
    rest of the cycle; less pays nothing back.
    """
    s, day = Subscription, version.starts_on
    running = session.execute(
        select(s)
        .where(s.contract_id == contract.id, s.is_trial.is_(False), s.starts_on <= day)
        .where(or_(s.ends_on.is_(None), s.ends_on > day))
        .order_by(s.id)
    ).scalars().all()  # fmt: skip
    names = _names(version)
    taken = {period.id: _product(period, names) for period in running}
    session.add_all(new)
    session.flush()
    for product in dict.fromkeys(_product(period, names) for period in new):
        old = [period for period in running if taken[period.id] == product]
        following = [period for period in new if _product(period, names) == product]
        begins = min(period.starts_on for period in following)
        for period in old:
            end_period(session, viewer, period, begins)
        for period in following:
            told = {"starts_on": period.starts_on, "ends_on": period.ends_on, "arr_minor": period.arr_minor,
                    "plan": period.plan, "seats": period.seats}  # fmt: skip
            audit(session, viewer, "subscription", period.id, account_id=contract.account_id, new=told)
        if old:
            _keep(session, viewer, version, old, following, begins)


def _names(version: QuoteVersion) -> dict[str, str]:
    """Every name an item of the paper may go by -> its English one."""
    lines = version.snapshot["lines"]
    return {line[side]: line["en"] for line in lines for side in ("en", "zh-CN", "code")}


def _product(period: Subscription, names: dict[str, str]) -> str:
    """What a period is of: the plan, whichever, or the item by its name."""
    if period.plan is not None:
        return ""
    return names.get(period.product or "", period.product or "")


def _keep(
    session: Session, viewer: Viewer, version: QuoteVersion, old: Sequence[Subscription],
    new: Sequence[Subscription], day: date,
) -> None:  # fmt: skip
    """The change of one product, with the fraction it was worked out by."""
    before, after = (sum(period.arr_minor for period in side) for side in (old, new))
    if before == after:
        return
    first, up = old[0], after > before
    cycle = rules.cycle_on(first.starts_on, first.billing, day)
    cut = CUTS[(version.choices or {}).get("proration") or "actual"]
    made = rules.upgrade(before, after, cycle, day, cut) if up else None
    figures = {} if made is None else {
        "convention": made.part.convention, "numerator": made.part.numerator,
        "denominator": made.part.denominator, "factor": made.part.factor,
        "credit_minor": made.credit_minor, "charge_minor": made.charge_minor, "due_minor": made.due_minor,
    }  # fmt: skip
    change = SubscriptionChange(
        account_id=first.account_id, subscription_id=first.id, asked_on=viewer.today, effective_on=day,
        kind=str(Kind.UPGRADE if up else Kind.DOWNGRADE), cycle_starts_on=cycle.starts_on,
        cycle_ends_on=cycle.ends_on, currency=first.currency, old_arr_minor=before, new_arr_minor=after,
        plan=new[0].plan, seats=new[0].seats, new_subscription_id=new[0].id, made_by=viewer.person_id,
        made_at=viewer.now, **figures,
    )  # fmt: skip
    session.add(change)
    session.flush()
    told = ("kind", "effective_on", "old_arr_minor", "new_arr_minor", "due_minor", "plan", "seats")
    audit(session, viewer, "subscription_change", change.id, account_id=change.account_id,
          new={name: getattr(change, name) for name in told})  # fmt: skip
