"""Takes a file through reading, judging and, where asked, writing; the same walk for preview and import."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, insert
from sqlmodel import Session

from lib.access import Viewer
from lib.imports.judge import REPORTED, Judge, Judged
from lib.imports.kinds import Kind
from lib.imports.mapping import Plan, fitted
from lib.imports.reader import digest, read_file, stream_of
from lib.imports.results import ImportResult, result_of
from lib.imports.source import ROWS_AT_ONCE, Limits, Reading
from lib.store.doors import audit
from lib.store.models import ImportProblem, ImportRun

Progress = Callable[[int], None]
_WHOLE = 10**9


class Touched:
    """The accounts an import wrote for, how many rows, and the first day it wrote about."""

    def __init__(self) -> None:
        self.account_ids: set[int] = set()
        self.first_day: date | None = None
        self.rows = 0

    def note(self, judged: Judged) -> None:
        store = judged.batch.store
        rows = [*judged.inserts, *(c.position for c in judged.changes)]
        self.account_ids |= {i for i in (store["account_id"][r] for r in rows) if i is not None}
        self.rows += len(rows)
        if "day" in store and rows:
            first = min(store["day"][r] for r in rows)
            self.first_day = min(first, self.first_day or first)


def walk(
    connection: Connection,
    viewer: Viewer,
    kind: Kind,
    content: bytes | Path,
    name: str,
    plan: Plan,
    limits: Limits,
    *,
    take: Callable[[Judged], None] | None = None,
    progress: Progress | None = None,
    fates: bool = False,
) -> ImportResult:
    """Judge every chunk and hand it to `take`. Raises Invalid for a file that cannot be read or mapped."""
    with stream_of(content, name) as stream:
        opened = read_file(stream, name, Reading(plan.encoding, plan.delimiter, plan.sheet), limits)
        plan, absent = fitted(kind, plan, opened.header)
        result = result_of(kind.name, opened, plan.used_columns(), absent)
        judge = Judge(connection, viewer, kind, plan)
        for chunk in opened.chunks(_WHOLE if kind.whole_file else ROWS_AT_ONCE):
            judged = judge.judge(chunk)
            if take:
                take(judged)
            result.add(judged.counts, judged.faults)
            if fates:
                texts = judged.batch.texts
                shown = texts.get("key") or texts.get("user") or texts["account"]
                result.fates += zip(judged.batch.lines, judged.fates, shown, strict=True)
            if progress:
                progress(result.read)
    return result


def sha256_of(content: bytes | Path, name: str) -> str:
    with stream_of(content, name) as stream:
        return digest(stream)


def record(session: Session, viewer: Viewer, result: ImportResult, sha256: str, preset: str | None) -> int:
    """Keep the run, its problems and its audit record; the run's id."""
    run = ImportRun(
        kind=result.kind, file_name=Path(result.file_name).name[:255], file_sha256=sha256, preset=preset,
        person_id=viewer.person_id, imported_at=viewer.now, rows_read=result.read, rows_stored=result.stored,
        rows_changed=result.changed, rows_unchanged=result.unchanged, rows_reported=result.reported,
        rows_blank=result.blank, warnings=result.warnings,
    )  # fmt: skip
    session.add(run)
    session.flush()
    rows = [
        {"run_id": run.id, "line": f.line, "field": f.column and f.column[:255], "code": f.code,
         "value": f.value, "severity": f.severity, "details": f.details or None}
        for f in result.problems
    ]  # fmt: skip
    if rows:
        session.connection().execute(insert(ImportProblem.__table__), rows)
    counts = {
        n: getattr(run, f"rows_{n}") for n in ("read", "stored", "changed", "unchanged", REPORTED, "blank")
    }
    audit(session, viewer, "import_run", run.id, new={"kind": run.kind, "sha256": sha256, **counts})
    result.run_id = run.id
    return run.id
