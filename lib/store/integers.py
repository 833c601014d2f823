"""Very many rows of whole numbers out of the store at once, days among them, as one array."""

from datetime import date
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Integer, Select, cast, func, literal
from sqlalchemy.engine import Connection

ROWS = 50_000
_JULIAN_OF_DAY_ZERO = 1_721_424.5  # julianday() of day number 0


def numbered(day: ColumnElement[date], connection: Connection) -> ColumnElement[int]:
    """The day number of a date column, worked out by the store: 20 times faster than row by row here."""
    if connection.dialect.name == "sqlite":
        return cast(func.julianday(day) - _JULIAN_OF_DAY_ZERO, Integer)
    return cast(day - literal(date(1, 1, 1)), Integer) + 1


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
