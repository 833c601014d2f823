"""Two versions of a quote side by side: what differs in terms, totals and lines. Pure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

# What a reader compares, in the order of the paper; how each is worded.
FIELDS = (
    ("title", "text"), ("language", "language"), ("valid_until", "day"), ("starts_on", "day"),
    ("ends_on", "day"), ("months", "months"), ("prepaid", "flag"), ("currency", "text"), ("book", "book"),
    ("payments", "count"),
)  # fmt: skip
SUMS = ("list_minor", "discount", "net_minor", "tax_minor", "total_minor", "arr_minor")


@dataclass(frozen=True)
class Pair:
    """A value in both versions; `kind` says how it is worded. change is new minus old, of amounts."""

    name: str
    kind: str
    old: Any
    new: Any

    @property
    def differs(self) -> bool:
        return self.old != self.new

    @property
    def change(self) -> Any:
        if self.old is None or self.new is None:
            return None
        return self.new - self.old


@dataclass(frozen=True)
class LinePair:
    """A line in both versions; state: added, removed, changed or same. None on the side that has it not."""

    state: str
    old: Mapping[str, Any] | None
    new: Mapping[str, Any] | None

    @property
    def line(self) -> Mapping[str, Any]:
        return self.new or self.old or {}

    @property
    def change(self) -> int:
        return (self.new or {}).get("net_minor", 0) - (self.old or {}).get("net_minor", 0)


@dataclass(frozen=True)
class Comparison:
    fields: tuple[Pair, ...]
    sums: tuple[Pair, ...]
    lines: tuple[LinePair, ...]
    currencies: tuple[str, str]

    @property
    def same_currency(self) -> bool:
        return len(set(self.currencies)) == 1

    @property
    def differs(self) -> bool:
        pairs = any(pair.differs for pair in (*self.fields, *self.sums))
        return pairs or any(line.state != "same" for line in self.lines)


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> Comparison:
    """Everything commercial of two snapshots. Lines meet by item, the nth with the nth."""
    fields = tuple(Pair(name, kind, _value(old, name), _value(new, name)) for name, kind in FIELDS)
    sums = tuple(Pair(name, _kind(name), _sum(old, name), _sum(new, name)) for name in SUMS)
    return Comparison(fields, sums, tuple(_lines(old, new)), (old["currency"], new["currency"]))


def _value(snapshot: Mapping[str, Any], name: str) -> Any:
    if name == "payments":
        return len(snapshot[name])
    if name == "book":
        return snapshot[name]["en"], snapshot[name]["zh-CN"], snapshot[name]["number"]
    return snapshot[name]


def _kind(name: str) -> str:
    return "share" if name == "discount" else "money"


def _sum(snapshot: Mapping[str, Any], name: str) -> Any:
    if name != "discount":
        return snapshot[name]
    at_list, net = snapshot["list_minor"], snapshot["net_minor"]
    return 1 - Decimal(net) / at_list if at_list else Decimal(0)


def _lines(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[LinePair]:
    before, after = _keyed(old), _keyed(new)
    found = [LinePair(_state(before.get(key), line), before.get(key), line) for key, line in after.items()]
    return found + [LinePair("removed", line, None) for key, line in before.items() if key not in after]


def _keyed(snapshot: Mapping[str, Any]) -> dict[tuple[str, int], Mapping[str, Any]]:
    seen: Counter[str] = Counter()
    found = {}
    for line in snapshot["lines"]:
        seen[line["code"]] += 1
        found[line["code"], seen[line["code"]]] = line
    return found


_COMPARED = ("quantity", "list_price", "list_minor", "net_minor", "unit")


def _state(old: Mapping[str, Any] | None, new: Mapping[str, Any]) -> str:
    if old is None:
        return "added"
    return "same" if all(old.get(name) == new.get(name) for name in _COMPARED) else "changed"
