"""Whether early value and staying go together: milestones of the first days against who is still there."""

from datetime import timedelta

import pandas as pd
from sqlalchemy import ColumnElement, Integer, Select, exists, func, literal, select
from sqlalchemy.engine import Connection

from lib.access import Viewer
from lib.playbooks.definitions import current, figures
from lib.playbooks.facts import PAID
from lib.playbooks.plan import Milestone
from lib.store.database import read_frame, reading
from lib.store.doors import query
from lib.store.models import Account, AccountDay, Contract, FeatureDay, UserDay
from lib.store.scope import visible_accounts

ONBOARDING, SETTLED_DAYS = "onboarding", 90
BANDS = ((0, 1), (2, 3), (4, None))


@query("playbooks.staying", permission="account.read")
def staying(viewer: Viewer) -> pd.DataFrame:
    """low, high (milestones reached in the first days), accounts, paying, staying: a row a band.

    Of visible accounts that signed up at least 90 days ago, and not before the first activity on record. The
    first days are those of policy (vip.onboarding.days); people and seats count over all of them. paying:
    ever had a paid contract. staying: not churned by now.
    """
    with reading() as connection:
        figure = figures(viewer.today, connection)
        found = current(connection, figure).get(ONBOARDING)
        wanted, days = found[1].milestones if found else (), figure("vip.onboarding.days")
        frame = read_frame(_cohort(viewer, connection), connection).set_index("id")
        reached = pd.Series(0, index=frame.index, dtype="int64")
        for milestone in wanted:
            ids = read_frame(_reached(connection, milestone, days), connection)["id"]
            reached += frame.index.isin(ids).astype("int64")
    rows = []
    for low, high in BANDS:
        top = len(wanted) if high is None else min(high, len(wanted))
        band = frame[(reached >= low) & (reached <= top)]
        still = int((band["status"] != "churned").sum())
        rows.append((low, top, len(band), int(band["paid"].astype(bool).sum()), still))
    return pd.DataFrame(rows, columns=["low", "high", "accounts", "paying", "staying"])


def _cohort(viewer: Viewer, connection: Connection) -> Select:
    """id, status, paid of the accounts whose beginning is on record and long enough ago."""
    earliest = connection.execute(select(func.min(AccountDay.day))).scalar() or viewer.today
    paid = exists().where(Contract.account_id == Account.id, Contract.kind.in_(PAID))
    return select(Account.id, Account.status, paid.label("paid")).where(
        visible_accounts(viewer), Account.signed_up_on >= earliest,
        Account.signed_up_on <= viewer.today - timedelta(days=SETTLED_DAYS),
    )  # fmt: skip


def _reached(connection: Connection, milestone: Milestone, days: int) -> Select:
    """The ids of accounts that reached a milestone within so many days of their sign-up."""
    if milestone.reads == "feature":
        used = _early(connection, FeatureDay.day, days)
        named = FeatureDay.feature.in_(milestone.features) if milestone.features else FeatureDay.uses > 0
        return (
            select(Account.id).join(FeatureDay, FeatureDay.account_id == Account.id)
            .where(used, named, FeatureDay.uses > 0).distinct()
        )  # fmt: skip
    if milestone.reads == "events":
        return (
            select(Account.id).join(AccountDay, AccountDay.account_id == Account.id)
            .where(_early(connection, AccountDay.day, days))
            .group_by(Account.id)
            .having(func.sum(AccountDay.events) >= milestone.at_least)
        )  # fmt: skip
    people = func.count(func.distinct(UserDay.user_id))
    statement = (
        select(Account.id).join(UserDay, UserDay.account_id == Account.id)
        .where(_early(connection, UserDay.day, days))
        .group_by(Account.id, Account.seats)
    )  # fmt: skip
    if milestone.reads == "seats":
        return statement.where(Account.seats > 0).having(people >= Account.seats * milestone.share)
    return statement.having(people >= milestone.at_least)


def _early(connection: Connection, day: ColumnElement, days: int) -> ColumnElement[bool]:
    """From the sign-up on for so many days; as bounds of the plain column, so that an index may answer."""
    signed = Account.signed_up_on
    embedded = connection.dialect.name == "sqlite"
    until = func.date(signed, f"+{days} days") if embedded else signed + literal(days, Integer)
    return (day >= signed) & (day < until)
