"""New rows in bulk with the table's own defaults; a broken constraint is SQLAlchemy's own error."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from sqlalchemy import Table, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from lib.store import loading


def insert_columns(session: Session, table: Table, columns: Mapping[str, Sequence[Any]]) -> int:
    """Add rows given as columns of equal length, in the session's transaction; how many.

    Columns that are left out get the table's defaults. Raises IntegrityError.
    """
    size = len(next(iter(columns.values()), ()))
    defaults = {
        column.name: [column.default.arg] * size
        for column in table.columns
        if column.name not in columns and column.default is not None and column.default.is_scalar
    }
    try:
        return loading.insert_columns(session, table, {**columns, **defaults})
    except (psycopg.IntegrityError, sqlite3.IntegrityError) as error:
        raise IntegrityError(f"INSERT INTO {table.name}", None, error) from error


def refresh_statistics(session: Session, *tables: Table) -> None:
    """After many new rows: PostgreSQL plans by what it last counted, and would still believe the tables are
    small (a roll-up after a first import took twenty times as long). SQLite plans by its indexes alone."""
    if session.connection().dialect.name == "postgresql":
        for table in tables:
            session.execute(text(f"ANALYZE {table.name}"))
