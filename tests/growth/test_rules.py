"""Proposals from plain values: each rule at its edge, and what is missing proposes nothing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lib.errors import Conflict, Invalid
from lib.growth import baskets, rules
from lib.growth.recording import limits_of
from lib.growth.rules import Kind, Situation
from lib.store import policy

LIMITS = limits_of(policy.shipped())
DAY = date(2026, 11, 20)


def proposed(**known):  # noqa: ANN201 - {kind: proposal}
    return {one.kind: one for one in rules.propose(Situation(day=DAY, **known), LIMITS)}


@pytest.mark.acceptance("C06")
def test_six_people_on_twenty_seats_are_offered_the_smaller_fit():
    found = proposed(seats=20, active=6, arr_minor=2_000_000)[Kind.RIGHT_SIZE]

    assert found.target == "8"
    assert found.evidence == {"active": 6, "seats": 20, "days": 30}
    assert found.change_minor == -1_200_000


@pytest.mark.acceptance("C06")
@pytest.mark.parametrize(
    ("sales", "plan", "target", "early"),
    [
        (4_999, "basic", None, None),
        (5_000, "basic", "premium", True),
        (9_999, "free", "premium", True),
        (10_000, "basic", "premium", False),
        (100_000, "basic", "premium", False),
        (100_001, "premium", "enterprise", False),
        (10_000, "premium", None, None),
        (10_000, "professional", None, None),
        (100_001, "professional", None, None),
        (100_001, "enterprise", None, None),
        (10_000, "house plan", None, None),
    ],
)
def test_monthly_sales_propose_the_plan_they_fit(sales, plan, target, early):
    found = proposed(plan=plan, sales_minor=sales * 100).get(Kind.PLAN_FIT)

    assert (found and found.target) == target
    assert (found and found.evidence["early"]) == early


def test_sales_in_another_currency_count_at_the_rate_of_the_policy():
    at_edge = proposed(plan="basic", currency="CNY", sales_minor=7_142_858)[Kind.PLAN_FIT]
    assert at_edge.evidence["edge"] == "10000" and at_edge.evidence["rate"] == "0.14"
    assert proposed(plan="basic", currency="CNY", sales_minor=7_142_857)[Kind.PLAN_FIT].evidence["early"]
    assert proposed(plan="basic", currency="JPY", sales_minor=1_492_538, digits=0)[Kind.PLAN_FIT]
    assert not proposed(plan="basic", currency="XXX", sales_minor=10**9)


@pytest.mark.parametrize(
    ("active", "kind", "target"),
    [(10, Kind.RIGHT_SIZE, "12"), (11, None, ""), (17, None, ""), (18, Kind.NEAR_FULL, "22"),
     (20, Kind.NEAR_FULL, "24")],
)  # fmt: skip
def test_seats_are_too_many_up_to_half_used_and_nearly_full_from_nine_tenths(active, kind, target):
    found = rules.propose(Situation(day=DAY, seats=20, active=active), LIMITS)

    assert [(one.kind, one.target) for one in found] == ([(kind, target)] if kind else [])


def test_a_seat_or_so_too_many_is_not_worth_a_talk():
    assert not proposed(seats=3, active=1)
    assert proposed(seats=4, active=1)


def test_a_growing_team_is_offered_room_for_as_much_growth_again():
    assert proposed(seats=20, active=19, active_before=10)[Kind.NEAR_FULL].target == "34"


def test_nobody_active_or_nobody_known_says_nothing_about_seats():
    assert not proposed(seats=20, active=0)
    assert not proposed(seats=20, active=None)
    assert not proposed(seats=0, active=5)


@given(active=some.integers(1, 5_000), seats=some.integers(1, 5_000))
def test_a_proposed_number_of_seats_always_holds_the_people_who_use_it(active, seats):
    for one in rules.propose(Situation(day=DAY, seats=seats, active=active, arr_minor=1_000), LIMITS):
        assert int(one.target) >= active
        assert (int(one.target) < seats) == (one.kind is Kind.RIGHT_SIZE)
        assert (one.change_minor <= 0) == (one.kind is Kind.RIGHT_SIZE) or one.change_minor == 0


def test_key_features_nobody_uses_are_named_only_where_features_are_known():
    keys = ("listing", "reports", "ads")
    found = proposed(key_features=keys, seen_features=frozenset({"reports"}))[Kind.UNUSED_MODULES]
    assert found.evidence["unused"] == ["listing", "ads"]
    assert not proposed(key_features=keys)
    assert not proposed(key_features=keys, seen_features=frozenset(keys))


@pytest.mark.parametrize(("now", "before", "rises"), [(20, 13, True), (20, 14, False), (19, 0, False)])
def test_interest_rises_by_half_and_from_twenty_uses_on(now, before, rises):
    assert (Kind.RISING_INTEREST in proposed(features={"ads": (now, before)})) is rises


LONG = {
    "since": date(2024, 11, 20), "renews_on": date(2027, 5, 19), "active": 5, "active_before": 5,
    "products": frozenset({"suite", "ads"}), "seen_features": frozenset({"listing", "reports"}),
}  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [{"since": date(2024, 11, 25)}, {"renews_on": date(2027, 5, 20)}, {"active": 4}, {"is_multi_year": True},
     {"products": frozenset({"suite"})}, {"renews_on": None}, {"active_before": None}],
)  # fmt: skip
def test_a_multi_year_term_needs_years_depth_growth_and_a_renewal_in_sight(change):
    assert Kind.MULTI_YEAR in proposed(**LONG)
    assert Kind.MULTI_YEAR not in proposed(**(LONG | change))


def test_three_products_call_for_a_team_and_two_for_a_referral_by_the_healthy():
    assert set(proposed(products=frozenset("ab"), health=75.0)) == {Kind.REFERRAL}
    assert not proposed(products=frozenset("ab"), health=74.9)
    assert set(proposed(products=frozenset("abc"))) == {Kind.DEDICATED_TEAM}


def test_the_next_product_is_what_most_holders_of_the_same_also_have():
    held = {n: {"suite", "ads"} if n < 6 else {"suite"} for n in range(10)} | {10: {"suite", "rare"}}
    counted = baskets.count(held)

    assert baskets.nearest({"suite"}, counted, 8) == ("ads", Decimal("0.545"), 11)
    assert baskets.nearest({"suite", "ads", "rare"}, counted, 8) is None
    assert baskets.nearest({"rare"}, counted, 8) is None
    offered = replace(
        Situation(day=DAY), nearest=("ads", Decimal("0.545"), 11), products=frozenset({"suite"})
    )
    assert [one.target for one in rules.propose(offered, LIMITS)] == ["ads"]


@given(some.dictionaries(some.integers(0, 50), some.sets(some.sampled_from("abcde")), max_size=30))
def test_what_an_account_holds_is_never_its_next_product(held):
    counted = baskets.count(held)
    for products in held.values():
        found = baskets.nearest(products, counted, 1)
        assert found is None or (found[0] not in products and 0 < found[1] <= 1)


def test_a_hit_rate_counts_decisions_alone():
    assert rules.Hits(3, 1, 9).rate == Decimal("0.75")
    assert rules.Hits(0, 0, 9).rate is None


def test_a_dismissal_says_why():
    assert rules.check_dismissal("not_now", "") == "not_now"
    assert rules.check_dismissal("other", " They  move ") == "other: They move"
    for code, note in (("", ""), ("other", " "), ("wrong", "x"), ("not_now", "x" * 2000)):
        with pytest.raises(Invalid):
            rules.check_dismissal(code, note)
    with pytest.raises(Conflict):
        rules.check_decision("accepted")


@pytest.mark.parametrize(
    ("arr", "currency", "status"),
    [
        (750_000, "USD", "open"),  # 10 seats at 750: two more bring 1,500, 7.5 times the cost of 200
        (300_000, "USD", "open"),  # 600: three times exactly
        (299_000, "USD", "held"),
        (750_000, "CNY", "held"),  # 1,500 yuan are 210 dollars
        (750_000, "XXX", "open"),  # no rate: nothing can be said
    ],
)
def test_a_proposal_under_the_floor_of_returns_is_held_back(arr, currency, status):
    found = proposed(seats=10, active=10, arr_minor=arr, currency=currency)[Kind.NEAR_FULL]

    assert (found.target, found.status) == ("12", status)


def test_what_saves_the_customer_money_or_has_no_price_is_never_held_back():
    assert proposed(seats=20, active=6, arr_minor=1_000)[Kind.RIGHT_SIZE].status == "open"
    assert proposed(seats=10, active=10)[Kind.NEAR_FULL].status == "open"
