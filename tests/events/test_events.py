"""Events in the store: invited once, seats that run out, answers beside what others report."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from lib.errors import Conflict, NotAllowed, NotFound
from lib.events import commands, queries
from tests import make

SOON = make.TODAY + timedelta(days=9)


def planned(leader, **over) -> int:  # noqa: ANN001, ANN003
    return commands.add(leader, {"kind": "golf", "name": "Open day", "held_on": SOON} | over)


def guest(manager, event: int, **over) -> int:  # noqa: ANN001, ANN003
    account = make.account(owner=manager.person_id, is_vip=True, **over)
    return commands.invite(manager, make.contact(account), event)


def test_a_contact_is_invited_once_and_only_by_whoever_has_the_account(
    embedded, leader, manager, other_manager
):
    event, account = planned(leader), make.account(owner=manager.person_id, is_vip=True)
    contact = make.contact(account)
    assert list(queries.invitable(manager, event)) == [contact]

    first = commands.invite(manager, contact, event)

    assert commands.invite(manager, contact, event) == first
    assert queries.invitable(manager, event) == {}
    assert queries.guests(other_manager, event).empty
    with pytest.raises(NotFound):
        commands.note_answer(other_manager, first, 1, "accepted")
    with pytest.raises(NotAllowed):
        planned(manager)


def test_two_at_once_cannot_both_take_the_last_seat(database, leader, manager):
    event = planned(leader, seats=1)
    ids = [guest(manager, event) for _ in range(2)]

    def act(one: int) -> str:
        try:
            commands.note_answer(manager, one, 1, "accepted")
        except Conflict as refused:
            return refused.code
        return "accepted"

    with ThreadPoolExecutor(max_workers=2) as pool:
        done = sorted(pool.map(act, ids))

    assert done == ["accepted", "event_full"]


def test_who_came_is_noted_from_the_day_on_and_the_rate_stands_beside_the_reference(
    embedded, leader, manager
):
    event = planned(leader)
    yes, no = guest(manager, event), guest(manager, event)
    commands.note_answer(manager, yes, 1, "accepted")
    commands.note_answer(manager, no, 1, "declined")
    with pytest.raises(Conflict):
        commands.note_answer(manager, yes, 2, "attended")

    commands.note_answer(replace(manager, now=make.NOW + timedelta(days=9)), yes, 2, "attended")

    row = queries.calendar(manager, "coming").iloc[0]
    assert (row.invited, row.said_yes, row.came, row.seated) == (2, 1, 1, 1)
    assert queries.reference(manager) == Decimal("0.60")


def test_nobody_is_invited_to_what_was_cancelled_or_is_over(embedded, leader, manager):
    event, over = planned(leader), planned(leader, held_on=make.TODAY - timedelta(days=1))
    commands.cancel(leader, event, 1, "The course is closed")

    for one in (event, over):
        with pytest.raises(Conflict):
            guest(manager, one)
    with pytest.raises(Conflict):
        commands.cancel(leader, event, 2, "Again")
    assert queries.calendar(manager, "past")["reason"].tolist()[0] in ("The course is closed", None)
