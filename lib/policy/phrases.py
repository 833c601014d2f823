"""The policy in words: what a list cell, a fact, a difference and a line of history say."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from lib import format as fmt
from lib.policy.kinds import Entry, as_text
from lib.policy.rules import Change
from lib.policy.tables import KEY, KEY_ENTRY, Rows
from lib.words import say

SHIPPED_YEAR = 2000


def document_name(name: str, language: str) -> str:
    return say(language, f"policy-document-{name.replace('_', '-')}")


def value_words(kind: str, text: str, language: str) -> str:
    """A value to read: shares as percent, amounts with separators, yes or no; the rest as stored."""
    if not text:
        return text
    if kind == "share":
        return fmt.percent(Decimal(text), language, 2 if len(text) > 5 else 1)
    if kind == "amount":
        return fmt.number(Decimal(text), language, 0 if Decimal(text) == int(Decimal(text)) else 2)
    if kind == "flag":
        return say(language, f"policy-flag-{text}")
    return text


def figure_words(kind: str, text: str, language: str) -> str:
    """A value inside a sentence: a share with no more decimals than it needs."""
    if kind != "share":
        return value_words(kind, text, language)
    percent = (Decimal(text) * 100).normalize()
    return fmt.percent(Decimal(text), language, max(0, -percent.as_tuple().exponent))


def source_words(source: str, language: str) -> str:
    """The requirement a value comes from; for a default of ours, the one it answers."""
    own, _, row = source.partition(" ")
    if own != "own":
        return source
    return say(language, "policy-source-own-row", row=row) if row else say(language, "policy-source-own")


def since_words(day: date, language: str) -> str:
    return say(language, "policy-since-shipped") if day.year == SHIPPED_YEAR else fmt.day(day, language)


def meaning(description: str, row: str, language: str) -> str:
    """What a value is; inside a list also which row's."""
    return say(language, "policy-of-row", meaning=description, row=row) if row else description


def in_words(frame: pd.DataFrame, language: str) -> pd.DataFrame:
    """The list of values as a reader sees it: document, description, value, unit, state (planned, or not
    read yet), source, valid_from, author, path; all text."""
    rows = [
        (
            document_name(row.document, language), meaning(row.description, row.row, language),
            value_words(row.kind, row.value, language), _unit(row, language),
            planned_words(row, language) or (say(language, "policy-idle-short") if row.idle else ""),
            source_words(row.source, language), since_words(row.valid_from, language),
            row.author or say(language, "policy-author-shipped"), row.name,
        )
        for row in frame.itertuples()
    ]  # fmt: skip
    columns = ["document", "description", "value", "unit", "state", "source", "since", "author", "path"]
    return pd.DataFrame(rows, columns=columns)


def _unit(row: Any, language: str) -> str:
    """A share stands as percent in the list: the sign is its unit."""
    return "" if row.kind == "share" else unit_words(row.unit, language)


def unit_words(unit: str, language: str) -> str:
    return say(language, f"policy-unit-{unit.replace('_', '-')}")


def planned_words(row: Any, language: str) -> str:
    if not row.planned:
        return ""
    value = value_words(row.kind, row.planned, language)
    return say(language, "policy-planned", value=value, day=fmt.day(row.planned_from, language))


def bounds_words(entry: Entry, language: str) -> str:
    if entry.choices:
        message = "policy-bounds-list" if entry.kind == "choices" else "policy-bounds-choices"
        return say(language, message, choices=", ".join(entry.choices))
    if entry.low is None:
        return say(language, f"policy-bounds-{entry.kind}")
    low, high = (value_words(entry.kind, format(end, "f"), language) for end in (entry.low, entry.high))
    return say(language, "policy-bounds", low=low, high=high)


def facts(row: Any, entry: Entry, language: str) -> list[tuple[str, str]]:
    """Label and value for the head of the drawer."""
    words = value_words(row.kind, row.value, language)
    wordy = row.kind in ("text", "prose", "slug", "number")
    pairs = [
        ("value", words if wordy else f"{words} · {unit_words(row.unit, language)}"),
        ("bounds", bounds_words(entry, language)),
        ("source", source_words(row.source, language)),
        ("since", since_words(row.valid_from, language)),
        ("planned", planned_words(row, language)),
        ("use", say(language, "policy-idle" if row.idle else "policy-in-use")),
        ("name", row.name),
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


def log_in_words(frame: pd.DataFrame, language: str) -> pd.DataFrame:
    """The change log as a reader sees it: since, document, what, old, new, author, reason, feedback."""
    nothing = say(language, "policy-missing")
    rows = [
        (
            fmt.day(row.valid_from, language), document_name(row.document, language),
            meaning(row.description, row.row, language), value_words(row.kind, row.old, language) or nothing,
            value_words(row.kind, row.new, language) or nothing, row.author, row.reason, row.feedback,
        )
        for row in frame.itertuples()
    ]  # fmt: skip
    columns = ["since", "document", "what", "old", "new", "author", "reason", "feedback"]
    return pd.DataFrame(rows, columns=columns)


def past_lines(frame: pd.DataFrame, language: str) -> list[str]:
    """The past of one value, newest first, and that it began as shipped."""
    words = log_in_words(frame, language)
    lines = [
        say(language, "policy-past-line", old=row.old, new=row.new, day=row.since, author=row.author,
            reason=row.reason)
        for row in words.itertuples()
    ]  # fmt: skip
    return [*lines, say(language, "policy-past-first" if lines else "policy-past-none")]


def history_line(row: Any, language: str) -> str:
    """One version: number, day, author, reason; the first one came with the desk."""
    if row.number == 1:
        return say(language, "policy-history-shipped", number=row.number)
    return say(language, "policy-history-line", number=row.number, day=fmt.day(row.valid_from, language),
               author=row.author, reason=row.reason)  # fmt: skip


def row_fields(table: Rows, language: str) -> dict[str, tuple[str, Entry]]:
    """What each column of a new row asks for, with its entry, by name; a table of keys asks for the key."""
    key = {} if table.listed else {KEY: (say(language, "policy-row-key"), KEY_ENTRY)}
    return key | {
        name: (say(language, "policy-row-field", meaning=entry.words[language],
                   bounds=bounds_words(entry, language)), entry)
        for name, entry in table.columns.items()
    }  # fmt: skip


def caption(frame: pd.DataFrame, language: str) -> str:
    """How many values there are and how many a rule reads, and what a change means."""
    return say(language, "policy-caption", count=len(frame), read=int((~frame.idle.astype(bool)).sum()))


def area_name(name: str, language: str) -> str:
    return say(language, "policy-document-all") if name == "all" else document_name(name, language)


def change_lines(changes: Sequence[Change], language: str) -> list[str]:
    return [change_words(item, language) for item in changes]


def version_cards(frame: pd.DataFrame, language: str) -> list[dict[str, Any]]:
    """What lib.ui.policing.VersionCard shows of each version, newest first."""
    return [
        {"number": row.number, "line": history_line(row, language), "holds": row.holds,
         "changes": change_lines(row.changes, language), "feedback": row.feedback}
        for row in frame.itertuples()
    ]  # fmt: skip
