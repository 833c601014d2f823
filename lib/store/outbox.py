"""The outgoing row of an act: written in the act's own transaction, taken up by the sender later."""

from typing import Any

from sqlalchemy import ColumnElement, String, cast, delete, exists, insert, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from lib.access import Viewer
from lib.store.models import Notice
from lib.store.types import UtcTime

COLUMNS = ("kind", "account_id", "row_id", "person_id", "created_at", "dedupe_key")


def put(
    session: Session, viewer: Viewer, kind: str, key: str, *, account_id: int | None = None,
    row_id: int | None = None, person_id: int | None = None,
) -> None:  # fmt: skip
    """Somebody may want to hear of this. The same `key` a second time writes nothing; what a person did to
    themselves is no news to them."""
    if person_id == viewer.person_id:
        return
    values = {"kind": kind, "account_id": account_id, "row_id": row_id, "person_id": person_id,
              "created_at": viewer.now, "dedupe_key": f"{kind}:{key}"[:255]}  # fmt: skip
    dialect = postgresql if session.connection().dialect.name == "postgresql" else sqlite
    session.execute(dialect.insert(Notice).values(**values).on_conflict_do_nothing())


def put_many(session: Session, viewer: Viewer, kind: str, table: Any, rows: ColumnElement[bool], *,
             person: Any = None, stamp: Any = None) -> int:  # fmt: skip
    """One for every row of a table that none was written for yet; how many. `person` is the column of whom
    it is addressed to; with another `stamp` the same row is news again."""
    key = literal(f"{kind}:") + cast(table.id, String)
    if stamp is not None:
        key = key + literal(":") + cast(stamp, String)
    addressed = literal(None, table.id.type) if person is None else person
    found = select(literal(kind), table.account_id, table.id, addressed, literal(viewer.now, UtcTime), key)
    fresh = found.where(rows, ~exists().where(Notice.dedupe_key == key))
    return session.execute(insert(Notice).from_select(list(COLUMNS), fresh)).rowcount


def withdraw(session: Session, kind: str, key: str) -> None:
    """The act was taken back before anybody heard of it."""
    session.execute(
        delete(Notice).where(Notice.dedupe_key == f"{kind}:{key}"[:255], Notice.taken_at.is_(None))
    )
