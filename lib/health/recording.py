"""Stores the health of mornings: the rows of a day are brought to what was computed; equal ones stay."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.engine import Connection
from sqlmodel import Session

from lib.access import Viewer
from lib.health.gathering import Ratios, rows_of
from lib.health.rules import limits_of
from lib.health.world import load
from lib.store import policy
from lib.store.bulk import insert_dicts
from lib.store.doors import audit
from lib.store.models import ActivityScore, HealthDay, Renewal
from lib.store.outcomes import outcomes

CHUNK = 400
DAILY_DAYS = 7  # a walk over the past computes the last mornings one by one …
RECENT_DAYS = 98  # … before that one a week, for every account so far back …
GRADED = (60, 90, 180)  # … and further back for accounts whose renewal came so many days later
WEEK = 7


def record_day(session: Session, viewer: Viewer, day: date) -> int:
    """The health of the morning `day` from what is dated before it; how many rows changed."""
    limits = limits_of(policy.values("health", day, session))
    connection = session.connection()
    world = load(connection, day, day, viewer.zone, limits)
    rows = rows_of(world, day, stored_ratios(connection, day), limits)
    changed = _store(session, viewer, day, rows)
    if changed:
        audit(session, viewer, "health_day", None, new={"day": day, "rows": changed})
    return changed


def record_past(session: Session, viewer: Viewer, first: date, last: date, ratios: dict[date, Ratios]) -> int:
    """The health of past mornings within first … last, as `mornings` picks them; how many rows changed.

    `ratios` hold the activity of each morning: account id -> observed, expected, ratio.
    """
    limits = limits_of(policy.values("health", last, session))
    world = load(session.connection(), first, last, viewer.zone, limits)
    changed = 0
    for day, only in mornings(session.connection(), first, last).items():
        rows = rows_of(world, day, ratios.get(day, {}), limits, only)
        changed += _store(session, viewer, day, rows, only)
    if changed:
        audit(session, viewer, "health_day", None, new={"first": first, "last": last, "rows": changed})
    return changed


def mornings(connection: Connection, first: date, last: date) -> dict[date, set[int] | None]:
    """Which mornings of a past range get rows, and for whom (None: everybody): the last ones and those that
    have rows already day by day, earlier ones once a week, far back only where a renewal or a loss grades
    them."""
    found: dict[date, set[int] | None] = {}
    day = first
    while day <= last:
        back = (last - day).days
        if back < DAILY_DAYS or (back <= RECENT_DAYS and day.toordinal() % WEEK == 0):
            found[day] = None
        day += timedelta(days=1)
    there = select(HealthDay.day).where(HealthDay.day >= first, HealthDay.day <= last).distinct()
    recent = last - timedelta(days=RECENT_DAYS)
    for day in connection.execute(there).scalars():
        if day > recent:
            found.setdefault(day, None)
    past = outcomes(connection, None, last + timedelta(days=1))
    decided = [*zip(past["account_id"], past["day"], strict=True),
               *connection.execute(select(Renewal.account_id, Renewal.due_on))]  # fmt: skip
    for account_id, due_on in decided:
        for ahead in GRADED:
            day = graded_on(due_on, ahead)
            if first <= day <= last and (wanted := found.setdefault(day, set())) is not None:
                wanted.add(account_id)
    return dict(sorted(found.items()))


def graded_on(due_on: date, ahead: int) -> date:
    """The weekly morning at least `ahead` days before a renewal by which the score is graded."""
    day = due_on - timedelta(days=ahead)
    return day - timedelta(days=day.toordinal() % WEEK)


def stored_ratios(connection: Connection, day: date) -> Ratios:
    """What the activity evaluation of this morning stored: account id -> observed, expected, ratio."""
    s = ActivityScore
    rows = connection.execute(
        select(s.account_id, s.observed_28, s.expected_28, s.ratio_28).where(
            s.day == day - timedelta(days=1), s.ratio_28.is_not(None)
        )
    )
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


def _store(
    session: Session, viewer: Viewer, day: date, rows: list[dict[str, Any]], only: set[int] | None = None
) -> int:
    """Replace what differs; a row of somebody who is no customer of that morning any more goes."""
    table = HealthDay.__table__
    there = {
        row["account_id"]: row
        for row in session.execute(select(*table.c).where(table.c.day == day)).mappings()
        if only is None or row["account_id"] in only
    }
    new = [row for row in rows if not _same(there.get(row["account_id"]), row)]
    gone = set(there) - {row["account_id"] for row in rows}
    _delete(session, day, gone | {row["account_id"] for row in new if row["account_id"] in there})
    insert_dicts(session, table, [row | {"recorded_at": viewer.now} for row in new])
    return len(new) + len(gone)


def _same(stored: Any, row: dict[str, Any]) -> bool:
    return stored is not None and all(stored[name] == value for name, value in row.items())


def _delete(session: Session, day: date, accounts: Collection[int]) -> None:
    for part in _parts(sorted(accounts)):
        session.execute(delete(HealthDay).where(HealthDay.day == day, HealthDay.account_id.in_(part)))


def _parts(values: list[int]) -> Iterable[list[int]]:
    return (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))
