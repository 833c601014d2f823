"""The risk level at its edges: its parts add up, and each moves the way it should."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.activity.presence import LONG_AGO, Presence
from lib.activity.risk import risk, weeks_with_activity
from lib.activity.rules import thresholds
from lib.store import policy

LIMITS = thresholds(policy.shipped()["activity"])


def level(silent=0, weeks=26, recent=8, observed=40.0, usual=40.0):
    one = (np.array([value]) for value in (silent, weeks, recent, observed, usual))
    return risk(*one, LIMITS)


def test_a_team_that_comes_as_always_has_no_risk():
    assert level().total[0] == 0


def test_nobody_ever_is_the_highest_a_silent_account_reaches():
    nobody = level(silent=LONG_AGO, weeks=0, recent=0, observed=0, usual=np.nan)

    assert nobody.silence[0] == LIMITS.risk_silence_points
    assert nobody.level[0] == LIMITS.risk_level_points
    assert np.isnan(nobody.fall[0])
    assert nobody.total[0] == pytest.approx(80)


def test_a_fall_weighs_more_where_there_was_more_to_fall_from():
    assert level(observed=0, usual=4).fall[0] < level(observed=20, usual=40).fall[0]
    assert level(observed=60, usual=40).fall[0] == 0


@given(st.integers(0, 200), st.integers(0, 26), st.integers(0, 8), st.floats(0, 500), st.floats(0, 500))
def test_the_parts_add_up_and_more_silence_is_never_less_risk(silent, weeks, recent, observed, usual):
    now = level(silent, weeks, recent, observed, usual)
    later = level(silent + 1, weeks, recent, observed, usual)

    assert now.total[0] == pytest.approx(min(now.silence[0] + now.level[0] + now.fall[0], 100))
    assert 0 <= now.total[0] <= later.total[0] <= 100


@given(st.lists(st.lists(st.integers(0, 3), min_size=2, max_size=2), min_size=1, max_size=60))
def test_presence_knows_the_newest_day_with_anybody(rows):
    sums = np.concatenate([np.zeros((1, 2), int), np.cumsum(rows, axis=0)])
    there = Presence(sums)
    again = Presence(np.zeros_like(sums))
    again.renew(sums, np.array([0, 1]))

    for day in range(len(rows)):
        for account in range(2):
            seen = [d for d in range(day + 1) if rows[d][account]]
            expected = day - seen[-1] if seen else LONG_AGO
            assert there.silent_days(day)[account] == again.silent_days(day)[account] == expected


@given(st.lists(st.booleans(), min_size=1, max_size=70))
def test_the_longest_gap_is_the_longest_stretch_without_anybody_in_28_days(came):
    rows = np.array(came, int)[:, None]
    there = Presence(np.concatenate([np.zeros((1, 1), int), np.cumsum(rows, axis=0)]))

    for day in range(len(came)):
        text = "".join("x" if one else " " for one in came[max(day - 27, 0) : day + 1])
        assert there.longest_gap(day, np.array([0]))[0] == max(map(len, text.split("x")))


def test_weeks_with_activity_are_counted_back_from_the_day():
    rows = np.zeros((30, 1), int)
    rows[[29, 10]] = 1
    sums = np.concatenate([np.zeros((1, 1), int), np.cumsum(rows, axis=0)])

    assert weeks_with_activity(sums, 29, 4)[:, 0].tolist() == [True, False, True, False]
