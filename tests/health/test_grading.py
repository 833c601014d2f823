"""The back-test: AUC, tenths, bands; it says so when there is nothing to see, and when there is."""

import numpy as np
import pandas as pd
import pytest

from lib.health import queries, rules
from lib.health.grading import AHEAD, deciles, falls, grade, ranked
from lib.health.recording import graded_on
from lib.health.rules import PARTS
from lib.store import policy
from tests import make
from tests.make import TODAY

LIMITS = rules.limits_of(policy.shipped()["health"])


def rows(lost: np.ndarray, scores: np.ndarray, **parts: np.ndarray) -> pd.DataFrame:
    empty = {str(p): np.full(len(lost), np.nan) for p in PARTS}
    return pd.DataFrame(empty | parts | {"score": scores, "lost": lost})


def test_auc_counts_pairs_and_ties_half():
    lost = np.array([True, False, True, False])

    assert ranked(np.array([10.0, 20.0, 30.0, 40.0]), lost).auc == 0.75
    assert ranked(np.array([5.0, 5.0, 5.0, 5.0]), lost).auc == 0.5
    assert ranked(np.array([1.0, 2.0]), np.array([False, False])) is None


@pytest.mark.parametrize("seed", range(5))
def test_without_signal_it_says_so(seed):
    dice = np.random.default_rng(seed)
    lost = dice.random(400) < 0.12
    found = grade(rows(lost, dice.uniform(30, 100, 400), activity=dice.uniform(0, 100, 400)), 90, LIMITS)

    assert found.verdict == "none"
    assert found.score.low <= 0.5 <= found.score.high


def test_with_signal_it_says_so_and_the_worst_tenth_loses_most():
    dice = np.random.default_rng(3)
    lost = dice.random(600) < 0.2
    noise = [dice.normal(0, 25, 600) for _ in range(2)]
    parts = {name: np.clip(75 - 30 * lost + more, 0, 100)
             for name, more in zip(("activity", "support"), noise, strict=True)}  # fmt: skip
    found = grade(rows(lost, (parts["activity"] + parts["support"]) / 2, **parts), 90, LIMITS)

    assert found.verdict == "good"
    assert found.score.auc > found.best[1].auc > 0.7
    assert found.deciles[0][3] > 5 * max(found.deciles[-1][3], 1)
    shares = {b.band: b.lost / max(b.count, 1) for b in found.bands}
    assert shares["critical"] > shares["watch"] > shares["healthy"]


def test_a_part_that_ranks_better_is_named():
    dice = np.random.default_rng(4)
    lost = dice.random(600) < 0.2
    clear = 80.0 - 60 * lost + dice.normal(0, 10, 600)
    found = grade(rows(lost, 60 + 0.2 * clear + dice.normal(0, 20, 600), support=clear), 60, LIMITS)

    assert (found.verdict, found.best[0]) == ("part", "support")


def test_few_outcomes_say_nothing():
    lost = np.array([True] * 3 + [False] * 40)

    assert grade(rows(lost, np.arange(43.0)), 90, LIMITS).verdict == "few"
    assert grade(rows(lost[:0], np.zeros(0)), 90, LIMITS).verdict == "few"


def test_tenths_hold_everything_once():
    found = deciles(np.arange(25.0), np.arange(25) < 5)

    assert sum(count for _, _, count, _ in found) == 25
    assert [gone for *_, gone in found] == sorted((gone for *_, gone in found), reverse=True)
    assert falls(found) == 0


def test_past_renewals_are_graded_by_the_stored_morning_before(database, manager, other_manager):
    for number in range(24):
        due = TODAY - pd.Timedelta(days=7 * number + 1).to_pytimedelta()
        account = make.account(owner=manager.person_id)
        stage = "lost" if number % 2 else "signed"
        make.renewal(account, make.contract(account), due_on=due, closed_on=due, stage=stage)
        for ahead in AHEAD:
            raw = 30.0 + number if number % 2 else 80.0 + number / 10
            make.health(account, day=graded_on(due, ahead), raw=raw, score=raw)

    found = queries.grades(manager)

    assert [(g.ahead, g.count, g.lost) for g in found] == [(180, 24, 12), (90, 24, 12), (60, 24, 12)]
    assert all(g.score.auc == 1.0 for g in found)
    assert all(g.count == 0 for g in queries.grades(other_manager))


@pytest.mark.acceptance("C04")
@pytest.mark.parametrize("seed", range(3))
def test_scores_that_told_the_losses_tell_nothing_once_shuffled(seed):
    """The same scores and outcomes, joined at random: the grade must see the difference."""
    dice = np.random.default_rng(seed)
    lost = dice.random(500) < 0.15
    parts = {
        name: np.clip(75 - 30 * lost + dice.normal(0, 25, 500), 0, 100) for name in ("activity", "support")
    }
    real = rows(lost, (parts["activity"] + parts["support"]) / 2, **parts)
    shuffled = real.assign(lost=dice.permutation(lost))

    assert grade(real, 90, LIMITS).verdict == "good"
    assert grade(shuffled, 90, LIMITS).verdict == "none"
