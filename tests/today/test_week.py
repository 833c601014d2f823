"""The week: what is due on its days, and what each person carries."""

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest

from lib.access import Role
from lib.errors import NotFound
from lib.store import models as m
from lib.today import coming, team, week
from tests import make

MONDAY = date(2026, 11, 16)
MINUTES = {"task": 15, "contact": 20, "promise": 15, "renewal": 20, "outcome": 10, "quote": 15}


@pytest.mark.parametrize(
    ("day", "which", "first"),
    [(MONDAY, "this", MONDAY), (MONDAY + timedelta(days=6), "this", MONDAY),
     (MONDAY + timedelta(days=6), "next", MONDAY + timedelta(days=7))],
)  # fmt: skip
def test_a_week_begins_on_monday(day, which, first):
    assert week.monday(day, which) == first
    assert week.days(first)[-1] == first + timedelta(days=6)


def test_hours_count_what_is_open_and_blocked():
    items = pd.DataFrame(
        [("task", "open", 1), ("check_in", "blocked", 1), ("promise", "done", 1), ("quote", "open", 2)],
        columns=["kind", "state", "owner_id"],
    )
    loads = week.loads(items, {1: "A", 2: "B", 3: "C"}, MINUTES, {1: 1.0}, 30)

    assert week.counted(items) == {"open": 2, "blocked": 1, "done": 1}
    assert [(one.name, one.due, one.done, one.blocked) for one in loads] == [
        ("A", 3, 1, 1), ("B", 1, 0, 0), ("C", 0, 0, 0),
    ]  # fmt: skip
    assert (loads[0].hours, loads[0].available, loads[0].share) == (35 / 60, 1.0, 35 / 60)
    assert loads[1].available == 30


@pytest.mark.parametrize(
    ("hours", "worked"),
    [(None, None), ({}, None), ({"0": [540, 1080], "4": [540, 720]}, 12.0)],
)
def test_coverage_hours_are_those_of_the_weekdays(hours, worked):
    assert week.worked(hours) == worked


def due(viewer, scope: str = "mine", **more) -> set[tuple]:
    found = coming.coming(viewer, MONDAY, MONDAY + timedelta(days=6), scope, **more)
    return set(zip(found["kind"], found["state"], found["day"], strict=True))


@pytest.mark.acceptance("C33")
def test_the_week_holds_everything_that_is_due(database, manager, other_manager, today):
    account_id = make.account(owner=manager.person_id)
    make.task(account_id, manager.person_id, kind="hand", due_on=today)
    make.task(account_id, manager.person_id, kind="check_in", due_on=today, status="done")
    make.task(account_id, manager.person_id, kind="play", run_id=5, due_on=today, blocked_reason="Legal")
    make.task(None, manager.person_id, kind="hand", title="Internal", due_on=MONDAY)
    make.task(account_id, manager.person_id, kind="hand", due_on=today, status="dropped")
    make.promise(account_id, manager.person_id, due_on=today)
    make.renewal(account_id, make.contract(account_id), notice_on=today, due_on=MONDAY + timedelta(days=6))
    make.quote(account_id, manager.person_id, "sent", valid_until=today)
    make.promise(account_id, manager.person_id, due_on=MONDAY + timedelta(days=7))

    assert due(manager) == {
        ("task", "open", today), ("check_in", "done", today), ("step", "blocked", today),
        ("task", "open", MONDAY), ("promise", "open", today), ("notice", "open", today),
        ("renewal", "open", MONDAY + timedelta(days=6)), ("quote", "open", today),
    }  # fmt: skip
    assert due(other_manager) == due(other_manager, "all") == set()


def test_somebody_elses_week_is_not_found(database, manager, other_manager):
    with pytest.raises(NotFound):
        due(other_manager, whose=manager.person_id)


@pytest.mark.acceptance("C33")
def test_a_lead_sees_the_hands_of_those_who_report_and_of_nobody_else(
    database, manager, other_manager, today
):
    person = make.person(name="Sun Li", roles=[Role.TEAM_LEAD])
    make.change(m.Person, manager.person_id, manager_id=person)
    lead = replace(
        manager, person_id=person, roles=frozenset({Role.TEAM_LEAD}), books=frozenset({manager.person_id})
    )
    mine, far = (make.account(owner=one.person_id) for one in (manager, other_manager))
    for account_id, one in ((mine, manager), (far, other_manager)):
        make.alert(account_id, level="critical")
        make.task(account_id, one.person_id, due_on=today - timedelta(days=1))
        make.task(account_id, one.person_id, due_on=today, blocked_reason="Legal")
    profile = m.StaffProfile(person_id=manager.person_id, hours={"0": [540, 1080]}, updated_at=manager.now)
    make.insert(profile)

    found = team.team(lead, MONDAY, MONDAY + timedelta(days=6)).set_index("person")
    assert sorted(found.index) == ["Lin Wei", "Sun Li"]
    row = found.loc["Lin Wei"]
    assert (row.accounts, row.need, row.critical, row.overdue) == (1, 1, 1, 1)
    assert (row.due, row.done, row.blocked, row.available) == (2, 0, 1, 9.0)


def test_what_comes_next_is_the_nearest_open_thing(database, manager, today):
    account_id = make.account(owner=manager.person_id, name="Kestrel Digital")
    assert coming.following(manager) is None

    make.promise(account_id, manager.person_id, due_on=today + timedelta(days=9))
    make.promise(account_id, manager.person_id, what="Call them", due_on=today + timedelta(days=4))
    make.task(account_id, manager.person_id, due_on=today + timedelta(days=2), status="done")

    found = coming.following(manager)
    assert (found.kind, found.day, found.account, found.label) == (
        "promise", today + timedelta(days=4), "Kestrel Digital", "Call them",
    )  # fmt: skip
