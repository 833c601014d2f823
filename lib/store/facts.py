"""Dated facts supersede, they do not overwrite: the earlier state moves into the `_history` twin."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import event, insert, inspect, literal, select
from sqlalchemy.orm import Session

from lib.store.models import HISTORY, Dated
from lib.store.types import UtcTime


def watch(session: Session) -> None:
    """Keep the earlier state of every dated row a session changes. A command sets `recorded_at` to
    its own instant. Raises RuntimeError when that lies before the state it replaces."""
    event.listen(session, "before_flush", _keep_earlier_states)


def _keep_earlier_states(session: Session, _context: object, _instances: object) -> None:
    for row in list(session.dirty):
        if isinstance(row, Dated) and session.is_modified(row, include_collections=False):
            _keep(session, row)


def _keep(session: Session, row: Dated) -> None:
    state = inspect(row)
    table = state.mapper.local_table
    earlier = {}
    for column in table.columns:
        attribute = state.mapper.get_property_by_column(column).key
        history = state.attrs[attribute].history
        earlier[column.name] = history.deleted[0] if history.deleted else getattr(row, attribute)
    if earlier["recorded_at"] > row.recorded_at:
        raise RuntimeError(f"{table.name}: a change recorded before the state it replaces")
    earlier["superseded_at"] = row.recorded_at
    session.execute(insert(HISTORY[table.name]).values(**earlier))


def supersede_many(session: Session, model: type[Dated], ids: Iterable[int], now: datetime) -> None:
    """Before a bulk update: copy the current state of these rows (by `id`) into history."""
    table = model.__table__
    history = HISTORY[table.name]
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), 500):
        chunk = wanted[start : start + 500]
        rows = select(*table.columns, literal(now, UtcTime)).where(table.c.id.in_(chunk))
        session.execute(
            insert(history).from_select([*(c.name for c in table.columns), "superseded_at"], rows)
        )
