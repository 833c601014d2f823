"""The change log of the standards, open to all staff: who changed which value, from, to, since when, why."""

from typing import Any

import pandas as pd

from lib.access import Viewer
from lib.errors import NotFound
from lib.policy import rules
from lib.policy.commands import entries
from lib.policy.kinds import as_text
from lib.policy.loading import author, read_versions
from lib.policy.tables import row_names
from lib.store.database import reading
from lib.store.doors import query

LOG_COLUMNS = ["document", "number", "valid_from", "recorded_at", "author", "name", "description", "row",
               "kind", "old", "new", "reason", "feedback"]  # fmt: skip


@query("policy.log", permission="policy.read")
def log(viewer: Viewer, document: str | None = None, value: str | None = None) -> pd.DataFrame:
    """One row per changed value, newest first: document, number (of the version), valid_from, recorded_at
    (UTC), author, name (as in differences), description and row (in the viewer's language), kind, old and new
    (text as stored, empty: not there), reason, feedback (empty: none was named).

    `value` is a value's name: its whole past alone. What was shipped is no change and stands in no row.
    """
    with reading() as connection:
        rows = read_versions(connection, document)
    lines: list[tuple] = []
    for before, after in zip(rows, rows[1:], strict=False):
        if before.name == after.name:
            found = _lines(viewer, before, after)
            lines += _whole_rows(found) if value is None else [line for line in found if line[5] == value]
    lines.sort(key=lambda line: (line[3], line[1]), reverse=True)
    return pd.DataFrame(lines, columns=LOG_COLUMNS)


def _lines(viewer: Viewer, before: Any, after: Any) -> list[tuple]:
    rows: dict[str, str] = {}
    for body in (before.body, after.body):
        of_path = row_names(body, entries()[after.name], viewer.language)
        rows |= {name: of_path.get(path, "") for path, name in rules.names_of(body).items()}
    lines = []
    for change in rules.diff(before.body, after.body):
        entry = rules.entry_of(entries()[after.name], change.path)
        if entry is not None:
            lines.append((
                after.name, after.number, after.valid_from, after.recorded_at, author(viewer, after),
                change.path, entry.words[viewer.language], rows[change.path], entry.kind, as_text(change.old),
                as_text(change.new), after.reason or "", after.feedback or "",
            ))  # fmt: skip
    return lines


def _whole_rows(lines: list[tuple]) -> list[tuple]:
    """A row that came or went stands in one line: its name, or whatever names it, from nothing or to it."""
    found: list[tuple] = []
    seen: set[str] = set()
    for line in lines:
        row = line[5].rpartition(".")[0]
        whole = row.endswith("]") and all(
            other[9] == "" or other[10] == "" for other in lines if other[5].rpartition(".")[0] == row
        )
        if not whole or not line[7]:
            found.append(line)
        elif row not in seen:
            seen.add(row)
            words = ("", line[7]) if line[9] == "" else (line[7], "")
            found.append((*line[:5], row, *line[6:7], "", "text", *words, *line[11:]))
    return found


@query("policy.versions", permission="policy.read")
def versions(viewer: Viewer, name: str) -> pd.DataFrame:
    """number, valid_from, recorded_at (UTC), author, reason, feedback, changes (list of Change against the
    version before; empty for the first), holds (today): newest first. Raises NotFound for an unknown
    document."""
    with reading() as connection:
        rows = read_versions(connection, name)
    if not rows or name not in entries():
        raise NotFound()
    holding = max(r.number for r in rows if r.valid_from <= viewer.today)
    lines = [
        (row.number, row.valid_from, row.recorded_at, author(viewer, row), row.reason or "",
         row.feedback or "", rules.diff(rows[at - 1].body, row.body) if at else [], row.number == holding)
        for at, row in enumerate(rows)
    ]  # fmt: skip
    columns = ["number", "valid_from", "recorded_at", "author", "reason", "feedback", "changes", "holds"]
    return pd.DataFrame(lines[::-1], columns=columns)
