"""The audit's hash chains: one a stream, so that two accounts never wait for each other.

A stream is an account's id, or 0 for people, policy, sign-in and whatever concerns no account. Entries of a
transaction are written at its end, streams in one order, each under the lock of its head: no two
transactions can wait for each other in a ring. Hash chaining of a log: Schneier and Kelsey, 1999.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from lib.store import bulk, personal
from lib.store.models import AuditEntry, AuditHead, PersonalValue

DESK = 0  # the stream of what concerns no account
START = "0" * 64  # what the first entry of a stream follows
COVERED = (
    "stream", "position", "previous", "happened_at", "person_id", "acting_as", "address", "command",
    "table_name", "row_id", "account_id", "old", "new", "reason",
)  # fmt: skip
_AT_ONCE = 5_000
_MANY = 200  # from so many entries on they are loaded in bulk
_WAITING = "audit_waiting"
canonical = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


def digest_of(entry: dict[str, Any]) -> str:
    """SHA-256 over an entry's covered values, `previous` among them; the same on both kinds of store."""
    return hashlib.sha256(canonical([_plain(entry[name]) for name in COVERED]).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value


def note(session: Session, entries: Iterable[dict[str, Any]]) -> None:
    """Keep entries (columns of audit_entry without the chain's own) for the end of the transaction."""
    session.info.setdefault(_WAITING, []).extend(entries)


def waiting(session: Session) -> int:
    """How many entries are kept so far."""
    return len(session.info.get(_WAITING, ()))


def forget_after(session: Session, count: int) -> None:
    """Drop what was kept after the first `count` entries: the part of the transaction was taken back."""
    del session.info.get(_WAITING, [])[count:]


def write(session: Session) -> None:
    """Append what waits to its chains; called once, right before the commit."""
    waiting: list[dict[str, Any]] = session.info.pop(_WAITING, [])
    if not waiting:
        return
    session.flush()
    entries, values = personal.by_reference(waiting)
    streams: dict[int, list[dict[str, Any]]] = {}
    for entry in entries:
        streams.setdefault(entry.get("account_id") or DESK, []).append(entry)
    # The desk's own stream is the busiest: locked last, it is held for the shortest time.
    order = sorted(streams, key=lambda stream: (stream == DESK, stream))
    heads = _locked_heads(session, order)
    rows: list[dict[str, Any]] = []
    for stream in order:
        position, previous = heads[stream]
        for entry in streams[stream]:
            position += 1
            row = {"stream": stream, "position": position, "previous": previous, **entry}
            previous = row["digest"] = digest_of(row)
            rows.append(row)
        heads[stream] = (position, previous)
    _insert(session, PersonalValue.__table__, values)
    _insert(session, AuditEntry.__table__, rows)
    connection = session.connection()
    table = AuditHead.__table__
    moved = update(table).where(table.c.stream == bindparam("its")).values(
        position=bindparam("to_position"), digest=bindparam("to_digest")
    )  # fmt: skip
    ends = [{"its": s, "to_position": heads[s][0], "to_digest": heads[s][1]} for s in order]
    connection.execute(moved, ends)


def _insert(session: Session, table: Table, rows: list[dict[str, Any]]) -> None:
    if len(rows) > _MANY:
        bulk.insert_dicts(session, table, rows)
    elif rows:
        session.connection().execute(insert(table), rows)


def _locked_heads(session: Session, streams: list[int]) -> dict[int, tuple[int, str]]:
    """Position and digest of each stream's head, made where there is none, locked in the given order."""
    connection, table = session.connection(), AuditHead.__table__
    dialect = {"sqlite": sqlite, "postgresql": postgresql}[connection.dialect.name]
    for start in range(0, len(streams), _AT_ONCE):
        new = [
            {"stream": s, "position": 0, "digest": START, "sealed": 0}
            for s in streams[start : start + _AT_ONCE]
        ]
        connection.execute(dialect.insert(table).on_conflict_do_nothing(), new)
    found: dict[int, tuple[int, str]] = {}
    for start in range(0, len(streams), _AT_ONCE):
        part = streams[start : start + _AT_ONCE]
        last_desk = table.c.stream == DESK
        rows = connection.execute(
            select(table.c.stream, table.c.position, table.c.digest)
            .where(table.c.stream.in_(part)).order_by(last_desk, table.c.stream).with_for_update()
        )  # fmt: skip
        found |= {row.stream: (row.position, row.digest) for row in rows}
    return found
