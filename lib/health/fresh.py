"""How fresh the data behind each part of an account's score is."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.engine import Connection

from lib.health.rules import Part
from lib.store.models import (
    AccountDay,
    Case,
    FeatureDay,
    Invoice,
    Subscription,
    Survey,
    Touch,
    UserDay,
)

# The instants or days of the rows a part is made of; the newest of them is how fresh it is.
_MADE_OF: dict[Part, tuple[ColumnElement, ...]] = {
    Part.ACTIVITY: (AccountDay.day,),
    Part.BREADTH: (UserDay.day, FeatureDay.day),
    Part.SENTIMENT: (Survey.answered_at, Case.closed_at),
    Part.COMMERCIAL: (Invoice.recorded_at, Subscription.recorded_at),
    Part.SUPPORT: (Case.opened_at, Case.closed_at),
    Part.RELATIONSHIP: (Touch.happened_at,),
}


def freshness(account_id: int, zone: str, connection: Connection) -> dict[str, date | None]:
    """The day of the newest row behind each part; None where there is none."""
    asked = [
        select(func.max(column)).where(column.class_.account_id == account_id).scalar_subquery()
        for columns in _MADE_OF.values()
        for column in columns
    ]
    found = iter(connection.execute(select(*asked)).one())
    return {
        str(part): max((d for _ in columns if (d := _day(next(found), zone)) is not None), default=None)
        for part, columns in _MADE_OF.items()
    }


def _day(value: date | datetime | None, zone: str) -> date | None:
    return value.astimezone(ZoneInfo(zone)).date() if isinstance(value, datetime) else value
