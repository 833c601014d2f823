"""Who is proposed, what an acceptance needs, whether there is room, and where a clock stands."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from lib.errors import Conflict, Invalid, NotAllowed
from lib.store import policy
from lib.vips import rules, terms
from lib.vips.rules import Facts, Rule
from lib.vips.terms import Clock
from tests.make import NOW

SHIPPED = policy.shipped()
LIMITS = rules.limits_of(SHIPPED["vip"], SHIPPED["segments"]["rates"])
FUNDED = Facts(funding_minor=50_000_000, funding_currency="USD", funding_source="Crunchbase",
               domain="lumora.example")  # fmt: skip


def found(facts: Facts) -> list[str]:
    return [str(one.rule) for one in rules.proposals(facts, LIMITS)]


@pytest.mark.acceptance("C02")
@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (FUNDED, ["funding"]),
        (replace(FUNDED, funding_minor=49_999_900), []),
        (replace(FUNDED, funding_minor=49_999_999), []),
        (replace(FUNDED, domain="gmail.com"), []),
        (replace(FUNDED, domain="somebody@QQ.com"), []),
        (replace(FUNDED, domain="https://www.lumora.example/about"), ["funding"]),
        (replace(FUNDED, domain=None), []),
        (replace(FUNDED, funding_minor=None), []),
        (Facts(plan="Enterprise"), ["top_plan"]),
        (Facts(plan="professional"), []),
        (Facts(arr_minor=10_000_000), ["spend"]),
        (Facts(arr_minor=9_999_999), []),
        (Facts(big_name=True, big_name_reason="Known brand"), ["big_name"]),
        (Facts(big_name=True, big_name_reason="  "), []),
        (Facts(following=100_000), ["big_name"]),
        (Facts(following=99_999), []),
        (replace(FUNDED, plan="enterprise", arr_minor=20_000_000, following=2_000_000),
         ["top_plan", "spend", "big_name", "funding"]),
    ],
)  # fmt: skip
def test_a_rule_proposes_from_its_limit_on_and_not_below(facts, expected):
    assert found(facts) == expected


def test_a_proposal_names_its_rule_and_the_numbers_it_judged_by():
    (one,) = rules.proposals(FUNDED, LIMITS)

    assert one.rule is Rule.FUNDING
    assert one.evidence == {"amount": 50_000_000, "currency": "USD", "rate": None, "source": "Crunchbase",
                            "domain": "lumora.example"}  # fmt: skip


def test_another_currency_is_compared_at_the_rate_of_the_policy_and_says_so():
    """CNY 3,571,429 at 0.14 is USD 500,000.06; one yuan less is 499,999.92."""
    enough = replace(FUNDED, funding_minor=357_142_900, funding_currency="CNY")

    assert rules.proposals(enough, LIMITS)[0].evidence["rate"] == "0.14"
    assert found(replace(enough, funding_minor=357_142_800)) == []


def test_an_amount_without_a_rate_is_not_judged():
    assert found(replace(FUNDED, funding_currency="AUD")) == []


def test_spend_is_said_again_when_it_reached_the_next_multiple():
    marks = [
        rules.proposals(Facts(arr_minor=m), LIMITS)[0].mark for m in (10_000_000, 19_999_999, 20_000_000)
    ]

    assert marks == ["1", "1", "2"]


ANSWERS = {"included": "Own contact", "who": "Enterprise", "months": "12", "levels": "2", "opt_in": "no"}


def test_five_answers_make_an_sla():
    assert rules.answers_of(ANSWERS) == ANSWERS | {"months": 12, "levels": 2}


@pytest.mark.parametrize("question", rules.QUESTIONS)
def test_an_sla_with_an_open_question_is_refused_by_its_name(question):
    with pytest.raises(Invalid) as refused:
        rules.answers_of(ANSWERS | {question: "  "})

    assert (refused.value.code, refused.value.values["field"]) == ("vip_question_open", question)


@pytest.mark.parametrize("months", ["0", "61", "-3", "1.5", "١٢"])
def test_the_months_of_an_sla_are_a_whole_number_within_bounds(months):
    with pytest.raises(Invalid):
        rules.answers_of(ANSWERS | {"months": months})


def test_room_is_left_below_capacity_and_refused_with_the_figure_at_it():
    assert rules.check_room(11, 12, whose="manager", may_exceed=False, override=None) is None
    with pytest.raises(Conflict) as refused:
        rules.check_room(12, 12, whose="manager", may_exceed=True, override=" ")

    assert refused.value.values == {"held": 12, "most": 12}


def test_a_lead_goes_over_capacity_with_a_reason_and_nobody_else():
    assert rules.check_room(12, 12, whose="level", may_exceed=True, override="Agreed") == "Agreed"
    with pytest.raises(NotAllowed):
        rules.check_room(12, 12, whose="level", may_exceed=False, override="Agreed")


def term(tier: str | None) -> terms.Terms:
    return terms.tier_terms(tier, SHIPPED["tiers"], SHIPPED["service"])


@pytest.mark.parametrize(
    ("tier", "priority", "peak", "minutes"),
    [
        ("vip", "urgent", True, 15), ("vip", "high", True, 30), ("vip", "normal", True, 120),
        ("vip", "urgent", False, 30), ("vip", "normal", False, 120), ("Professional", "urgent", True, 30),
        ("enterprise", None, False, 120), ("free", "urgent", True, 60), ("free", "normal", False, 1440),
        (None, "normal", False, 1440), ("nobody knows", "p0", False, 60),
    ],
)  # fmt: skip
def test_a_tier_switches_the_clock(tier, priority, peak, minutes):
    assert terms.target(term(tier), priority, peak=peak) == minutes


def test_alert_thresholds_are_the_same_for_every_tier_until_policy_says_otherwise():
    assert {one.alert_scale for one in terms.every_tier(SHIPPED["tiers"], SHIPPED["service"])} == {1}


@pytest.mark.parametrize(
    ("tier", "quarters"),
    [("vip", 1), ("enterprise", 1), ("Pro", 1), ("starter", 2), ("free", 2), (None, None), ("gold", None)],
)
def test_a_tier_switches_the_check_in_rhythm(tier, quarters):
    assert terms.check_in_quarters(tier, SHIPPED["tiers"]) == quarters


OPENED = NOW - timedelta(minutes=60)


@pytest.mark.parametrize(
    ("response", "closed", "minutes", "expected"),
    [
        (30, None, 30, Clock.WITHIN), (31, None, 30, Clock.BREACHED), (None, None, 60, Clock.RUNNING),
        (None, None, 59, Clock.BREACHED), (None, OPENED + timedelta(minutes=20), 30, Clock.WITHIN),
        (None, OPENED + timedelta(minutes=40), 30, Clock.UNKNOWN),
    ],
)  # fmt: skip
def test_a_clock_stands_where_its_minutes_say(response, closed: datetime | None, minutes, expected):
    assert terms.state(OPENED, minutes, response=response, closed_at=closed, now=NOW) is expected
