"""Reads of the policy: values with their meaning, versions, the file, what a change would do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import select
from sqlalchemy.engine import Connection

from lib.access import Viewer
from lib.errors import Invalid, NotFound
from lib.policy import rules
from lib.policy.commands import entries
from lib.policy.rules import Change
from lib.store.database import reading
from lib.store.doors import query
from lib.store.models import Person, PolicyVersion

VALUE_COLUMNS = ["document", "path", "value", "kind", "unit", "description", "source", "low", "high",
                 "valid_from", "author", "number", "newest", "planned", "planned_from",
                 "earliest"]  # fmt: skip


@dataclass(frozen=True)
class Preview:
    """What a policy file would change, per document, against the versions with these numbers."""

    seen_numbers: dict[str, int]
    changes: dict[str, list[Change]]
    earliest: date


def _versions(connection: Connection, name: str | None = None) -> list[Any]:
    """All versions, oldest first, with the author's names; only of documents the catalogue describes."""
    statement = (
        select(PolicyVersion.name, PolicyVersion.number, PolicyVersion.body, PolicyVersion.valid_from,
               PolicyVersion.recorded_at, PolicyVersion.reason, Person.name.label("person"), Person.name_zh)
        .outerjoin(Person, Person.id == PolicyVersion.person_id)
        .where(PolicyVersion.name.in_([name] if name else list(entries())))
        .order_by(PolicyVersion.name, PolicyVersion.number)
    )  # fmt: skip
    return list(connection.execute(statement))


def _author(viewer: Viewer, row: Any) -> str:
    """Empty for what was shipped."""
    return (row.name_zh if viewer.language == "zh-CN" else None) or row.person or ""


@query("policy.values", permission="policy.read")
def values(viewer: Viewer, search: str = "", document: str | None = None) -> pd.DataFrame:
    """One row per value: document, path, value (text as stored; shares 0.20), kind, unit, description (in the
    viewer's language), source (requirements row or "own"), low and high (text, empty without bounds),
    valid_from and author of the version that set it (author empty: shipped), number of the version that
    holds today, newest (number), planned and planned_from: a value whose day has not come;
    earliest: the first day a change can hold from.

    `search` finds in document, path, source and the description in both languages.
    """
    with reading() as connection:
        versions = _versions(connection)
    of_name: dict[str, list[Any]] = {}
    for row in versions:
        of_name.setdefault(row.name, []).append(row)
    wanted = {name: rows for name, rows in of_name.items() if document in (None, name)}
    found = [line for name, rows in wanted.items() for line in _lines(viewer, name, rows)]
    asked = search.strip().casefold()
    kept = [line for line, haystack in found if asked in haystack]
    return pd.DataFrame(kept, columns=VALUE_COLUMNS)


def _lines(viewer: Viewer, name: str, rows: list[Any]) -> list[tuple[tuple, str]]:
    """Each value of a document as a row, with the text the search looks at."""
    holding = max((r for r in rows if r.valid_from <= viewer.today), key=lambda r: r.number)
    newest = rows[-1]
    since = _setters([r for r in rows if r.number <= holding.number])
    later = rules.flatten(newest.body)
    lines = []
    for path, value in rules.flatten(holding.body).items():
        entry = rules.entry_of(entries()[name], path)
        if entry is None:  # a value of an older release that nothing reads any more
            continue
        setter = since[path]
        planned = later.get(path) != value
        low, high = ("" if end is None else format(end, "f") for end in (entry.low, entry.high))
        line = (
            name, path, rules.as_text(value), entry.kind, entry.unit, entry.words[viewer.language],
            entry.source, low, high, setter.valid_from, _author(viewer, setter), holding.number,
            newest.number, rules.as_text(later.get(path)) if planned else "",
            newest.valid_from if planned else None, max(viewer.today, newest.valid_from),
        )  # fmt: skip
        haystack = " ".join([f"{name}.{path}", entry.source, *entry.words.values()]).casefold()
        lines.append((line, haystack))
    return lines


def _setters(rows: list[Any]) -> dict[str, Any]:
    """For each path the version that last gave it another value."""
    setters: dict[str, Any] = {}
    before: Mapping[str, Any] = {}
    for row in rows:
        setters |= {change.path: row for change in rules.diff(before, row.body)}
        before = row.body
    return setters


@query("policy.versions", permission="policy.read")
def versions(viewer: Viewer, name: str) -> pd.DataFrame:
    """number, valid_from, recorded_at (UTC), author, reason, changes (list of Change against the version
    before; empty for the first), holds (today): newest first. Raises NotFound for an unknown document."""
    with reading() as connection:
        rows = _versions(connection, name)
    if not rows or name not in entries():
        raise NotFound()
    holding = max(r.number for r in rows if r.valid_from <= viewer.today)
    lines = [
        (row.number, row.valid_from, row.recorded_at, _author(viewer, row), row.reason or "",
         rules.diff(rows[at - 1].body, row.body) if at else [], row.number == holding)
        for at, row in enumerate(rows)
    ]  # fmt: skip
    columns = ["number", "valid_from", "recorded_at", "author", "reason", "changes", "holds"]
    return pd.DataFrame(lines[::-1], columns=columns)


def _newest(connection: Connection) -> dict[str, Any]:
    return {row.name: row for row in _versions(connection)}


@query("policy.preview", permission="policy.read")
def preview(viewer: Viewer, name: str, changes: Mapping[str, str]) -> list[Change]:  # noqa: ARG001 - a door
    """What setting these values (path -> text) would change in the newest version. NotFound, Invalid."""
    with reading() as connection:
        newest = _newest(connection).get(name)
    if newest is None:
        raise NotFound()
    body = rules.with_changes(newest.body, changes, entries()[name])
    rules.validate(name, body, entries()[name])
    return rules.diff(newest.body, body)


@query("policy.export_file", permission="policy.read")
def export_file(viewer: Viewer) -> bytes:
    """The values that hold today, every document, as one JSON file."""
    with reading() as connection:
        rows = [row for row in _versions(connection) if row.valid_from <= viewer.today]
    return rules.file_bytes({row.name: row.body for row in rows})


@query("policy.preview_file", permission="policy.read")
def preview_file(viewer: Viewer, content: bytes) -> Preview:
    """What a policy file would change against the newest versions. Raises Invalid for the first fault."""
    documents = rules.read_file(content)
    with reading() as connection:
        newest = _newest(connection)
    for name, body in sorted(documents.items()):
        if name not in newest:
            raise Invalid("policy_document_unknown", name=name[:60])
        rules.validate(name, body, entries()[name])
    changes = {name: rules.diff(newest[name].body, body) for name, body in sorted(documents.items())}
    days = [newest[name].valid_from for name, found in changes.items() if found]
    return Preview({name: newest[name].number for name in documents},
                   {name: found for name, found in changes.items() if found},
                   max([viewer.today, *days]))  # fmt: skip


__all__ = ["Preview", "export_file", "preview", "preview_file", "values", "versions"]
