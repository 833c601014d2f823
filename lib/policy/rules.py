"""What a policy document may say: reading a value, bounds, limits across values, and what differs. Pure.

A path names a value inside a document: `limits.0.approve_above`. In the catalogue a star stands for any
row or key: `limits.*.approve_above`.
"""

import json
import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from lib.errors import Invalid

REASON_MAX, FILE_MAX = 1000, 1_000_000
FILE_MARK = "vip-desk-policy"
DECIMALS = frozenset({"share", "ratio"})
_DECIMAL = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,12})?")
_KEY = re.compile(r"[A-Za-z0-9_]{1,40}")


@dataclass(frozen=True)
class Entry:
    """What one value is. `low` and `high` are included; `source` is a requirements row or "own"."""

    kind: str  # whole share ratio choice choices code
    unit: str
    source: str
    words: Mapping[str, str]
    low: Decimal | None = None
    high: Decimal | None = None
    choices: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True)
class Change:
    """One difference; `old` or `new` is None where the value is not there."""

    path: str
    old: Any
    new: Any


Catalogue = Mapping[str, Entry]

# Per document: values that may not exceed another one.
CROSS: dict[str, tuple[tuple[str, str], ...]] = {
    "activity": (
        ("baseline.least_days", "baseline.days"), ("automation.least_days", "automation.days"),
        ("opening.weeks_low", "opening.weeks"), ("opening.ratio", "closing.calm_ratio"),
        ("opening.unnamed_ratio", "opening.ratio"), ("watch.ratio", "opening.ratio"),
        ("noise.last_day", "noise.first_day"), ("closing.snooze_days", "closing.snooze_longest_days"),
        ("level.critical_rest", "level.high_rest"), ("onboarding.first_day", "onboarding.last_day"),
        ("onboarding.ratio", "onboarding.calm_ratio"),
    ),
    "pricing": (("annual_preset.paid", "annual_preset.of"), ("bundle.saving_from", "bundle.saving_to")),
    "quotes": (
        ("limits.*.justify_above", "limits.*.approve_above"), ("validity.days", "validity.longest_days"),
    ),
    "renewals": (("lead_days", "horizon_days"),),
    "standing": (("notice_critical_days", "notice_window_days"),),
}  # fmt: skip
# Lists whose rows stand in rising order of a value; the first of `quotes.limits` covers every term.
RISING = {"quotes": ("limits", "from_months"), "pricing": ("terms", "months")}


def read_catalogue(raw: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> dict[str, dict[str, Entry]]:
    """The shipped descriptions as entries: {document: {path: entry}}."""
    return {name: {path: _entry(held) for path, held in entries.items()} for name, entries in raw.items()}


def _entry(held: Mapping[str, Any]) -> Entry:
    low, high = (Decimal(held[end]) if end in held else None for end in ("low", "high"))
    return Entry(held["kind"], held["unit"], held["source"], {"en": held["en"], "zh-CN": held["zh"]},
                 low, high, tuple(held.get("choices", ())), held.get("optional", False))  # fmt: skip


def flatten(body: Any, path: str = "") -> dict[str, Any]:
    """Every value of a document by its path; a list of plain values is one value."""
    if isinstance(body, list) and not any(isinstance(item, dict) for item in body):
        return {path: body}
    if isinstance(body, dict | list):
        pairs = body.items() if isinstance(body, dict) else enumerate(body)
        found: dict[str, Any] = {}
        for key, value in pairs:
            found |= flatten(value, f"{path}.{key}" if path else str(key))
        return found
    return {path: body}


def entry_of(catalogue: Catalogue, path: str) -> Entry | None:
    """The description of a path: its own, else that of a pattern with stars."""
    return catalogue.get(path) or next((e for p, e in catalogue.items() if matches(p, path)), None)


def matches(pattern: str, path: str) -> bool:
    parts, steps = pattern.split("."), path.split(".")
    return len(parts) == len(steps) and all(p in ("*", s) for p, s in zip(parts, steps, strict=True))


def diff(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """What differs, by path, in the order of the new document; values that are gone come last."""
    before, after = flatten(old), flatten(new)
    return [
        Change(path, before.get(path), after.get(path))
        for path in dict.fromkeys([*after, *before])
        if before.get(path) != after.get(path)
    ]


def as_text(value: Any) -> str:
    """A value as a person types it; empty where there is none."""
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def read_value(entry: Entry, path: str, text: str) -> Any:
    """Typed text as the document keeps it. A share may be written 0.25 or 25%. Raises Invalid."""
    text = text.strip() if isinstance(text, str) else ""
    if entry.kind == "whole" and re.fullmatch(r"-?[0-9]{1,9}", text):
        value: Any = int(text)
    elif entry.kind in DECIMALS:
        value = _decimal_text(entry, path, text)
    elif entry.kind == "choices":
        value = [part.strip() for part in text.split(",") if part.strip()]
    else:
        value = text
    check_value(entry, path, value)
    return value


def _decimal_text(entry: Entry, path: str, text: str) -> str:
    percent = entry.kind == "share" and text.endswith("%")
    number = text[:-1].strip() if percent else text
    if not _DECIMAL.fullmatch(number):
        raise Invalid("policy_value_format", path=path, value=text[:60])
    return format(Decimal(number) / 100 if percent else Decimal(number), "f")


def check_value(entry: Entry, path: str, value: Any) -> None:
    """Raises Invalid where a stored value has another kind than its description, or is out of bounds."""
    if not _KINDS[entry.kind](entry, value):
        raise Invalid("policy_value_format", path=path, value=as_text(value)[:60])
    if entry.low is not None and not entry.low <= Decimal(value) <= entry.high:
        raise Invalid("policy_value_bounds", path=path, value=as_text(value),
                      low=format(entry.low, "f"), high=format(entry.high, "f"))  # fmt: skip


def _is_decimal(_entry: Entry, value: Any) -> bool:
    return isinstance(value, str) and bool(_DECIMAL.fullmatch(value))


def _is_choices(entry: Entry, value: Any) -> bool:
    return (isinstance(value, list) and bool(value) and all(v in entry.choices for v in value)
            and len(set(value)) == len(value))  # fmt: skip


_KINDS: dict[str, Callable[[Entry, Any], bool]] = {
    "whole": lambda _entry, value: type(value) is int,
    "share": _is_decimal,
    "ratio": _is_decimal,
    "choice": lambda entry, value: isinstance(value, str) and value in entry.choices,
    "choices": _is_choices,
    "code": lambda _entry, value: isinstance(value, str) and bool(re.fullmatch(r"[A-Z0-9]{1,8}", value)),
}


def validate(name: str, body: Mapping[str, Any], catalogue: Catalogue) -> None:
    """Raises Invalid for the first value of a document that is unknown, missing, malformed, out of bounds or
    at odds with another one."""
    _check_shape(name, body, "")
    held = flatten(dict(body))
    for path, value in held.items():
        entry = entry_of(catalogue, path)
        if entry is None:
            raise Invalid("policy_path_unknown", path=f"{name}.{path}"[:120])
        check_value(entry, path, value)
    for path in _needed(held, catalogue):
        if path not in held:
            raise Invalid("policy_path_missing", path=f"{name}.{path}")
    _check_cross(name, held)
    _check_rows(name, body)


def _check_shape(name: str, place: Any, path: str) -> None:
    """Tables and lists stand where the readers expect them, and no key imitates a path."""
    rows = path == RISING.get(name, ("",))[0] and path != ""
    if isinstance(place, dict) and not rows and all(_KEY.fullmatch(key) for key in place):
        for key, value in place.items():
            _check_shape(name, value, f"{path}.{key}" if path else key)
    elif rows and isinstance(place, list) and place and all(isinstance(row, dict) for row in place):
        for row in place:
            _check_shape(name, row, f"{path}.0")
    elif rows or isinstance(place, dict) or _holds_tables(place):
        raise Invalid("policy_path_unknown", path=f"{name}.{path}"[:120])


def _holds_tables(place: Any) -> bool:
    return isinstance(place, list) and any(isinstance(item, dict | list) for item in place)


def _needed(held: Mapping[str, Any], catalogue: Catalogue) -> list[str]:
    """Every path that must be there; for a pattern, the one of each row that is."""
    needed = []
    for pattern, entry in catalogue.items():
        head, star, tail = pattern.partition(".*")
        if not star:
            needed += [] if entry.optional else [pattern]
        elif not entry.optional:
            rows = {path.split(".")[head.count(".") + 1] for path in held if path.startswith(head + ".")}
            needed += [f"{head}.{row}{tail}" for row in sorted(rows)] or [f"{head}.0{tail}"]
    return needed


def _check_cross(name: str, held: Mapping[str, Any]) -> None:
    for smaller, larger in CROSS.get(name, ()):
        for path in [p for p in held if matches(smaller, p)]:
            other = path if "*" in larger else larger
            if "*" in larger:
                other = ".".join([*path.split(".")[:-1], larger.split(".")[-1]])
            if Decimal(held[path]) > Decimal(held[other]):
                raise Invalid("policy_values_cross", smaller=path, larger=other)


def _check_rows(name: str, body: Mapping[str, Any]) -> None:
    if name not in RISING:
        return
    table, key = RISING[name]
    steps = [row[key] for row in body[table]]
    if steps != sorted(set(steps)) or (name == "quotes" and steps[0] != 1):
        raise Invalid("policy_rows_order", path=f"{table}.{key}")


def with_changes(body: Mapping[str, Any], changes: Mapping[str, str], catalogue: Catalogue) -> dict[str, Any]:
    """A copy of the document with the texts read into their paths. Raises Invalid; never adds a path."""
    changed, held = deepcopy(dict(body)), flatten(dict(body))
    for path, text in changes.items():
        entry = entry_of(catalogue, path)
        if entry is None or path not in held:
            raise Invalid("policy_path_unknown", path=str(path)[:120])
        *steps, last = path.split(".")
        place: Any = changed
        for step in steps:
            place = place[int(step)] if isinstance(place, list) else place[step]
        place[last] = read_value(entry, path, text)
    return changed


def check_plan(reason: str, valid_from: date, earliest: date) -> str:
    """The trimmed reason. `earliest`: today, or the day of a newest version to come. Raises Invalid."""
    said = reason.strip() if isinstance(reason, str) else ""
    if not said:
        raise Invalid("policy_reason_missing")
    if len(said) > REASON_MAX:
        raise Invalid("policy_reason_too_long", limit=REASON_MAX)
    if not isinstance(valid_from, date) or valid_from < earliest:
        raise Invalid("policy_date_too_early", earliest=earliest.isoformat())
    return said


def file_bytes(documents: Mapping[str, Mapping[str, Any]]) -> bytes:
    """The whole policy as one JSON file that `read_file` takes back."""
    held = {"file": FILE_MARK, "documents": documents}
    return json.dumps(held, ensure_ascii=False, indent=2).encode() + b"\n"


def read_file(content: bytes) -> dict[str, dict[str, Any]]:
    """The documents of a policy file, not yet validated. Raises Invalid for anything else."""
    try:
        held = json.loads(content) if len(content) <= FILE_MAX else None
    except (ValueError, RecursionError):
        held = None
    documents = held.get("documents") if isinstance(held, dict) and held.get("file") == FILE_MARK else None
    if not isinstance(documents, dict) or not all(isinstance(body, dict) for body in documents.values()):
        raise Invalid("policy_file")
    return documents


def quarter_of(day: date) -> str:
    """2026Q4"""
    return f"{day.year}Q{(day.month + 2) // 3}"
