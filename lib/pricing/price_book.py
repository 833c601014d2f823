"""Price books as values: items, units and the reading of a book document into checked items."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from lib.errors import Invalid
from lib.money import minor_digits, parse_decimal
from lib.pricing.tiers import Tier, check_tiers


@dataclass(frozen=True)
class Unit:
    """How a quantity is charged: each month of the term or once, and how tiers apply."""

    monthly: bool
    tiers: Literal["none", "volume", "graduated"] = "none"
    whole: bool = True  # only whole quantities
    share: bool = False  # the price is a share of the other lines


UNITS: dict[str, Unit] = {
    "month": Unit(monthly=True),
    "seat_month": Unit(monthly=True, tiers="volume"),
    "usage_month": Unit(monthly=True, tiers="graduated"),
    "hour_month": Unit(monthly=True, whole=False),  # value-based: hours saved a year, charged monthly
    "day": Unit(monthly=False, whole=False),  # cost-based: person-days
    "once": Unit(monthly=False),
    "share": Unit(monthly=False, share=True),
}


@dataclass(frozen=True)
class Item:
    """One priced item of a book version. Prices are per unit of `unit`, in the book's currency."""

    code: str
    group: str
    name_en: str
    name_zh: str
    unit: str
    recurring: bool
    list_price: Decimal
    unit_cost: Decimal = Decimal(0)
    tiers: tuple[Tier, ...] = ()

    @property
    def rule(self) -> Unit:
        return UNITS[self.unit]

    def without_cost(self) -> "Item":
        return replace(self, unit_cost=Decimal(0))

    def name(self, language: str) -> str:
        return self.name_zh if language == "zh-CN" else self.name_en


@dataclass(frozen=True)
class BookDraft:
    """What a book document says for one currency, before it becomes a numbered version."""

    code: str
    currency: str
    name_en: str
    name_zh: str
    valid_from: date
    items: tuple[Item, ...]


def read_book(document: Mapping[str, Any], currency: str) -> BookDraft:
    """One currency of a book document (see data/policy/pricebook-*.toml). Raises Invalid."""
    minor_digits(currency)
    items = tuple(_read_item(entry, currency) for entry in document["items"])
    check_items(items)
    return BookDraft(document["code"], currency, document["name_en"], document["name_zh"],
                     date.fromisoformat(document["valid_from"]), items)  # fmt: skip


def _read_item(entry: Mapping[str, Any], currency: str) -> Item:
    return Item(
        code=entry["code"], group=entry["group"], name_en=entry["name_en"], name_zh=entry["name_zh"],
        unit=entry["unit"], recurring=entry["recurring"],
        list_price=_in_currency(entry["price"], currency),
        unit_cost=_in_currency(entry.get("cost", "0"), currency),
        tiers=tiers_from_rows(entry.get("tiers", {}).get(currency)),
    )  # fmt: skip


def _in_currency(value: str | Mapping[str, str], currency: str) -> Decimal:
    return parse_decimal(value if isinstance(value, str) else value[currency])


def check_items(items: Sequence[Item]) -> None:
    """Raises Invalid for an unknown unit, a negative price, falling tiers or a code used twice."""
    codes = [item.code for item in items]
    if len(set(codes)) != len(codes):
        raise Invalid("item_twice", item=next(c for c in codes if codes.count(c) > 1))
    for item in items:
        if item.unit not in UNITS:
            raise Invalid("unit_unknown", unit=item.unit)
        if item.list_price < 0 or item.unit_cost < 0:
            raise Invalid("price_negative")
        if item.tiers:
            check_tiers(item.tiers)
        if bool(item.tiers) != (item.rule.tiers == "graduated") and item.rule.tiers != "volume":
            raise Invalid("tiers_do_not_fit", item=item.code)


def tiers_from_rows(rows: Sequence[Mapping[str, Any]] | None) -> tuple[Tier, ...]:
    """The stored form [{"from": n, "unit": "12.34"}] as tiers."""
    return tuple(Tier(Decimal(row["from"]), parse_decimal(row["unit"])) for row in rows or ())


def tiers_to_rows(tiers: Sequence[Tier]) -> list[dict[str, Any]] | None:
    return [{"from": int(tier.first), "unit": format(tier.unit.normalize(), "f")} for tier in tiers] or None
