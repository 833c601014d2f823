"""Many rows into one table at the speed of the driver: executemany on SQLite, COPY on PostgreSQL."""

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from sqlalchemy import Connection, Table
from sqlalchemy.exc import IntegrityError


def insert_columns(connection: Connection, table: Table, columns: Mapping[str, Sequence[Any]]) -> int:
    """Add rows given as columns of equal length, in the connection's own transaction; how many.

    Columns that are left out get the table's defaults. The column types bind as everywhere else, so an
    instant without zone or an inexact decimal is refused here too. Raises IntegrityError.
    """
    size = len(next(iter(columns.values()), ()))
    if not size:
        return 0
    given = {name: _bound(connection, table, name, values) for name, values in columns.items()}
    for column in table.columns:
        if column.name not in given and column.default is not None and column.default.is_scalar:
            given[column.name] = _bound(connection, table, column.name, [column.default.arg]) * size
    rows = zip(*given.values(), strict=True)
    quote = connection.dialect.identifier_preparer.quote
    target = f"{quote(table.name)} ({', '.join(quote(name) for name in given)})"
    if connection.dialect.name == "postgresql":
        _copy(connection, f"COPY {target} FROM STDIN", rows)
    else:
        holes = ", ".join("?" * len(given))
        connection.exec_driver_sql(f"INSERT INTO {target} VALUES ({holes})", list(rows))
    return size


def _bound(connection: Connection, table: Table, name: str, values: Sequence[Any]) -> list[Any]:
    """The values as the driver takes them; each distinct one is converted once."""
    bind = table.c[name].type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
    if bind is None:
        return list(values)
    known = {value: bind(value) for value in set(values)}
    return [known[value] for value in values]


def _copy(connection: Connection, statement: str, rows: Any) -> None:
    try:
        with connection.connection.cursor() as cursor, cursor.copy(statement) as target:
            for row in rows:
                target.write_row(row)
    except psycopg.IntegrityError as error:
        raise IntegrityError(statement, None, error) from error
