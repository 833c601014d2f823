"""Price books in words, for their page and the page of an account."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from lib import format as fmt
from lib.pricing.books import Contents, Effect
from lib.pricing.comparing import Change, bundle_saving, margin_of
from lib.pricing.exchange import GROUPS
from lib.pricing.price_book import Item
from lib.pricing.quotas import quota_name
from lib.pricing.tiers import Tier
from lib.words import has, say

TICK = "✓"
_WORDED = ("unit", "group", "kind", "tier_mode", "method", "plan_tier", "delivery")


def book_key(row: Any) -> str:
    return f"{row.code}/{row.currency}"


def book_names(versions: pd.DataFrame, language: str) -> dict[str, str]:
    """Each book by code and currency, in the order of the list."""
    return {book_key(row): f"{_name(row, language)} · {row.currency}" for row in versions.itertuples()}


def version_name(row: Any, today: date, language: str) -> str:
    """Version 2, from 1 January: holds, lies ahead, or is past."""
    code = "ahead" if row.valid_from > today else "of"
    return say(
        language, f"pricebooks-version-{code}", number=int(row.number), day=fmt.day(row.valid_from, language)
    )


def newest_valid(rows: pd.DataFrame, today: date) -> int:
    """The number of the version that holds today."""
    return int(rows[rows.valid_from <= today].number.max())


def price(value: Decimal, currency: str, language: str) -> str:
    """A price a unit with all its decimals, two at least where the currency has them."""
    digits = max(-value.normalize().as_tuple().exponent, 0 if currency == "JPY" else 2)
    return fmt.number(value, language, digits)


def item_price(item: Item, currency: str, language: str) -> str:
    if item.rule.share:
        return fmt.percent(item.list_price, language, 0)
    return price(item.list_price, currency, language)


def steps(tiers: Iterable[Tier], currency: str, language: str) -> str:
    """from 50: 10.80 · from 200: 9.60"""
    return " · ".join(
        say(language, "pricebooks-step", first=fmt.number(tier.first, language),
            price=price(tier.unit, currency, language))
        for tier in tiers
    )  # fmt: skip


def quota(item: Item, language: str) -> str:
    return " · ".join(
        fmt.labelled(quota_name(name, language), _much(much, language), language)
        for name, much in (item.quota or {}).items()
    )


def _much(much: Any, language: str) -> str:
    if isinstance(much, int):
        return fmt.number(much, language)
    return say(language, "pricebooks-unlimited") if much == "unlimited" else str(much)


def items_frame(found: Contents, language: str) -> pd.DataFrame:
    """group, name, kind, unit, price, steps, holds, and cost and margin for those who may see them."""
    order = {group: place for place, group in enumerate(GROUPS)}
    rows = [_item_row(item, found, language) for item in
            sorted(found.items, key=lambda item: order.get(item.group, len(order)))]  # fmt: skip
    items = found.by_code
    for bundle in found.bundles:
        saving = bundle_saving(bundle, items)
        rows.append({
            "code": bundle.code, "group": say(language, "pricebooks-kind-bundle"),
            "name": bundle.name(language), "kind": say(language, "pricebooks-kind-bundle"),
            "unit": say(language, "pricing-unit-month"),
            "price": price(bundle.fixed_price, found.currency, language)
            if bundle.fixed_price is not None else "–",
            "steps": "" if saving is None
            else say(language, "pricebooks-saves", share=fmt.percent(saving, language, 0)),
            "holds": " · ".join(items[code].name(language) for code, _ in bundle.parts),
            "cost": "–", "margin": "–",
        })  # fmt: skip
    columns = ["code", "group", "name", "kind", "unit", "price", "steps", "holds", "cost", "margin"]
    shown = pd.DataFrame(rows, columns=columns)
    return shown if found.costs else shown.drop(columns=["cost", "margin"])


def _item_row(item: Item, found: Contents, language: str) -> dict[str, str]:
    left = margin_of(item)
    cost = item_price_of_cost(item, found.currency, language)
    return {
        "code": item.code, "group": say(language, f"pricing-group-{item.group}"),
        "name": item.name(language), "kind": _kind(item, language),
        "unit": say(language, f"pricing-unit-{item.unit.replace('_', '-')}"),
        "price": item_price(item, found.currency, language),
        "steps": steps(item.tiers, found.currency, language), "holds": quota(item, language), "cost": cost,
        "margin": "–" if left is None else fmt.percent(left, language, 0),
    }  # fmt: skip


def item_price_of_cost(item: Item, currency: str, language: str) -> str:
    if item.rule.share:
        return fmt.percent(item.unit_cost, language, 0)
    return price(item.unit_cost, currency, language)


def _kind(item: Item, language: str) -> str:
    """Plan, module, …; with its marks: value-added, from a partner."""
    marks = [say(language, f"pricebooks-kind-{item.kind}")]
    marks += [say(language, "pricebooks-value-added")] if item.value_added else []
    marks += [say(language, "pricebooks-partner-of", name=item.partner)] if item.partner else []
    return " · ".join(marks)


def item_facts(item: Item, found: Contents, language: str) -> list[tuple[str, str]]:
    """Everything one item says, label and value; blank values are left out."""
    more = " · ".join(one["zh-CN" if language == "zh-CN" else "en"] for one in item.inclusions)
    pairs = [
        ("code", item.code), ("group", say(language, f"pricing-group-{item.group}")),
        ("kind", _kind(item, language)), ("list_price", item_price(item, found.currency, language)),
        ("unit", say(language, f"pricing-unit-{item.unit.replace('_', '-')}")),
        ("tiers", steps(item.tiers, found.currency, language)), ("quota", quota(item, language)),
        ("inclusions", more),
        ("method", _worded("method", item.method, language)),
        ("plan_tier", _worded("level", item.plan_tier, language)),
        ("delivery", _worded("delivery", item.delivery, language)),
        ("regions", fmt.names(list(item.regions), language) if item.regions else ""),
    ]  # fmt: skip
    if found.costs:
        left = margin_of(item)
        pairs.append(("unit_cost", item_price_of_cost(item, found.currency, language)))
        pairs.append(("margin", "" if left is None else fmt.percent(left, language, 1)))
        if item.partner_share:
            pairs.append(("partner_share", fmt.percent(item.partner_share, language, 0)))
    return [(field_name(name, language), value) for name, value in pairs if value]


def _worded(what: str, code: str | None, language: str) -> str:
    return say(language, f"pricebooks-{what}-{code.replace('_', '-')}") if code else ""


def field_name(name: str, language: str) -> str:
    return say(language, f"pricebooks-field-{name.replace('_', '-')}")


def plans_frame(found: Contents, language: str) -> tuple[pd.DataFrame, dict[str, str]]:
    """The plans side by side: a row for the price, the level, each quota and each inclusion; the names of the
    columns by plan."""
    plans = [item for item in found.items if item.kind == "plan"]
    spoken = "zh-CN" if language == "zh-CN" else "en"
    quotas = list(dict.fromkeys(name for plan in plans for name in plan.quota or {}))
    holds = list(dict.fromkeys(one[spoken] for plan in plans for one in plan.inclusions))
    rows = [("list_price", [item_price(plan, found.currency, language) for plan in plans])]
    rows.append(("plan_tier", [
        say(language, f"pricebooks-level-{plan.plan_tier}") if plan.plan_tier else "–" for plan in plans
    ]))  # fmt: skip
    lines = [[field_name(name, language), *cells] for name, cells in rows]
    for name in quotas:
        cells = [(plan.quota or {}).get(name) for plan in plans]
        lines.append([quota_name(name, language),
                      *("–" if much is None else _much(much, language) for much in cells)])  # fmt: skip
    for text in holds:
        lines.append([text, *(TICK if text in {one[spoken] for one in plan.inclusions} else "–"
                              for plan in plans)])  # fmt: skip
    columns = {plan.code: plan.name(language) for plan in plans}
    return pd.DataFrame(lines, columns=["what", *columns]), columns


def change_frame(changes: Sequence[Change], language: str) -> pd.DataFrame:
    """item, what (came, went, or the value that changed), old, new, share; words instead of codes."""
    rows = [
        {"code": one.code, "item": one.name(language), "what": _what(one, language),
         "old": _cell(one.field, one.old, language), "new": _cell(one.field, one.new, language),
         "share": "" if one.share is None else fmt.signed_percent(one.share, language)}
        for one in changes
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["code", "item", "what", "old", "new", "share"])


def _what(one: Change, language: str) -> str:
    if one.what == "changed":
        return field_name(one.field, language)
    return say(language, f"pricebooks-{one.what}")


def _cell(field: str, text: str, language: str) -> str:
    if not text:
        return "–"
    if text in ("true", "false"):
        return say(language, f"policy-flag-{text}")
    key = {"unit": "pricing-unit", "group": "pricing-group", "plan_tier": "pricebooks-level"}.get(
        field, f"pricebooks-{field.replace('_', '-')}"
    )
    worded = f"{key}-{text.replace('_', '-')}"
    return say(language, worded) if field in _WORDED and has(language, worded) else text


def version_line(row: Any, language: str) -> str:
    """When it was published, by whom, from which day."""
    by = row.by if isinstance(row.by, str) else say(language, "pricebooks-shipped")
    return say(
        language, "pricebooks-version-line", number=int(row.number),
        day=fmt.day(row.valid_from, language), by=by,
    )  # fmt: skip


def effect_line(touched: Effect, language: str) -> str:
    return say(language, "pricebooks-effect", quotes=touched.quotes, prices=touched.contracted,
               locked=touched.locked)  # fmt: skip


def locked_frame(found: pd.DataFrame, language: str) -> pd.DataFrame:
    """account, quote, number of the version whose prices hold, until; in words."""
    rows = [
        {"account": row.account, "quote": row.quote or fmt.MISSING, "until": fmt.day(row.until, language),
         "number": say(language, "pricebooks-locked-version", number=int(row.number))}
        for row in found.itertuples()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["account", "quote", "number", "until"])


def _name(row: Any, language: str) -> str:
    found = row.name_zh if language == "zh-CN" else row.name_en
    return found if isinstance(found, str) else ""


def agreed_frame(found: pd.DataFrame, today: date, language: str) -> pd.DataFrame:
    """account, item, price beside the list price, days, reference, reason and who agreed; in words."""
    rows = [
        {"account": row.account, "item": _name(row, language) or row.item_code,
         "price": f"{price(row.price, row.currency, language)} {row.currency}",
         "list": "–" if _missing(row.list_price) else price(row.list_price, row.currency, language),
         "from": fmt.day(row.valid_from, language), "until": _until(row.valid_until, today, language),
         "reference": row.reference or "–", "reason": row.reason, "by": row.by}
        for row in found.itertuples()
    ]  # fmt: skip
    columns = ["account", "item", "price", "list", "from", "until", "reference", "reason", "by"]
    return pd.DataFrame(rows, columns=columns)


def _missing(value: Any) -> bool:
    return value is None or value != value


def _until(last: Any, today: date, language: str) -> str:
    if not isinstance(last, date):
        return say(language, "pricebooks-agreed-open")
    ended = say(language, "pricebooks-agreed-over", day=fmt.day(last, language))
    return ended if last < today else fmt.day(last, language)
