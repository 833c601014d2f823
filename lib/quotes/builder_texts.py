"""What the builder says beside its fields: amounts around the total, billing, what others changed. Pure."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pandas as pd

from lib import format as fmt
from lib.money import from_minor, to_minor
from lib.pricing.schedule import schedule
from lib.pricing.tax import ADDED, Tax
from lib.pricing.waterfall import Priced
from lib.quotes.evaluation import Basis
from lib.quotes.rules import LineForm, QuoteForm
from lib.quotes.snapshot import billing_months
from lib.words import say

_COMPARED = ("title", "starts_on", "term_months", "valid_until", "discount", "language", "prepaid",
             "justification", "contact_id", "discovery", "more")  # fmt: skip


def yearly_minor(priced: Priced) -> int:
    """What the whole quote comes to a year of its term."""
    net = from_minor(priced.net_minor, priced.currency)
    return to_minor(net * 12 * priced.period.denominator / priced.period.numerator, priced.currency)


def amount_rows(price: Any, language: str) -> list[tuple[str, str]]:
    """Label and amount of what follows the net price: a year of it, gifts, bundles, tax and gross, what comes
    back later."""
    priced, tax = price.priced, price.tax
    currency = priced.currency

    def money(minor: int) -> str:
        return fmt.money(minor, currency, language)

    rows = [("year", money(yearly_minor(priced)), {})]
    for view in priced.bundles:
        values = {"name": view.bundle.name(language), "apart": money(view.apart_minor),
                  "share": fmt.percent(view.share, language, 2)}  # fmt: skip
        rows.append(("bundle", money(view.together_minor), values))
    if priced.gift_minor:
        rows.append(("gifts", money(priced.gift_minor), {}))
    if price.rebate.minor:
        share = fmt.percent(price.rebate.rate, language)
        rows.append(("rebate", money(price.rebate.minor), {"years": price.rebate.years, "share": share}))
    if priced.cashback_minor:
        rows.append(("cashback", money(priced.cashback_minor), {}))
    for part in tax.parts:
        values = {"rate": fmt.percent(part.rate, language, 0), "base": money(part.base_minor)}
        rows.append(("tax", money(part.tax_minor), values))
    if tax.mode == ADDED:
        rows.append(("gross", money(priced.net_minor + tax.tax_minor), {}))
    return [(say(language, f"builder-total-{name}", **values), amount) for name, amount, values in rows]


def tax_note(tax: Tax, language: str) -> str:
    """Says so where prices exclude tax, and why where the country cannot be read; else nothing."""
    if tax.mode == ADDED:
        return ""
    if tax.unread is not None:
        return say(language, "builder-tax-unread", country=tax.unread)
    return say(language, "builder-tax-excluded")


def billing_frame(form: QuoteForm, price: Any) -> pd.DataFrame:
    """The billing plan: number, starts_on, ends_on, due_on, net_minor, tax_minor, amount_minor, currency."""
    names = ["number", "starts_on", "ends_on", "due_on", "net_minor", "tax_minor", "amount_minor", "currency"]
    if not price.priced.lines:
        return pd.DataFrame(columns=names)
    days = pd.Timedelta(days=form.more.net_days or 0)
    parts = schedule(price.priced, form.starts_on, billing_months(form), price.tax.tax_minor)
    rows = [
        (n, part.starts_on, part.ends_on, (part.starts_on + days), part.net_minor, part.tax_minor,
         part.amount_minor, price.priced.currency)
        for n, part in enumerate(parts, 1)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=names)


def differences(mine: QuoteForm, theirs: QuoteForm, basis: Basis, language: str) -> list[str]:
    """What somebody else changed meanwhile, one sentence each: fields by name, lines with their quantity."""
    found = [
        say(language, "builder-changed-field", field=_field_name(name, language),
            old=_shown(getattr(mine, name), language), new=_shown(getattr(theirs, name), language))
        for name in _COMPARED
        if getattr(mine, name) != getattr(theirs, name)
    ]  # fmt: skip
    before, after = Counter(mine.lines), Counter(theirs.lines)
    for kind, lines in (("removed", before - after), ("added", after - before)):
        found += [say(language, f"builder-changed-line-{kind}", **_line(line, basis, language))
                  for line in lines]  # fmt: skip
    return found


def _field_name(name: str, language: str) -> str:
    if name in ("more", "discovery"):
        return say(language, f"builder-group-{name}")
    return say(language, f"quotes-field-{name.replace('_', '-')}")


def _shown(value: Any, language: str) -> str:
    if hasattr(value, "isoformat"):
        return fmt.day(value, language)
    if isinstance(value, bool):
        return say(language, "builder-yes" if value else "builder-no")
    if isinstance(value, str | int):
        return str(value) or fmt.MISSING
    if hasattr(value, "quantize"):
        return fmt.percent(value, language)
    return fmt.MISSING if value is None or isinstance(value, Mapping) else "…"


def _line(line: LineForm, basis: Basis, language: str) -> dict[str, str]:
    item = basis.items.get(line.item_code)
    return {
        "item": item.name(language) if item else line.item_code,
        "quantity": fmt.number(line.quantity, language), "discount": fmt.percent(line.discount, language),
    }  # fmt: skip
