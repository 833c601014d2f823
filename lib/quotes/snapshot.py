"""What a quote says on paper, as plain values: frozen when it is issued, and nothing internal in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from lib.money import exact_text, round_to
from lib.pricing.choices import Span, choices_to_row, ramp_to_rows
from lib.pricing.proration import PERIOD_MONTHS
from lib.pricing.schedule import last_day, schedule
from lib.pricing.tax import Tax
from lib.pricing.walk import SHARE_PLACES
from lib.pricing.waterfall import Priced, PricedLine
from lib.quotes.evaluation import Basis
from lib.quotes.rules import LineForm, QuoteForm

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
    state; promises: en, zh-CN, due_on (ISO); options: the set of scenarios with this one; substitutes: what
    is printed for a character no font has; concessions: en, zh-CN, worth_minor (or None), and the customer's
    part: gives (en, zh-CN) and by (ISO), both or none."""

    rights: Sequence[Mapping[str, str]] = ()
    pack: Mapping[str, Any] | None = None
    promises: Sequence[Mapping[str, Any]] = ()
    options: Sequence[Mapping[str, Any]] = ()
    substitutes: Mapping[str, str] = field(default_factory=dict)
    concessions: Sequence[Mapping[str, Any]] = ()


def build(
    form: QuoteForm, priced: Priced, basis: Basis, heading: Heading, extras: Extras = Extras()
) -> dict[str, Any]:
    """The snapshot: JSON-ready, amounts in minor units. Cost, margin, floors and limits never enter it.

    Regional rights are lines at no price; they are not recurring, so that no subscription is made of them.
    """
    tax = basis.tax_on(priced)
    rate = None if tax.single_rate in (None, 0) else tax.single_rate
    ends = last_day(priced, form.starts_on)
    return {
        **heading.__dict__,
        "title": form.title, "language": form.language, "currency": basis.currency,
        "starts_on": str(form.starts_on), "ends_on": str(ends), "months": form.term_months,
        "prepaid": form.prepaid, "valid_until": str(form.valid_until),
        "book": {"en": basis.book_name_en, "zh-CN": basis.book_name_zh, "number": basis.book_number},
        "lines": [
            *(_line(*each) for each in zip(priced.lines, form.lines, tax.by_line, priced.arr_by_line(),
                                           strict=True)),
            *(_right(right) for right in extras.rights),
        ],
        "pack": extras.pack, "promises": list(extras.promises), "options": list(extras.options),
        "substitutes": dict(extras.substitutes), "concessions": list(extras.concessions),
        "list_minor": priced.list_minor, "net_minor": priced.net_minor, "arr_minor": priced.arr_minor,
        "tax_rate": None if rate is None else exact_text(rate), "tax_minor": tax.tax_minor,
        "total_minor": priced.net_minor + tax.tax_minor, "tax": _tax(tax),
        "years": _parts(priced, form, MONTHS_A_YEAR, 0),
        "payments": _parts(priced, form, billing_months(form), tax.tax_minor),
        "priced": _priced(form, priced, basis),
    }  # fmt: skip


def _line(line: PricedLine, asked: LineForm, tax_rate: Decimal | None, arr_minor: int) -> dict[str, Any]:
    item, more = line.request.item, asked.more
    return {
        "code": item.code, "group": item.group, "en": item.name_en, "zh-CN": item.name_zh, "unit": item.unit,
        "recurring": line.recurring, "quantity": exact_text(line.request.quantity),
        "list_price": exact_text(item.list_price), "list_minor": line.list_minor, "net_minor": line.net_minor,
        "arr_minor": arr_minor,
        "steps": [
            {"rule": step.rule, "rate": None if step.rate is None else exact_text(step.rate),
             "before": exact_text(round_to(step.before, SHOWN_PLACES)),
             "after": exact_text(round_to(step.after, SHOWN_PLACES))}
            for step in line.steps
        ],
        "gift": line.request.free, "gift_minor": line.gift_minor, "label": more.label, "kind": item.kind,
        "contracted": line.request.contracted is not None, "partner": item.partner,
        "bundle": more.bundle_code, "offer": more.offer_code, "ramp": ramp_to_rows(more.ramp),
        "tax_category": item.tax_category, "tax_rate": None if tax_rate is None else exact_text(tax_rate),
        "period": _span(line.span),
    }  # fmt: skip


SHOWN_PLACES = 6


def _span(held: Span) -> dict[str, Any] | None:
    """A period that is not the whole term: its days, and how it was counted."""
    if held.starts_on is None or held.ends_on is None:
        return None
    return {
        "starts_on": str(held.starts_on), "ends_on": str(held.ends_on), "convention": held.convention,
        "numerator": held.numerator, "denominator": held.denominator,
        "factor": exact_text(round_to(held.factor, SHARE_PLACES)),
    }  # fmt: skip


def _tax(tax: Tax) -> dict[str, Any]:
    """Whether tax is added or the prices exclude it, and each rate with its net and its tax."""
    return {"mode": tax.mode, "parts": [
        {"category": part.category, "rate": exact_text(part.rate), "base_minor": part.base_minor,
         "tax_minor": part.tax_minor}
        for part in tax.parts
    ]}  # fmt: skip


def _priced(form: QuoteForm, priced: Priced, basis: Basis) -> dict[str, Any]:
    """What stands beside the lines: discount, bundles, gifts, choices, terms of payment, the price lock."""
    more = form.more
    return {
        "effective_discount": exact_text(priced.effective_discount), "monthly_minor": priced.monthly_minor,
        "gift_minor": priced.gift_minor, "period": _span(priced.period),
        "bundles": [
            {"code": view.bundle.code, "en": view.bundle.name_en, "zh-CN": view.bundle.name_zh,
             "apart_minor": view.apart_minor, "together_minor": view.together_minor,
             "share": exact_text(view.share)}
            for view in priced.bundles
        ],
        "offers": {code: {"en": offer.name_en, "zh-CN": offer.name_zh} for code, offer in basis.offers.items()
                   if any(line.more.offer_code == code for line in form.lines)},
        "choices": choices_to_row(more.choices) or {},
        "price_lock_until": None if more.price_lock_until is None else str(more.price_lock_until),
        "net_days": more.net_days, "payment_terms": more.payment_terms, "clauses": list(more.clauses or ()),
        "industry": more.industry, "size_band": more.size_band,
    }  # fmt: skip


def _right(right: Mapping[str, str]) -> dict[str, Any]:
    return {
        **right, "group": "rights", "unit": "month", "recurring": False, "quantity": "1", "list_price": "0",
        "list_minor": 0, "net_minor": 0, "steps": [],
    }  # fmt: skip


def billing_months(form: QuoteForm) -> int:
    """As chosen; else prepaid quotes are billed by year, others by quarter, short terms by month."""
    chosen = PERIOD_MONTHS.get((form.more.payment_terms or {}).get("billing", ""))
    if chosen is not None:
        return chosen
    if form.prepaid and form.term_months >= MONTHS_A_YEAR:
        return MONTHS_A_YEAR
    return 3 if form.term_months >= MONTHS_A_YEAR else 1


def _parts(priced: Priced, form: QuoteForm, step: int, tax: int) -> list[dict[str, Any]]:
    """The net amount cut into periods of `step` months that add up exactly; one-off lines fall into the
    first. With `tax`, each period carries its part of it; each says when it is to be paid."""
    days = timedelta(days=form.more.net_days or 0)
    return [
        {"from": str(part.starts_on), "to": str(part.ends_on), "net_minor": part.net_minor,
         "amount_minor": part.amount_minor, "due_on": str(part.starts_on + days)}
        for part in schedule(priced, form.starts_on, step, tax)
    ]  # fmt: skip
