"""What a policy document may say: reading a value, bounds, limits across values, and what differs. Pure.

A path names a value inside a document: `limits.0.approve_above`. In the catalogue a star stands for any
row or key: `limits.*.approve_above`. In a difference a row of a list is named by its key, because its place
moves when rows come and go: `limits[24].approve_above`.
"""

import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from lib.errors import Invalid
from lib.policy.kinds import Entry, check_value, read_value

REASON_MAX, NOTE_MAX = 1000, 4000
REVIEW_TASK = "policy_review"  # the kind of the task that asks for a review
KEYS = ("code", "number", "from_months", "months", "years")  # what names a row of a list, first come
_KEY = re.compile(r"[A-Za-z0-9_]{1,40}")
_FIGURE = re.compile(r"\{([a-z_]+)\.([A-Za-z0-9_.\[\]]+)\}")  # a value of the policy, named inside a text


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
        ("onboarding.ratio", "onboarding.calm_ratio"), ("weighing.past_least_days", "weighing.past_days"),
    ),
    "compliance": (("like_for_like.small_below", "like_for_like.large_from"),),
    "feedback": (("stars.least", "stars.low_to"), ("stars.low_to", "stars.most")),
    "health": (("bands.watch_from", "bands.healthy_from"), ("bands.cap", "bands.healthy_from"),
               ("activity.nothing_at", "activity.full_at"),
               ("sentiment.half_after_days", "sentiment.gone_after_days")),
    "lifecycle": (("downgrade.remind_to", "downgrade.remind_from"),
                  ("winback.second_after_days", "winback.third_after_days")),
    "offers": (("prepay.extra_from", "prepay.extra_to"), ("multi_year.extra_from", "multi_year.extra_to")),
    "plans": (("affordability.from", "affordability.to"), ("fit.premium_from", "fit.premium_to"),
              ("fit.premium_signal", "fit.premium_from"), ("seat_fit.users_from", "seat_fit.users_to")),
    "pricing": (("annual_preset.paid", "annual_preset.of"), ("bundle.saving_from", "bundle.saving_to")),
    "quotes": (
        ("limits.*.justify_above", "limits.*.approve_above"), ("validity.days", "validity.longest_days"),
        ("approvers.level_1.most_discount", "approvers.level_2.most_discount"),
        ("approvers.level_2.least_margin", "approvers.level_1.least_margin"),
    ),
    "notices": (("first_wait_minutes", "longest_wait_minutes"),),
    "renewals": (("lead_days", "horizon_days"),),
    "standing": (("notice_critical_days", "notice_window_days"),),
    "today": (("urgency.watch", "urgency.critical"), ("urgency.no_data", "urgency.watch"),
              ("snooze.usual_days", "snooze.longest_days")),
}  # fmt: skip
# Rows that name a row of another list of the same document.
REFERS = {
    "approvals": (("rules", "chain", "chains"), ("steps", "chain", "chains")),
    "tiers": (("rights", "from_tier", "tiers"), ("rhythm", "code", "terms")),
}


# The order in which readers meet the areas: price first, then renewal, care, service, figures, ourselves.
AREAS = (
    "quotes", "approvals", "papers", "pricing", "offers", "season", "concessions", "value", "plans", "tiers",
    "requests",
    "compliance", "renewals", "contracts", "lifecycle", "today", "standing", "activity", "health", "vip",
    "playbooks", "segments", "growth", "service", "fulfilment", "categories", "feedback", "kpi", "targets",
    "monitoring", "training", "governance", "notices",
)  # fmt: skip


# Whoever looks after customers hears of these; the others set the desk's own ways.
CUSTOMERS = frozenset(
    ("quotes", "pricing", "offers", "season", "value", "plans", "tiers", "requests", "compliance",
     "contracts", "lifecycle", "vip", "service", "fulfilment", "categories", "training")
)  # fmt: skip


def concerns_customers(name: str) -> bool:
    """Whether a document says something customers are offered, promised or asked."""
    return name in CUSTOMERS or name.startswith("library_")


def in_order(catalogues: Mapping[str, Catalogue]) -> dict[str, Catalogue]:
    """The areas in the order of AREAS; others follow by name, the library last."""
    places = {name: place for place, name in enumerate(AREAS)}
    late = len(AREAS)
    order = sorted(catalogues, key=lambda n: (places.get(n, late + n.startswith("library_")), n))
    return {name: catalogues[name] for name in order}


def read_catalogue(raw: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> dict[str, dict[str, Entry]]:
    """The shipped descriptions as entries: {document: {path: entry}}."""
    return {name: {path: _entry(held) for path, held in entries.items()} for name, entries in raw.items()}


def _entry(held: Mapping[str, Any]) -> Entry:
    low, high = (Decimal(held[end]) if end in held else None for end in ("low", "high"))
    return Entry(held["kind"], held["unit"], held["source"], {"en": held["en"], "zh-CN": held["zh"]},
                 low, high, tuple(held.get("choices", ())), held.get("optional", False),
                 held.get("row", ""), held.get("idle", False))  # fmt: skip


def flatten(body: Any, path: str = "", *, named: bool = False) -> dict[str, Any]:
    """Every value of a document by its path; a list of plain values is one value. With `named`, rows of
    lists by their key instead of their place: `limits[24].approve_above`."""
    if isinstance(body, list) and not any(isinstance(item, dict) for item in body):
        return {path: body}
    if isinstance(body, dict | list):
        pairs = body.items() if isinstance(body, dict) else enumerate(body)
        key_of = row_key(body) if named and isinstance(body, list) else None
        found: dict[str, Any] = {}
        for key, value in pairs:
            here = f"{path}[{value[key_of]}]" if key_of else f"{path}.{key}" if path else str(key)
            found |= flatten(value, here, named=named)
        return found
    return {path: body}


def row_key(rows: Any) -> str | None:
    """The column that names each row of a list of tables; None where none does."""
    for key in KEYS:
        held = [str(row.get(key, "")) if isinstance(row, dict) else "" for row in rows]
        if all(held) and len(set(held)) == len(held):
            return key
    return None


def names_of(body: Mapping[str, Any]) -> dict[str, str]:
    """The name each value has in differences, by its path."""
    return dict(zip(flatten(body), flatten(body, named=True), strict=True))


def path_in(body: Mapping[str, Any], path: str) -> str:
    """The path of a value called by its path or by its name in differences. Raises Invalid for a row that is
    not there."""
    if not isinstance(path, str) or "[" not in path:
        return str(path)
    found = next((here for here, name in names_of(body).items() if name == path), None)
    if found is None:
        raise Invalid("policy_path_unknown", path=path[:120])
    return found


def lists_of(catalogue: Catalogue) -> dict[str, str]:
    """The lists of tables a document holds, with the column that names their rows."""
    found: dict[str, str] = {}
    for key in reversed(KEYS):
        found |= {p.removesuffix(f".*.{key}"): key for p in catalogue if p.endswith(f".*.{key}")}
    return found


def entry_of(catalogue: Catalogue, path: str) -> Entry | None:
    """The description of a path or of a name in a difference: its own, else that of a pattern with stars."""
    path = re.sub(r"\[[^\]]*\]", ".0", path)
    return catalogue.get(path) or next((e for p, e in catalogue.items() if matches(p, path)), None)


def matches(pattern: str, path: str) -> bool:
    parts, steps = pattern.split("."), path.split(".")
    return len(parts) == len(steps) and all(p in ("*", s) for p, s in zip(parts, steps, strict=True))


def diff(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """What differs, by name, in the order of the new document; values that are gone come last."""
    before, after = flatten(old, named=True), flatten(new, named=True)
    return [
        Change(path, before.get(path), after.get(path))
        for path in dict.fromkeys([*after, *before])
        if before.get(path) != after.get(path)
    ]


def validate(name: str, body: Mapping[str, Any], catalogue: Catalogue) -> None:
    """Raises Invalid for the first value of a document that is unknown, missing, malformed, out of bounds or
    at odds with another one."""
    _check_shape(name, body, "", lists_of(catalogue))
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
    _check_rows(name, body, catalogue)


def _check_shape(name: str, place: Any, path: str, lists: Mapping[str, str]) -> None:
    """Tables and lists stand where the readers expect them, and no key imitates a path."""
    if path in lists and isinstance(place, list) and place and all(isinstance(row, dict) for row in place):
        for row in place:
            _check_shape(name, row, f"{path}.0", lists)
    elif path not in lists and isinstance(place, dict) and all(_KEY.fullmatch(key) for key in place):
        for key, value in place.items():
            _check_shape(name, value, f"{path}.{key}" if path else key, lists)
    elif path in lists or isinstance(place, dict) or _holds_tables(place):
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


def _check_rows(name: str, body: Mapping[str, Any], catalogue: Catalogue) -> None:
    """Rows have names of their own; where the name counts something, they stand in its rising order."""
    for table, key in lists_of(catalogue).items():
        steps = [row[key] for row in body[table]]
        counts = entry_of(catalogue, f"{table}.0.{key}").kind == "whole"
        if counts and (steps != sorted(set(steps)) or (name == "quotes" and steps[0] != 1)):
            raise Invalid("policy_rows_order", path=f"{table}.{key}")
        if len(set(steps)) < len(steps):
            raise Invalid("policy_rows_twice", path=f"{table}.{key}")
    for table, column, other in REFERS.get(name, ()):
        known = {row[row_key(body[other])] for row in body[other]}
        for row in body[table]:
            if row.get(column) and row[column] not in known:
                raise Invalid("policy_row_unknown", path=f"{table}.{column}", value=row[column])


def figures_in(body: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Every value of the policy that the texts of a document name in braces: (document, path)."""
    texts = [value for value in flatten(dict(body)).values() if isinstance(value, str)]
    return [found for text in texts for found in _FIGURE.findall(text)]


def check_figures(body: Mapping[str, Any], catalogues: Mapping[str, Catalogue]) -> None:
    """Raises Invalid where a text names a value the policy does not have."""
    for document, path in figures_in(body):
        if document not in catalogues or entry_of(catalogues[document], path) is None:
            raise Invalid("policy_path_unknown", path=f"{document}.{path}"[:120])


def filled(text: str, figure: Callable[[str, str], str]) -> str:
    """A text with its figures; `figure` words the value of (document, path)."""
    return _FIGURE.sub(lambda found: figure(*found.groups()), text)


def with_changes(body: Mapping[str, Any], changes: Mapping[str, str], catalogue: Catalogue) -> dict[str, Any]:
    """A copy of the document with the texts read into their paths (or names). Raises Invalid; never adds a
    path."""
    changed, held = deepcopy(dict(body)), flatten(dict(body))
    for called, text in changes.items():
        path = path_in(body, called)
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


def check_feedback(feedback: str) -> str | None:
    """What was heard before a change, trimmed; None where nothing is said. Raises Invalid."""
    said = feedback.strip() if isinstance(feedback, str) else ""
    if len(said) > REASON_MAX:
        raise Invalid("policy_reason_too_long", limit=REASON_MAX)
    return said or None


def check_note(note: str) -> str:
    """The trimmed note of a review. Raises Invalid."""
    said = note.strip() if isinstance(note, str) else ""
    if not 0 < len(said) <= NOTE_MAX:
        raise Invalid("policy_review_note")
    return said


def quarter_of(day: date) -> str:
    """2026Q4"""
    return f"{day.year}Q{(day.month + 2) // 3}"


def quarter_number(quarter: str) -> int:
    """Quarters counted on from year 0, so that they can be subtracted."""
    year, _, number = quarter.partition("Q")
    return int(year) * 4 + int(number) - 1


def quarter_start(day: date, later: int = 0) -> date:
    """The first day of the quarter of a day, or of one `later` quarters on."""
    year, quarter = divmod(quarter_number(quarter_of(day)) + later, 4)
    return date(year, quarter * 3 + 1, 1)
