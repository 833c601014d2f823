"""The record of changes in the reader's words. Pure."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import pandas as pd

from lib import format as fmt
from lib.audit.rules import Change
from lib.words import has, say, term

LONGEST = 300
FIELDS_SHOWN = 4
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ISO_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?[+-]\d\d:\d\d")
_SAID_ELSEWHERE = {"stage": "renewals-stage-", "category": "renewals-category-"}
_DIGESTS = frozenset(("digest", "hash", "sha256", "paper", "head"))


def _code(text: str) -> str:
    return re.sub(r"[._\s]+", "-", text).lower().strip("-")


def _word(prefix: str, code: str, language: str) -> str:
    """The word for a code, else the code itself: a new one is still legible."""
    wanted = f"audit-{prefix}-{_code(code)}"
    return say(language, wanted) if has(language, wanted) else code


def command_words(command: str, language: str) -> str:
    return _word("command", command, language)


def kind_words(kind: str, language: str) -> str:
    return _word("kind", kind, language)


def table_words(table: str, language: str) -> str:
    return _word("table", table, language)


def field_words(field: str, language: str) -> str:
    """A field's label; a policy value goes by its path."""
    bare = field if has(language, f"audit-field-{_code(field)}") else field.removesuffix("_minor")
    return _word("field", bare, language)


def value_words(field: str, value: Any, language: str, zone: str, currency: str | None = None) -> str:
    """One side of a field: money in its currency, days and instants as the reader writes them."""
    if value is None or value in ("", [], {}):
        return fmt.MISSING
    if isinstance(value, bool):
        return say(language, "audit-yes" if value else "audit-no")
    if isinstance(value, dict) and value == {"erased": True}:
        return say(language, "audit-erased")
    if isinstance(value, int):
        return _figure(field, value, language, currency)
    if isinstance(value, str):
        return _text(field, value, language, zone)
    if isinstance(value, list) and all(isinstance(one, str | int) for one in value):
        value = fmt.names([str(one) for one in value], language)
        return value if len(value) <= LONGEST else value[: LONGEST - 1] + "…"
    told = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return told if len(told) <= LONGEST else told[: LONGEST - 1] + "…"


def _figure(field: str, value: int, language: str, currency: str | None) -> str:
    if field.endswith("_minor"):
        if currency:
            return fmt.money(value, currency, language)
        return say(language, "audit-minor", amount=fmt.number(value, language))
    return str(value) if field.endswith("_id") or field == "id" else fmt.number(value, language)


def _text(field: str, value: str, language: str, zone: str) -> str:
    if field in _DIGESTS:
        return value if len(value) <= 14 else value[:14] + "…"
    if _ISO_DAY.fullmatch(value):
        return fmt.day(date.fromisoformat(value), language)
    if _ISO_MOMENT.fullmatch(value):
        return fmt.moment(datetime.fromisoformat(value), language, zone)
    if has(language, f"audit-value-{_code(value)}") and re.fullmatch(r"[a-z0-9_-]+|zh-CN", value):
        return _word("value", value, language)
    if has(language, f"term-feature-{_code(value)}"):
        return term(language, "feature", value)
    elsewhere = _SAID_ELSEWHERE.get(field, "-") + _code(value)
    if has(language, elsewhere):
        return say(language, elsewhere)
    known = term(language, field, value)
    return known if len(known) <= LONGEST else known[: LONGEST - 1] + "…"


def currency_of(changes: Iterable[Change], its_own: str | None) -> str | None:
    """The currency an entry itself names, else that of its record."""
    found = (c.new or c.old for c in changes if c.field == "currency")
    return next((c for c in found if isinstance(c, str) and len(c) == 3), its_own)


def change_rows(row: Any, language: str, zone: str) -> list[tuple[str, str, str]]:
    """An entry's (field, old, new) in words."""
    changes: list[Change] = row.changes
    currency = currency_of(changes, row.currency if isinstance(row.currency, str) else None)
    return [
        (field_words(c.field, language), value_words(c.field, c.old, language, zone, currency),
         value_words(c.field, c.new, language, zone, currency))
        for c in changes
    ]  # fmt: skip


def change_lines(row: Any, language: str, zone: str) -> list[str]:
    """An entry's changes, one line each; what was not there before stands alone."""
    return [
        say(language, "audit-line-new", field=field, new=new)
        if old == fmt.MISSING
        else say(language, "audit-line", field=field, old=old, new=new)
        for field, old, new in change_rows(row, language, zone)
    ]


def who(row: Any, language: str) -> str:
    """The person; behind the technical one the user of the operating system."""
    if not row.person or row.person != row.person:
        return say(language, "audit-nobody")
    user = row.acting_as if row.acting_as == row.acting_as else None
    return say(language, "audit-acting-as", name=row.person, user=user) if user else row.person


def about(row: Any, language: str) -> str:
    """What the entry is about: the account, or the kind of record with its number."""
    table = table_words(row.table_name, language)
    number = None if pd.isna(row.row_id) else str(int(row.row_id))
    named = say(language, "audit-about", table=table, number=number) if number else table
    if row.account and row.account == row.account:
        return row.account if row.table_name == "account" else f"{row.account} · {named}"
    return named


def listed(frame: pd.DataFrame, language: str, zone: str) -> pd.DataFrame:
    """when, who, what, about, fields, reason: one line an entry, as text."""
    rows = [
        (*_head(row, language, zone), _fields(row.changes, language), _said(row.reason))
        for row in frame.itertuples()
    ]
    return pd.DataFrame(rows, columns=["when", "who", "what", "about", "fields", "reason"])


def _head(row: Any, language: str, zone: str) -> tuple[str, str, str, str]:
    at = fmt.moment(row.happened_at, language, zone)
    return at, who(row, language), command_words(row.command, language), about(row, language)


def _fields(changes: list[Change], language: str) -> str:
    named = [field_words(c.field, language) for c in changes if c.field not in _DIGESTS]
    more = f" +{len(named) - FIELDS_SHOWN}" if len(named) > FIELDS_SHOWN else ""
    return ("、" if language == "zh-CN" else ", ").join(named[:FIELDS_SHOWN]) + more


def exported(frame: pd.DataFrame, language: str, zone: str) -> pd.DataFrame:
    """One line a field of an entry, for a file: with the entry's place in its chain and its digest."""
    rows = [
        (*_head(row, language, zone), *cells, _said(row.reason), _said(row.address),
         f"{row.stream}/{row.position}", row.digest)
        for row in frame.itertuples()
        for cells in change_rows(row, language, zone) or [("", "", "")]
    ]  # fmt: skip
    columns = ("when", "who", "what", "about", "field", "old", "new", "reason", "address", "entry", "digest")
    return pd.DataFrame(rows, columns=[say(language, f"audit-col-{name}") for name in columns])


def facts(row: Any, language: str, zone: str) -> list[tuple[str, str]]:
    """Label and value for the head of an entry's drawer."""
    pairs = (
        ("when", fmt.moment(row.happened_at, language, zone)), ("who", who(row, language)),
        ("account", row.account), ("address", row.address), ("reason", row.reason),
        ("entry", f"{row.stream} / {row.position}"), ("digest", (row.digest or "")[:16] + "…"),
    )  # fmt: skip
    return [(say(language, f"audit-fact-{name}"), text) for name, text in pairs if text and text == text]


def history_cards(frame: pd.DataFrame, language: str, zone: str) -> list[dict[str, Any]]:
    """Each entry of a history: when, kind of act and object, who, the changes as lines, the reason."""
    return [
        {
            "when": fmt.moment(row.happened_at, language, zone), "what": command_words(row.command, language),
            "about": "" if row.table_name == "account" else table_words(row.table_name, language),
            "who": who(row, language), "lines": change_lines(row, language, zone),
            "reason": _said(row.reason),
        }
        for row in frame.itertuples()
    ]  # fmt: skip


def part_frame(data: Any, language: str, zone: str) -> pd.DataFrame:
    """All of a contact's data as a readable sheet: part, number, field, value; money and days in words."""
    rows = [
        (say(language, f"audit-part-{part}"), number, field_words(name, language),
         value_words(name, _plain(value), language, zone))
        for part in data.PARTS
        for number, row in enumerate(getattr(data, part), 1)
        for name, value in row.items()
    ]  # fmt: skip
    columns = [say(language, f"audit-part-col-{name}") for name in ("part", "number", "field", "value")]
    return pd.DataFrame(rows, columns=columns)


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | bool | list | dict | type(None)) else str(value)


def goes(data: Any, language: str) -> list[str]:
    """What an erasure takes away, with how many."""
    counted = ("history", "corrections", "problems", "drafts")
    found = [
        say(language, f"audit-goes-{n}", count=len(getattr(data, n))) for n in counted if getattr(data, n)
    ]
    return [say(language, "audit-goes-record"), *found]


def stays(data: Any, language: str) -> list[str]:
    """What an erasure leaves, and why."""
    counted = ("papers", "touches", "surveys", "mentions")
    return [
        say(language, f"audit-stays-{n}", count=len(getattr(data, n))) for n in counted if getattr(data, n)
    ]


def counted_parts(data: Any, language: str) -> Mapping[str, str]:
    """How much of each part the desk holds, in words."""
    held = {part: len(getattr(data, part)) for part in data.PARTS}
    return {say(language, f"audit-part-{part}"): fmt.number(n, language) for part, n in held.items() if n}


def fault_words(fault: Any, language: str) -> str:
    """One broken record of the audit, by stream, position and id (a store.verify.Fault)."""
    named = {
        name: fmt.MISSING if value is None else fmt.number(value, language)
        for name, value in (("stream", fault.stream), ("position", fault.position), ("id", fault.id),
                            ("number", fault.number))
    }  # fmt: skip
    return say(language, f"check-fault-{_code(fault.code)}", what=fault.what or fmt.MISSING, **named)


def _said(text: object) -> str:
    """Nothing where pandas tells a missing text as NaN, which counts as true."""
    return text if isinstance(text, str) else ""
