"""Account-days packed by day: a morning reads some thousand rows instead of some million.

A sheet holds one day of 1,024 accounts whose ids follow each other. Whatever changes a row of account_day
removes the sheet it stands on (triggers, store.guards): a sheet is right or it is not there. What no sheet
tells is read from the rows; `pack` writes it down for the next morning.
"""

from datetime import date

import numpy as np
from sqlalchemy import BigInteger, ColumnElement, Integer, Select, cast, func, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from lib.activity.rules import Numbers
from lib.store.bulk import insert_columns
from lib.store.guards import SHEET_ACCOUNTS
from lib.store.integers import integers, joined, numbered
from lib.store.models import Account, AccountDay, ActivitySheet

FEW_DAYS = 0.1  # a block that lacks more of its days is read along its accounts, the others day by day
_ROOM = 2**32  # for a cell below the day's number


def read_cells(connection: Connection, first: int, last: int) -> Numbers:
    """One cell per day (from the day number `first` to `last`) and account id (0 to the highest): 0 where
    there is no row, else 4 × people + 2 × named + 1."""
    return _read(connection, first, last)[0]


def pack(session: Session, first: int, last: int) -> int:
    """Write the sheets that are missing between two day numbers; how many.

    To be the first act of its transaction. On PostgreSQL nobody may be writing account-days: rows that are
    not committed yet would be missing on a sheet that stays. Who writes now leaves sheets to the next time.
    """
    if session.connection().dialect.name == "postgresql":
        try:
            with session.begin_nested():
                session.execute(text("LOCK TABLE account_day IN SHARE ROW EXCLUSIVE MODE NOWAIT"))
        except OperationalError:
            return 0
    lacking = first + np.flatnonzero(_missing(session.connection(), first, last).any(axis=1))
    if not len(lacking):
        return 0
    first, last = int(lacking[0]), int(lacking[-1])
    cells, missing = _read(session.connection(), first, last)
    days, blocks = np.nonzero(missing)
    kept = [_sheet(cells[day, _of(block)]) for day, block in zip(days, blocks, strict=True)]
    return insert_columns(session, ActivitySheet.__table__, {
        "day": [date.fromordinal(first + day) for day in days.tolist()], "block": blocks.tolist(),
        "cells": kept,
    })  # fmt: skip


def _of(block: int) -> slice:
    return slice(block * SHEET_ACCOUNTS, (block + 1) * SHEET_ACCOUNTS)


def _sheet(cells: Numbers) -> bytes:
    """The cells in as few bytes each as the largest needs; the length tells how many."""
    return cells.astype(np.min_scalar_type(int(cells.max())).newbyteorder("<")).tobytes()


def _missing(connection: Connection, first: int, last: int) -> Numbers:
    """Per day and block: is there no sheet?"""
    missing = _all(connection, first, last)
    keys = integers(connection, _sheets(connection, first, last, missing.shape[1]), 2)
    missing[keys[:, 0] - first, keys[:, 1]] = False
    return missing


def _all(connection: Connection, first: int, last: int) -> Numbers:
    most = connection.execute(select(func.max(Account.id))).scalar() or 0
    return np.ones((last - first + 1, most // SHEET_ACCOUNTS + 1), bool)


def _sheets(connection: Connection, first: int, last: int, blocks: int, *more: ColumnElement) -> Select:
    days = ActivitySheet.day.between(date.fromordinal(first), date.fromordinal(last))
    columns = (numbered(ActivitySheet.day, connection), ActivitySheet.block, *more)
    return select(*columns).where(days, ActivitySheet.block < blocks)


def _read(connection: Connection, first: int, last: int) -> tuple[Numbers, Numbers]:
    """The cells of `read_cells`, and per day and block whether its sheet is missing: found out by the
    statement that reads them, for another transaction may remove some the moment after."""
    missing = _all(connection, first, last)
    cells = np.zeros((len(missing), missing.shape[1] * SHEET_ACCOUNTS), np.int32)
    cursor = connection.execute(
        _sheets(connection, first, last, missing.shape[1], ActivitySheet.cells)
    ).cursor  # fmt: skip
    for day, block, kept in cursor:
        cells[day - first, _of(block)] = np.frombuffer(kept, f"<u{len(kept) // SHEET_ACCOUNTS}")
        missing[day - first, block] = False
    cursor.close()
    many = missing.sum(axis=0) > FEW_DAYS * len(missing)
    for block in np.flatnonzero(many).tolist():
        days = first + np.flatnonzero(missing[:, block])
        part = _of(block)
        number = numbered(AccountDay.day, connection)  # no plain range: it would be read along the days
        _fill(connection, cells, first, AccountDay.account_id.between(part.start, part.stop - 1),
              number.between(int(days[0]), int(days[-1])))  # fmt: skip
    for day in np.flatnonzero(missing[:, ~many].any(axis=1)).tolist():
        _fill(connection, cells, first, AccountDay.day == date.fromordinal(first + day))
    return cells, missing


def _fill(connection: Connection, cells: Numbers, first: int, *where: ColumnElement[bool]) -> None:
    """Set the cells of some rows."""
    cell = AccountDay.active_users * 4 + cast(AccountDay.named, Integer) * 2 + 1
    packed = cast(numbered(AccountDay.day, connection) - first, BigInteger) * _ROOM + cell
    owners, codes = joined(connection, (AccountDay.account_id, packed), *where)
    cells[codes // _ROOM, owners] = codes % _ROOM
