"""What differs between two versions of a price book, item by item and value by value. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from lib.money import parse_decimal
from lib.pricing.exchange import COLUMNS
from lib.pricing.price_book import Bundle, Item

_WEIGHED = ("list_price", "unit_cost")  # whose change is also told as a share
_TOLD_WHOLE = ("list_price", "parts")  # what is told of an item that came or went


@dataclass(frozen=True)
class Change:
    """One value of one item. `what`: added, removed or changed; `share`: how far a price moved."""

    code: str
    name_en: str
    name_zh: str
    what: Literal["added", "removed", "changed"]
    field: str
    old: str
    new: str
    share: Decimal | None = None

    def name(self, language: str) -> str:
        return self.name_zh if language == "zh-CN" else self.name_en


def compare(old: Sequence[Mapping[str, str]], new: Sequence[Mapping[str, str]]) -> tuple[Change, ...]:
    """The rows of two versions (see exchange.rows_of): changed items in the order of the new one, items that
    came where they stand, then those that went."""
    before, after = ({row["code"]: row for row in rows} for rows in (old, new))
    found = []
    for code, row in after.items():
        if code not in before:
            found.append(_whole("added", row))
        else:
            found += _values(before[code], row)
    return (*found, *(_whole("removed", row) for code, row in before.items() if code not in after))


def _whole(what: Literal["added", "removed"], row: Mapping[str, str]) -> Change:
    field = next((name for name in _TOLD_WHOLE if row[name]), _TOLD_WHOLE[0])
    old, new = ("", row[field]) if what == "added" else (row[field], "")
    return Change(row["code"], row["name_en"], row["name_zh"], what, field, old, new)


def _values(old: Mapping[str, str], new: Mapping[str, str]) -> list[Change]:
    return [
        Change(new["code"], new["name_en"], new["name_zh"], "changed", name, old[name], new[name],
               _moved(name, old[name], new[name]))
        for name in COLUMNS if old[name] != new[name]
    ]  # fmt: skip


def _moved(name: str, old: str, new: str) -> Decimal | None:
    if name not in _WEIGHED or not old or not new or not parse_decimal(old):
        return None
    return parse_decimal(new) / parse_decimal(old) - 1


def margin_of(item: Item) -> Decimal | None:
    """What is left of the list price after cost; None where there is no price, or the price is a share."""
    if not item.list_price or item.rule.share:
        return None
    return 1 - item.unit_cost / item.list_price


def bundle_saving(bundle: Bundle, items: Mapping[str, Item]) -> Decimal | None:
    """What the bundle saves against its parts at list price; None where that is nothing to compare."""
    if bundle.saving is not None:
        return bundle.saving
    apart = sum(items[code].list_price * quantity for code, quantity in bundle.parts if code in items)
    return None if not apart or bundle.fixed_price is None else 1 - bundle.fixed_price / apart
