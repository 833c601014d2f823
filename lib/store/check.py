"""Is the store sound? Schema, integrity, guards, rights, the audit's chains, and sums that must re-add; reads
only."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql import Select

from lib.errors import Invalid
from lib.store import backup, guards, migrate, roles, verify
from lib.store.database import owner_url, reading
from lib.store.models import (
    Assignment,
    ImportRun,
    QuoteLine,
    QuoteVersion,
    Subscription,
    metadata,
)


@dataclass(frozen=True)
class Finding:
    """One check: its code (message `check-CODE`), whether it held, how many rows or things did not, and the
    faults of the audit by record (store.verify)."""

    code: str
    ok: bool
    count: int = 0
    detail: str = ""
    faults: tuple[verify.Fault, ...] = ()


def examine(progress: Callable[[str, float], None] | None = None, since: str | None = None) -> list[Finding]:
    """Run every check. A store without our schema gives one finding and no more.

    `since`: a HEAD of the audit that was kept elsewhere, as `NUMBER:DIGEST` or in a backup file. Raises
    Invalid when it is neither.
    """
    head, kept = _kept(since)
    current = migrate.current()
    if current != migrate.newest():
        return [Finding("schema", False, detail=current or "–")]
    drift = migrate.drift()
    findings = [Finding("schema", True, detail=current), Finding("drift", not drift, len(drift))]
    with reading() as connection:
        for position, (code, check) in enumerate(CHECKS.items()):
            if progress:
                progress(code, position / len(CHECKS))
            broken = list(check(connection))
            findings.append(Finding(code, not broken, len(broken), "; ".join(broken[:5])))
        if progress:
            progress("audit", 0.5)
        faults = (*verify.faults(connection, head), *verify.differing(connection, kept))
    return [*findings, Finding("audit", not faults, len(faults), faults=faults)]


def _kept(since: str | None) -> tuple[str | None, Iterable[dict[str, Any]]]:
    """The HEAD that was kept, and the entries that came with it when it is a backup."""
    if since is None or verify.read_head(since):
        return since, ()
    if not Path(since).is_file():
        raise Invalid("head_unreadable", head=since)
    return backup.kept_entries(Path(since))


def counts() -> dict[str, int]:
    """Rows per table, by table name."""
    with reading() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in sorted(metadata.tables.values(), key=lambda t: t.name)
        }


def _integrity(connection: Connection) -> Iterator[str]:
    """SQLite checks its pages itself; on PostgreSQL constraints must at least be valid."""
    if connection.dialect.name == "sqlite":
        found = connection.exec_driver_sql("PRAGMA integrity_check").scalars()
        yield from (line for line in found if line != "ok")
        return
    invalid = "SELECT conname FROM pg_constraint WHERE NOT convalidated"
    yield from connection.exec_driver_sql(invalid).scalars()


def _references(connection: Connection) -> Iterator[str]:
    """Rows that refer to nothing."""
    if connection.dialect.name == "sqlite":
        for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            yield f"{table} {row} → {parent}"
        return
    for table in metadata.sorted_tables:
        for column in table.c:
            for key in column.foreign_keys:
                there = key.column.table.alias()
                lost = select(func.count()).select_from(table).where(
                    column.is_not(None), ~select(there).where(there.c[key.column.name] == column).exists()
                )  # fmt: skip
                if connection.execute(lost).scalar_one():
                    yield f"{table.name}.{column.name}"


def _triggers(connection: Connection) -> Iterator[str]:
    """Guards that are missing or switched off."""
    statement = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
    }[connection.dialect.name]
    armed = {name.lower() for name in connection.exec_driver_sql(statement).scalars()}
    wanted = guards.trigger_names(connection.dialect.name)
    yield from (name for name in wanted if name.lower() not in armed)


def _rights(connection: Connection) -> Iterator[str]:
    """Where another role owns the tables, the desk's may add to the record and no more."""
    if owner_url() is not None:
        yield from roles.excess(connection)


def _rows(statement: Select) -> Callable[[Connection], Iterator[str]]:
    """A check that lists ids; none is good."""
    return lambda connection: (str(found) for found in connection.execute(statement).scalars())


_READ = ImportRun.rows_read
_FATES = (
    ImportRun.rows_stored + ImportRun.rows_changed + ImportRun.rows_unchanged
    + ImportRun.rows_reported + ImportRun.rows_blank
)  # fmt: skip
_QUOTE_SUMS = (
    select(QuoteVersion.id)
    .outerjoin(QuoteLine, QuoteLine.quote_version_id == QuoteVersion.id)
    .group_by(QuoteVersion.id, QuoteVersion.list_minor, QuoteVersion.net_minor)
    .having(
        or_(
            func.coalesce(func.sum(QuoteLine.list_minor), 0) != QuoteVersion.list_minor,
            func.coalesce(func.sum(QuoteLine.net_minor), 0) != QuoteVersion.net_minor,
        )
    )
)
_ISSUED_UNBOUND = select(QuoteVersion.id).where(
    QuoteVersion.issued_at.is_not(None), QuoteVersion.content_hash.is_(None)
)

_OTHER = Assignment.__table__.alias("other")
_BOTH_DUTIES = (
    select(Assignment.account_id)
    .join(
        _OTHER, (_OTHER.c.account_id == Assignment.account_id) & (_OTHER.c.person_id == Assignment.person_id)
    )
    .where(Assignment.duty == "owner", Assignment.until.is_(None))
    .where(_OTHER.c.duty == "backup", _OTHER.c.until.is_(None))
)

CHECKS: dict[str, Callable[[Connection], Iterator[str]]] = {
    "integrity": _integrity,
    "references": _references,
    "triggers": _triggers,
    "rights": _rights,
    "quote-sums": _rows(_QUOTE_SUMS),
    "issued-papers": _rows(_ISSUED_UNBOUND),
    "periods": _rows(select(Subscription.id).where(Subscription.ends_on < Subscription.starts_on)),
    "duties": _rows(_BOTH_DUTIES),
    "import-counts": _rows(select(ImportRun.id).where(_READ != _FATES)),
}
