"""What a quote says on paper, as plain values: frozen when it is issued, and nothing internal in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from lib.money import exact_text, from_minor, parse_decimal, spread, to_minor
from lib.pricing.proration import add_months
from lib.pricing.waterfall import Priced, PricedLine
from lib.quotes.evaluation import Basis
from lib.quotes.rules import QuoteForm

MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Heading:
    """Who, when and under which number; texts and instants as they are printed, ISO where dated."""

    number: str | None
    revision: int
    replaces: Mapping[str, Any] | None
    issued_at: str | None
    saved_at: str
    zone: str
    hash: str
    supplier: Mapping[str, Any]
    customer: Mapping[str, Any]
    approvals: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Extras:
    """What the paper says beside the price. rights: code, en, zh-CN; pack: name, valid_until (ISO or None),
    state; promises: en, zh-CN, due_on (ISO)."""

    rights: Sequence[Mapping[str, str]] = ()
    pack: Mapping[str, Any] | None = None
    promises: Sequence[Mapping[str, Any]] = ()


def build(
    form: QuoteForm, priced: Priced, basis: Basis, heading: Heading, extras: Extras = Extras()
) -> dict[str, Any]:
    """The snapshot: JSON-ready, amounts in minor units. Cost, margin, floors and limits never enter it.

    Regional rights are lines at no price; they are not recurring, so that no subscription is made of them.
    """
    ends = add_months(form.starts_on, form.term_months) - timedelta(days=1)
    rate = basis.tax.get(basis.currency)
    tax = (
        to_minor(from_minor(priced.net_minor, basis.currency) * parse_decimal(rate), basis.currency)
        if rate
        else 0
    )
    return {
        **heading.__dict__,
        "title": form.title, "language": form.language, "currency": basis.currency,
        "starts_on": str(form.starts_on), "ends_on": str(ends), "months": form.term_months,
        "prepaid": form.prepaid, "valid_until": str(form.valid_until),
        "book": {"en": basis.book_name_en, "zh-CN": basis.book_name_zh, "number": basis.book_number},
        "lines": [*(_line(line) for line in priced.lines), *(_right(right) for right in extras.rights)],
        "pack": extras.pack, "promises": list(extras.promises),
        "list_minor": priced.list_minor, "net_minor": priced.net_minor, "arr_minor": priced.arr_minor,
        "tax_rate": rate, "tax_minor": tax, "total_minor": priced.net_minor + tax,
        "years": _parts(priced, form, MONTHS_A_YEAR, 0),
        "payments": _parts(priced, form, _billing_months(form), tax),
    }  # fmt: skip


def _line(line: PricedLine) -> dict[str, Any]:
    item = line.request.item
    return {
        "code": item.code, "group": item.group, "en": item.name_en, "zh-CN": item.name_zh, "unit": item.unit,
        "recurring": item.recurring, "quantity": exact_text(line.request.quantity),
        "list_price": exact_text(item.list_price), "list_minor": line.list_minor, "net_minor": line.net_minor,
        "steps": [
            {"rule": step.rule, "rate": None if step.rate is None else exact_text(step.rate)}
            for step in line.steps
        ],
    }  # fmt: skip


def _right(right: Mapping[str, str]) -> dict[str, Any]:
    return {
        **right, "group": "rights", "unit": "month", "recurring": False, "quantity": "1", "list_price": "0",
        "list_minor": 0, "net_minor": 0, "steps": [],
    }  # fmt: skip


def _billing_months(form: QuoteForm) -> int:
    """Prepaid quotes are billed by year, others by quarter, short terms by month; always in advance."""
    if form.prepaid and form.term_months >= MONTHS_A_YEAR:
        return MONTHS_A_YEAR
    return 3 if form.term_months >= MONTHS_A_YEAR else 1


def _parts(priced: Priced, form: QuoteForm, step: int, tax: int) -> list[dict[str, Any]]:
    """The net amount cut into periods of `step` months that add up exactly; one-off lines fall into the
    first. With `tax`, each period carries its part of it."""
    starts = range(0, form.term_months, step)
    months = [min(step, form.term_months - start) for start in starts]
    recurring = sum(line.net_minor for line in priced.lines if line.request.item.recurring)
    nets = spread(recurring, months)
    nets[0] += priced.net_minor - recurring
    taxes = spread(tax, nets)
    return [
        {"from": str(add_months(form.starts_on, start)), "to": str(_last_day(form.starts_on, start + length)),
         "net_minor": net, "amount_minor": net + part}
        for start, length, net, part in zip(starts, months, nets, taxes, strict=True)
    ]  # fmt: skip


def _last_day(starts_on: date, months: int) -> date:
    return add_months(starts_on, months) - timedelta(days=1)
