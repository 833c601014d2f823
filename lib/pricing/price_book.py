"""Price books as values: items, units and the reading of a book document into checked items."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from lib.countries import code_of
from lib.errors import Invalid
from lib.money import exact_text, minor_digits, parse_decimal
from lib.pricing.choices import Names, names_from_row, names_to_row
from lib.pricing.tiers import Tier, check_tiers

KINDS = ("plan", "module", "seat", "usage", "service", "gift")
METHODS = ("percent_of_total", "cost_plus", "value_based")
TIER_MODES = ("volume", "graduated", "package")
PLAN_TIERS = ("free", "basic", "premium", "enterprise")
DELIVERIES = ("remote", "on_site", "self_service")
STANDARD_TAX = "standard"
KIND_OF_GROUP = {"platform": "plan", "seats": "seat", "usage": "usage", "services": "service"}


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
    """One priced item of a book version. Prices are per unit of `unit`, in the book's currency.

    kind and tier_mode follow from group and unit where they are not given. named: the lines a share is taken
    of. partner: whose product it is, with the share of the net price that goes there.
    """

    code: str
    group: str
    name_en: str
    name_zh: str
    unit: str
    recurring: bool
    list_price: Decimal
    unit_cost: Decimal = Decimal(0)
    tiers: tuple[Tier, ...] = ()
    kind: str = ""
    tier_mode: str | None = None
    package_size: Decimal | None = None
    free_units: Decimal = Decimal(0)
    method: str | None = None
    markup: Decimal | None = None
    named: Names | None = None
    tax_category: str = STANDARD_TAX
    regions: tuple[str, ...] | None = None
    value_added: bool = False
    plan_tier: str | None = None
    partner: str | None = None
    partner_share: Decimal = Decimal(0)
    delivery: str | None = None
    quota: Mapping[str, Any] | None = None
    inclusions: tuple[Mapping[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not self.kind:
            object.__setattr__(self, "kind", KIND_OF_GROUP.get(self.group, "module"))

    @property
    def rule(self) -> Unit:
        return UNITS[self.unit]

    @property
    def mode(self) -> str:
        """How its tiers apply: none, volume, graduated or package."""
        return self.tier_mode or self.rule.tiers

    @property
    def priced_by_seller(self) -> bool:
        """Its price is worked out for each customer: by what it costs or by what it saves."""
        return self.method in ("cost_plus", "value_based")

    def without_cost(self) -> "Item":
        return replace(self, unit_cost=Decimal(0), markup=None, partner_share=Decimal(0))

    def name(self, language: str) -> str:
        return self.name_zh if language == "zh-CN" else self.name_en

    def sold_in(self, country: str | None) -> bool:
        return self.regions is None or country is None or (code_of(country) or country) in self.regions


@dataclass(frozen=True)
class Bundle:
    """Items sold together: a saving on every part, or one price a month for one of the bundle."""

    code: str
    name_en: str
    name_zh: str
    parts: tuple[tuple[str, Decimal], ...]  # item code, quantity in one bundle
    saving: Decimal | None = None
    fixed_price: Decimal | None = None

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
    bundles: tuple[Bundle, ...] = ()


def read_book(document: Mapping[str, Any], currency: str) -> BookDraft:
    """One currency of a book document (see data/policy/pricebook-*.toml). Raises Invalid."""
    minor_digits(currency)
    items = tuple(_read_item(entry, currency) for entry in document["items"])
    bundles = tuple(_read_bundle(entry, currency) for entry in document.get("bundles", ()))
    check_items(items)
    check_bundles(bundles, items)
    return BookDraft(document["code"], currency, document["name_en"], document["name_zh"],
                     date.fromisoformat(document["valid_from"]), items, bundles)  # fmt: skip


def _read_item(entry: Mapping[str, Any], currency: str) -> Item:
    cost = _in_currency(entry.get("cost", "0"), currency)
    markup = parse_decimal(entry["markup"]) if "markup" in entry else None
    price = entry.get("price")
    return Item(
        code=entry["code"], group=entry["group"], name_en=entry["name_en"], name_zh=entry["name_zh"],
        unit=entry["unit"], recurring=entry["recurring"],
        list_price=cost_plus(cost, markup) if price is None else _in_currency(price, currency),
        unit_cost=cost, tiers=tiers_from_rows(entry.get("tiers", {}).get(currency)),
        package_size=_optional(entry, "package_size"),
        free_units=parse_decimal(entry.get("free_units", "0")), markup=markup,
        named=names_from_row(entry.get("named")),
        partner_share=parse_decimal(entry.get("partner_share", "0")),
        regions=tuple(entry["regions"]) if "regions" in entry else None,
        inclusions=tuple(entry.get("inclusions", ())),
        **{name: entry[name] for name in _PLAIN if name in entry},
    )  # fmt: skip


_PLAIN = ("kind", "tier_mode", "method", "tax_category", "value_added", "plan_tier", "partner", "delivery",
          "quota")  # fmt: skip


def cost_plus(cost: Decimal, markup: Decimal | None) -> Decimal:
    """The price of a service by what it costs: cost and a share on top."""
    return cost * (1 + (markup or 0))


def _read_bundle(entry: Mapping[str, Any], currency: str) -> Bundle:
    fixed = entry.get("fixed_price")
    price = None if fixed is None else _in_currency(fixed, currency)
    return Bundle(entry["code"], entry["name_en"], entry["name_zh"], parts_from_rows(entry["parts"]),
                  _optional(entry, "saving"), price)  # fmt: skip


def _optional(entry: Mapping[str, Any], name: str) -> Decimal | None:
    return None if entry.get(name) is None else parse_decimal(entry[name])


def _in_currency(value: str | Mapping[str, str], currency: str) -> Decimal:
    return parse_decimal(value if isinstance(value, str) else value[currency])


def check_items(items: Sequence[Item]) -> None:
    """Raises Invalid for an unknown unit or kind, a negative price, falling tiers or a code used twice."""
    codes = [item.code for item in items]
    if len(set(codes)) != len(codes):
        raise Invalid("item_twice", item=next(c for c in codes if codes.count(c) > 1))
    for item in items:
        if item.unit not in UNITS:
            raise Invalid("unit_unknown", unit=item.unit)
        for name, known in _KNOWN.items():
            if getattr(item, name) not in (None, *known):
                raise Invalid("item_word_unknown", item=item.code, word=str(getattr(item, name)))
        if item.list_price < 0 or item.unit_cost < 0 or item.free_units < 0:
            raise Invalid("price_negative")
        if not 0 <= item.partner_share <= 1 or (item.markup or 0) < 0:
            raise Invalid("item_share", item=item.code)
        if item.tiers:
            check_tiers(item.tiers)
        if not _tiers_fit(item):
            raise Invalid("tiers_do_not_fit", item=item.code)


_KNOWN = {"kind": KINDS, "tier_mode": TIER_MODES, "method": METHODS, "plan_tier": PLAN_TIERS,
          "delivery": DELIVERIES}  # fmt: skip


def _tiers_fit(item: Item) -> bool:
    """Graduated prices need tiers, packages a size, a plain or shared price has neither."""
    if item.mode == "package":
        return item.package_size is not None and item.package_size > 0 and not item.rule.share
    if item.package_size is not None:
        return False
    return item.mode == "volume" or bool(item.tiers) == (item.mode == "graduated")


def check_bundles(bundles: Sequence[Bundle], items: Sequence[Item]) -> None:
    """Raises Invalid for a bundle without parts or price, with an unknown part, or a code used twice."""
    known = {item.code for item in items}
    codes = [bundle.code for bundle in bundles]
    if len(set(codes)) != len(codes):
        raise Invalid("item_twice", item=next(c for c in codes if codes.count(c) > 1))
    for bundle in bundles:
        parts = dict(bundle.parts)
        if set(parts) - known:
            raise Invalid("item_unknown", item=min(set(parts) - known))
        one_price = (bundle.saving is None) != (bundle.fixed_price is None)
        if len(parts) < 2 or len(parts) != len(bundle.parts) or min(parts.values()) <= 0 or not one_price:
            raise Invalid("bundle_incomplete", bundle=bundle.code)
        if not 0 <= (bundle.saving or 0) <= 1 or (bundle.fixed_price or 0) < 0:
            raise Invalid("item_share", item=bundle.code)


def item_from_row(row: Any) -> Item:
    """A stored item; `row` carries the columns of the table as attributes."""
    return Item(
        row.code, row.group_code, row.name_en, row.name_zh, row.unit, row.recurring, row.list_price,
        row.unit_cost, tiers_from_rows(row.tiers), row.kind or "", row.tier_mode, row.package_size,
        row.free_units or Decimal(0), row.method, row.markup, names_from_row(row.named),
        row.tax_category or STANDARD_TAX, None if row.regions is None else tuple(row.regions),
        row.value_added, row.plan_tier, row.partner, row.partner_share or Decimal(0), row.delivery, row.quota,
        tuple(row.inclusions or ()),
    )  # fmt: skip


def item_to_row(item: Item) -> dict[str, Any]:
    """The columns of the table beside book and position."""
    return {
        "code": item.code, "group_code": item.group, "name_en": item.name_en, "name_zh": item.name_zh,
        "unit": item.unit, "recurring": item.recurring, "list_price": item.list_price,
        "unit_cost": item.unit_cost, "tiers": tiers_to_rows(item.tiers), "kind": item.kind,
        "tier_mode": item.tier_mode, "package_size": item.package_size, "free_units": item.free_units or None,
        "method": item.method, "markup": item.markup, "named": names_to_row(item.named),
        "tax_category": item.tax_category,
        "regions": None if item.regions is None else list(item.regions), "value_added": item.value_added,
        "plan_tier": item.plan_tier, "partner": item.partner, "partner_share": item.partner_share or None,
        "delivery": item.delivery, "quota": item.quota, "inclusions": list(item.inclusions) or None,
    }  # fmt: skip


def bundle_from_row(row: Any) -> Bundle:
    return Bundle(row.code, row.name_en, row.name_zh, parts_from_rows(row.parts), row.saving, row.fixed_price)


def bundle_to_row(bundle: Bundle) -> dict[str, Any]:
    """The columns of the table beside book and position."""
    parts = [{"item": code, "quantity": exact_text(quantity)} for code, quantity in bundle.parts]
    return {
        "code": bundle.code, "name_en": bundle.name_en, "name_zh": bundle.name_zh, "parts": parts,
        "saving": bundle.saving, "fixed_price": bundle.fixed_price,
    }  # fmt: skip


def parts_from_rows(rows: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, Decimal], ...]:
    return tuple((row["item"], parse_decimal(row.get("quantity", "1"))) for row in rows)


def tiers_from_rows(rows: Sequence[Mapping[str, Any]] | None) -> tuple[Tier, ...]:
    """The stored form [{"from": n, "unit": "12.34", "flat": "5"}] as tiers."""
    return tuple(
        Tier(Decimal(row["from"]), parse_decimal(row["unit"]), parse_decimal(row.get("flat", "0")))
        for row in rows or ()
    )


def tiers_to_rows(tiers: Sequence[Tier]) -> list[dict[str, Any]] | None:
    return [
        {"from": int(tier.first), "unit": exact_text(tier.unit)}
        | ({"flat": exact_text(tier.flat)} if tier.flat else {})
        for tier in tiers
    ] or None
