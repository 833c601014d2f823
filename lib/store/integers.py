"""Very many rows of whole numbers out of the store at once, days among them, as one array."""

import json
from collections.abc import Sequence
from datetime import date
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    Text,
    any_,
    cast,
    func,
    literal,
    literal_column,
    select,
)
from sqlalchemy.engine import Connection

ROWS = 50_000
_JULIAN_OF_DAY_ZERO = 1_721_424.5  # julianday() of day number 0


def numbered(day: ColumnElement[date], connection: Connection) -> ColumnElement[int]:
    """The day number of a date column, worked out by the store: 20 times faster than row by row here."""
    if connection.dialect.name == "sqlite":
        return cast(func.julianday(day) - _JULIAN_OF_DAY_ZERO, Integer)
    return cast(day - literal(date(1, 1, 1)), Integer) + 1


def joined(
    connection: Connection, columns: Sequence[ColumnElement[int]], *where: ColumnElement[bool]
) -> list[NDArray[np.int64]]:
    """The same for a part of a table, one array a column: the store writes the rows as one text, twice as
    fast as row by row. A text holds some ten million numbers at most, so ask for a part."""
    join = func.group_concat if connection.dialect.name == "sqlite" else func.string_agg
    texts = connection.execute(select(*(join(cast(c, Text), " ") for c in columns)).where(*where)).one()
    return [np.fromstring(text or "", dtype=np.int64, sep=" ") for text in texts]


def among(column: ColumnElement[int], wanted: Sequence[int], connection: Connection) -> ColumnElement[bool]:
    """column IN (wanted) as one parameter: ten thousands of single ones cost more than the rows."""
    if connection.dialect.name == "sqlite":
        return column.in_(select(literal_column("value")).select_from(func.json_each(json.dumps(wanted))))
    return column == any_(cast(literal(wanted, ARRAY(BigInteger)), ARRAY(BigInteger)))


def integers(connection: Connection, statement: Select, columns: int) -> NDArray[np.int64]:
    """Rows as an array of shape (rows, `columns`), straight from the driver: wrapping rows took most of the
    time."""
    cursor = connection.execute(statement).cursor
    parts = []
    while rows := cursor.fetchmany(ROWS):
        flat = np.fromiter(chain.from_iterable(rows), np.int64, len(rows) * columns)
        parts.append(flat.reshape(-1, columns))
    cursor.close()
    return np.concatenate(parts) if parts else np.zeros((0, columns), np.int64)
