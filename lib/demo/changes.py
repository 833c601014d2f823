"""What changed on the demo's subscriptions: an upgrade, a planned downgrade, an outage that extends terms."""

from datetime import date, datetime, timedelta

from sqlalchemy import or_, select

from lib.demo.cast import customers
from lib.flows import change_subscription, outages
from lib.people.identity import viewer_of
from lib.store.database import read_frame
from lib.store.models import Account, Assignment, Subscription

MORE, LESS = 125, 80  # percent of the ARR after an upgrade and after a downgrade
DOWN_HOURS = 30


def change_subscriptions(now: datetime, today: date) -> None:
    """By the owners of the first steady customers in the book, through the commands people use."""
    s, d = Subscription, Assignment
    rows = read_frame(
        select(s.id, s.version, s.account_id, s.arr_minor, d.person_id.label("owner"))
        .join(Account, Account.id == s.account_id)
        .join(d, (d.account_id == s.account_id) & (d.duty == "owner") & d.until.is_(None))
        .where(s.is_trial.is_(False), s.arr_minor > 0, s.billing == "annual", s.starts_on < today,
               or_(s.ends_on.is_(None), s.ends_on > today + timedelta(days=30)))
        .order_by(s.id)
    )  # fmt: skip
    cast = customers(today)
    steady = [row for row in rows.itertuples() if cast[row.account_id - 1].story.code == "steady"][:3]
    for place, row in enumerate(steady):
        viewer = viewer_of(int(row.owner), now)
        if viewer is None:
            continue
        seen, arr = (int(row.id), int(row.version)), int(row.arr_minor)
        if place == 0:
            change_subscription.upgrade(viewer, *seen, arr * MORE // 100)
        elif place == 1:
            change_subscription.plan_downgrade(viewer, *seen, arr * LESS // 100)
        else:
            began = now - timedelta(days=6)
            outages.record_outage(viewer, int(row.account_id), began, began + timedelta(hours=DOWN_HOURS))
