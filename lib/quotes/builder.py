"""The builder's fields and line table as plain values, and what somebody typed into them. Pure."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from lib import format as fmt
from lib.pricing.waterfall import Priced
from lib.quotes.evaluation import Basis
from lib.quotes.rules import LANGUAGES, NEEDS, LineForm, QuoteForm
from lib.words import say


def line_table(
    saved: Sequence[LineForm], current: Sequence[Mapping[str, Any]], priced: Priced | None, basis: Basis,
    language: str,
) -> pd.DataFrame:  # fmt: skip
    """The line editor's rows: item_code, quantity, discount (%) as saved; unit, list, net as they are now."""
    nets = iter(priced.lines if priced else ())
    rows = []
    for line, now in zip(saved, current, strict=True):
        item = basis.items.get(now["item_code"])
        shown = next(nets, None) if item and now["quantity"] else None
        rows.append((
            line.item_code, float(line.quantity), float(line.discount * 100),
            say(language, "pricing-unit-" + item.unit.replace("_", "-")) if item else None,
            price_text(item.list_price, item.unit, language) if item else None,
            fmt.amount(shown.net_minor, basis.currency, language) if shown else None,
        ))  # fmt: skip
    return pd.DataFrame(rows, columns=["item_code", "quantity", "discount", "unit", "list", "net"])


def price_text(price: Decimal, unit: str, language: str) -> str:
    if unit == "share":
        return fmt.percent(price, language)
    return fmt.number(price, language, max(2, -price.normalize().as_tuple().exponent))


def edited_lines(saved: Sequence[LineForm], edits: Mapping[int, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The saved lines with a table editor's changes on top; only the three columns that can be set count.

    Commands check every value again; rows and columns that do not exist are ignored here.
    """
    rows = []
    for position, line in enumerate(saved):
        change = edits.get(position, {})
        percent = change.get("discount", float(line.discount * 100))
        rows.append({
            "item_code": change.get("item_code", line.item_code),
            "quantity": change.get("quantity", line.quantity),
            "discount": share_of_percent(percent) if "discount" in change else line.discount,
        })  # fmt: skip
    return rows


def kept_lines(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Without the lines somebody emptied or set to zero: that is how a line is taken out."""
    return [row for row in rows if row["item_code"] and row["quantity"]]


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
        {"name": "quantity", "kind": "number", "label": word("quantity"), "width": 74, "largest": 1e9},
        {"name": "unit", "kind": "shown", "label": word("unit"), "width": 92, "right": False},
        {"name": "list", "kind": "shown", "label": word("list"), "width": 80},
        {"name": "discount", "kind": "number", "label": word("discount"), "width": 86, "largest": 100.0},
        {"name": "net", "kind": "shown", "label": word("net"), "width": 98},
    ]


def form_fields(
    form: QuoteForm, basis: Basis, contacts: Mapping[int | None, str], language: str
) -> list[dict[str, Any]]:
    """The fields of the builder as plain values, in the order they are shown. `contacts`: whom the paper can
    be addressed to; None stands for the sponsor."""
    addressed = form.contact_id if form.contact_id in contacts else None
    months = list(basis.terms.months)
    spoken = list(LANGUAGES)
    fields = [
        {"name": "title", "kind": "text", "value": form.title},
        {"name": "starts_on", "kind": "day", "value": form.starts_on},
        {"name": "term_months", "kind": "choice", "value": form.term_months, "options": months,
         "name_of": lambda n: say(language, "quotes-months", months=n)},
        {"name": "valid_until", "kind": "day", "value": form.valid_until},
        {"name": "discount", "kind": "percent", "value": float(form.discount * 100)},
        {"name": "contact_id", "kind": "choice", "value": addressed, "options": list(contacts),
         "name_of": lambda who: contacts[who]},
        {"name": "language", "kind": "choice", "value": form.language, "options": spoken,
         "name_of": lambda code: say(language, f"quotes-language-{code.lower()}")},
        {"name": "prepaid", "kind": "flag", "value": form.prepaid,
         "hint": say(language, "quotes-prepaid-help")},
        *({"name": need, "kind": "text", "value": form.discovery.get(need, "")} for need in NEEDS),
        {"name": "justification", "kind": "area", "value": form.justification or "",
         "hint": say(language, "quotes-justification-hint")},
    ]  # fmt: skip
    return [
        field | {"label": say(language, f"quotes-field-{field['name'].replace('_', '-')}")}
        for field in fields
    ]


def form_values(form: QuoteForm, held: Mapping[str, Any]) -> dict[str, Any]:
    """What the fields hold, in the shape commands take; an untouched discount keeps all its digits."""
    values = dict(held)
    untouched = values["discount"] == float(form.discount * 100)
    values["discount"] = form.discount if untouched else share_of_percent(values["discount"])
    return values | {"discovery": {need: values.pop(need) for need in NEEDS}}


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
