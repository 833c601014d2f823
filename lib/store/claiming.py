"""Rows of an outbox, each for one sender alone: the next that is due, and the mark of who has it."""

import secrets
from typing import Any, TypeVar

from sqlalchemy import Select, update
from sqlmodel import Session, SQLModel

from lib.access import Viewer

SENDING = "sending"
Row = TypeVar("Row", bound=SQLModel)


def next_due(session: Session, table: type[Row], due: Select) -> Row | None:
    """The first row of a select of ids, locked where the store can and past those others hold; or None."""
    found = session.execute(due.limit(1).with_for_update(skip_locked=True)).scalar()
    return None if found is None else session.get(table, found)


def take(session: Session, viewer: Viewer, row: Any, **values: Any) -> str | None:
    """Mark the row as in this sender's hands, with further values; the token that proves it, or None where
    another sender was quicker."""
    table, token = type(row), secrets.token_hex(8)
    won = session.execute(
        update(table)
        .where(table.id == row.id, table.state == row.state, table.version == row.version)
        .values(state=SENDING, claim=token, claimed_at=viewer.now, version=row.version + 1, **values)
    ).rowcount
    return token if won else None
