"""One portable backup file for both kinds of store, and its way back, row for row.

A backup is a ZIP: `tables/NAME.jsonl` holds one JSON array a row in primary key order, `manifest.json` the
schema version, the audit's newest seal and, for every table, its columns, row count and the SHA-256 of its
lines. It is read from one snapshot, so the desk may go on working meanwhile.
"""

import base64
import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Date,
    LargeBinary,
    String,
    Table,
    and_,
    cast,
    not_,
    select,
    text,
    type_coerce,
)
from sqlalchemy.engine import Connection
from sqlmodel import Session

from lib.errors import Conflict, DeskError, Invalid
from lib.store import bulk, guards, migrate, outfile, seals, verify
from lib.store.database import as_owner, engine, transaction
from lib.store.models import Person, metadata
from lib.store.types import ExactDecimal, UtcTime

FORMAT = "vip-desk-backup-1"
BATCH = 5_000
_PACKED = (zipfile.ZIP_DEFLATED, True, 1)  # method, files over 4 GB allowed, fastest level
SEEDED = frozenset(
    (
        "policy_version",
        "playbook_version",
        "price_book",
        "price_item",
        "price_bundle",
        "person",
        "person_role",
        "desk_state",
    )
)
MADE_ANEW = frozenset(("activity_sheet",))  # says nothing that other rows do not
Progress = Callable[[str, float], None]
_UNSOUND = (zipfile.BadZipFile, zlib.error, OSError, KeyError, ValueError)  # what a damaged file leads to


def write_backup(path: Path, now: datetime, progress: Progress | None = None) -> dict[str, int]:
    """Write the whole store into a new file; rows per table. The file appears only when it is complete.

    Raises Conflict("file_exists"), Invalid("folder_not_writable"), DeskError("store_outdated").
    """
    outfile.must_be_new(path)
    migrate.ensure_current()
    part = path.with_name(path.name + ".part")
    try:
        with _snapshot() as connection, zipfile.ZipFile(part, "w", *_PACKED) as pack:
            tables = {t.name: _pack_table(pack, connection, t) for t in _announced(progress)}
            sealed = seals.latest(connection)
            manifest = {"format": FORMAT, "schema": migrate.newest(), "written_at": now.isoformat(),
                        "store": connection.dialect.name, "audit_head": sealed and sealed.head,
                        "tables": tables}  # fmt: skip
            pack.writestr("manifest.json", json.dumps(manifest, indent=1))
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return {name: found["rows"] for name, found in tables.items()}


def read_backup(
    path: Path,
    *,
    replace: bool = False,
    progress: Progress | None = None,
    record: Callable[[Session, str | None], None] | None = None,
    broken_audit: bool = False,
) -> dict[str, int]:
    """Fill the store in use from a backup, in one transaction; rows per table.

    The store must be empty, or `replace` given: then what it holds goes. After loading, every table is read
    back and its checksum compared with the file's, and the audit is walked; `record` puts the restoring on
    record in the same transaction, given the audit's HEAD in the backup. Raises Invalid for a file that is no
    sound backup or of another schema version, Conflict("store_not_empty"), and, unless `broken_audit` is
    given, DeskError("backup_audit_broken") with the first broken record; in each case the store is as before.
    """
    try:
        with zipfile.ZipFile(path) as pack:
            manifest = _manifest(pack)
            migrate.upgrade()
            with as_owner(), transaction() as session:
                if not replace and not is_empty(session):
                    raise Conflict("store_not_empty")
                clear(session)
                for table in _announced(progress):
                    _load_table(pack, session, table, manifest["tables"][table.name])
                head = manifest.get("audit_head")
                if not broken_audit:
                    _verify_audit(session, head)
                if record:
                    record(session, head)
    except _UNSOUND as error:
        raise Invalid("backup_unreadable", file=path.name) from error
    return {name: found["rows"] for name, found in manifest["tables"].items()}


def _verify_audit(session: Session, head: str | None) -> None:
    """Raises DeskError("backup_audit_broken") naming the first record that is not what it was."""
    for fault in verify.faults(session.connection(), head):
        raise DeskError("backup_audit_broken", fault=fault.code, stream=fault.stream or 0,
                        position=fault.position or 0, seal=fault.number or 0)  # fmt: skip


def kept_entries(path: Path) -> tuple[str | None, Iterator[dict[str, Any]]]:
    """The audit's HEAD of a backup, and its chained entries as dicts for verify.differing. Raises Invalid."""
    try:
        with zipfile.ZipFile(path) as pack:
            manifest = _manifest(pack)
        names = manifest["tables"]["audit_entry"]["columns"]
    except _UNSOUND as error:
        raise Invalid("backup_unreadable", file=path.name) from error
    return manifest.get("audit_head"), _entries_in(path, names)


def _entries_in(path: Path, names: list[str]) -> Iterator[dict[str, Any]]:
    with zipfile.ZipFile(path) as pack, pack.open("tables/audit_entry.jsonl") as lines:
        for line in lines:
            entry = dict(zip(names, json.loads(line), strict=True))
            at = datetime.fromisoformat(entry["happened_at"])
            entry["happened_at"] = at.isoformat(timespec="microseconds")
            for side in ("old", "new"):
                entry[side] = None if entry[side] is None else json.loads(entry[side])
            if entry["stream"] is not None:
                yield entry


def is_empty(session: Session) -> bool:
    """True while the store holds nothing but what preparing it brings."""
    seeded = and_(not_(Person.external_id.like("local-%")), Person.external_id != "technical")
    if session.execute(select(Person.id).where(seeded).limit(1)).first():
        return False
    others = (t for t in metadata.sorted_tables if t.name not in SEEDED)
    return not any(session.execute(select(text("1")).select_from(t).limit(1)).first() for t in others)


def digest_of(connection: Connection, table: Table) -> tuple[int, str]:
    """Row count and SHA-256 of a table's lines, the same on both kinds of store."""
    sha, rows = hashlib.sha256(), 0
    for chunk, count in _lines(connection, table):
        sha.update(chunk)
        rows += count
    return rows, sha.hexdigest()


def _announced(progress: Progress | None) -> Iterator[Table]:
    tables = [table for table in metadata.sorted_tables if table.name not in MADE_ANEW]
    for position, table in enumerate(tables):
        if progress:
            progress(table.name, position / len(tables))
        yield table


def _snapshot() -> Connection:
    """A connection whose reads all see the same state."""
    connection = engine().connect()
    if connection.dialect.name == "postgresql":
        connection = connection.execution_options(isolation_level="REPEATABLE READ")
    connection.begin()
    connection.execute(
        text("SELECT version_num FROM alembic_version")
    ).all()  # the first read sets the moment
    return connection


def _pack_table(pack: zipfile.ZipFile, connection: Connection, table: Table) -> dict[str, Any]:
    sha, rows = hashlib.sha256(), 0
    with pack.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as entry:
        for chunk, count in _lines(connection, table):
            entry.write(chunk)
            sha.update(chunk)
            rows += count
    return {"columns": list(table.c.keys()), "rows": rows, "sha256": sha.hexdigest()}


def _lines(connection: Connection, table: Table) -> Iterator[tuple[bytes, int]]:
    """The rows as JSON lines, in batches."""
    plain_dates = connection.dialect.name == "sqlite"
    statement = select(*(_as_stored(column, plain_dates) for column in table.c)).order_by(*table.primary_key)
    result = connection.execute(
        statement, execution_options={"stream_results": True, "max_row_buffer": BATCH}
    )
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_text).encode
    while rows := result.fetchmany(BATCH):
        yield "".join([encode(list(row)) + "\n" for row in rows]).encode(), len(rows)


def _as_stored(column: Any, plain_dates: bool) -> Any:
    """JSON travels as its text, so that SQL NULL and JSON null stay two things."""
    if isinstance(column.type, JSON):
        return cast(column, String).label(column.name)
    if plain_dates and isinstance(column.type, Date):
        return type_coerce(column, String).label(column.name)
    return column


def _text(value: Any) -> str:
    if isinstance(value, date):  # datetimes too
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    raise TypeError(f"no backup form for {type(value).__name__}")


_READERS: tuple[tuple[type, Callable[[str], Any]], ...] = (
    (ExactDecimal, Decimal),
    (UtcTime, datetime.fromisoformat),
    (Date, date.fromisoformat),
    (LargeBinary, base64.b64decode),
)


def _reader(column: Any) -> Callable[[str], Any] | None:
    return next((read for kind, read in _READERS if isinstance(column.type, kind)), None)


def _manifest(pack: zipfile.ZipFile) -> dict[str, Any]:
    manifest = json.loads(pack.read("manifest.json"))
    if manifest.get("format") != FORMAT:
        raise Invalid("backup_unreadable", file=Path(pack.filename or "").name)
    if manifest["schema"] != migrate.newest():
        raise Invalid("backup_of_other_version", there=manifest["schema"], here=migrate.newest())
    return manifest


def clear(session: Session) -> None:
    """Empty every table, append-only ones too: their triggers are set aside inside this transaction."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        names = ", ".join(f'"{t.name}"' for t in metadata.sorted_tables)
        connection.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY")
        return
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")  # rows that refer to their own table
    for trigger in guards.trigger_names("sqlite"):
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {trigger}")
    for table in reversed(metadata.sorted_tables):
        connection.exec_driver_sql(f'DELETE FROM "{table.name}"')
    for statement in (*guards.statements("sqlite"), *guards.further_statements("sqlite")):
        connection.exec_driver_sql(statement)


def _load_table(pack: zipfile.ZipFile, session: Session, table: Table, told: dict[str, Any]) -> None:
    names = told["columns"]
    if names != list(table.c.keys()):
        raise Invalid("backup_unreadable", file=Path(pack.filename or "").name)
    readers = [_reader(table.c[name]) for name in names]
    with pack.open(f"tables/{table.name}.jsonl") as entry:
        while lines := list(islice(entry, BATCH)):
            rows = [json.loads(line) for line in lines]
            columns = [
                _values(read, values) for read, values in zip(readers, zip(*rows, strict=True), strict=True)
            ]
            bulk.insert_columns(session, table, dict(zip(names, columns, strict=True)), json_is_text=True)
    bulk.restart_numbers(session, table)
    if digest_of(session.connection(), table) != (told["rows"], told["sha256"]):
        raise DeskError("backup_differs", table=table.name)


def _values(read: Callable[[str], Any] | None, values: tuple) -> tuple | list:
    if read is None:
        return values
    return [None if value is None else read(value) for value in values]
