"""Which column fills which field, and how its texts are read: proposed, changed by people, kept. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from lib.errors import Invalid
from lib.imports.fields import plain_name
from lib.imports.intake import DATE_FORMATS, NUMBER_FORMATS, Formats
from lib.imports.kinds import Kind
from lib.imports.source import Chunk
from lib.imports.text_file import DELIMITERS, ENCODINGS

_HOLE = re.compile(r"\{([^{}]+)\}")
CREATABLE = frozenset(("manager", "owner"))  # references whose missing person a preset may have created


@dataclass(frozen=True)
class Plan:
    """A mapping. Every field is filled by a column, a template of columns, a constant, or a choice by rule.

    columns: field to column. templates: field to text with {column} holes. constants: field to text.
    choose: field to rules (column, equals, value), the first that fits wins; a rule without column is the
    rest. defaults: text for empty cells. values: field to {text in the file: text meant}. scale: field to a
    factor. known: field to the texts it may hold; others are remarked. create: references whose missing
    people are added. end_is_last_day: an end date is the last day covered, not the first day after.
    """

    columns: dict[str, str] = field(default_factory=dict)
    templates: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    choose: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    scale: dict[str, str] = field(default_factory=dict)
    known: dict[str, list[str]] = field(default_factory=dict)
    create: list[str] = field(default_factory=list)
    end_is_last_day: bool = False
    number_format: str | None = None
    date_format: str | None = None
    zone: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None

    def formats(self, zone: str) -> Formats:
        return Formats(self.number_format, self.date_format, self.zone or zone)

    @property
    def mapped(self) -> set[str]:
        return {*self.columns, *self.templates, *self.constants, *self.choose}

    def used_columns(self) -> set[str]:
        """The file's columns this plan reads."""
        rules = [rule for rules in self.choose.values() for rule in rules]
        texts = [*self.templates.values(), *(rule["value"] for rule in rules)]
        holes = {hole for text in texts for hole in _HOLE.findall(text)}
        return {*self.columns.values(), *holes, *(rule["column"] for rule in rules if "column" in rule)}

    def column_of(self, name: str) -> str:
        """What to call a field in a report: the file's column where there is one."""
        return self.columns.get(name, name)

    def to_dict(self) -> dict[str, Any]:
        return {k: v for k, v in asdict(self).items() if v not in (None, {}, [], False)}


def plan_from(kind: Kind, body: Mapping[str, Any]) -> Plan:
    """A plan from stored or shipped data. Raises Invalid for anything a plan has no place for."""
    known = {f.name for f in fields(Plan)}
    strangers = sorted(set(body) - known)
    names = {f.name for f in kind.fields}
    for part in ("columns", "templates", "constants", "choose", "defaults", "values", "scale", "known"):
        strangers += sorted(set(body.get(part, {})) - names)
    strangers += sorted(set(body.get("create", [])) - (CREATABLE & names))
    if strangers:
        raise Invalid("import_mapping", name=strangers[0])
    plan = Plan(**body)
    rules = [rule for rules in plan.choose.values() for rule in rules]
    if any(set(rule) not in ({"value"}, {"column", "equals", "value"}) for rule in rules):
        raise Invalid("import_mapping", name="choose")
    texts = [*plan.templates.values(), *(rule["value"] for rule in rules)]
    if any(set("{}") & set(_HOLE.sub("", text)) for text in texts):
        raise Invalid("import_mapping", name="templates")
    _refuse_unknown("number_format", plan.number_format, NUMBER_FORMATS)
    _refuse_unknown("date_format", plan.date_format, DATE_FORMATS)
    _refuse_unknown("encoding", plan.encoding, ENCODINGS)
    _refuse_unknown("delimiter", plan.delimiter, DELIMITERS)
    _refuse_unknown("zone", plan.zone, _zones())
    return plan


@cache
def _zones() -> set[str]:
    return available_timezones()  # walks the machine's files: 20 ms each time


def _refuse_unknown(name: str, value: str | None, choices: Sequence[str] | set[str]) -> None:
    if value is not None and value not in choices:
        raise Invalid("import_mapping", name=name)


def propose(kind: Kind, header: Sequence[str]) -> Plan:
    """Columns whose name is a field's own or one of its synonyms; each column fills one field."""
    left = {plain_name(column): column for column in header if column}
    found: dict[str, str] = {}
    for rank in range(1 + max(len(f.synonyms) for f in kind.fields)):
        for item in kind.fields:
            names = (item.name, *item.synonyms)
            if item.name not in found and rank < len(names) and plain_name(names[rank]) in left:
                found[item.name] = left.pop(plain_name(names[rank]))
    return Plan(columns=found)


def fitted(kind: Kind, plan: Plan, header: Sequence[str]) -> tuple[Plan, list[str]]:
    """The plan without optional columns the file lacks, and their names.

    Raises Invalid("import_missing_columns") when a required field stays without a source.
    """
    there = set(header)
    absent = sorted(plan.used_columns() - there)
    columns = {name: column for name, column in plan.columns.items() if column in there}
    templates = {n: text for n, text in plan.templates.items() if set(_HOLE.findall(text)) <= there}
    choose = {
        name: [rule for rule in rules if rule.get("column", "") in there or "column" not in rule]
        for name, rules in plan.choose.items()
    }
    kept = replace(plan, columns=columns, templates=templates, choose={n: r for n, r in choose.items() if r})
    missing = [f.name for f in kind.fields if f.required and f.name not in kept.mapped]
    if kind.any_of and not set(kind.any_of) & kept.mapped:
        missing += list(kind.any_of)
    if set(kind.in_row_currency(kept.mapped)) and "currency" not in kept.mapped and kind.name == "accounts":
        missing.append("currency")
    if missing:
        lost = [plan.column_of(name) for name in missing]
        raise Invalid("import_missing_columns", columns=", ".join(lost), fields=missing)
    return kept, absent


def cells(kind: Kind, plan: Plan, chunk: Chunk) -> Iterator[tuple[str, list[str]]]:
    """The texts of every mapped field, in the order of the kind's fields."""
    size = len(chunk.lines)
    for item in kind.fields:
        name = item.name
        if name in plan.columns:
            found = chunk.columns[plan.columns[name]]
        elif name in plan.templates:
            found = _filled(plan.templates[name], chunk, size)
        elif name in plan.choose:
            found = _chosen(plan.choose[name], chunk, size)
        elif name in plan.constants:
            found = [plan.constants[name]] * size
        else:
            continue
        yield name, _meant(found, plan.values.get(name), plan.defaults.get(name))


def _filled(template: str, chunk: Chunk, size: int) -> list[str]:
    """Holes filled; a row where every hole is empty stays empty."""
    holes = _HOLE.findall(template)
    pattern = _HOLE.sub("{}", template)
    columns = [[c.strip() for c in chunk.columns[hole]] for hole in holes]
    rows = zip(*columns, strict=True) if columns else [()] * size
    return [pattern.format(*row).strip() if any(row) else "" for row in rows]


def _chosen(rules: list[dict[str, str]], chunk: Chunk, size: int) -> list[str]:
    """By the first rule that fits; a rule's value may itself be a template of columns."""
    found = [""] * size
    for rule in reversed(rules):
        values = _filled(rule["value"], chunk, size) if "{" in rule["value"] else [rule["value"]] * size
        if "column" not in rule:
            found = values
            continue
        wanted, column = rule["equals"].casefold(), chunk.columns[rule["column"]]
        fits = [cell.strip().casefold() == wanted for cell in column]
        found = [new if fit else old for fit, new, old in zip(fits, values, found, strict=True)]
    return found


def _meant(found: list[str], meant: dict[str, str] | None, default: str | None) -> list[str]:
    if meant:
        found = [meant.get(c.strip(), c) for c in found]
    if default is not None:
        found = [c if c.strip() else default for c in found]
    return found
