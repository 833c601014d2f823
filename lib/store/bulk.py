"""Many rows at once: the driver's own executemany on SQLite, COPY on PostgreSQL; no ORM in between."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import JSON, Date, Table, text
from sqlalchemy.engine import Connection, Dialect
from sqlmodel import Session


def insert_columns(
    session: Session, table: Table, columns: Mapping[str, Sequence[Any]], *, json_is_text: bool = False
) -> int:
    """Insert rows given as columns of equal length; how many rows that were.

    Values are those the ORM would take. `json_is_text`: JSON columns arrive as JSON text already.
    Nothing is superseded and no default is filled in: whoever comes this way brings complete rows.
    """
    names = list(columns)
    session.flush()
    connection = session.connection()
    encoded = [
        _encode(table.c[name].type, values, connection.dialect, json_is_text)
        for name, values in columns.items()
    ]
    if not encoded or not len(encoded[0]):
        return 0
    _write(connection, table, names, zip(*encoded, strict=True))
    return len(encoded[0])


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


def _encode(kind: Any, values: Sequence[Any], dialect: Dialect, json_is_text: bool) -> Sequence[Any]:
    processor: Callable | None = kind.dialect_impl(dialect).bind_processor(dialect)
    if processor is None or (json_is_text and isinstance(kind, JSON)):
        return values
    if isinstance(kind, Date):  # few distinct days stand in very many rows
        known = {value: processor(value) for value in set(values)}
        return [known[value] for value in values]
    return [processor(value) for value in values]


def _write(connection: Connection, table: Table, names: list[str], rows: Any) -> None:
    quoted = ", ".join(f'"{name}"' for name in names)
    driver = connection.connection.driver_connection
    if connection.dialect.name == "postgresql":
        with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({quoted}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join("?" * len(names))
    driver.executemany(f'INSERT INTO "{table.name}" ({quoted}) VALUES ({marks})', rows)
