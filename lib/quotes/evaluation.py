"""A form priced and judged in one go: what the builder shows live and what commands decide by."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from lib.errors import Invalid
from lib.money import exact_text
from lib.pricing.choices import Contracted, Cut, Offer
from lib.pricing.price_book import Bundle, Item
from lib.pricing.proration import span
from lib.pricing.services import Rebate, TenureStep, tenure_rebate
from lib.pricing.tax import Tax, read_tax, tax_of
from lib.pricing.terms import TermPolicy
from lib.pricing.waterfall import LineRequest, Priced, Terms, price
from lib.quotes.approvals import (
    Decision,
    Guardrails,
    Level,
    Way,
    content_hash,
    decide,
    priced_content,
    ways_out,
)
from lib.quotes.clauses import not_standard
from lib.quotes.forms import LineMore, QuoteMore
from lib.quotes.matrix import NO_FACTS, Facts
from lib.quotes.rules import LineForm, QuoteForm


@dataclass(frozen=True)
class Agreed:
    """A contracted price with the days it holds from and until (the last one), or open."""

    item_code: str
    price: Contracted
    valid_from: date
    valid_until: date | None

    def holds(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True)
class Locked:
    """Items as they were when their price was locked, as far as it rose since; until the last day of it."""

    until: date
    items: Mapping[str, Item]


@dataclass(frozen=True)
class Customer:
    """What an account brings to its price: place, first day, contracted and locked prices, last day of its
    contracts."""

    country: str | None = None
    since: date | None = None
    agreed: tuple[Agreed, ...] = ()
    contract_ends: Mapping[int, date] = field(default_factory=dict)
    locks: tuple[Locked, ...] = ()

    def locked(self, item_code: str, day: date) -> Item | None:
        """The item at its locked price, where a lock reaches to the day and the price rose since."""
        held = (lock.items.get(item_code) for lock in self.locks if day <= lock.until)
        return next((item for item in held if item is not None), None)

    def contracted(self, item_code: str, day: date) -> Contracted | None:
        """The price agreed last among those that hold on a day."""
        held = [a.price for a in self.agreed if a.item_code == item_code and a.holds(day)]
        return held[-1] if held else None


@dataclass(frozen=True)
class Basis:
    """What a quote is priced from: the book version, the policy of the day, what is agreed with the account.

    offers: windows open today, by code. tax: rates by currency, for countries without rates of their own.
    tenure: the rebate by years of cooperation. beside: what sister accounts of one parent hold by now, by
    item: their volume counts together (S0-55).
    """

    book_id: int
    book_code: str
    book_number: int
    book_name_en: str
    book_name_zh: str
    currency: str
    items: Mapping[str, Item]
    terms: TermPolicy
    rails: Guardrails
    longest_days: int
    validity_days: int
    tax: Mapping[str, str]
    prefix: str
    bundles: Mapping[str, Bundle] = field(default_factory=dict)
    customer: Customer = Customer()
    offers: Mapping[str, Offer] = field(default_factory=dict)
    tax_rates: Sequence[Mapping[str, Any]] = ()
    tenure: tuple[TenureStep, ...] = ()
    beside: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def book(self) -> str:
        return f"{self.book_code}/{self.currency}/{self.book_number}"

    def tax_on(self, priced: Priced) -> Tax:
        """The tax of a quote for this customer."""
        return tax_of(priced, read_tax(self.tax_rates, self.tax), self.customer.country)


@dataclass(frozen=True)
class Evaluation:
    priced: Priced
    decision: Decision
    ways: tuple[Way, ...]
    content: dict[str, Any]
    hash: str
    tax: Tax = Tax()
    rebate: Rebate = Rebate(0, Decimal(0), 0)


def evaluate(
    form: QuoteForm, basis: Basis, account_id: int, *, facts: Facts = NO_FACTS, with_ways: bool = False
) -> Evaluation:
    """Price a checked form and judge it, by the price and by `facts`: what the approval matrix looks at
    beside it. `with_ways` also looks for the nearest way to need nobody."""
    requests, terms = requests_of(form, basis), terms_of(form, basis)
    special = not_standard(form.more.clauses or (), basis.rails.matrix.standard)
    facts = replace(facts, net_days=form.more.net_days or 0, clauses=special)
    priced = price(requests, terms, basis.terms, basis.currency)
    decision = decide(priced, basis.rails, facts)
    ways = ()
    if with_ways and decision.level is not Level.FREE:
        ways = tuple(ways_out(requests, terms, basis.terms, basis.currency, basis.rails, facts))
    content = priced_content(
        priced, terms, account_id=account_id, book=basis.book, starts_on=form.starts_on
    )  # fmt: skip
    content |= further_content(form) | ({"given": [*map(list, facts.given)]} if facts.given else {})
    rebate = tenure_rebate(
        basis.tenure, basis.customer.since, form.starts_on, priced.net_minor, basis.currency
    )
    tax = basis.tax_on(priced)
    return Evaluation(priced, decision, ways, content, content_hash(content), tax, rebate)


def requests_of(form: QuoteForm, basis: Basis) -> list[LineRequest]:
    """The lines as the waterfall takes them. Raises Invalid for an offer that is not open."""
    return [_request(line, form, basis) for line in form.lines]


def _request(line: LineForm, form: QuoteForm, basis: Basis) -> LineRequest:
    more, item = line.more, basis.items[line.item_code]
    if more == _PLAIN_LINE and not (basis.customer.agreed or basis.customer.locks):
        return LineRequest(item, line.quantity, line.discount)
    period = None
    if more.starts_on is not None and more.ends_on is not None:
        period = span(more.proration or form.more.choices.proration, more.starts_on, more.ends_on)
    first = more.starts_on or form.starts_on
    return LineRequest(
        item, line.quantity, line.discount, more.price, basis.customer.contracted(item.code, first),
        more.premium, more.gift, more.bundle_code, _offer(more, item, basis), more.named, more.ramp, period,
        basis.customer.locked(item.code, first),
    )  # fmt: skip


def _offer(more: LineMore, item: Item, basis: Basis) -> Cut | None:
    if more.offer_code is None:
        return None
    offer = basis.offers.get(more.offer_code)
    if offer is None:
        raise Invalid("offer_closed", offer=more.offer_code)
    if not offer.fits(item.code, recurring=item.recurring, gift=more.gift):
        raise Invalid("offer_other_item", offer=offer.code, item=item.code)
    return Cut(offer.code, offer.rate, offer.free_months)


def terms_of(form: QuoteForm, basis: Basis) -> Terms:
    """What holds for the whole quote. Raises Invalid for a contract that has no end to share."""
    more = form.more
    ends_on = more.ends_on
    if more.co_term_contract_id is not None:
        ends_on = basis.customer.contract_ends.get(more.co_term_contract_id)
        if ends_on is None:
            raise Invalid("quote_co_term")
    common = None if ends_on is None else span(more.choices.proration, form.starts_on, ends_on)
    return Terms(
        form.term_months, form.prepaid, form.discount, more.choices, basis.bundles, common, basis.beside
    )


def check_amended(form: QuoteForm, basis: Basis) -> None:
    """Raises Invalid where the contract a quote changes does not run on the quote's first day."""
    if form.more.amends_contract_id is not None:
        last = basis.customer.contract_ends.get(form.more.amends_contract_id)
        if last is None or last < form.starts_on:
            raise Invalid("quote_amends")


_PLAIN_LINE, _PLAIN_QUOTE = LineMore(), QuoteMore()


def further_content(form: QuoteForm) -> dict[str, Any]:
    """What else is commercial about a form, as text; nothing where nothing is chosen, so that a quote without
    it keeps its hash."""
    lines = [[n, *_differing(line.more, _PLAIN_LINE)] for n, line in enumerate(form.lines, 1)
             if line.more != _PLAIN_LINE]  # fmt: skip
    quote = _differing(form.more, _PLAIN_QUOTE)
    return ({"more": quote} if quote else {}) | ({"line_more": lines} if lines else {})


def _differing(held: Any, plain: Any) -> list[list[str]]:
    return [[f.name, _canonical(getattr(held, f.name))] for f in fields(held)
            if getattr(held, f.name) != getattr(plain, f.name) and f.name not in _NOT_PRICED]  # fmt: skip


def _canonical(value: Any) -> str:
    """One text for one value, however it was typed or stored: 0.20 and 0.2 are the same share."""
    plain = _plain(value)
    if isinstance(plain, str):
        return plain
    return json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return exact_text(value)
    if isinstance(value, date):
        return str(value)
    if isinstance(value, Mapping):
        return {name: _plain(held) for name, held in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(held) for held in value]
    return {f.name: _plain(getattr(value, f.name)) for f in fields(value)} if is_dataclass(value) else value


_NOT_PRICED = {"scenario_set", "template_code"}
