"""Reads what charts of activity draw: an account's days beside its own past, and what happened meanwhile."""

from datetime import date, timedelta

import pandas as pd
from sqlalchemy import Date, exists, func, literal, select, union_all
from sqlalchemy.engine import Connection

from lib.access import Viewer
from lib.activity import band
from lib.errors import NotFound
from lib.store.database import read_one, reading
from lib.store.doors import query
from lib.store.models import Account, AccountDay, ChurnAlert, MarkedEvent
from lib.store.scope import visible_accounts

SHOWN_DAYS = 84
EVENTS_MOST = 12


@query("activity.series", permission="activity.read", subject="account")
def series(viewer: Viewer, account_id: int, days: int = SHOWN_DAYS) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Daily active users beside the range of the account's own past, and what happened meanwhile.

    First frame: day, value, low, high, expected (users; see band.expected_range) for the `days` days up to
    the last one with data; a day on which only others have rows counts as 0, one without any row in the store
    stays a gap. Empty when the account never had activity. Second frame: day, kind (marked or alert), code,
    label; the newest 12, oldest first. Raises NotFound.
    """
    known = select(Account.id).where(Account.id == account_id, visible_accounts(viewer))
    newest = select(func.max(AccountDay.day)).where(AccountDay.day <= viewer.today)
    with reading() as connection:
        if read_one(known, connection) is None:
            raise NotFound()
        last = connection.execute(newest).scalar() or viewer.today
        first = last - timedelta(days=days - 1)
        values = _daily(account_id, first - timedelta(days=band.REACH), last, connection)
        frame = band.expected_range(values, first, last)
        return frame if values else frame.head(0), _events(account_id, first, last, connection)


def _daily(account_id: int, first: date, last: date, connection: Connection) -> dict[date, float]:
    """Active users by day from the account's first day on; 0 where others have rows and it has none."""
    statement = select(AccountDay.day, AccountDay.active_users).where(
        AccountDay.account_id == account_id, AccountDay.day.between(first, last)
    )
    values: dict[date, float] = {day: float(users) for day, users in connection.execute(statement)}
    born = connection.execute(
        select(func.min(AccountDay.day)).where(AccountDay.account_id == account_id)
    ).scalar()
    if born is None:
        return {}
    start = max(first, born)
    missing = [
        day
        for offset in range((last - start).days + 1)
        if (day := start + timedelta(days=offset)) not in values
    ]
    return values | dict.fromkeys(_delivered(missing, connection), 0.0)


def _delivered(days: list[date], connection: Connection) -> list[date]:
    """Which of these days have rows of any account: one seek a day, whatever the store's size."""
    found: list[date] = []
    for start in range(0, len(days), 200):  # SQLite takes at most 500 parts in one statement
        asked = [
            select(literal(day, Date).label("day")).where(exists().where(AccountDay.day == day))
            for day in days[start : start + 200]
        ]
        found += connection.execute(union_all(*asked)).scalars()
    return found


def _events(account_id: int, first: date, last: date, connection: Connection) -> pd.DataFrame:
    """Promotions, holidays and incidents on the day they are marked at, and opened alerts."""
    marked = select(MarkedEvent.code, MarkedEvent.label, MarkedEvent.starts_on, MarkedEvent.ends_on).where(
        MarkedEvent.ends_on >= first, MarkedEvent.starts_on <= last
    )
    opened = select(ChurnAlert.opened_on, ChurnAlert.kind).where(
        ChurnAlert.account_id == account_id, ChurnAlert.opened_on.between(first, last)
    )
    rows = [
        (band.marked_day(row.code, row.starts_on, row.ends_on), "marked", row.code, row.label)
        for row in connection.execute(marked)
    ]
    rows = [row for row in rows if first <= row[0] <= last]
    rows += [(row.opened_on, "alert", row.kind, None) for row in connection.execute(opened)]
    rows.sort(key=lambda row: (row[0], row[1], row[2]))
    return pd.DataFrame(rows[-EVENTS_MOST:], columns=["day", "kind", "code", "label"])
