"""Whether a quote fits its customer: the level by monthly sales, who looks after it, what it can afford,
where its plan leads next, and what it does to the customer's lifetime value. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from lib import format as fmt
from lib.money import from_minor, parse_decimal, to_minor
from lib.pricing.price_book import PLAN_TIERS, Item
from lib.pricing.waterfall import Priced
from lib.quotes.builder import price_text
from lib.quotes.evaluation import Basis
from lib.segments.rules import tier_by_sales
from lib.words import say

ENTERPRISE = "enterprise"
TOOLS = "tools"  # the book whose enterprise price is a start price (S2-14)
ADDED = ("module", "seat", "usage")


@dataclass(frozen=True)
class Standing:
    """What is known of the customer. sales_minor: what it sells a month, arr_minor: its ARR, both in
    `currency`. owner: somebody looks after it by name. times: its lifetime value as a multiple of its ARR."""

    sales_minor: int | None = None
    currency: str = "USD"
    owner: bool = True
    times: Decimal | None = None
    arr_minor: int = 0


@dataclass(frozen=True)
class Limits:
    """The numbers of the policy document "plans"; sales in USD a month."""

    basic_below: Decimal
    enterprise_above: Decimal
    share_from: Decimal
    share_to: Decimal


def read_limits(plans: Mapping[str, Any]) -> Limits:
    fit, share = plans["fit"], plans["affordability"]
    return Limits(
        *(parse_decimal(fit[name]) for name in ("basic_below", "enterprise_above")),
        parse_decimal(share["from"]), parse_decimal(share["to"]),
    )  # fmt: skip


@dataclass(frozen=True)
class Unfit:
    """A rule that was not kept: its name, and what fills its sentence."""

    rule: str
    code: str
    values: Mapping[str, Any]


def warnings(priced: Priced, basis: Basis, at: Standing, limits: Limits) -> list[Unfit]:
    """Everything about the customer that does not go with the plan on the quote."""
    found = _start_prices(priced, basis)
    tiers = {line.request.item.plan_tier for line in priced.lines} - {None}
    if ENTERPRISE in tiers and not at.owner:
        found.append(Unfit("ENT-OWNER", "owner", {}))
    known = at.sales_minor is not None and at.currency == "USD"
    edges = limits.basic_below, limits.enterprise_above
    fitting = tier_by_sales(from_minor(at.sales_minor or 0, "USD"), *edges) if known else None
    if fitting is not None and tiers and fitting not in tiers:
        found.append(Unfit(f"FIT-{fitting.upper()}", "tier", {"tier": fitting, "minor": at.sales_minor}))
    return [*found, *_affordable(priced, at, limits)]


def _start_prices(priced: Priced, basis: Basis) -> list[Unfit]:
    """The enterprise level is sold by quote alone, and from its start price on (S2-12, S2-14)."""
    if basis.book_code != TOOLS:
        return []
    found = []
    for line in priced.lines:
        item = line.request.item
        if item.plan_tier != ENTERPRISE or line.request.free or not line.request.quantity:
            continue
        net = from_minor(line.net_minor, priced.currency)
        months = Decimal(priced.period.numerator) / priced.period.denominator * line.request.quantity
        if net < item.list_price * months:
            values = {"minor": to_minor(net / months, priced.currency), "item": item,
                      "start": to_minor(item.list_price, priced.currency)}  # fmt: skip
            found.append(Unfit(f"ENT-{item.list_price.normalize():f}", "start", values))
    return found


def _affordable(priced: Priced, at: Standing, limits: Limits) -> list[Unfit]:
    """The monthly fee as a share of the customer's monthly sales (S2-10); a hint and no rule (trap T7)."""
    if not at.sales_minor or at.currency != priced.currency or not priced.arr_minor:
        return []
    share = Decimal(priced.arr_minor) / 12 / at.sales_minor
    if limits.share_from <= share <= limits.share_to:
        return []
    code = "dear" if share > limits.share_to else "cheap"
    name = f"AFFORD-{(limits.share_to if code == 'dear' else limits.share_from) * 100:f}".rstrip("0")
    return [Unfit(name.rstrip("."), code, {"share": share})]


def warning_texts(found: Sequence[Unfit], currency: str, language: str) -> list[tuple[str, str]]:
    """Rule and sentence of each."""
    return [(one.rule, say(language, f"fit-{one.code}", **_worded(one, currency, language))) for one in found]


def _worded(one: Unfit, currency: str, language: str) -> dict[str, str]:
    values = dict(one.values)
    if "share" in values:
        values["share"] = fmt.percent(values["share"], language, 2)
    if "tier" in values:
        values["tier"] = say(language, f"fit-tier-{values['tier']}")
        currency = "USD"
    for name in ("minor", "start"):
        if name in values:
            values[name] = fmt.money(values[name], currency, language)
    if "item" in values:
        values["item"] = values["item"].name(language)
    return values


def lifetime_rows(priced: Priced, at: Standing, language: str) -> list[tuple[str, str]]:
    """Label and value: what the customer is worth over its lifetime today, with this quote, and the
    difference (S1-11). Nothing where no lifetime was ever judged, or in another currency."""
    if at.times is None or at.currency != priced.currency:
        return []
    before, after = (round(arr * at.times) for arr in (at.arr_minor, priced.arr_minor))
    sign = "+" if after > before else ""
    shown = [("today", before, ""), ("quoted", after, ""), ("effect", after - before, sign)]
    times = fmt.number(at.times, language, 2)
    return [
        (say(language, f"fit-lifetime-{name}", times=times),
         prefix + fmt.money(minor, priced.currency, language, whole=True))
        for name, minor, prefix in shown
    ]  # fmt: skip


def paths(priced: Priced, basis: Basis) -> list[tuple[str, Item, Decimal | None]]:
    """Where the plan of a quote leads: the next plans upwards with what they cost more at list price (up),
    and what can be added within it (add), without what is on the quote already. Empty without a plan."""
    plans = [line.request.item for line in priced.lines if line.request.item.kind == "plan"]
    if not plans:
        return []
    own = max(plans, key=lambda item: item.list_price)
    country = basis.customer.country
    there = {line.request.item.code for line in priced.lines}
    sold = [item for item in basis.items.values() if item.code not in there and item.sold_in(country)]
    above = sorted((i for i in sold if i.kind == "plan" and _higher(i, own)), key=lambda i: i.list_price)
    up = [("up", item, item.list_price - own.list_price) for item in above]
    return up + [("add", item, None) for item in sold if item.kind in ADDED]


def _higher(item: Item, own: Item) -> bool:
    if item.plan_tier and own.plan_tier and item.plan_tier != own.plan_tier:
        return PLAN_TIERS.index(item.plan_tier) > PLAN_TIERS.index(own.plan_tier)
    return item.list_price > own.list_price


def beside_text(priced: Priced, basis: Basis, language: str) -> str:
    """What sister accounts hold of the items on the quote, whose volume counts with theirs; else nothing."""
    items = {line.request.item.code: line.request.item for line in priced.lines}
    held = [
        say(language, "fit-beside-item", item=items[code].name(language),
            quantity=fmt.number(quantity, language))
        for code, quantity in basis.beside.items() if code in items and items[code].tiers
    ]  # fmt: skip
    items_told = say(language, "rebook-comma").join(held)
    return say(language, "fit-beside", items=items_told) if held else ""


def path_frame(priced: Priced, basis: Basis, language: str) -> pd.DataFrame:
    """way, item, price, more as text."""
    rows = [
        (say(language, f"fit-path-{way}"), item.name(language),
         price_text(item.list_price, item.unit, language),
         fmt.MISSING if more is None
         else "+" + fmt.amount(to_minor(more, basis.currency), basis.currency, language))
        for way, item, more in paths(priced, basis)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["way", "item", "price", "more"])
