"""Traps of the requirements about guardrails: offers that stack, two tests apart, long terms, folds."""

from decimal import Decimal

import pytest

from lib.pricing.price_book import Item
from lib.pricing.terms import TermPolicy, TermRate
from lib.pricing.waterfall import LineRequest, Terms, price
from lib.quotes.approvals import decide, read_guardrails
from lib.quotes.findings import Decision
from lib.store import policy

SHIPPED = policy.shipped()
RAILS = read_guardrails(SHIPPED["quotes"], SHIPPED["approvals"])
SEAT = Item("seat", "seats", "Seat", "席位", "seat_month", True, Decimal(100), Decimal(10), ())
BARE = TermPolicy((TermRate(12, Decimal(0)), TermRate(24, Decimal(0))), Decimal(0), 12)


def judged(line: str, whole: str, *, months: int = 12, cost: str = "10") -> Decision:
    item = Item(**{**SEAT.__dict__, "unit_cost": Decimal(cost)})
    terms = Terms(months, False, Decimal(whole))
    return decide(price([LineRequest(item, Decimal(600), Decimal(line))], terms, BARE, "USD"), RAILS)


def found(decision: Decision, kind: str):
    return next(f for f in decision.findings if f.kind == kind)


@pytest.mark.trap("T3")
@pytest.mark.acceptance("C15")
@pytest.mark.parametrize(
    ("one", "other", "combined"),
    [("0.20", "0.30", "0.44"), ("0.15", "0.30", "0.405"), ("0.1667", "0.20", "0.33336")],
    ids=["early renewal on two years", "prepay on a bundle", "two months free on several years"],
)  # fmt: skip
def test_stacked_offers_are_held_against_the_limit_together(one, other, combined):
    """T3: each of them would pass alone; together they are past the floor, and multiplied, never added."""
    decision = judged(one, other)

    assert found(decision, "discount").found == Decimal(combined)
    assert (decision.level, decision.reasons[0].rule) == ("approve", "D-30")
    assert judged(one, "0").level != "approve"
    assert judged("0", other).level != "approve"


@pytest.mark.trap("T3")
def test_a_long_term_is_approved_in_advance_up_to_the_floor_and_not_beyond():
    """T3: several years have a rule of their own."""
    assert judged("0.20", "0.10").level == "justify"
    assert judged("0.20", "0.10", months=24).level == "free"
    assert judged("0.20", "0.13", months=24).reasons[0].rule == "D-30/24"


@pytest.mark.trap("T14")
@pytest.mark.parametrize(
    ("line", "cost", "level", "rules"),
    [("0.20", "10", "free", []), ("0.20", "70", "approve", ["M-15"]), ("0.31", "10", "approve", ["D-30"]),
     ("0.31", "65", "approve", ["D-30", "M-15"])],
)  # fmt: skip
def test_margin_and_discount_are_two_tests_and_both_must_pass(line, cost, level, rules):
    """T14: 80 a seat against a cost of 70 leaves 12.5%, whatever the discount says."""
    decision = judged(line, "0", cost=cost)

    assert decision.level == level
    assert [finding.rule for finding in decision.reasons] == rules


@pytest.mark.trap("T1")
@pytest.mark.parametrize(("paid", "level"), [("0.8", "free"), ("0.7", "justify"), ("0.69", "approve")])
def test_a_fold_is_the_share_paid(paid, level):
    """T1: 8折 pays 80% and is 20% off; below 7折 is a larger discount."""
    assert judged(str(1 - Decimal(paid)), "0").level == level
