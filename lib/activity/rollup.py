"""From who was there to how many: user-days become account-days, scripts and service accounts left out."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np
from sqlalchemy import ColumnElement, and_, case, delete, exists, func, or_, select, true, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from lib.activity.automation import automated_since
from lib.activity.rules import Numbers, Thresholds, thresholds
from lib.store import policy
from lib.store.models import AccountDay, User, UserDay

CHUNK = 400


def roll_up(
    session: Session,
    account_ids: Sequence[int] | None,
    from_day: date | None,
    limits: Thresholds | None = None,
) -> int:
    """Rebuild the account-days of these accounts (None: all) from a day on (None: the beginning).

    Active users are the humans seen; events count everything. Days an account-level file brought stay,
    except where users are known for the same day. Users found to be scripts are marked first and taken
    out of their whole past. Returns how many account-days changed.
    """
    limits = limits or thresholds(policy.values("activity", date.max, session))
    scripts = mark_automation(session, account_ids, from_day, limits)
    written = 0
    for part in _parts(account_ids):
        written += _rebuild(session, part, from_day)
    if from_day is not None and scripts:
        written += _rebuild(session, UserDay.account_id.in_(sorted(scripts)), None)
    return written


def mark_automation(
    session: Session, account_ids: Sequence[int] | None, from_day: date | None, limits: Thresholds
) -> set[int]:
    """Mark users that turned out to be scripts; the accounts they belong to."""
    since = date.min if from_day is None else from_day - timedelta(days=limits.automation_days)
    least = int(limits.automation_share * limits.automation_least_days)
    found: dict[int, date] = {}
    suspects: list[int] = []
    for part in _parts(account_ids):
        busy = (
            select(UserDay.user_id)
            .join(User, User.id == UserDay.user_id)
            .where(part, UserDay.day >= since, User.kind == "human", User.automated_since.is_(None))
            .group_by(UserDay.user_id)
            .having(func.count() >= least)
        )
        suspects += session.execute(busy).scalars()
    if not suspects:
        return set()
    known = _day_numbers(
        session.execute(select(UserDay.day).where(UserDay.day >= since).distinct()).scalars()
    )
    for start in range(0, len(suspects), CHUNK):
        chunk = suspects[start : start + CHUNK]
        rows = session.execute(
            select(UserDay.user_id, UserDay.day)
            .where(UserDay.user_id.in_(chunk), UserDay.day >= since)
            .order_by(UserDay.user_id, UserDay.day)
        ).all()
        users = np.fromiter((r[0] for r in rows), np.int64, len(rows))
        days = np.fromiter((r[1].toordinal() for r in rows), np.int64, len(rows))
        names, firsts = automated_since(users, days, known, limits)
        found |= {int(u): date.fromordinal(int(d)) for u, d in zip(names, firsts, strict=True)}
    for user_id, day in found.items():
        session.execute(update(User).where(User.id == user_id).values(automated_since=day))
    accounts = select(UserDay.account_id).where(UserDay.user_id.in_(list(found))).distinct()
    return set(session.execute(accounts).scalars()) if found else set()


def _day_numbers(days: Iterator[date]) -> Numbers:
    return np.array(sorted(d.toordinal() for d in days), dtype=np.int64)


def _parts(account_ids: Sequence[int] | None) -> Iterator[ColumnElement[bool]]:
    """The scope as where-clauses of bounded size."""
    if account_ids is None:
        yield true()
        return
    wanted = sorted(set(account_ids))
    for start in range(0, len(wanted), CHUNK):
        yield UserDay.account_id.in_(wanted[start : start + CHUNK])


def _rebuild(session: Session, scope: ColumnElement[bool], from_day: date | None) -> int:
    """Only rows that differ are written: each one costs the sheet it stands on."""
    days = true() if from_day is None else UserDay.day >= from_day
    later = true() if from_day is None else AccountDay.day >= from_day
    touched = select(UserDay.account_id).where(scope).distinct()
    same_day = exists().where(UserDay.account_id == AccountDay.account_id, UserDay.day == AccountDay.day)
    session.execute(
        delete(AccountDay)
        .where(AccountDay.account_id.in_(touched), later, AccountDay.named, ~same_day)
        .execution_options(synchronize_session=False)
    )
    human = and_(User.kind == "human", User.automated_since.is_(None))
    sums = (
        select(UserDay.account_id, UserDay.day, func.sum(case((human, 1), else_=0)), func.sum(UserDay.events),
               true().label("named"))
        .join(User, User.id == UserDay.user_id)
        .where(scope, days)
        .group_by(UserDay.account_id, UserDay.day)
    )  # fmt: skip
    keys, values = ["account_id", "day"], ["active_users", "events", "named"]
    dialect = {"sqlite": sqlite, "postgresql": postgresql}[session.connection().dialect.name]
    rows = dialect.insert(AccountDay.__table__).from_select([*keys, *values], sums)
    differs = or_(*(getattr(AccountDay, name) != rows.excluded[name] for name in values))
    changed = {name: rows.excluded[name] for name in values}
    statement = rows.on_conflict_do_update(index_elements=keys, set_=changed, where=differs)
    return session.execute(statement, execution_options={"preserve_rowcount": True}).rowcount
