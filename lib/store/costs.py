"""Whoever sees a cost or a margin is on record: once a person, object and day, whatever the clicks."""

import logging
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from lib.access import Viewer
from lib.store.database import parts, reading, transaction
from lib.store.doors import audit
from lib.store.models import CostRead

log = logging.getLogger("vip_desk.audit")
COMMAND = "costs.read"
_AT_ONCE = 500


def on_record(viewer: Viewer, model: type[Any], ids: Iterable[int]) -> bool:
    """Put on record that the viewer is shown the costs of these rows today; False when that cannot be done
    now (another process holds the store): then nothing may be shown.

    `model` is the table of the rows; an `account_id` of theirs names the stream of the entry.
    """
    missing = _missing(viewer, model.__tablename__, {int(i) for i in ids})
    if not missing:
        return True
    try:
        with transaction() as session:
            session.info["command"] = COMMAND
            for wanted in parts(sorted(missing), _AT_ONCE):
                _note(session, viewer, model, wanted)
    except OperationalError as error:
        log.error("a read of costs could not be put on record", exc_info=error)
        return False
    return True


def _missing(viewer: Viewer, table: str, ids: set[int]) -> set[int]:
    """Those of the rows whose reading is not on record today."""
    c, known = CostRead, set()
    with reading() as connection:
        for wanted in parts(ids):
            told = select(c.row_id).where(
                c.person_id == viewer.person_id,
                c.table_name == table,
                c.day == viewer.today,
                c.row_id.in_(wanted),
            )
            known |= set(connection.execute(told).scalars())
    return ids - known


def _note(session: Session, viewer: Viewer, model: type[Any], ids: list[int]) -> None:
    """One row and one entry each; a second tab that was faster has written them already."""
    connection, table = session.connection(), model.__tablename__
    insert = {"sqlite": sqlite, "postgresql": postgresql}[connection.dialect.name].insert
    rows = [
        {"person_id": viewer.person_id, "table_name": table, "row_id": i, "day": viewer.today} for i in ids
    ]
    made = insert(CostRead.__table__).values(rows).on_conflict_do_nothing().returning(CostRead.row_id)
    fresh = set(connection.execute(made).scalars())
    accounts = getattr(model, "account_id", None)
    wanted = select(model.id, accounts) if accounts is not None else select(model.id, model.id)
    for row_id, account_id in session.execute(wanted.where(model.id.in_(fresh)).order_by(model.id)):
        mine = account_id if accounts is not None else None
        audit(session, viewer, table, row_id, account_id=mine, new={"cost_shown": viewer.today})
