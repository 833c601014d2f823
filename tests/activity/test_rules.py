"""The activity rules on plain values, at their edges."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.activity import rules
from lib.activity.automation import automated_since
from lib.activity.cohort import group_medians, mood
from lib.activity.rules import AlertStatus, Level
from lib.errors import Conflict, DeskError, Invalid
from lib.store import policy

LIMITS = rules.thresholds(policy.shipped()["activity"])
TODAY = date(2026, 11, 20)


def test_the_shipped_policy_fills_every_threshold():
    assert LIMITS.opening_ratio == 0.75
    assert LIMITS.baseline_days == 84


@pytest.mark.parametrize(
    ("rest", "regular", "silent", "expected_week", "level"),
    [
        (0.35, 3, False, 9, Level.CRITICAL),
        (0.35, 2, False, 9, Level.HIGH),
        (0.36, 9, False, 9, Level.HIGH),
        (0.50, 9, False, 9, Level.HIGH),
        (0.51, 9, False, 9, Level.MEDIUM),
        (0.60, 1, True, 5, Level.CRITICAL),
        (0.60, 1, True, 4.9, Level.MEDIUM),
    ],
)
def test_level_follows_the_rest_of_the_team(rest, regular, silent, expected_week, level):
    assert rules.level_of(rest, regular, silent, expected_week, LIMITS) == level


def test_severity_ranks_broad_teams_above_small_ones():
    small = rules.severity_of(2, 0.3, 0.5, 0.5)
    broad = rules.severity_of(16, 0.3, 0.5, 0.5)

    assert broad == pytest.approx(small + 36)
    assert rules.severity_of(1, 0.65, 0.5, float("nan")) == 30


@pytest.mark.parametrize(
    ("touch", "cause", "verdict", "code"),
    [
        (None, "price", "real", "alert_needs_outreach"),
        (1, None, "real", "alert_needs_cause"),
        (1, "weather", "real", "alert_needs_cause"),
        (1, "price", None, "alert_needs_verdict"),
    ],
)
def test_closing_needs_outreach_cause_and_verdict(touch, cause, verdict, code):
    with pytest.raises(Invalid) as refused:
        rules.check_closing(AlertStatus.NEW, touch, cause, verdict)

    assert refused.value.code == code


@pytest.mark.parametrize("status", ["resolved", "dismissed", "lost"])
def test_a_closed_alert_does_not_close_again(status):
    with pytest.raises(Conflict):
        rules.check_closing(status, 1, "price", "real")


@pytest.mark.parametrize(("days", "fine"), [(0, False), (1, True), (90, True), (91, False)])
def test_a_snooze_ends_within_the_longest_time(days, fine):
    until = date.fromordinal(TODAY.toordinal() + days)
    try:
        rules.check_snooze(AlertStatus.NEW, until, TODAY, "On holiday", LIMITS)
        accepted = True
    except DeskError:
        accepted = False

    assert accepted is fine


def test_quiet_time_after_closing_is_shorter_than_after_dismissing():
    assert rules.quiet_until(AlertStatus.RESOLVED, TODAY, LIMITS) == date(2026, 12, 18)
    assert rules.quiet_until(AlertStatus.DISMISSED, TODAY, LIMITS) == date(2027, 2, 18)
    assert rules.quiet_until(AlertStatus.LOST, TODAY, LIMITS) is None


def test_one_account_alone_does_not_explain_its_own_fall_away():
    one = mood(np.log([0.1]), np.array([True]), np.array([0]), np.array([0]), LIMITS)

    assert one[0] > -0.2


def test_a_small_region_is_compared_with_everybody():
    logs = np.array([-1.0] * 3 + [0.0] * 9)
    segment = np.array([0] * 3 + [1] * 9)

    found = mood(logs, np.ones(12, bool), segment, np.array([0, 1]), LIMITS)

    assert found[0] == pytest.approx(3 / 18 * -1.0)
    assert found[1] == 0


@given(st.lists(st.tuples(st.integers(0, 4), st.floats(-5, 5)), max_size=60))
def test_group_medians_are_the_medians_of_each_group(pairs):
    groups = np.array([g for g, _ in pairs], dtype=int)
    values = np.array([v for _, v in pairs], dtype=float)

    medians, sizes = group_medians(values, groups, 5)

    for group in range(5):
        mine = values[groups == group]
        assert sizes[group] == len(mine)
        assert np.isnan(medians[group]) if len(mine) == 0 else medians[group] == np.median(mine)


@given(st.integers(0, 400), st.integers(0, 4000).map(lambda tenth: tenth / 10))
def test_the_ratio_is_one_exactly_when_all_is_as_expected(observed, expected):
    found = rules.ratio(observed, expected)

    assert (found < 1) == (observed < expected)


def test_a_user_of_every_single_day_is_a_script_and_one_of_every_weekday_is_not():
    start = date(2026, 1, 5).toordinal()
    every = np.arange(start, start + 70)
    working = every[(every % 7 != 6) & (every % 7 != 0)]
    users = np.concatenate([np.full(len(every), 1), np.full(len(working), 2)])
    days = np.concatenate([every, working])

    scripts, since = automated_since(users, days, every, LIMITS)

    assert scripts.tolist() == [1]
    assert since.tolist() == [start + 27]


def test_where_nobody_works_on_weekends_a_daily_person_stays_a_person():
    start = date(2026, 1, 5).toordinal()
    days = np.arange(start, start + 90)
    working = days[(days % 7 != 6) & (days % 7 != 0)]

    scripts, _ = automated_since(np.full(len(working), 1), working, working, LIMITS)

    assert len(scripts) == 0
