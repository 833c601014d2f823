"""A form priced and judged in one go: what the builder shows live and what commands decide by."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lib.pricing.price_book import Item
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
from lib.quotes.matrix import NO_FACTS, Facts
from lib.quotes.rules import QuoteForm


@dataclass(frozen=True)
class Basis:
    """What a quote is priced from: the book version and the policy of the day."""

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

    @property
    def book(self) -> str:
        return f"{self.book_code}/{self.currency}/{self.book_number}"


@dataclass(frozen=True)
class Evaluation:
    priced: Priced
    decision: Decision
    ways: tuple[Way, ...]
    content: dict[str, Any]
    hash: str


def evaluate(
    form: QuoteForm, basis: Basis, account_id: int, *, facts: Facts = NO_FACTS, with_ways: bool = False
) -> Evaluation:
    """Price a checked form and judge it by the price and by `facts`, what the approval matrix looks at beside
    it. `with_ways` also looks for the nearest way to need nobody."""
    requests = [LineRequest(basis.items[line.item_code], line.quantity, line.discount) for line in form.lines]
    terms = Terms(form.term_months, form.prepaid, form.discount)
    priced = price(requests, terms, basis.terms, basis.currency)
    decision = decide(priced, basis.rails, facts)
    ways = ()
    if with_ways and decision.level is not Level.FREE:
        ways = tuple(ways_out(requests, terms, basis.terms, basis.currency, basis.rails, facts))
    content = priced_content(
        priced, terms, account_id=account_id, book=basis.book, starts_on=form.starts_on
    )  # fmt: skip
    return Evaluation(priced, decision, ways, content, content_hash(content))
