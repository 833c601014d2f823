"""Engines, transactions and frames: the only file that opens a connection.

SQLite: WAL, synchronous FULL, foreign keys, a busy timeout; writing transactions begin IMMEDIATE, so that
read-modify-write never loses an update; reading ones begin deferred and never wait for a writer.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Engine, Select, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.pool import QueuePool
from sqlmodel import Session

from lib.store import chain, facts
from lib.store.address import overrides, owner_url, url

BUSY_MILLISECONDS = 15_000
SYNCHRONOUS = "FULL"  # SQLite: what was committed outlives a power cut
VALUES_AT_ONCE = 10_000  # values in one statement; SQLite takes 32,766
# An id that comes out of a frame is NumPy's; SQLite's driver would bind it as bytes and find nothing.
sqlite3.register_adapter(np.int64, int)


@contextmanager
def use(store_url: str, owner: str | None = None) -> Iterator[Engine]:
    """Work on another store inside the block; `owner` as in `owner_url`."""
    entry = (store_url, owner)
    overrides.append(entry)
    try:
        yield engine()
    finally:
        overrides.remove(entry)


@contextmanager
def as_owner() -> Iterator[Engine]:
    """Work on the store in use as the role that owns its tables: migrations and restoring alone."""
    owner = owner_url()
    if owner is None:
        yield engine()
        return
    with use(owner) as found:
        yield found


def engine() -> Engine:
    return _engine(url())


@lru_cache(maxsize=64)
def _engine(store_url: str) -> Engine:
    if store_url.startswith("sqlite"):
        made = create_engine(store_url, poolclass=QueuePool, pool_size=8, max_overflow=24, pool_use_lifo=True,
                             connect_args={"check_same_thread": False})  # fmt: skip
        event.listen(made, "connect", _on_sqlite_connect)
        event.listen(made, "begin", _on_sqlite_begin)
        return made
    return create_engine(store_url, pool_size=8, max_overflow=24, pool_pre_ping=True,
                         connect_args={"options": "-c timezone=UTC"})  # fmt: skip


def forget(store_url: str) -> None:
    """Close every connection to a store (before its file is replaced or its server stops)."""
    _engine(store_url).dispose()


def _on_sqlite_connect(connection, _record) -> None:  # noqa: ANN001 - the driver's own type
    connection.isolation_level = None  # the driver must not begin on its own; see _on_sqlite_begin
    for pragma in (
        f"busy_timeout = {BUSY_MILLISECONDS}",  # first: switching to WAL may itself meet a writer
        "journal_mode = WAL",
        f"synchronous = {SYNCHRONOUS}",
        "foreign_keys = ON",
        "cache_size = -65536",
        "temp_store = MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _on_sqlite_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("desk_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def transaction() -> Iterator[Session]:
    """One writing transaction: leaving commits, raising rolls everything back."""
    opened = engine().connect().execution_options(desk_writes=True)
    with (
        opened as connection,
        connection.begin(),
        Session(bind=connection, expire_on_commit=False) as session,
    ):
        facts.watch(session)
        yield session
        chain.write(session)
        session.flush()


@contextmanager
def reading() -> Iterator[Connection]:
    """One reading transaction: several selects that see the same state."""
    with engine().connect() as connection, connection.begin():
        yield connection


def read_frame(statement: Select, connection: Connection | None = None) -> pd.DataFrame:
    """Rows of a select as a DataFrame with the select's column names; empty keeps them.

    Whole numbers with gaps become Int64, so that money never turns into a float.
    """
    if connection is None:
        with reading() as opened:
            return read_frame(statement, opened)
    result = connection.execute(statement)
    rows, names = list(map(tuple, result.fetchall())), list(result.keys())  # of a Row pandas asks too much
    frame = pd.DataFrame.from_records(rows, columns=names, coerce_float=False)
    for column, position in zip(names, range(len(names)), strict=True):
        if column.endswith("_minor") or column.endswith("_id") or column == "id":
            frame.isetitem(position, frame.iloc[:, position].astype("Int64"))
    return frame


def parts(values: Iterable[Any], size: int = VALUES_AT_ONCE) -> Iterator[list[Any]]:
    """The values in pieces a statement can take as its parameters."""
    wanted = list(values)
    for start in range(0, len(wanted), size):
        yield wanted[start : start + size]


def read_one(statement: Select, connection: Connection | None = None):  # noqa: ANN201 - a Row or None
    """The first row of a select, or None."""
    if connection is None:
        with reading() as opened:
            return opened.execute(statement).first()
    return connection.execute(statement).first()
