"""Many rows in at once: executemany on SQLite, COPY on PostgreSQL."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import JSON, Date, LargeBinary, Table, text
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

ROWS_A_PART = 5_000  # rows sent to the server at once


def insert_columns(
    session: Session, table: Table, columns: Mapping[str, Sequence[Any]], *, json_is_text: bool = False
) -> int:
    """Insert rows given as columns of equal length, in the session's transaction; how many rows that were.

    Values are those the ORM would take; a column that is left out gets the table's own default.
    `json_is_text`: JSON columns arrive as JSON text already. Nothing is superseded: these are new rows.
    Raises IntegrityError (SQLAlchemy's, whatever the driver).
    """
    columns = {**columns, **_defaults(table, columns)}
    names = list(columns)
    session.flush()
    connection = session.connection()
    encoded = [
        _encode(table.c[name].type, values, connection.dialect, json_is_text)
        for name, values in columns.items()
    ]
    if not encoded or not len(encoded[0]):
        return 0
    try:
        _write(connection, table, names, zip(*encoded, strict=True))
    except connection.dialect.loaded_dbapi.IntegrityError as error:
        raise IntegrityError(f"INSERT INTO {table.name}", None, error) from error
    return len(encoded[0])


def _defaults(table: Table, columns: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
    size = len(next(iter(columns.values()), ()))
    return {
        column.name: [column.default.arg] * size
        for column in table.columns
        if column.name not in columns and column.default is not None and column.default.is_scalar
    }


def insert_dicts(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> int:
    """The same for rows as mappings with equal keys."""
    if not rows:
        return 0
    return insert_columns(session, table, {name: [row[name] for row in rows] for name in rows[0]})


def restart_numbers(session: Session, table: Table) -> None:
    """After rows brought their own ids: the next id follows the highest. SQLite does so by itself."""
    key = table.autoincrement_column
    if key is None or session.connection().dialect.name != "postgresql":
        return
    sequence = f"pg_get_serial_sequence('\"{table.name}\"', '{key.name}')"
    highest = f'SELECT COALESCE(MAX("{key.name}"), 0) + 1 FROM "{table.name}"'
    session.execute(text(f"SELECT setval({sequence}, ({highest}), false)"))


def refresh_statistics(session: Session, *tables: Table) -> None:
    """After many new rows: PostgreSQL plans by what it last counted, and would still believe the tables are
    small (a roll-up after a first import took twenty times as long). SQLite plans by its indexes alone."""
    if session.connection().dialect.name != "postgresql":
        return
    names = [table.name for table in tables]
    owned = "SELECT bool_and(tableowner = current_user) FROM pg_tables WHERE tablename = ANY(:names)"
    if session.execute(text(owned), {"names": names}).scalar():
        for name in names:
            session.execute(text(f"ANALYZE {name}"))
    else:  # the tables belong to another role, which left a function for this
        session.execute(text("SELECT desk_analyze(:names)"), {"names": names})


def _encode(kind: Any, values: Sequence[Any], dialect: Dialect, json_is_text: bool) -> Sequence[Any]:
    """The values as the driver takes them; for COPY as the text it reads."""
    if isinstance(kind, JSON):
        encoded = values if json_is_text else [None if v is None else json.dumps(v) for v in values]
    elif isinstance(kind, Date):  # few distinct days stand in very many rows
        known = {v: None if v is None else v.isoformat() for v in set(values)}
        encoded = [known[v] for v in values]
    elif isinstance(kind, LargeBinary):
        encoded = values
    else:
        processor: Callable | None = kind.dialect_impl(dialect).bind_processor(dialect)
        encoded = values if processor is None else [processor(v) for v in values]
    return encoded if dialect.name == "sqlite" else [_copy_text(v) for v in encoded]


def _copy_text(value: Any) -> str:
    """One cell of COPY's text format."""
    if type(value) is int:
        return str(value)
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, bytes | memoryview):
        return "\\\\x" + bytes(value).hex()
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value).translate(_ESCAPED)


_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _write(connection: Connection, table: Table, names: list[str], rows: Iterator[tuple]) -> None:
    quoted = ", ".join(f'"{name}"' for name in names)
    driver = connection.connection.driver_connection
    if connection.dialect.name == "postgresql":
        with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({quoted}) FROM STDIN') as copy:
            while part := list(islice(rows, ROWS_A_PART)):
                copy.write("".join(["\t".join(row) + "\n" for row in part]))
        return
    marks = ", ".join("?" * len(names))
    driver.executemany(f'INSERT INTO "{table.name}" ({quoted}) VALUES ({marks})', rows)
