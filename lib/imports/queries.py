"""What the import page shows: what a file holds, what would become of it, what was imported before."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import select

from lib.access import Viewer
from lib.errors import Invalid, NotFound
from lib.imports import presets
from lib.imports.kinds import KINDS, Kind
from lib.imports.mapping import Plan, plan_from, propose
from lib.imports.reader import read_file, stream_of
from lib.imports.results import ImportResult
from lib.imports.running import walk
from lib.imports.source import PAGE, Fault, Limits, Reading
from lib.store.database import read_frame, reading
from lib.store.doors import query
from lib.store.models import ImportProblem, ImportRun, Person

SAMPLE_ROWS = 5


@dataclass(frozen=True)
class Look:
    """A first look at a file: its columns, a few rows as text, and which kinds it could be, best first."""

    file_type: str
    header: list[str]
    sample: pd.DataFrame
    kinds: list[str] = field(default_factory=list)
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()


def kind_of(name: str) -> Kind:
    """Raises Invalid for a kind that cannot be imported."""
    if name not in KINDS:
        raise Invalid("import_kind_unknown", kind=name, kinds=", ".join(KINDS))
    return KINDS[name]


@query("imports.look", permission="import.run")
def look(
    viewer: Viewer,  # noqa: ARG001 - the door checks it
    content: bytes | Path,
    name: str,
    reading_as: Reading = Reading(),  # noqa: B008 - frozen
    limits: Limits = PAGE,
) -> Look:
    """What the file holds. Raises Invalid with the one reason why it cannot be read."""
    with stream_of(content, name) as stream, reading() as connection:
        opened = read_file(stream, name, reading_as, limits)
        chunk = next(iter(opened.chunks(SAMPLE_ROWS)))
        sample = pd.DataFrame({n: [str(v) for v in c[:SAMPLE_ROWS]] for n, c in chunk.columns.items()})
        kinds = presets.likely_kinds(connection, opened.header)
    return Look(
        opened.file_type, [c for c in opened.header if c], sample, kinds, opened.encoding, opened.delimiter,
        opened.sheet, opened.sheets,
    )  # fmt: skip


@query("imports.preset_names", permission="import.run")
def preset_names(viewer: Viewer, kind: str, header: list[str]) -> tuple[list[str], str | None]:  # noqa: ARG001
    """The presets of a kind, and the one that fits a header best, or None."""
    chosen = kind_of(kind)
    with reading() as connection:
        return sorted(presets.for_kind(connection, chosen)), presets.best_fit(connection, chosen, header)


@query("imports.mapping", permission="import.run")
def mapping(viewer: Viewer, kind: str, header: list[str], preset: str | None) -> dict[str, Any]:  # noqa: ARG001
    """The mapping of a preset, or what the columns' own names say. Raises Invalid for an unknown preset."""
    if preset is None:
        return propose(kind_of(kind), header).to_dict()
    with reading() as connection:
        return presets.named(connection, kind_of(kind), preset).to_dict()


@query("imports.preview", permission="import.run")
def preview(
    viewer: Viewer,
    kind: str,
    content: bytes | Path,
    name: str,
    mapping: dict[str, Any],
    limits: Limits = PAGE,
) -> ImportResult:
    """What an import would do; nothing is written. Within the page's limits `fates` says it row by row.

    Raises Invalid like the import itself.
    """
    chosen = kind_of(kind)
    plan: Plan = plan_from(chosen, mapping)
    with reading() as connection:
        return walk(connection, viewer, chosen, content, name, plan, limits, fates=limits is PAGE)


@query("imports.runs", permission="import.read")
def runs(viewer: Viewer, limit: int = 50) -> pd.DataFrame:  # noqa: ARG001 - the door checks it
    """id, imported_at (UTC), kind, file_name, preset, person, and rows read, stored, changed, unchanged,
    reported, blank, warnings; newest first."""
    r = ImportRun
    statement = (
        select(
            r.id, r.imported_at, r.kind, r.file_name, r.preset, Person.name.label("person"),
            r.rows_read.label("read"), r.rows_stored.label("stored"), r.rows_changed.label("changed"),
            r.rows_unchanged.label("unchanged"), r.rows_reported.label("reported"),
            r.rows_blank.label("blank"), r.warnings,
        )
        .join(Person, Person.id == r.person_id)
        .order_by(r.imported_at.desc(), r.id.desc())
        .limit(limit)
    )  # fmt: skip
    return read_frame(statement)


@query("imports.problems", permission="import.read")
def problems(viewer: Viewer, run_id: int) -> list[Fault]:  # noqa: ARG001 - the door checks it
    """The kept problems of one run in file order. Raises NotFound."""
    p = ImportProblem
    statement = (
        select(p.line, p.code, p.field, p.value, p.severity, p.details)
        .where(p.run_id == run_id)
        .order_by(p.line, p.id)
    )
    with reading() as connection:
        if connection.execute(select(ImportRun.id).where(ImportRun.id == run_id)).first() is None:
            raise NotFound()
        rows = connection.execute(statement).fetchall()
    return [Fault(*row[:5], row[5] or {}) for row in rows]
