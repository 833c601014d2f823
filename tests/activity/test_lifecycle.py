"""When alerts open and end, on made-up days."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lib.activity.facts import NEVER
from lib.activity.lifecycle import Known, Track, walk_account


def track(rings=(), calm=(), left=NEVER, once=False):
    return Track(np.array(sorted(rings), int), np.array(sorted(calm), int), left, 28, once)


def test_an_alert_opens_once_while_the_rules_keep_ringing():
    opened, ended = walk_account(track(rings=range(10, 60)), [], 1, 60)

    assert opened == [(10, None, None)]
    assert ended == []


def test_a_new_alert_waits_for_the_cool_down():
    opened, _ = walk_account(track(rings=range(10, 90), calm=[20]), [], 1, 90)

    assert opened == [(10, 20, "resolved"), (48, None, None)]


def test_a_customer_who_leaves_ends_the_alert_as_lost():
    opened, _ = walk_account(track(rings=[10], left=30), [], 1, 60)

    assert opened == [(10, 30, "lost")]


def test_a_dismissed_alert_keeps_quiet_until_its_time():
    stored = [Known(7, 0, "activity", opened=5, resolved=8, quiet_until=98)]

    opened, ended = walk_account(track(rings=range(10, 200)), stored, 9, 200)

    assert opened == [(98, None, None)]
    assert ended == []


def test_a_stored_open_alert_is_not_opened_again_and_ends_when_calm():
    stored = [Known(7, 0, "activity", opened=5, resolved=None, quiet_until=None)]

    opened, ended = walk_account(track(rings=range(6, 100), calm=[40]), stored, 9, 100)

    assert [(e.id, e.day, e.status) for e in ended] == [(7, 40, "resolved")]
    assert opened == [(68, None, None)]


def test_a_stored_later_alert_takes_the_place_of_an_earlier_opening_of_the_same_fall():
    stored = [Known(7, 0, "activity", opened=50, resolved=None, quiet_until=None)]

    opened, _ = walk_account(track(rings=range(20, 100)), stored, 1, 100)

    assert opened == []


def test_onboarding_rings_once_in_a_life():
    opened, _ = walk_account(track(rings=range(10, 200), calm=[20], once=True), [], 1, 200)

    assert opened == [(10, 20, "resolved")]


days = st.sets(st.integers(1, 300), max_size=60)


@given(days, days, st.integers(1, 400))
def test_openings_never_overlap_and_keep_their_distance(rings, calm, left):
    opened, _ = walk_account(track(rings, calm, left), [], 1, 300)

    assert [o for o, *_ in opened] == sorted(o for o, *_ in opened)
    for (_, closes, _), (later, *_) in zip(opened, opened[1:], strict=False):
        assert closes is not None and later >= closes + 28
    assert all(o in rings and (c is None or c > o) for o, c, _ in opened)


@given(days, days, st.integers(150, 300))
def test_walking_in_two_parts_gives_the_same_alerts(rings, calm, cut):
    """No look-ahead, and a day at a time gives what a replay gives."""
    whole, _ = walk_account(track(rings, calm), [], 1, 300)
    first, _ = walk_account(track([r for r in rings if r <= cut], [c for c in calm if c <= cut]), [], 1, cut)
    stored = [
        Known(n, 0, "activity", o, c, None if c is None else c + 28) for n, (o, c, _) in enumerate(first)
    ]
    second, ended = walk_account(track(rings, calm), stored, cut + 1, 300)
    closes = {e.id: (e.day, e.status) for e in ended}
    joined = [(o, *closes.get(n, (c, s))) for n, (o, c, s) in enumerate(first)] + second

    assert joined == whole
