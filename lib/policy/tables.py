"""Rows of a policy that can be added and removed: discount limits per term, tiers, clauses, tax rates. Pure.

A table is a list of rows, each named by its key column, or a table of keys (`tax.CNY`).
"""

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lib.errors import Invalid
from lib.policy import rules
from lib.policy.kinds import Entry, read_value
from lib.policy.rules import Catalogue
from lib.words import say

KEY = "key"  # the column of a table of keys that holds the key itself
KEY_ENTRY = Entry("key", "text", "own", {})
_SPANS = {"from_months": "policy-row-from-months", "months": "policy-row-months", "years": "policy-row-years"}
VALUE = "value"  # its column where each key has one plain value


@dataclass(frozen=True)
class Rows:
    """A table whose rows come and go. `columns` are the entries of a row by name; `listed` tells a list
    of rows from a table of keys, `name_column` names a row."""

    head: str
    listed: bool
    name_column: str
    columns: Mapping[str, Entry]


def rows_of(catalogue: Catalogue, path: str) -> Rows | None:
    """The table a value lies in, by its path or name; None where it lies in none."""
    path = re.sub(r"\[[^\]]*\]", ".0", path)
    pattern = next((p for p in catalogue if "*" in p and rules.matches(p, path)), None)
    if pattern is None or path in catalogue:
        return None
    head = pattern.partition(".*")[0]
    names = {p: p.partition(".*")[2].removeprefix(".") for p in catalogue if p.startswith(f"{head}.*")}
    named_by = rules.lists_of(catalogue).get(head)
    return Rows(
        head, named_by is not None, named_by or KEY, {n or VALUE: catalogue[p] for p, n in names.items()}
    )


def row_at(path: str, table: Rows) -> str:
    """The place of the row a value lies in: its number in a list, else its key."""
    return path.removeprefix(f"{table.head}.").split(".")[0]


def with_row(
    body: Mapping[str, Any], name: str, path: str, texts: Mapping[str, str], catalogue: Catalogue
) -> dict[str, Any]:
    """A copy with one row more, read from texts by column, in the table that `path` lies in.

    Empty texts of optional columns are left out. Lists that count something keep their rising order. Raises
    Invalid for a path outside every table, a wrong text, or a name that is taken.
    """
    table, changed = _table(catalogue, path), deepcopy(dict(body))
    row: dict[str, Any] = {}
    for column, entry in table.columns.items():
        text = texts.get(column, "")
        if text.strip() or not entry.optional:
            row[column] = read_value(entry, f"{table.head}.{column}", text)
    place = _place(changed, table.head)
    if table.listed:
        place.append(row)
        if table.columns[table.name_column].kind == "whole":
            place.sort(key=lambda one: one[table.name_column])
    else:
        key = texts.get(KEY, "").strip()
        if not re.fullmatch(r"[A-Za-z0-9_]{1,40}", key):
            raise Invalid("policy_value_format", path=f"{table.head}.{KEY}", value=key[:60])
        if key in place:
            raise Invalid("policy_rows_twice", path=f"{table.head}.{key}")
        place[key] = row.get(VALUE, row)
    rules.validate(name, changed, catalogue)
    return changed


def without_row(body: Mapping[str, Any], name: str, path: str, catalogue: Catalogue) -> dict[str, Any]:
    """A copy without the row that `path` lies in. Raises Invalid for a path outside every table, and where
    the document needs the row."""
    path = rules.path_in(body, path)
    table, changed = _table(catalogue, path), deepcopy(dict(body))
    place, at = _place(changed, table.head), row_at(path, table)
    try:
        del place[int(at) if table.listed else at]
    except (ValueError, KeyError, IndexError):
        raise Invalid("policy_path_unknown", path=str(path)[:120]) from None
    if not place:
        raise Invalid("policy_rows_last", path=table.head)
    rules.validate(name, changed, catalogue)
    return changed


def _table(catalogue: Catalogue, path: str) -> Rows:
    table = rows_of(catalogue, str(path))
    if table is None:
        raise Invalid("policy_path_unknown", path=str(path)[:120])
    return table


def _place(body: dict[str, Any], head: str) -> Any:
    place: Any = body
    for step in head.split("."):
        place = place[step]
    return place


def row_names(body: Mapping[str, Any], catalogue: Catalogue, language: str) -> dict[str, str]:
    """What a reader calls the row each value lies in, by the value's path: the row's name or title in the
    language, the span it counts from, else its key. Values outside every table are left out."""
    found: dict[str, str] = {}
    for path in rules.flatten(dict(body)):
        table = rows_of(catalogue, path)
        if table is None:
            continue
        at = row_at(path, table)
        place = _place(dict(body), table.head)
        found[path] = _row_name(place[int(at)], table, language) if table.listed else at
    return found


def _row_name(row: Mapping[str, Any], table: Rows, language: str) -> str:
    end, key = "zh" if language == "zh-CN" else "en", row.get(table.name_column)
    if table.name_column in _SPANS:
        return say(language, _SPANS[table.name_column], count=int(key))
    word = row.get(f"name_{end}") or row.get(f"title_{end}") or key
    return f"{key} {word}" if table.name_column == "number" else str(word)
