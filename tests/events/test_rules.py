"""Which answer follows which, how many seats are left, and how many said yes."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from lib.errors import Conflict, Invalid
from lib.events import rules

DAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("status", "target", "day", "left", "code"),
    [
        ("invited", "accepted", DAY, 1, None), ("invited", "accepted", DAY, None, None),
        ("invited", "accepted", DAY, 0, "event_full"), ("accepted", "attended", DAY, 0, None),
        ("accepted", "attended", DAY - timedelta(days=1), 5, "event_answer"),
        ("invited", "attended", DAY, 5, "event_answer"), ("declined", "accepted", DAY, 0, "event_full"),
        ("attended", "missed", DAY, 0, None), ("accepted", "declined", DAY, 0, None),
    ],
)  # fmt: skip
def test_an_answer_follows_another_and_takes_a_seat_once(status, target, day, left, code):
    if code is None:
        assert rules.answer(status, target, DAY, day, left) == target
        return
    with pytest.raises(Conflict) as refused:
        rules.answer(status, target, DAY, day, left)
    assert refused.value.code == code


def test_whoever_said_yes_counts_whether_they_came_or_not():
    found = rules.response(["invited", "accepted", "declined", "attended", "missed"])

    assert (found.invited, found.said_yes, found.came, found.rate) == (5, 3, 1, Decimal("0.6"))
    assert rules.response([]).rate is None


@pytest.mark.parametrize(
    "changed", [{"kind": "party"}, {"name": " "}, {"name": "x" * 121}, {"held_on": None}, {"seats": 0}]
)
def test_a_form_with_a_fault_is_refused(changed):
    values = {"kind": "golf", "name": "Open day", "held_on": DAY, "seats": 1, "place": "Shenzhen"}
    assert rules.check_event(values) == values

    with pytest.raises(Invalid):
        rules.check_event(values | changed)
