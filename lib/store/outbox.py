"""The outgoing row of an act: written in the act's own transaction, taken up by the sender later."""

from typing import Any

from sqlalchemy import ColumnElement, String, cast, delete, exists, insert, literal, null, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from lib.access import Viewer
from lib.store.models import Account, Assignment, Notice
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


def put_owners(
    session: Session, viewer: Viewer, kind: str, key: str, *, row_id: int,
    accounts: ColumnElement[bool] | None = None,
) -> int:  # fmt: skip
    """One to every owner of a customer that is there and eligible (`accounts`; all without it), once each
    and key, whoever did it aside; how many. For what is published: a policy, a window of the calendar."""
    owner, n = Assignment.person_id, Notice
    whole = literal(f"{kind}:{key}:") + cast(owner, String)
    holds = (Assignment.duty == "owner") & Assignment.until.is_(None) & (owner != viewer.person_id)
    none, row = cast(null(), n.__table__.c.account_id.type), literal(row_id, n.__table__.c.row_id.type)
    found = (
        select(literal(kind), none, row, owner, literal(viewer.now, UtcTime), whole)
        .join(Account, Account.id == Assignment.account_id)
        .where(holds, Account.status != "churned", ~exists().where(n.dedupe_key == whole))
        .distinct()
    )
    if accounts is not None:
        found = found.where(accounts)
    return session.execute(insert(n).from_select(list(COLUMNS), found)).rowcount


def withdraw(session: Session, kind: str, key: str) -> None:
    """The act was taken back before anybody heard of it."""
    session.execute(
        delete(Notice).where(Notice.dedupe_key == f"{kind}:{key}"[:255], Notice.taken_at.is_(None))
    )
