"""Reads of the policy: values with their meaning, what a change would do, the file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy.engine import Connection

from lib.access import Viewer
from lib.errors import Invalid, NotFound
from lib.policy import files, rules, tables
from lib.policy.commands import entries
from lib.policy.kinds import as_text
from lib.policy.loading import author, documents, read_versions
from lib.policy.rules import Change
from lib.store.database import reading
from lib.store.doors import query

VALUE_COLUMNS = ["document", "path", "name", "row", "value", "kind", "unit", "description", "source", "low",
                 "high", "idle", "valid_from", "author", "number", "newest", "planned", "planned_from",
                 "earliest"]  # fmt: skip


@dataclass(frozen=True)
class Preview:
    """What a policy file would change, per document, against the versions with these numbers."""

    seen_numbers: dict[str, int]
    changes: dict[str, list[Change]]
    earliest: date


@query("policy.values", permission="policy.read")
def values(viewer: Viewer, search: str = "", document: str | None = None) -> pd.DataFrame:
    """One row per value: document, path, name (the value's name in differences), row (what names its row of
    a list, in the viewer's language; else empty), value (text as stored; shares 0.20), kind, unit,
    description (in the viewer's language), source (requirements row or "own", with the row behind it), low
    and high (text, empty without bounds), idle (no rule reads it yet), valid_from and author of the version
    that set it (author empty: shipped), number of the version that holds today, newest (number), planned and
    planned_from: a value whose day has not come; earliest: the first day a change can hold from.

    `search` finds in document, path, value, source and the description in both languages.
    """
    with reading() as connection:
        versions = read_versions(connection)
    of_name: dict[str, list[Any]] = {}
    for row in versions:
        of_name.setdefault(row.name, []).append(row)
    wanted = {name: of_name[name] for name in entries() if name in of_name and document in (None, name)}
    found = [line for name, rows in wanted.items() for line in _lines(viewer, name, rows)]
    asked = search.strip().casefold()
    kept = [line for line, haystack in found if asked in haystack]
    return pd.DataFrame(kept, columns=VALUE_COLUMNS)


def _lines(viewer: Viewer, name: str, rows: list[Any]) -> list[tuple[tuple, str]]:
    """Each value of a document as a row, with the text the search looks at."""
    holding = max((r for r in rows if r.valid_from <= viewer.today), key=lambda r: r.number)
    newest = rows[-1]
    since = _setters([r for r in rows if r.number <= holding.number])
    later = rules.flatten(newest.body, named=True)
    names, row_words = (
        rules.names_of(holding.body),
        tables.row_names(holding.body, entries()[name], viewer.language),
    )
    lines = []
    for path, value in rules.flatten(holding.body).items():
        entry = rules.entry_of(entries()[name], path)
        if entry is None:  # a value of an older release that nothing reads any more
            continue
        called = names[path]
        setter = since[called]
        planned = later.get(called) != value
        low, high = ("" if end is None else format(end, "f") for end in (entry.low, entry.high))
        row = row_words.get(path, "")
        line = (
            name, path, called, row, as_text(value), entry.kind, entry.unit, entry.words[viewer.language],
            f"{entry.source} {entry.row}".strip(), low, high, entry.idle, setter.valid_from,
            author(viewer, setter), holding.number, newest.number,
            as_text(later.get(called)) if planned else "", newest.valid_from if planned else None,
            max(viewer.today, newest.valid_from),
        )  # fmt: skip
        haystack = [f"{name}.{path}", entry.source, entry.row, row, *entry.words.values()]
        haystack += [as_text(value)] if entry.kind != "prose" else []
        lines.append((line, " ".join(haystack).casefold()))
    return lines


def _setters(rows: list[Any]) -> dict[str, Any]:
    """For each value's name the version that last gave it another value."""
    setters: dict[str, Any] = {}
    before: Mapping[str, Any] = {}
    for row in rows:
        setters |= {change.path: row for change in rules.diff(before, row.body)}
        before = row.body
    return setters


def _newest(connection: Connection) -> dict[str, Any]:
    return {row.name: row for row in read_versions(connection)}


def _newest_of(name: str) -> Any:
    """The newest version of a document. Raises NotFound."""
    with reading() as connection:
        newest = _newest(connection).get(name)
    if newest is None:
        raise NotFound()
    return newest


@query("policy.preview", permission="policy.read")
def preview(viewer: Viewer, name: str, changes: Mapping[str, str]) -> list[Change]:  # noqa: ARG001 - a door
    """What setting these values (path -> text) would change in the newest version. NotFound, Invalid."""
    newest = _newest_of(name)
    body = rules.with_changes(newest.body, changes, entries()[name])
    return _difference(name, newest.body, body)


@query("policy.preview_row", permission="policy.read")
def preview_row(
    viewer: Viewer,  # noqa: ARG001 - a door
    name: str, path: str, texts: Mapping[str, str] | None,
) -> list[Change]:  # fmt: skip
    """What one row more would change in the table that `path` lies in; without `texts`, what taking out the
    row of `path` would. Raises NotFound, Invalid."""
    newest, catalogue = _newest_of(name), entries().get(name, {})
    if texts is None:
        body = tables.without_row(newest.body, name, path, catalogue)
    else:
        body = tables.with_row(newest.body, name, path, texts, catalogue)
    return _difference(name, newest.body, body)


def _difference(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    rules.validate(name, new, entries()[name])
    rules.check_figures(new, entries())
    return rules.diff(old, new)


@query("policy.export_file", permission="policy.read")
def export_file(viewer: Viewer, kind: str = "json") -> bytes:
    """The values that hold today, every document, as one file: TOML or JSON. Raises NotFound."""
    if kind not in files.FORMATS:
        raise NotFound()
    with reading() as connection:
        return files.file_bytes(documents(connection, viewer.today), kind)


@query("policy.preview_file", permission="policy.read")
def preview_file(viewer: Viewer, content: bytes) -> Preview:
    """What a policy file would change against the newest versions. Raises Invalid for the first fault."""
    taken = files.read_file(content)
    with reading() as connection:
        newest = _newest(connection)
    for name, body in sorted(taken.items()):
        if name not in newest:
            raise Invalid("policy_document_unknown", name=name[:60])
        rules.validate(name, body, entries()[name])
        rules.check_figures(body, entries())
    changes = {name: rules.diff(newest[name].body, body) for name, body in sorted(taken.items())}
    days = [newest[name].valid_from for name, found in changes.items() if found]
    return Preview({name: newest[name].number for name in taken},
                   {name: found for name, found in changes.items() if found},
                   max([viewer.today, *days]))  # fmt: skip


__all__ = ["Preview", "export_file", "preview", "preview_file", "preview_row", "values"]
