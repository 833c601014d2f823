"""The policy in words: what a list cell, a fact, a difference and a line of history say."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from lib import format as fmt
from lib.policy.rules import Change, Entry, as_text
from lib.words import say

SHIPPED_YEAR = 2000


def document_name(name: str, language: str) -> str:
    return say(language, f"policy-document-{name}")


def value_words(kind: str, text: str, language: str) -> str:
    """A value to read: shares as percent, the rest as stored."""
    return fmt.percent(Decimal(text), language, 2 if len(text) > 5 else 1) if kind == "share" else text


def source_words(source: str, language: str) -> str:
    return say(language, "policy-source-own") if source == "own" else source


def since_words(day: date, language: str) -> str:
    return say(language, "policy-since-shipped") if day.year == SHIPPED_YEAR else fmt.day(day, language)


def in_words(frame: pd.DataFrame, language: str) -> pd.DataFrame:
    """The list of values as a reader sees it: document, description, value, unit, planned, source,
    valid_from, author, path; all text."""
    rows = [
        (
            document_name(row.document, language), row.description,
            value_words(row.kind, row.value, language), unit_words(row.unit, language),
            planned_words(row, language),
            source_words(row.source, language), since_words(row.valid_from, language),
            row.author or say(language, "policy-author-shipped"), row.path,
        )
        for row in frame.itertuples()
    ]  # fmt: skip
    columns = ["document", "description", "value", "unit", "planned", "source", "since", "author", "path"]
    return pd.DataFrame(rows, columns=columns)


def unit_words(unit: str, language: str) -> str:
    return say(language, f"policy-unit-{unit.replace('_', '-')}")


def planned_words(row: Any, language: str) -> str:
    if not row.planned:
        return ""
    value = value_words(row.kind, row.planned, language)
    return say(language, "policy-planned", value=value, day=fmt.day(row.planned_from, language))


def bounds_words(entry: Entry, language: str) -> str:
    if entry.kind == "code":
        return say(language, "policy-bounds-code")
    if entry.choices:
        message = "policy-bounds-list" if entry.kind == "choices" else "policy-bounds-choices"
        return say(language, message, choices=", ".join(entry.choices))
    low, high = (value_words(entry.kind, format(end, "f"), language) for end in (entry.low, entry.high))
    return say(language, "policy-bounds", low=low, high=high)


def facts(row: Any, entry: Entry, language: str) -> list[tuple[str, str]]:
    """Label and value for the head of the drawer."""
    pairs = [
        ("value", f"{value_words(row.kind, row.value, language)} · {unit_words(row.unit, language)}"),
        ("bounds", bounds_words(entry, language)),
        ("source", source_words(row.source, language)),
        ("since", since_words(row.valid_from, language)),
        ("planned", planned_words(row, language)),
    ]
    return [(say(language, f"policy-fact-{name}"), text) for name, text in pairs if text]


def change_words(change: Change, language: str) -> str:
    nothing = say(language, "policy-missing")
    old, new = (nothing if value is None else as_text(value) for value in (change.old, change.new))
    return say(language, "policy-preview-line", path=change.path, old=old, new=new)


def change_frame(changes: Mapping[str, Sequence[Change]], language: str) -> pd.DataFrame:
    """document, path, old, new as text: the differences a file would make."""
    rows = [
        (document_name(name, language), item.path, as_text(item.old), as_text(item.new))
        for name, found in changes.items()
        for item in found
    ]
    return pd.DataFrame(rows, columns=["document", "path", "old", "new"])


def history_line(row: Any, language: str) -> str:
    """One version: number, day, author, reason; the first one came with the desk."""
    if row.number == 1:
        return say(language, "policy-history-shipped", number=row.number)
    return say(language, "policy-history-line", number=row.number, day=fmt.day(row.valid_from, language),
               author=row.author, reason=row.reason)  # fmt: skip
