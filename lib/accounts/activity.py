"""Reads the daily activity of one account beside its own past, with what happened meanwhile."""

from datetime import date, timedelta

import pandas as pd
from sqlalchemy import Date, case, exists, func, literal, select, union_all
from sqlalchemy.engine import Connection

from lib.access import Viewer
from lib.accounts import band
from lib.accounts.queries import admit, last_data_day
from lib.store.database import read_frame, reading
from lib.store.doors import query
from lib.store.models import AccountDay, ChurnAlert, MarkedEvent

EVENTS_MOST = 12


@query("accounts.activity_series", permission="activity.read", subject="account")
def activity_series(viewer: Viewer, account_id: int, days: int = 84) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Daily active users beside the range of the account's own past, and what happened meanwhile.

    First frame: day, value, low, high, expected (users; see band.expected_range) for the `days` days up to
    the last one with data; a day on which only others have rows counts as 0, one without any row in the store
    stays a gap. Empty when the account never had activity. Second frame: day, kind (marked or alert), code,
    label. Raises NotFound.
    """
    with reading() as connection:
        admit(viewer, account_id, connection)
        last = last_data_day(viewer.today, connection) or viewer.today
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
    if not days:
        return []
    asked = [
        select(literal(day, Date).label("day")).where(exists().where(AccountDay.day == day)) for day in days
    ]
    return list(connection.execute(union_all(*asked)).scalars())


def _events(account_id: int, first: date, last: date, connection: Connection) -> pd.DataFrame:
    """Promotions, holidays and incidents, and opened alerts. Double 11 is the day its window ends on."""
    day = case((MarkedEvent.code == "double_11", MarkedEvent.ends_on), else_=MarkedEvent.starts_on)
    marked = select(
        day.label("day"), literal("marked").label("kind"), MarkedEvent.code,
        MarkedEvent.label,
    ).where(day.between(first, last))  # fmt: skip
    opened = select(
        ChurnAlert.opened_on, literal("alert"), ChurnAlert.kind, literal(None, MarkedEvent.label.type)
    ).where(ChurnAlert.account_id == account_id, ChurnAlert.opened_on.between(first, last))
    both = union_all(marked, opened).order_by("day").limit(EVENTS_MOST)
    return read_frame(both, connection)
