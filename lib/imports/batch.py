"""A chunk of rows on its way from text to the store: values, what they refer to, their faults. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from lib.imports.intake import Bad
from lib.imports.kinds import Kind
from lib.imports.mapping import Plan
from lib.imports.source import Fault, Severity, excerpt


class Info(NamedTuple):
    """What a reference found: its id, whose account it is, and the dates and currency it sets."""

    id: int
    account_id: int | None = None
    currency: str | None = None
    since: date | None = None
    until: date | None = None
    signed_up: date | None = None  # when its account did


@dataclass
class Batch:
    """`texts` and `values` by field name, one entry a row; `infos` by reference field.

    `store` are the columns to be written, by column name; `errors` the positions that are not taken.
    """

    kind: Kind
    plan: Plan
    lines: list[int]
    today: date
    now: datetime
    texts: dict[str, list[str]] = field(default_factory=dict)
    values: dict[str, list[Any]] = field(default_factory=dict)
    infos: dict[str, list[Info | None]] = field(default_factory=dict)
    store: dict[str, list[Any]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    errors: set[int] = field(default_factory=set)

    @property
    def size(self) -> int:
        return len(self.lines)

    def column(self, name: str) -> list[Any]:
        """The values of a field, or nothing but None when it is not mapped."""
        return self.values.get(name) or [None] * self.size

    def found(self, name: str) -> list[Info | None]:
        return self.infos.get(name) or [None] * self.size

    def report(
        self, position: int, code: str, name: str | None, severity: Severity = "error", **details: Any
    ) -> None:
        """A fault of one row; an error keeps the row out."""
        text = self.texts[name][position] if name in self.texts else None
        column = self.plan.column_of(name) if name else None
        line = self.lines[position]
        self.faults.append(Fault(line, code, column, excerpt(text), severity, details))
        if severity == "error":
            self.errors.add(position)

    def remark(self, position: int, code: str, name: str | None, **details: Any) -> None:
        self.report(position, code, name, "warning", **details)

    def report_bad(self, name: str, bad: dict[int, Bad]) -> None:
        for position, fault in bad.items():
            self.report(position, fault.code, name, **dict(fault.details))

    def good(self) -> Iterable[int]:
        return (i for i in range(self.size) if i not in self.errors)
