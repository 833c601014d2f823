"""Reads what charts of activity draw: daily people against the expected band, and marked events."""

from datetime import date, timedelta

import pandas as pd
from sqlalchemy import func, select

from lib.access import Viewer
from lib.activity.band import COLUMNS, band
from lib.activity.rules import thresholds
from lib.errors import NotFound
from lib.store import policy
from lib.store.database import read_frame, read_one, reading
from lib.store.doors import query
from lib.store.models import Account, AccountDay, MarkedEvent
from lib.store.scope import visible_accounts

SHOWN_DAYS = 63


@query("activity.daily_band", permission="activity.read", subject="account")
def daily_band(
    viewer: Viewer, account_id: int, through: date | None = None, days: int = SHOWN_DAYS
) -> pd.DataFrame:
    """Active people a day against what this account's own past suggests.

    day, active (people), expected, low, high (the band; missing without a baseline). The last row is the
    last day with data anywhere, at most `through`. The baseline lies where the alert rules have it: as of
    `through` (default: the last day with data). Empty without activity. Raises NotFound.
    """
    known = select(Account.signed_up_on).where(Account.id == account_id, visible_accounts(viewer))
    with reading() as connection:
        row = read_one(known, connection) if isinstance(account_id, int) else None
        if row is None:
            raise NotFound()
        limits = thresholds(policy.values("activity", viewer.today, connection))
        last = connection.execute(
            select(func.max(AccountDay.day)).where(AccountDay.day <= viewer.today)
        ).scalar()
        if last is None:
            return pd.DataFrame(columns=list(COLUMNS))
        as_of = min(through, last) if through else last
        reach = limits.baseline_days + limits.baseline_gap_days
        begin = min(as_of - timedelta(days=reach - 1), last - timedelta(days=days - 1))
        found = read_frame(
            select(AccountDay.day, AccountDay.active_users).where(
                AccountDay.account_id == account_id, AccountDay.day.between(begin, last)
            ),
            connection,
        )
        born = connection.execute(
            select(func.min(AccountDay.day)).where(AccountDay.account_id == account_id)
        ).scalar()
    if born is None:
        return pd.DataFrame(columns=list(COLUMNS))
    index = pd.date_range(max(begin, born), last, freq="D")
    active = pd.Series(0.0, index=index)
    active.loc[pd.to_datetime(found["day"])] = found["active_users"].to_numpy(dtype=float)
    settled = max(row.signed_up_on or born, born) + timedelta(
        days=0 if row.signed_up_on and row.signed_up_on < born else limits.baseline_settling_days
    )
    return band(
        active,
        first=pd.Timestamp(max(as_of - timedelta(days=reach - 1), settled)),
        shown_from=pd.Timestamp(last - timedelta(days=days - 1)),
        baseline_end=pd.Timestamp(as_of - timedelta(days=limits.baseline_gap_days)),
    )


@query("activity.marked_events", permission="activity.read")
def marked_events(viewer: Viewer, first: date, last: date) -> pd.DataFrame:  # noqa: ARG001 - for everybody
    """What charts mark (promotions, holidays, incidents): code, kind, starts_on, ends_on, label."""
    event = MarkedEvent
    return read_frame(
        select(event.code, event.kind, event.starts_on, event.ends_on, event.label)
        .where(event.ends_on >= first, event.starts_on <= last)
        .order_by(event.starts_on, event.code)
    )
