"""The whole method on a made-up customer base: finds declines, stays calm otherwise, never looks ahead."""

import pytest

from lib.activity.rules import thresholds
from lib.store import policy
from tests.activity import simulator

LIMITS = thresholds(policy.shipped()["activity"])


@pytest.fixture(scope="module")
def world():
    return simulator.simulate(240, days=560, seed=5)


@pytest.fixture(scope="module")
def alerts(world):
    return simulator.run(world, LIMITS)[0]


def test_most_declines_are_found_and_healthy_accounts_rarely_ring(world, alerts):
    found = simulator.score(world, alerts)

    assert found["declines"] > 5
    assert found["recall"] >= 0.7
    assert found["false alerts per account-year"] <= 0.12


def test_cutting_the_data_changes_no_alert_before_the_cut(world, alerts):
    cut = simulator.START + 420

    earlier, _ = simulator.run(world, LIMITS, last=cut)

    opened = [(a.account, a.kind, a.day) for a in alerts if a.day <= cut + 1]
    assert [(a.account, a.kind, a.day) for a in earlier] == opened
    closed = {(a.account, a.kind, a.day, a.closes) for a in alerts if a.closes and a.closes <= cut + 1}
    assert closed <= {(a.account, a.kind, a.day, a.closes) for a in earlier}


def test_no_account_has_two_open_alerts_of_a_kind(alerts):
    standing: dict[tuple[int, str], int | None] = {}
    for alert in sorted(alerts, key=lambda a: a.day):
        key = (alert.account, alert.kind)
        if key in standing:
            assert standing[key] is not None and standing[key] < alert.day
        standing[key] = alert.closes


def test_nobody_rings_after_leaving(world, alerts):
    assert all(a.day < world.accounts.left[a.account] for a in alerts)
