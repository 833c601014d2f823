"""What the store already holds of the rows of a file, by their keys, inside the viewer's scope."""

from collections.abc import Hashable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, select

from lib.access import Viewer
from lib.store.database import parts
from lib.store.models import ManualValue
from lib.store.scope import of_visible_accounts


class Row(NamedTuple):
    """A stored row: its id (None where the key is the identity), version, compared values.

    `locked` rows were made from finer data and take nothing from a file.
    """

    id: int | None
    version: int
    values: tuple
    locked: bool = False


def read_existing(
    connection: Connection,
    viewer: Viewer,
    table: Table,
    key: tuple[str, ...],
    keys: Sequence[Hashable],
    compared: Sequence[str],
) -> dict[Hashable, Row]:
    """Stored rows by key. Rows outside the viewer's scope count as not there."""
    if len(key) == 1:
        return _by_text(connection, viewer, table, key[0], keys, compared)
    return _by_day(connection, viewer, table, key, keys, compared)


def _by_text(
    connection: Connection,
    viewer: Viewer,
    table: Table,
    key: str,
    keys: Sequence[Hashable],
    compared: Sequence[str],
) -> dict[Hashable, Row]:
    version = [table.c.version] if "version" in table.c else []
    columns = [table.c[key], table.c.id, *version, *(table.c[n] for n in compared)]
    start = 2 + len(version)
    found: dict[Hashable, Row] = {}
    for wanted in parts(keys):
        statement = select(*columns).where(table.c[key].in_(wanted))
        if "account_id" in table.c:
            free = table.c.account_id.is_(None)
            statement = statement.where(free | of_visible_accounts(viewer, table.c.account_id))
        for row in connection.execute(statement):
            found[row[0]] = Row(row[1], row[2] if version else 0, tuple(row[start:]))
    return found


def _by_day(
    connection: Connection,
    viewer: Viewer,
    table: Table,
    key: tuple[str, ...],
    keys: Sequence[tuple],
    compared: Sequence[str],
) -> dict[Hashable, Row]:
    """Rows of the day tables: all days between the first and the last asked for, of these owners."""
    if not keys:
        return {}
    days = [k[1] for k in keys]
    owner, day = table.c[key[0]], table.c[key[1]]
    named = [table.c.named] if "named" in table.c else []
    shown = [n for n in compared if n != "named"]
    statement = select(owner, day, *named, *(table.c[n] for n in shown)).where(
        day >= min(days), day <= max(days), of_visible_accounts(viewer, table.c.account_id)
    )
    start, found = 2 + len(named), {}
    for wanted in parts({k[0] for k in keys}):
        for row in connection.execute(statement.where(owner.in_(wanted))):
            values = dict(zip(shown, row[start:], strict=True))
            locked = bool(named and row[2])
            full = tuple(bool(row[2]) if n == "named" else values[n] for n in compared)
            found[(row[0], row[1])] = Row(None, 0, full, locked)
    return found


def manual_fields(connection: Connection, table: str, ids: Sequence[int]) -> dict[int, set[str]]:
    """The columns of these rows that a person corrected by hand."""
    held: dict[int, set[str]] = {}
    for wanted in parts(ids):
        statement = select(ManualValue.row_id, ManualValue.field).where(
            ManualValue.table_name == table, ManualValue.row_id.in_(wanted)
        )
        for row_id, name in connection.execute(statement):
            held.setdefault(row_id, set()).add(name)
    return held


def text_of(value: Any) -> str | None:
    """A value as the text a mark of a hand-made correction keeps."""
    return None if value is None else str(value)
