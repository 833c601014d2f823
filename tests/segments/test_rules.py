"""Six axes: each at its limits, each with its reason, and none moved by another."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.segments import phrases, rules
from lib.segments.rules import (
    ActivityInput,
    Axis,
    Inputs,
    LoyaltyInput,
    PlanInput,
    PriceInput,
    StageInput,
    ValueInput,
    Won,
)
from lib.store import policy
from tests.make import TODAY

LIMITS = rules.limits_of(policy.shipped())


@pytest.mark.acceptance("C03")
@pytest.mark.parametrize(
    ("quarter", "span", "expected"),
    [(5, 5, "high_active"), (6, 9, "high_active"), (4, 4, "regular"), (0, 1, "regular"), (0, 0, "dormant")],
)
def test_five_transactions_in_a_quarter_are_high_active_and_none_in_half_a_year_is_dormant(
    quarter, span, expected
):
    held = ActivityInput(purchases_quarter=quarter, purchases_span=span, since=date(2024, 1, 1))

    assert rules.activity_class(held, LIMITS, TODAY).value == expected


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (ActivityInput(used_quarter=5, used_span=5), "high_active"),
        (ActivityInput(used_quarter=4, used_span=4), "regular"),
        (ActivityInput(purchases_quarter=1, purchases_span=1, used_quarter=60, used_span=90), "regular"),
        (ActivityInput(known=False), "unknown"),
        (ActivityInput(since=date(2026, 5, 21)), "new"),
        (ActivityInput(since=date(2026, 5, 20)), "dormant"),
    ],
)
def test_use_counts_where_nothing_was_bought(held, expected):
    assert rules.activity_class(held, LIMITS, TODAY).value == expected


@pytest.mark.parametrize(
    ("held", "score", "response"),
    [
        (ActivityInput(5, 9, last_on=TODAY - timedelta(days=30), paid_usd=Decimal(100_001)), 9,
         "high_potential"),
        (ActivityInput(1, 2, last_on=TODAY - timedelta(days=31), paid_usd=Decimal(20_000)), 6, "regular"),
        (ActivityInput(since=date(2020, 1, 1)), 3, "low_response"),
    ],
)  # fmt: skip
def test_recency_frequency_and_money_make_three_classes_of_response(held, score, response):
    told = rules.activity_class(held, LIMITS, TODAY).numbers

    assert (told["score"], told["response"]) == (score, response)


@pytest.mark.parametrize(
    ("sales", "expected"),
    [(999_999, "basic"), (1_000_000, "premium"), (10_000_000, "premium"), (10_000_001, "enterprise"),
     (None, "unknown")],
)  # fmt: skip
def test_the_plan_that_fits_follows_from_monthly_sales(sales, expected):
    assert rules.plan_tier(PlanInput(sales), LIMITS, TODAY).value == expected


@pytest.mark.trap("T17")
@pytest.mark.parametrize(
    ("minor", "currency", "expected"),
    [(1_999_999, "USD", "low"), (2_000_000, "USD", "mid"), (10_000_000, "USD", "mid"),
     (10_000_001, "USD", "high"), (14_285_800, "CNY", "mid"), (None, "USD", "unknown"),
     (100, "AUD", "unknown")],
)  # fmt: skip
def test_three_bands_of_value_with_both_ends_in_the_middle(minor, currency, expected):
    assert rules.value_band(ValueInput(minor, currency), LIMITS, TODAY).value == expected


@pytest.mark.trap("T17")
def test_a_band_in_another_currency_names_the_rate_it_was_compared_at():
    assert rules.value_band(ValueInput(100, "CNY"), LIMITS, TODAY).numbers["rate"] == "0.14"


def test_growth_adds_spend_interaction_and_active_time_by_their_weights():
    """USD 10,000 / 10 x 0.5 = 500; 12 talks x 100 x 0.3 = 360; 70 days x 10 x 0.2 = 140: 1,000, gold."""
    verdict = rules.loyalty(LoyaltyInput({"USD": 1_000_000}, 12, 70), LIMITS, TODAY)

    assert (verdict.value, verdict.numbers) == (
        "gold", {"growth": 1000, "spend": 500, "interaction": 360, "active": 140, "next": "platinum",
                 "missing": 4000},
    )  # fmt: skip
    assert rules.loyalty(LoyaltyInput({"USD": 1_000_000}, 12, 69), LIMITS, TODAY).value == "silver"


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (StageInput("churned", trial=True), "lapsed"), (StageInput("trial"), "trial"),
        (StageInput(trial=True), "trial"), (StageInput(since=TODAY - timedelta(days=29)), "onboarding"),
        (StageInput(since=TODAY - timedelta(days=30)), "adoption"),
        (StageInput(since=TODAY - timedelta(days=180)), "mature"), (StageInput(), "mature"),
        (StageInput(alert=True), "at_risk"), (StageInput(health=49.9), "at_risk"),
        (StageInput(health=50.0), "mature"), (StageInput(ended=True), "at_risk"),
    ],
)  # fmt: skip
def test_a_stage_has_its_place_in_life_and_its_play(held, expected):
    verdict = rules.stage(held, LIMITS, TODAY)

    assert (verdict.value, verdict.numbers["play"]) == (expected, rules.PLAYS[expected])


DEEP, PLAIN, HASTY, LATE = Won(Decimal("0.2"), 20, 10), Won(Decimal("0.19"), 20, 10), Won(
    Decimal(0), 3, 20), Won(Decimal(0), 20, 3)  # fmt: skip


@pytest.mark.parametrize(
    ("won", "expected"),
    [((), "unknown"), ((DEEP,), "discount"), ((PLAIN,), "value"), ((HASTY,), "urgency"), ((LATE,), "urgency"),
     ((DEEP, PLAIN, PLAIN), "value"), ((DEEP, PLAIN), "discount")],
)  # fmt: skip
def test_past_quotes_tell_what_a_customer_is_sensitive_to(won, expected):
    assert rules.price_class(PriceInput(won), LIMITS, TODAY).value == expected


counts = st.integers(0, 400)
amounts = st.none() | st.integers(0, 10**12)
currencies = st.sampled_from(["USD", "CNY", "JPY", "AUD"])
days = st.dates(date(2020, 1, 1), TODAY)
INPUTS = {
    Axis.PLAN: st.builds(PlanInput, amounts, currencies, st.booleans(), st.none() | st.just("basic")),
    Axis.VALUE: st.builds(ValueInput, amounts, currencies),
    Axis.LOYALTY: st.builds(
        LoyaltyInput, st.dictionaries(currencies, st.integers(0, 10**12)), counts, counts
    ),
    Axis.ACTIVITY: st.builds(
        ActivityInput, counts, counts, counts, counts, st.none() | days, st.none() | days, st.booleans()
    ),
    Axis.STAGE: st.builds(
        StageInput, st.sampled_from(["active", "trial", "churned"]), st.booleans(), st.none() | days,
        st.booleans(), st.none() | st.floats(0, 100), st.booleans(),
    ),
    Axis.PRICE: st.builds(
        PriceInput, st.lists(st.builds(Won, st.decimals(0, 1, places=2), st.none() | counts)).map(tuple)
    ),
}  # fmt: skip


@pytest.mark.acceptance("C03")
@settings(deadline=None)
@given(st.data(), st.sampled_from(list(Axis)))
def test_changing_what_one_axis_reads_leaves_the_other_five_as_they_are(data, axis):
    start = Inputs(*(data.draw(INPUTS[one]) for one in Axis))
    other = replace(start, **{axis.value: data.draw(INPUTS[axis])})
    before, after = rules.judged(start, LIMITS, TODAY), rules.judged(other, LIMITS, TODAY)

    assert {one: before[one] for one in Axis if one is not axis} == {
        one: after[one] for one in Axis if one is not axis
    }


@settings(deadline=None)
@given(st.data())
def test_every_verdict_is_a_known_value_with_a_sentence_in_both_languages(data):
    levels = {code: (code, code) for code, _ in LIMITS.ladder}
    start = Inputs(*(data.draw(INPUTS[one]) for one in Axis if one is not None))
    start = replace(
        start, plan=replace(start.plan, currency="USD"), value=replace(start.value, currency="CNY")
    )
    for axis, verdict in rules.judged(start, LIMITS, TODAY).items():
        assert verdict.value in rules.VALUES[axis]
        for language in ("en", "zh-CN"):
            assert phrases.reason(verdict.reason, levels, language)
