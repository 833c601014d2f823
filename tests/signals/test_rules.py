"""Signs beside activity: when each holds, at its edges."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from lib.errors import Invalid
from lib.signals import rules
from lib.store import policy

SHIPPED = policy.shipped()
LIMITS = rules.limits_of(*(SHIPPED[name] for name in ("signals", "service", "lifecycle")))
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
TODAY = date(2026, 11, 20)


def every(days: int, count: int, last: date = TODAY) -> list[date]:
    return [last - timedelta(days=days * n) for n in range(count)][::-1]


@pytest.mark.parametrize(
    ("minutes_ago", "answered_after", "closed_ago", "waits"),
    [
        (120, None, None, True),  # exactly two hours
        (119, None, None, False),
        (180, 30, None, False),
        (180, 240, None, True),  # an answer that comes later is not there yet
        (180, None, 10, False),  # closed without an answer: answered then
    ],
)
def test_a_case_waits_from_two_hours_on(minutes_ago, answered_after, closed_ago, waits):
    opened = NOW - timedelta(minutes=minutes_ago)
    closed = None if closed_ago is None else NOW - timedelta(minutes=closed_ago)

    assert rules.is_unanswered(opened, answered_after, closed, NOW, LIMITS.unanswered_hours) is waits


@pytest.mark.parametrize(("quiet", "rings"), [(44, False), (45, True), (90, True)])
def test_a_purchase_interval_counts_as_longer_from_one_and_a_half_times_the_usual(quiet, rings):
    found = rules.interval(1, every(30, 8, TODAY - timedelta(days=quiet)), TODAY, LIMITS)

    assert (found is not None) is rings
    if found:
        assert (found.numbers["days"], found.numbers["usual"], found.numbers["running"]) == (
            quiet,
            30.0,
            True,
        )


def test_a_longer_interval_that_ended_counts_too():
    days = [*every(30, 6, TODAY - timedelta(days=70)), TODAY - timedelta(days=5)]
    found = rules.interval(1, days, TODAY, LIMITS)

    assert (found.numbers["days"], found.numbers["running"]) == (65, False)


def test_few_purchases_or_a_few_days_more_say_nothing():
    assert rules.interval(1, every(30, 4, TODAY - timedelta(days=200)), TODAY, LIMITS) is None
    assert rules.interval(1, every(7, 12, TODAY - timedelta(days=12)), TODAY, LIMITS) is None
    assert rules.interval(1, [], TODAY, LIMITS) is None


def test_purchases_of_the_same_days_are_one():
    days = sorted([*every(30, 8, TODAY - timedelta(days=20)), *every(30, 8, TODAY - timedelta(days=19))])

    assert rules.interval(1, days, TODAY, LIMITS) is None


@pytest.mark.parametrize(("suppliers", "level"), [(0, "medium"), (1, "medium"), (2, "high")])
def test_a_rejection_weighs_more_with_rivals_in_play(suppliers, level):
    found = rules.rejection(1, [(7, "QT-1", TODAY, "us")], suppliers, None, LIMITS)

    assert (found.level, found.about) == (level, ("quote-7",))


KEY = {"listing": 0.9, "reports": 0.6, "sync": 0.4, "alerts": 0.3}


@pytest.mark.parametrize(
    ("age", "used", "neglected"),
    [
        (21, {"sync"}, "listing"),
        (120, {"listing"}, "reports"),
        (20, set(), None),  # too early to judge
        (121, set(), None),  # no longer new
        (60, {"listing", "sync"}, None),  # half is the plan
        (60, set(), "listing"),
    ],
)
def test_activation_behind_plan_names_the_feature_most_others_use(age, used, neglected):
    found = rules.activation(1, age, frozenset(used), KEY, "pro", LIMITS)

    assert (found and found.numbers["feature"]) == neglected


def test_without_key_features_nothing_is_behind():
    assert rules.activation(1, 60, frozenset(), {}, None, LIMITS) is None


def test_the_same_thing_is_no_news():
    found = rules.rejection(1, [(7, "QT-1", TODAY, "us")], 0, None, LIMITS)

    assert not rules.is_news(found, [{"about": ["quote-7"]}])
    assert rules.is_news(found, [{"about": ["quote-6"]}])
    assert rules.is_news(replace(found, about=("quote-6", "quote-7")), [{"about": ["quote-6"]}])


@pytest.mark.parametrize(
    ("count", "names", "error"),
    [(-1, "", "suppliers_count"), (51, "", "suppliers_count"), (0, "Rival", "suppliers_names_without_count"),
     (2, "x" * 1001, "suppliers_names_long")],
)  # fmt: skip
def test_suppliers_are_checked(count, names, error):
    with pytest.raises(Invalid, match=error):
        rules.check_suppliers(count, names, TODAY, TODAY)


def test_a_loss_needs_a_reason_and_other_needs_words():
    with pytest.raises(Invalid, match="loss_reason_unknown"):
        rules.check_loss("", "", TODAY, TODAY)
    with pytest.raises(Invalid, match="loss_comment_missing"):
        rules.check_loss("other", "  ", TODAY, TODAY)
    assert rules.check_loss("rival", " Cheaper ", TODAY, TODAY) == "Cheaper"
