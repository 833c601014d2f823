"""The builder's fields and line table as plain values, and what somebody typed into them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from typing import Any

import pandas as pd

from lib import format as fmt
from lib.money import from_minor, to_minor
from lib.pricing.choices import Choices
from lib.pricing.proration import PERIOD_MONTHS
from lib.pricing.waterfall import Priced, PricedLine
from lib.quotes.clauses import CLAUSES, clause_of
from lib.quotes.evaluation import Basis
from lib.quotes.forms import LineMore, QuoteMore
from lib.quotes.rules import LANGUAGES, NEEDS, RANKS, LineForm, QuoteForm, ranked
from lib.words import say

BUNDLE, WINDOW = "bundle:", "window:"  # before the code of a bundle, or of a window with a gift, to add
_PAYMENT = ("billing", "credit_limit_minor")  # of the payment terms, those the page has a field for
SIZE_BANDS = ("small", "medium", "large", "enterprise")
_FORM = ("title", "language", "starts_on", "term_months", "prepaid", "discount", "justification",
         "valid_until", "discovery", "contact_id")  # fmt: skip


def stored_values(form: QuoteForm) -> dict[str, Any]:
    """Everything a form holds beside its lines, as commands take it."""
    more = {f.name: getattr(form.more, f.name) for f in fields(QuoteMore)}
    return {name: getattr(form, name) for name in _FORM} | more


def stored_line(line: LineForm) -> dict[str, Any]:
    """Everything a line holds, as commands take it."""
    more = {f.name: getattr(line.more, f.name) for f in fields(LineMore)}
    return {"item_code": line.item_code, "quantity": line.quantity, "discount": line.discount} | more


def line_table(
    saved: Sequence[LineForm], current: Sequence[Mapping[str, Any]], priced: Priced | None, basis: Basis,
    language: str, used: Mapping[str, str] | None = None,
) -> pd.DataFrame:  # fmt: skip
    """The line editor's rows: item_code, quantity, discount (%) as saved; unit, list, note and net as they
    are now. `used`: how much an item is used today, in words."""
    nets = iter(priced.lines if priced else ())
    rows = []
    for line, now in zip(saved, current, strict=True):
        item = basis.items.get(now["item_code"])
        shown = next(nets, None) if item and now["quantity"] else None
        rows.append((
            line.item_code, float(line.quantity), float(line.discount * 100),
            say(language, "pricing-unit-" + item.unit.replace("_", "-")) if item else None,
            price_text(item.list_price, item.unit, language) if item else None,
            _noted(shown, basis, language, (used or {}).get(now["item_code"], "")),
            fmt.amount(shown.net_minor, basis.currency, language) if shown else None,
        ))  # fmt: skip
    names = ["item_code", "quantity", "discount", "unit", "list", "note", "net"]
    return pd.DataFrame(rows, columns=names)


def _noted(line: PricedLine | None, basis: Basis, language: str, used: str) -> str:
    note = note_text(line, basis, language) if line else ""
    return " · ".join(part for part in (note, used) if part)


def note_text(line: PricedLine, basis: Basis, language: str) -> str:
    """What is special about a line, in a few words."""
    asked, found = line.request, []
    if asked.free:
        value = fmt.amount(line.gift_minor, basis.currency, language)
        found.append(say(language, "builder-note-gift", value=value))
    if asked.bundle in basis.bundles:
        found.append(basis.bundles[asked.bundle].name(language))
    if asked.contracted is not None:
        found.append(say(language, "builder-note-contracted"))
    if asked.contracted is None and asked.locked is not None:
        price = price_text(asked.locked.list_price, asked.item.unit, language)
        found.append(say(language, "builder-note-locked", price=price))
    if asked.price is not None:
        price = price_text(asked.price, asked.item.unit, language)
        found.append(say(language, "builder-note-price", price=price))
    if asked.premium:
        found.append(say(language, "builder-note-premium", share=fmt.percent(asked.premium, language, 0)))
    if asked.offer is not None and asked.offer.rate and not asked.free:
        found.append(say(language, "builder-note-offer", share=fmt.percent(asked.offer.rate, language, 0)))
    if asked.offer is not None and asked.offer.free_months and not asked.free:
        found.append(say(language, "builder-note-months", count=asked.offer.free_months))
    if asked.ramp:
        found.append(say(language, "builder-note-ramp", years=len(asked.ramp)))
    if asked.item.partner:
        found.append(say(language, "builder-note-partner", name=asked.item.partner))
    return " · ".join(found)


def price_text(price: Decimal, unit: str, language: str) -> str:
    if unit == "share":
        return fmt.percent(price, language)
    return fmt.number(price, language, max(2, -price.normalize().as_tuple().exponent))


def edited_lines(saved: Sequence[LineForm], edits: Mapping[int, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The saved lines with a table editor's changes on top; only the three columns that can be set count.

    A line that became another product starts afresh. Commands check every value again; rows and columns that
    do not exist are ignored here.
    """
    rows = []
    for position, line in enumerate(saved):
        change, row = edits.get(position, {}), stored_line(line)
        if change.get("item_code", line.item_code) != line.item_code:
            row = stored_line(LineForm(change["item_code"], line.quantity, line.discount))
        row["quantity"] = change.get("quantity", line.quantity)
        if "discount" in change:
            row["discount"] = share_of_percent(change["discount"])
        rows.append(row)
    return rows


def kept_lines(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Without the lines somebody emptied or set to zero: that is how a line is taken out."""
    return [row for row in rows if row["item_code"] and row["quantity"]]


def names_to_add(basis: Basis, language: str) -> dict[str, str]:
    """What can be put on this quote, by code: items sold where the customer is, bundles, gifts of windows."""
    country = basis.customer.country
    items = {code: item.name(language) for code, item in basis.items.items() if item.sold_in(country)}
    bundles = {BUNDLE + code: say(language, "builder-add-bundle", name=bundle.name(language))
               for code, bundle in basis.bundles.items()}  # fmt: skip
    gifts = {WINDOW + code: say(language, "builder-add-window", name=offer.name(language),
                                item=basis.items[offer.gift].name(language))
             for code, offer in basis.offers.items() if offer.gift}  # fmt: skip
    return items | bundles | gifts


def new_lines(code: str, quantity: Any, basis: Basis, *, gift: bool = False) -> list[dict[str, Any]]:
    """The lines to add for a choice of `names_to_add`: one, or one for each part of a bundle."""
    if offer := basis.offers.get(code.removeprefix(WINDOW)) if code.startswith(WINDOW) else None:
        return [{"item_code": offer.gift, "quantity": quantity, "discount": 0, "gift": True,
                 "offer_code": offer.code}]  # fmt: skip
    bundle = basis.bundles.get(code.removeprefix(BUNDLE)) if code.startswith(BUNDLE) else None
    if bundle is None:
        return [{"item_code": code, "quantity": quantity, "discount": 0, "gift": gift}]
    return [
        {"item_code": part, "quantity": count * quantity, "discount": 0, "bundle_code": bundle.code}
        for part, count in bundle.parts
    ]


def share_of_percent(percent: Any) -> Any:
    """12.5 typed as a percentage -> 0.125, exactly; anything else goes on as it is, to be refused."""
    if isinstance(percent, int | float) and not isinstance(percent, bool):
        return Decimal(str(percent)) / 100
    return percent or 0


def lines_note(priced: Priced, language: str) -> str:
    amount = fmt.amount(priced.list_minor, priced.currency, language)
    return say(
        language, "quotes-lines-note", count=len(priced.lines), amount=amount, currency=priced.currency
    )


def line_columns(currency: str, language: str) -> list[dict[str, Any]]:
    """The columns of the line editor as plain values."""

    def word(name: str) -> str:
        values = {"currency": currency} if name in ("list", "net") else {}
        return say(language, f"quotes-line-{name}", **values)

    return [
        {"name": "item_code", "kind": "choice", "label": word("product"), "width": 168},
        {"name": "quantity", "kind": "number", "label": word("quantity"), "width": 70, "largest": 1e9},
        {"name": "unit", "kind": "shown", "label": word("unit"), "width": 84, "right": False},
        {"name": "list", "kind": "shown", "label": word("list"), "width": 76},
        {"name": "discount", "kind": "number", "label": word("discount"), "width": 80, "largest": 100.0},
        {"name": "note", "kind": "shown", "label": word("note"), "width": 96, "right": False},
        {"name": "net", "kind": "shown", "label": word("net"), "width": 92},
    ]


def form_fields(
    form: QuoteForm, basis: Basis, contacts: Mapping[int | None, str], language: str
) -> dict[str, list[dict[str, Any]]]:
    """The fields of the builder as plain values, by group and in the order they are shown. `contacts`: whom
    the paper can be addressed to; None stands for the sponsor."""
    groups = {
        "terms": _terms(form, basis, contacts, language),
        "payment": _payment(form, basis, language),
        "clauses": _clause_fields(form, language),
        "needs": [
            *({"name": need, "kind": "text", "value": form.discovery.get(need, "")} for need in NEEDS),
            *(_rank(form, rank, basis, language) for rank in RANKS),
            {"name": "industry", "kind": "text", "value": form.more.industry or ""},
            {"name": "size_band", "kind": "choice", "value": form.more.size_band,
             "options": _with(None, SIZE_BANDS, form.more.size_band),
             "name_of": lambda band: _or_none(band, "builder-size-", language)},
        ],
        "why": [{"name": "justification", "kind": "area", "value": form.justification or "",
                 "hint": say(language, "quotes-justification-hint")}],
    }  # fmt: skip
    return {
        group: [f | {"label": say(language, f"quotes-field-{f['name'].replace('_', '-')}")} for f in shown]
        for group, shown in groups.items()
    }


def _rank(form: QuoteForm, rank: str, basis: Basis, language: str) -> dict[str, Any]:
    """The functions of the book to rank: what can be left out or added by itself."""
    modules = [code for code, item in basis.items.items() if item.kind == "module"]
    return {"name": rank, "kind": "several", "options": modules,
            "value": [code for code in ranked(form.discovery, rank) if code in modules],
            "name_of": lambda code: basis.items[code].name(language)}  # fmt: skip


def _with(*parts: Any) -> list[Any]:
    """Options in order without repeats: the empty one, the usual ones, and what is held."""
    first, usual, held = parts
    return list(dict.fromkeys([first, *usual, held]))


def _or_none(code: str | None, prefix: str, language: str) -> str:
    return say(language, "builder-none") if code is None else say(language, prefix + code)


def _terms(
    form: QuoteForm, basis: Basis, contacts: Mapping[int | None, str], language: str
) -> list[dict[str, Any]]:
    addressed = form.contact_id if form.contact_id in contacts else None
    return [
        {"name": "title", "kind": "text", "value": form.title},
        {"name": "starts_on", "kind": "day", "value": form.starts_on},
        {"name": "term_months", "kind": "choice", "value": form.term_months,
         "options": list(basis.terms.months),
         "name_of": lambda n: say(language, "quotes-months", months=n)},
        {"name": "valid_until", "kind": "day", "value": form.valid_until},
        {"name": "discount", "kind": "percent", "value": float(form.discount * 100)},
        {"name": "contact_id", "kind": "choice", "value": addressed, "options": list(contacts),
         "name_of": lambda who: contacts[who]},
        {"name": "language", "kind": "choice", "value": form.language, "options": list(LANGUAGES),
         "name_of": lambda code: say(language, f"quotes-language-{code.lower()}")},
        {"name": "prepaid", "kind": "flag", "value": form.prepaid,
         "hint": say(language, "quotes-prepaid-help")},
    ]  # fmt: skip


def _payment(form: QuoteForm, basis: Basis, language: str) -> list[dict[str, Any]]:
    more, choices = form.more, form.more.choices
    services = [code for code, item in basis.items.items() if item.kind in ("service", "gift")]
    preset = {"paid": basis.terms.preset[0], "of": basis.terms.preset[1]}
    return [
        {"name": "billing", "kind": "choice", "value": (more.payment_terms or {}).get("billing"),
         "options": [None, *PERIOD_MONTHS],
         "name_of": lambda code: _or_none(code, "builder-billing-", language)},
        {"name": "net_days", "kind": "count", "value": more.net_days or 0, "largest": 365},
        {"name": "prepay_rate", "kind": "percent", "value": _prepay_percent(choices, basis)},
        {"name": "prepay_service", "kind": "choice", "value": choices.prepay_service,
         "options": _with(None, services, choices.prepay_service),
         "name_of": lambda code: basis.items[code].name(language) if code in basis.items
         else code or say(language, "builder-none")},
        {"name": "all_in", "kind": "percent", "value": float((choices.all_in or 0) * 100)},
        {"name": "coupon", "kind": "amount", "value": _amount(choices.coupon_minor, basis)},
        {"name": "cashback", "kind": "amount", "value": _amount(choices.cashback_minor, basis)},
        {"name": "credit_limit", "kind": "amount",
         "value": _amount((more.payment_terms or {}).get("credit_limit_minor", 0), basis)},
        {"name": "annual_preset", "kind": "flag", "value": choices.annual_preset,
         "hint": say(language, "builder-preset-help", **preset)},
    ]  # fmt: skip


def _amount(minor: int, basis: Basis) -> float:
    return float(from_minor(minor, basis.currency))


def _prepay_percent(choices: Choices, basis: Basis) -> float:
    rate = basis.terms.prepay if choices.prepay_rate is None else choices.prepay_rate
    return float(rate * 100)


def _clause_fields(form: QuoteForm, language: str) -> list[dict[str, Any]]:
    chosen = {clause.get("code") for clause in form.more.clauses or ()}
    flags = [
        {"name": f"clause_{code}", "kind": "flag", "value": code in chosen,
         "hint": say(language, f"builder-clause-{code}-text")}
        for code in CLAUSES
    ]  # fmt: skip
    return [*flags, {"name": "price_lock_until", "kind": "day", "value": form.more.price_lock_until}]


def form_values(form: QuoteForm, held: Mapping[str, Any], basis: Basis) -> dict[str, Any]:
    """What the fields hold, in the shape commands take; an untouched share keeps all its digits."""
    values = stored_values(form) | {name: held[name] for name in _FORM if name in held}
    values["discount"] = _share(form.discount, held["discount"])
    values["discovery"] = {need: held[need] for need in NEEDS} | {r: ",".join(held[r]) for r in RANKS}
    for name in ("industry", "size_band", "price_lock_until"):
        values[name] = held[name] or None
    values["net_days"] = held["net_days"] or None
    values["choices"] = _choices(form.more.choices, held, basis)
    rest = {k: v for k, v in (form.more.payment_terms or {}).items() if k not in _PAYMENT}
    credit = to_minor(Decimal(str(held["credit_limit"] or 0)), basis.currency)
    typed = {"billing": held["billing"], "credit_limit_minor": credit}
    values["payment_terms"] = rest | {name: value for name, value in typed.items() if value} or None
    values["clauses"] = _clauses(form.more.clauses or (), held)
    return values


def _share(stored: Decimal, typed: Any) -> Any:
    return stored if typed == float(stored * 100) else share_of_percent(typed)


def _choices(stored: Choices, held: Mapping[str, Any], basis: Basis) -> Any:
    """The typed choices as a mapping, checked by whoever reads it."""
    row = {f.name: getattr(stored, f.name) for f in fields(Choices)}
    if held["prepay_rate"] != _prepay_percent(stored, basis):
        row["prepay_rate"] = share_of_percent(held["prepay_rate"])
    if held["prepay_service"]:  # the one or the other
        row["prepay_rate"] = None
    row["all_in"] = (_share(stored.all_in or Decimal(0), held["all_in"])) or None
    for name in ("coupon", "cashback"):
        row[f"{name}_minor"] = to_minor(Decimal(str(held[name] or 0)), basis.currency)
    return row | {"prepay_service": held["prepay_service"], "annual_preset": held["annual_preset"]}


def _clauses(stored: Sequence[Mapping[str, Any]], held: Mapping[str, Any]) -> list[Mapping[str, Any]] | None:
    """The clauses ticked, in words of both languages, after those that were put there otherwise."""
    kept = {clause.get("code"): clause for clause in stored}
    others = [clause for clause in stored if clause.get("code") not in CLAUSES]
    ticked = [kept.get(code) or clause_of(code) for code in CLAUSES if held[f"clause_{code}"]]
    return [*others, *ticked] or None


def with_line(rows: Sequence[Mapping[str, Any]], position: int, **more: Any) -> list[Mapping[str, Any]]:
    """The rows with further choices on one of them."""
    return [dict(row) | more if n == position else row for n, row in enumerate(rows)]


def plain_lines(lines: pd.DataFrame, names: Mapping[str, str], language: str) -> pd.DataFrame:
    """The lines as text under words, for a table that only shows."""
    rows = [
        (names.get(r.item_code, r.item_code), fmt.number(r.quantity, language),
         fmt.percent(r.discount, language) if r.discount else fmt.MISSING,
         fmt.amount(r.net_minor, r.currency, language))
        for r in lines.itertuples()
    ]  # fmt: skip
    currency = lines.currency.iloc[0] if len(lines) else ""
    heads = [say(language, f"quotes-{name}") for name in ("line-product", "line-quantity", "col-discount")]
    heads.append(say(language, "quotes-line-net", currency=currency))
    return pd.DataFrame(rows, columns=heads)
