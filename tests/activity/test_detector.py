"""The whole method on made-up customer bases: finds declines, stays calm otherwise, never looks ahead."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lib.activity.rules import thresholds
from lib.store import policy
from tests.activity import scoring
from tests.activity.bars import DESK, NOTE, measure, pooled
from tests.activity.departures import without_the_busiest
from tests.activity.inprocess import rivals, run
from tests.activity.product import in_process, through_the_product
from tests.activity.rough import rough
from tests.activity.simulator import START, simulate

LIMITS = thresholds(policy.shipped()["activity"])


@pytest.fixture(scope="module")
def world():
    return simulate(240, days=560, seed=205)


@pytest.fixture(scope="module")
def alerts(world):
    return run(world, LIMITS)[0]


def test_most_declines_are_found_and_healthy_accounts_rarely_ring(world, alerts):
    tally = scoring.score(world, alerts)
    found = tally.figures()

    assert tally.declines > 10
    assert found["recall"] >= 0.75
    assert found["false per account-year"] <= 0.15
    assert found["users named right"] >= 0.95


def test_every_simple_rule_rings_healthy_accounts_far_more_often(world, alerts):
    ours = scoring.score(world, alerts).figures()["false per account-year"]

    for name, rung in rivals(world, LIMITS).items():
        assert scoring.score(world, rung).figures()["false per account-year"] > 5 * ours, name


def test_worlds_of_another_make_ring_less_than_by_the_single_rules_and_lose_no_decline():
    """Seeds nobody tuned on; the note's five rules are the measure."""
    worlds = [rough(family, accounts=150, days=640, seed=431) for family in ("calm", "noisy", "small teams")]

    found = measure(worlds, LIMITS)
    ours, single = (pooled(found[name]).figures() for name in (DESK, NOTE))

    assert ours["recall"] >= single["recall"] - 0.02
    assert ours["found 30 days ahead"] >= single["found 30 days ahead"] - 0.02
    assert ours["false per account-year"] <= 0.7 * single["false per account-year"]
    for family, kept, before in zip(worlds, found[DESK], found[NOTE], strict=True):
        assert kept.false <= before.false, family.taste


@pytest.fixture(scope="module")
def small_world():
    return simulate(60, days=420, seed=206)


@pytest.fixture(scope="module")
def small_alerts(small_world):
    return run(small_world, LIMITS)[0]


@pytest.mark.acceptance("C04")
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(140, 418))
def test_cutting_the_data_at_any_date_changes_no_alert_before_it(small_world, small_alerts, day):
    """No look-ahead: watch entries, names, numbers and ends included."""
    cut = START + day

    earlier, _ = run(small_world, LIMITS, last=cut)

    told = [(a.account, a.day, a.kind, a.severity, a.who) for a in small_alerts if a.day <= cut + 1]
    assert [(a.account, a.day, a.kind, a.severity, a.who) for a in earlier] == told
    ended = {(a.account, a.day, a.kind, a.closes) for a in small_alerts if a.closes and a.closes <= cut + 1}
    assert ended <= {(a.account, a.day, a.kind, a.closes) for a in earlier}


def test_no_account_has_two_open_alerts_of_a_kind(alerts):
    standing: dict[tuple[int, str], int | None] = {}
    for alert in sorted(alerts, key=lambda a: a.day):
        key = (alert.account, alert.kind)
        if key in standing:
            assert standing[key] is not None and standing[key] <= alert.day
        standing[key] = alert.closes


def test_files_import_replay_and_export_give_the_alerts_of_the_detector(tmp_path):
    world = simulate(70, days=400, seed=207)

    expected = in_process(world)

    assert len(expected) >= 5
    assert through_the_product(world, tmp_path) == expected


@pytest.mark.acceptance("C04")
def test_a_healthy_team_that_loses_its_busiest_user_for_good_does_not_ring():
    outcome = without_the_busiest(LIMITS, seeds=(211, 212), accounts=300)

    assert outcome.teams >= 200
    assert outcome.calm / outcome.teams >= 0.95


def test_the_same_seed_gives_the_same_world_and_another_seed_another():
    one, same, other = (simulate(12, days=200, seed=seed) for seed in (3, 3, 4))

    assert np.array_equal(one.rows, same.rows)
    assert not np.array_equal(one.rows, other.rows)
    assert one.taste != other.taste
