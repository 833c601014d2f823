"""A price book as flat rows of text and back, so that it can leave as a table and return as one. Pure.

One row an item, then one a bundle. Steps read "1: 12; 50: 10.80 + 5" (first unit, price a unit, flat amount),
quotas "users: 5; api_calls: 10000", parts of a bundle "basic: 1; seats: 10", lists of words "a | b". A column
a table lacks leaves what the book has.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from lib.errors import Invalid
from lib.imports.source import Fault
from lib.money import exact_text, parse_decimal
from lib.pricing.choices import Names
from lib.pricing.price_book import Bundle, Item, check_bundles, check_items
from lib.pricing.tiers import Tier

BUNDLE = "bundle"
GROUPS = ("platform", "seats", "usage", "modules", "services", "rights", "gifts")
COSTS = ("unit_cost", "markup", "partner_share")
TEXTS_MAX, CODE_MAX, NAME_MAX = 2000, 64, 255
_DEFAULTS = {"kind": "module", "group": "modules", "unit": "month", "recurring": "true", "list_price": "0",
             "unit_cost": "0", "free_units": "0", "tax_category": "standard", "value_added": "false",
             "partner_share": "0"}  # fmt: skip
COLUMNS = (
    "kind", "code", "group", "name_en", "name_zh", "unit", "recurring", "list_price", "unit_cost", "tiers",
    "tier_mode", "package_size", "free_units", "method", "markup", "named_items", "named_groups",
    "tax_category", "regions", "value_added", "plan_tier", "partner", "partner_share", "delivery", "quota",
    "inclusions_en", "inclusions_zh", "parts", "saving",
)  # fmt: skip
_NUMBERS = ("list_price", "unit_cost", "package_size", "free_units", "markup", "partner_share", "saving")
_STEP_PRICE = Decimal("0.0001")


@dataclass
class Reading:
    """What the rows of a table say: items and bundles that stand, and the faults of those that do not."""

    items: dict[str, Item] = field(default_factory=dict)
    bundles: dict[str, Bundle] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)  # every code the table names, faulty rows included


def rows_of(items: Sequence[Item], bundles: Sequence[Bundle] = ()) -> list[dict[str, str]]:
    """Every item and bundle as text under COLUMNS."""
    return [_item_row(item) for item in items] + [_bundle_row(bundle) for bundle in bundles]


def _item_row(item: Item) -> dict[str, str]:
    named = item.named or Names()
    said = {
        "kind": item.kind, "code": item.code, "group": item.group, "name_en": item.name_en,
        "name_zh": item.name_zh, "unit": item.unit, "recurring": _flag(item.recurring),
        "list_price": exact_text(item.list_price), "unit_cost": exact_text(item.unit_cost),
        "tiers": "; ".join(map(_step_text, item.tiers)), "tier_mode": item.tier_mode,
        "package_size": _number(item.package_size), "free_units": exact_text(item.free_units),
        "method": item.method, "markup": _number(item.markup), "named_items": " | ".join(named.items),
        "named_groups": " | ".join(named.groups), "tax_category": item.tax_category,
        "regions": " | ".join(item.regions or ()), "value_added": _flag(item.value_added),
        "plan_tier": item.plan_tier, "partner": item.partner,
        "partner_share": exact_text(item.partner_share), "delivery": item.delivery,
        "quota": "; ".join(f"{name}: {much}" for name, much in (item.quota or {}).items()),
        "inclusions_en": " | ".join(one.get("en", "") for one in item.inclusions),
        "inclusions_zh": " | ".join(one.get("zh-CN", "") for one in item.inclusions),
    }  # fmt: skip
    return {name: said.get(name) or "" for name in COLUMNS}


def _bundle_row(bundle: Bundle) -> dict[str, str]:
    said = {
        "kind": BUNDLE, "code": bundle.code, "name_en": bundle.name_en, "name_zh": bundle.name_zh,
        "parts": "; ".join(f"{code}: {exact_text(quantity)}" for code, quantity in bundle.parts),
        "saving": _number(bundle.saving), "list_price": _number(bundle.fixed_price),
    }  # fmt: skip
    return {name: said.get(name) or "" for name in COLUMNS}


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _number(value: Decimal | None) -> str:
    return "" if value is None else exact_text(value)


def _step_text(tier: Tier) -> str:
    flat = f" + {exact_text(tier.flat)}" if tier.flat else ""
    return f"{exact_text(tier.first)}: {exact_text(tier.unit)}{flat}"


def read_rows(
    rows: Sequence[tuple[int, Mapping[str, str]]], items: Sequence[Item], bundles: Sequence[Bundle] = ()
) -> Reading:
    """The rows (line, cells by column) over the book they change; a row is taken whole or not at all."""
    known = {row["code"]: row for row in rows_of(items, bundles)}
    found = Reading()
    held = {item.code: item for item in items}
    for line, given in rows:
        code = given.get("code", "").strip()
        if not code or len(code) > CODE_MAX:
            found.faults.append(Fault(line, "book_code", "code", code))
        elif code in found.seen:
            found.faults.append(Fault(line, "book_twice", "code", code))
        else:
            found.seen.add(code)
            _take(line, known.get(code), given, held, found)
    _take_bundles(rows, items, known, found)
    return found


def _take(
    line: int, before: Mapping[str, str] | None, given: Mapping[str, str], held: Mapping[str, Item],
    found: Reading,
) -> None:  # fmt: skip
    row = _overlaid(before, given)
    if row["kind"] == BUNDLE:
        return
    faults = _field_faults(line, row)
    if not faults:
        try:
            item = _item(row)
            old = held.get(item.code)
            if old and "tiers" not in given:
                item = replace(item, tiers=repriced(old, item.list_price).tiers)
            check_items((item,))
            found.items[item.code] = item
            return
        except Invalid as error:
            faults = [_refusal(line, row, error)]
    found.faults += faults


def _overlaid(before: Mapping[str, str] | None, given: Mapping[str, str]) -> dict[str, str]:
    """The row of the book with the cells that were given; a new one fills its blanks with the defaults."""
    cells = {name: given[name].strip() for name in COLUMNS if name in given}
    if before is not None:
        return {**before, **cells}
    filled = {name: value for name, value in cells.items() if value}
    base = {} if filled.get("kind") == BUNDLE else _DEFAULTS
    return dict.fromkeys(COLUMNS, "") | base | filled


def _take_bundles(
    rows: Sequence[tuple[int, Mapping[str, str]]], items: Sequence[Item], known: Mapping[str, Any],
    found: Reading,
) -> None:  # fmt: skip
    """Bundles last: their parts may be items of the same table."""
    parts = list({item.code: item for item in items} | found.items)
    sold = [replace(_PART, code=code) for code in parts]
    taken: set[str] = set()
    for line, given in rows:
        code = given.get("code", "").strip()
        row = _overlaid(known.get(code), given)
        if row["kind"] != BUNDLE or code not in found.seen or code in taken:
            continue
        taken.add(code)
        faults = _field_faults(line, row)
        if not faults:
            try:
                bundle = _bundle(row)
                check_bundles((bundle,), sold)
                found.bundles[code] = bundle
                continue
            except Invalid as error:
                faults = [_refusal(line, row, error)]
        found.faults += faults


_PART = Item("", "modules", "", "", "month", True, Decimal(0))


def merged(
    items: Sequence[Item], bundles: Sequence[Bundle], found: Reading, *, drop_absent: bool = False
) -> tuple[tuple[Item, ...], tuple[Bundle, ...]]:
    """The book with what a table changes; `drop_absent` takes out what the table does not name."""

    def over(old: Sequence[Any], new: Mapping[str, Any]) -> tuple[Any, ...]:
        kept = [one for one in old if one.code in found.seen or not drop_absent]
        codes = {one.code for one in old}
        return (*(new.get(one.code, one) for one in kept), *(o for c, o in new.items() if c not in codes))

    return over(items, found.items), over(bundles, found.bundles)


def repriced(item: Item, price: Decimal) -> Item:
    """Prices of steps keep their distance to the list price, to four decimals."""
    if price == item.list_price or not item.list_price:
        return replace(item, list_price=price)
    tiers = tuple(
        replace(tier, unit=(tier.unit * price / item.list_price).quantize(_STEP_PRICE)) for tier in item.tiers
    )
    return replace(item, list_price=price, tiers=tiers)


def _refusal(line: int, row: Mapping[str, str], error: Invalid) -> Fault:
    return Fault(line, f"book_{error.code}", None, row["code"], details=dict(error.values))


def _field_faults(line: int, row: Mapping[str, str]) -> list[Fault]:
    """One fault for every cell that cannot be read."""
    faults = []
    for name, reads in _CELLS.items():
        try:
            reads(row[name])
        except (Invalid, ValueError):
            faults.append(Fault(line, f"book_{_WHY.get(name, 'number')}", name, row[name]))
    return faults


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split("|")) if text.strip() else ()


def _truth(text: str) -> bool:
    return {"true": True, "false": False}[text.casefold()]


def _optional(text: str) -> Decimal | None:
    return parse_decimal(text) if text else None


def _steps(text: str) -> tuple[Tier, ...]:
    made = []
    for step in _parts(text):
        first, price = step
        unit, _, flat = price.partition("+")
        made.append(Tier(Decimal(int(first)), parse_decimal(unit), parse_decimal(flat or "0")))
    return tuple(made)


def _parts(text: str) -> list[tuple[str, str]]:
    """The pairs of "a: 1; b: 2". Raises ValueError for anything else."""
    pairs = [part.split(":", 1) for part in text.split(";") if part.strip()]
    if any(len(pair) != 2 or not pair[0].strip() or not pair[1].strip() for pair in pairs):
        raise ValueError(text)
    return [(name.strip(), value.strip()) for name, value in pairs]


def _quota(text: str) -> dict[str, Any] | None:
    return {name: int(much) if much.isdecimal() else much for name, much in _parts(text)} or None


def _bundle_parts(text: str) -> tuple[tuple[str, Decimal], ...]:
    return tuple((code, parse_decimal(quantity)) for code, quantity in _parts(text))


def _name(text: str) -> str:
    if not text or len(text) > NAME_MAX:
        raise ValueError(text)
    return text


def _group(text: str) -> str:
    if text and text not in GROUPS:
        raise ValueError(text)
    return text


def _flag_or_blank(text: str) -> bool | None:
    if text and text.casefold() not in ("true", "false"):
        raise ValueError(text)
    return _truth(text) if text else None


_CELLS: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(_NUMBERS, _optional), "name_en": _name, "name_zh": _name, "group": _group,
    "recurring": _flag_or_blank, "value_added": _flag_or_blank, "tiers": _steps, "quota": _quota,
    "parts": _bundle_parts,
}  # fmt: skip
_WHY = {"name_en": "name", "name_zh": "name", "group": "group", "recurring": "flag", "value_added": "flag",
        "tiers": "steps", "quota": "pairs", "parts": "pairs"}  # fmt: skip


def _item(row: Mapping[str, str]) -> Item:
    named = Names(_words(row["named_items"]), _words(row["named_groups"]))
    english, chinese = _words(row["inclusions_en"]), _words(row["inclusions_zh"])
    if len(english) != len(chinese):
        raise Invalid("inclusions_uneven", english=len(english), chinese=len(chinese))
    return Item(
        row["code"], row["group"], row["name_en"], row["name_zh"], row["unit"],
        _truth(row["recurring"] or "false"), parse_decimal(row["list_price"] or "0"),
        parse_decimal(row["unit_cost"] or "0"), _steps(row["tiers"]), row["kind"], row["tier_mode"] or None,
        _optional(row["package_size"]), parse_decimal(row["free_units"] or "0"), row["method"] or None,
        _optional(row["markup"]), named if named != Names() else None, row["tax_category"] or "standard",
        _words(row["regions"]) or None, _truth(row["value_added"] or "false"), row["plan_tier"] or None,
        row["partner"] or None, parse_decimal(row["partner_share"] or "0"), row["delivery"] or None,
        _quota(row["quota"]),
        tuple({"en": en, "zh-CN": zh} for en, zh in zip(english, chinese, strict=True)),
    )  # fmt: skip


def _bundle(row: Mapping[str, str]) -> Bundle:
    return Bundle(row["code"], row["name_en"], row["name_zh"], _bundle_parts(row["parts"]),
                  _optional(row["saving"]), _optional(row["list_price"]))  # fmt: skip
