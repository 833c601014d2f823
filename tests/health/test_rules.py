"""The score's arithmetic: parts that add up, missing data that drops out, bands, changes, the nearest way."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.errors import Invalid
from lib.health import rules, ways
from lib.health.rules import PARTS, Band
from lib.store import policy
from tests.make import TODAY

LIMITS = rules.limits_of(policy.shipped()["health"])
WEIGHTS = {p: float(LIMITS.weights[p]) for p in PARTS}
values = st.one_of(st.none(), st.integers(0, 10_000).map(lambda n: n / 100))
weights = st.sampled_from([0.0, 1.0, 7.5, 10.0, 15.0, 20.0, 30.0, 33.3])


def stored(parts: dict, weighted: dict = WEIGHTS, cap: str | None = None) -> dict:
    """A stored day from six parts."""
    row = np.array([[np.nan if parts.get(p) is None else parts[p] for p in PARTS]], float)
    raw, _ = rules.weighted(row, np.array([[weighted[p] for p in PARTS]]))
    summed = None if np.isnan(raw[0]) else float(raw[0])
    full = {str(p): parts.get(p) for p in PARTS}
    score = rules.capped(summed, cap, LIMITS)
    return full | {"weights": weighted, "raw": summed, "cap": cap, "score": score}


@given(st.tuples(*[values] * 6), st.tuples(*[weights] * 6))
def test_contributions_add_up_to_the_shown_score_to_the_tenth(parts, weighted):
    day = stored(dict(zip(PARTS, parts, strict=True)), dict(zip(PARTS, weighted, strict=True)))
    if day["raw"] is None:
        return

    found = rules.contributions({p: day[p] for p in PARTS}, day["weights"], day["raw"], LIMITS.neutral)

    assert sum(map(rules.in_tenths, found.values())) == rules.in_tenths(day["raw"]) - 10 * LIMITS.neutral
    total = sum(day["weights"][p] for p in found)
    for name, points in found.items():
        assert abs(points - day["weights"][name] * (day[name] - LIMITS.neutral) / total) < 0.2


@given(st.tuples(*[values] * 6), st.tuples(*[values] * 6), st.sampled_from([None, "alert"]))
def test_the_steps_of_a_change_add_up_to_it(before, after, cap):
    one = stored(dict(zip(PARTS, before, strict=True)))
    two = stored(dict(zip(PARTS, after, strict=True)), cap=cap)
    if one["score"] is None or two["score"] is None:
        return

    total, steps = rules.change(one, two, LIMITS.neutral)

    assert rules.in_tenths(total) == rules.in_tenths(two["score"]) - rules.in_tenths(one["score"])
    assert sum(rules.in_tenths(step.points) for step in steps) == rules.in_tenths(total)


@given(st.tuples(*[values] * 6))
def test_the_nearest_way_reaches_the_band_it_names(parts):
    given_parts = dict(zip(PARTS, parts, strict=True))
    day = stored(given_parts)
    facts = {"people_share": 0.4, "people_median": 0.8, "seats": 20, "rhythm": 30}
    if day["raw"] is None or (way := ways.nearest(given_parts, WEIGHTS, facts, day["raw"], LIMITS)) is None:
        return

    reached = stored(given_parts | {m.part: m.to for m in way.moves})

    assert rules.band(reached["raw"], LIMITS) in (way.band, Band.HEALTHY)
    assert len(way.moves) <= 2
    assert all(m.to <= 100.0001 and m.to > m.now for m in way.moves)


def test_a_part_without_data_drops_out_with_its_weight():
    whole = dict.fromkeys(PARTS, 60.0)

    assert stored(whole)["raw"] == 60.0
    assert stored(whole | {"activity": None})["raw"] == 60.0
    assert stored(dict.fromkeys(PARTS))["raw"] is None
    assert rules.coverage(whole | {"activity": None}, LIMITS) == pytest.approx(0.7)


@pytest.mark.parametrize(
    ("score", "band"),
    [(75.0, "healthy"), (74.9, "watch"), (50.0, "watch"), (49.9, "critical"), (0.0, "critical"),
     (None, "no_data"), (float("nan"), "no_data")],
)  # fmt: skip
def test_the_lower_end_of_a_band_belongs_to_it(score, band):
    assert rules.band(score, LIMITS) == band


def test_a_cap_lowers_but_never_lifts():
    assert rules.capped(88.4, "alert", LIMITS) == 40.0
    assert rules.capped(31.2, "alert", LIMITS) == 31.2
    assert rules.capped(88.4, None, LIMITS) == 88.4
    assert rules.band(rules.capped(88.4, "alert", LIMITS), LIMITS) == Band.CRITICAL


@pytest.mark.parametrize(
    ("ratio", "points"), [(0.2, 0), (0.3, 0), (0.6, 50), (0.9, 100), (1.4, 100), (np.nan, np.nan)]
)
def test_activity_runs_from_three_tenths_to_nine_tenths_of_what_is_expected(ratio, points):
    assert float(rules.activity(ratio, 30, LIMITS)) == pytest.approx(points, nan_ok=True)


def test_nobody_instead_of_nobody_is_no_data():
    assert np.isnan(rules.activity(1.0, 0.0, LIMITS))
    assert float(rules.activity(0.9, 3.0, LIMITS)) == 100


def test_breadth_is_half_people_and_half_features():
    assert float(rules.breadth(0.5, 1.0)) == 75
    assert float(rules.breadth(0.5, np.nan)) == 50
    assert float(rules.breadth(1.8, np.nan)) == 100
    assert np.isnan(rules.breadth(np.nan, np.nan))


def test_commercial_takes_two_a_day_thirty_for_a_downgrade_and_twenty_without_a_quote():
    assert float(rules.commercial(10, False, False, LIMITS)) == 80
    assert float(rules.commercial(0, True, True, LIMITS)) == 50
    assert float(rules.commercial(90, True, True, LIMITS)) == 0


def test_support_counts_cases_by_weight_and_size():
    assert float(rules.support(1, 2, 1, 10, LIMITS)) == 65
    assert float(rules.support(1, 2, 1, 50, LIMITS)) == 82.5  # twice the seats of the reference: half
    assert float(rules.support(9, 0, 0, np.nan, LIMITS)) == 0


def test_relationship_falls_from_the_rhythm_to_three_times_of_it():
    assert float(rules.relationship(30, 30, False, LIMITS)) == 100
    assert float(rules.relationship(60, 30, False, LIMITS)) == 50
    assert float(rules.relationship(90, 30, False, LIMITS)) == 0
    assert float(rules.relationship(10, 30, True, LIMITS)) == 60


def test_an_answer_weighs_half_after_ninety_days_and_nothing_after_a_year():
    assert rules.answer_weight(np.array([90, 91, 365, 366]), LIMITS).tolist() == [1, 0.5, 0.5, 0]


def test_one_part_is_a_nearer_way_than_two():
    parts = dict.fromkeys(PARTS, 80.0) | {"activity": 40.0}
    way = ways.nearest(parts, WEIGHTS, {}, stored(parts)["raw"], LIMITS)

    assert [m.part for m in way.moves] == ["activity"]
    assert way.band == Band.HEALTHY
    assert way.moves[0].aim == pytest.approx(0.3 + 0.6 * way.moves[0].to / 100)


def test_an_opinion_needs_a_known_word_a_note_and_a_day_that_has_come():
    assert rules.check_opinion("good", " They renewed early ", TODAY, TODAY) == "They renewed early"
    for value, note, day in [
        ("fine", "x", TODAY),
        ("good", " ", TODAY),
        ("good", "x", TODAY.replace(year=2030)),
    ]:
        with pytest.raises(Invalid):
            rules.check_opinion(value, note, day, TODAY)
