"""The nearest way to need nobody, to the tenth of a point, and the hash of what was agreed to."""

from decimal import Decimal
from hashlib import sha256

import pytest

from lib.pricing.asked import Terms
from lib.pricing.choices import RampYear
from lib.quotes.approvals import Guardrails, Limits, content_hash, ways_out
from tests.pricing.made import D, ask, item
from tests.quotes.test_approvals import POLICY

RAILS = Guardrails((Limits(1, D("0.20"), D("0.30")),), D("0.15"), 20)


def told(*requests, months: int = 1, **over) -> list[tuple[str, Decimal | int | None]]:
    found = ways_out(list(requests), Terms(months, **over), POLICY, "USD", RAILS)
    return [(way.kind, way.months if way.kind == "term" else way.points) for way in found]


@pytest.mark.parametrize(
    ("discount", "cost", "points"),
    [("0.25", 0, "0.05"), ("0.2001", 0, "0.001"), ("0.2010", 0, "0.001"), ("0.2011", 0, "0.002"),
     ("0.10", 80, "0.042")],
)  # fmt: skip
def test_so_much_less_discount_needs_nobody(discount, cost, points) -> None:
    """1 − 80 ÷ (0.85 × 100) = 5.88% is the most the margin bears, so 4.2 points less than 10."""
    assert ("discount", D(points)) in told(ask(item(unit_cost=D(cost))), discount=D(discount))


def test_the_whole_discount_may_be_what_is_too_much() -> None:
    assert told(ask(discount=D("0.2")), discount=D("0.05"))[0] == ("discount", D("0.05"))
    assert told(ask(discount=D("0.21")), discount=D("0.05")) == []
    assert told(ask(discount=D("0.25"))) == []


def test_lines_that_cannot_have_another_term_leave_that_way_out() -> None:
    ramp = (RampYear(1, D(1)),)

    assert [kind for kind, _much in told(ask(ramp=ramp), months=12, discount=D("0.25"))] == ["discount"]


def test_gifts_alone_have_no_discount_to_give_back() -> None:
    assert not [way for way in told(ask(gift=True), discount=D("0.5")) if way[0] == "discount"]


def test_the_hash_is_that_of_the_sorted_text_in_its_own_script() -> None:
    text = '{"a":"中","b":1}'

    assert content_hash({"b": 1, "a": "中"}) == sha256(text.encode()).hexdigest()


def test_a_quote_that_needs_nobody_keeps_its_discount_its_term_and_its_payments() -> None:
    assert told(ask(), months=24, discount=D("0.01")) == []
    assert told(ask(), discount=D("0.1")) == [("term", 12)]


def test_paying_as_it_runs_may_be_the_way_out() -> None:
    """1 − 0.9 × 0.9 × 0.85 = 31.15% off, and 23.5% off without the prepayment."""
    found = told(ask(discount=D("0.1")), months=12, discount=D("0.01"), prepaid=True)

    assert ("no_prepay", None) in found


def test_one_off_lines_bound_the_discount_as_well() -> None:
    once = ask(item("setup", unit="once"), discount=D("0.1"))

    assert told(ask(), once, discount=D("0.2"))[0] == ("discount", D("0.089"))
