"""Guardrails on both sides of their limits, the ways out, and what an approval is bound to."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.pricing.price_book import Item
from lib.pricing.terms import TermPolicy, TermRate
from lib.pricing.waterfall import LineRequest, Terms, price
from lib.quotes.approvals import (
    Guardrails,
    Level,
    Limits,
    content_hash,
    decide,
    may_decide,
    priced_content,
    rule_name,
    ways_out,
)

POLICY = TermPolicy(
    (TermRate(1, Decimal(0)), TermRate(12, Decimal("0.1")), TermRate(24, Decimal("0.1"), Decimal("0.1"))),
    Decimal("0.1"), 12,
)  # fmt: skip
RAILS = Guardrails(
    (Limits(1, Decimal("0.20"), Decimal("0.30")), Limits(24, Decimal("0.30"), Decimal("0.30"))),
    Decimal("0.15"), 20,
)  # fmt: skip
shares = st.integers(0, 9_999).map(lambda n: Decimal(n).scaleb(-4))


def plan(cost: str = "0", unit: str = "month", price_text: str = "1000") -> Item:
    return Item("plan", "platform", "Plan", "版本", unit, unit == "month", Decimal(price_text), Decimal(cost))


def level(discount: str, *, cost: str = "0", months: int = 1, unit: str = "month") -> Level:
    request = LineRequest(plan(cost, unit), Decimal(1))
    return decide(price([request], Terms(months, discount=Decimal(discount)), POLICY, "USD"), RAILS).level


@pytest.mark.parametrize(
    ("discount", "asks"),
    [("0", "free"), ("0.20", "free"), ("0.2001", "justify"), ("0.30", "justify"), ("0.3001", "approve")],
)
@pytest.mark.parametrize("unit", ["month", "once"])
def test_limits_hold_exactly_for_recurring_and_one_off_lines(discount: str, asks: str, unit: str) -> None:
    assert level(discount, unit=unit) == asks


def test_a_limit_is_not_crossed_by_rounding() -> None:
    """20% off 0.03 rounds to a third off; what was asked is what counts."""
    request = LineRequest(plan(price_text="0.03"), Decimal(1))

    priced = price([request], Terms(1, discount=Decimal("0.2")), POLICY, "USD")

    assert decide(priced, RAILS).level is Level.FREE


@pytest.mark.parametrize(("cost", "asks"), [("850", "free"), ("850.01", "approve"), ("849.99", "free")])
def test_margin_floor(cost: str, asks: str) -> None:
    assert level("0", cost=cost) == asks


def test_margin_and_discount_are_separate_tests() -> None:
    """A deep margin does not excuse a deep discount, nor the other way round."""
    request = LineRequest(plan("10"), Decimal(1))
    priced = price([request], Terms(1, discount=Decimal("0.35")), POLICY, "USD")

    rules = {finding.kind: finding.level for finding in decide(priced, RAILS).findings}

    assert rules == {"discount": Level.APPROVE, "margin": Level.FREE}


def test_each_finding_names_its_rule() -> None:
    for discount, months, rule in (("0.25", 1, "D-20"), ("0.35", 1, "D-30"), ("0.2", 24, "D-30/24")):
        request = LineRequest(plan(), Decimal(1))
        found = decide(price([request], Terms(months, discount=Decimal(discount)), POLICY, "USD"), RAILS)

        assert found.reasons[0].rule == rule


def test_the_nearest_ways_are_less_discount_or_a_longer_term() -> None:
    request = LineRequest(plan(), Decimal(1))

    ways = ways_out([request], Terms(12, discount=Decimal("0.1333")), POLICY, "USD", RAILS)

    assert [(w.kind, w.points, w.months) for w in ways] == [
        ("discount", Decimal("0.0230"), None), ("term", None, 24),
    ]  # fmt: skip


@given(shares, shares, st.sampled_from([1, 12, 24]), st.booleans(), st.integers(0, 900))
def test_every_way_out_really_needs_nobody(line_off, quote_off, months, prepaid, cost) -> None:
    request = LineRequest(plan(str(cost)), Decimal(3), line_off)
    terms = Terms(months, prepaid, quote_off)

    for way in ways_out([request], terms, POLICY, "USD", RAILS):
        changed = Terms(
            way.months or months,
            prepaid and way.kind != "no_prepay",
            quote_off - (way.points or 0),
        )
        assert decide(price([request], changed, POLICY, "USD"), RAILS).level is Level.FREE


@given(shares, shares)
def test_more_discount_never_asks_for_less(one: Decimal, other: Decimal) -> None:
    order = [Level.FREE, Level.JUSTIFY, Level.APPROVE]
    low, high = sorted([one, other])

    assert order.index(level(str(low), cost="300")) <= order.index(level(str(high), cost="300"))


def test_any_priced_field_changes_the_hash() -> None:
    request, terms = LineRequest(plan(), Decimal(2)), Terms(12)
    where = {"account_id": 1, "book": "saas/USD/1", "starts_on": "2027-01-01"}

    def mark(request: LineRequest = request, terms: Terms = terms, **over: object) -> str:
        priced = price([request], terms, POLICY, "USD")
        return content_hash(priced_content(priced, terms, **(where | over)))

    marks = [
        mark(), mark(LineRequest(plan(), Decimal(3))), mark(LineRequest(plan(), Decimal(2), Decimal("0.01"))),
        mark(terms=Terms(24)), mark(terms=Terms(12, True)), mark(terms=Terms(12, False, Decimal("0.0001"))),
        mark(account_id=2), mark(book="saas/USD/2"), mark(starts_on="2027-01-02"),
    ]  # fmt: skip

    assert len(set(marks)) == len(marks)
    assert mark() == marks[0]
    assert mark(LineRequest(plan(), Decimal("2.00"))) == marks[0]


def test_four_eyes() -> None:
    assert not may_decide(3, [1, 3])
    assert may_decide(2, [1, 3])


def test_the_limit_of_terms_from_two_months_is_named_with_them() -> None:
    names = [rule_name("D", Decimal("0.2"), months) for months in (1, 2)]

    assert names == ["D-20", "D-20/2"]


def test_without_a_list_price_nothing_is_off() -> None:
    request = LineRequest(plan(unit="once"), Decimal(1))
    found = decide(price([request], Terms(1, discount=Decimal("0.35")), POLICY, "USD"), RAILS)

    assert {f.kind: f.found for f in found.findings[:2]} == {"discount": 0, "once": Decimal("0.35")}
