"""Working tasks, on both stores: one by one, many at once, and back."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lib.access import Role
from lib.errors import Conflict, Invalid, NotFound
from lib.playbooks import commands, register
from lib.playbooks.register import Filters
from lib.playbooks.rules import Only, Scope, State
from lib.store.database import read_one, transaction
from lib.store.models import AuditEntry, Person, Task
from tests import make
from tests.make import TODAY

LATER = TODAY + timedelta(days=5)


@pytest.fixture
def account_id(database, manager) -> int:
    return make.account(owner=manager.person_id, name="Nordwave Audio", name_zh="北浪音频")


@pytest.fixture
def tasks(manager, account_id) -> list[tuple[int, int]]:
    """Three tasks of the manager: overdue, due today, due in a month."""
    days = (TODAY - timedelta(days=3), TODAY, TODAY + timedelta(days=30))
    return [(make.task(account_id, manager.person_id, due_on=day, title=f"Call {day}"), 1) for day in days]


def shown(viewer, only=Only.DUE, scope=Scope.MINE, **more) -> list[int]:
    return register.tasks(viewer, scope, only, Filters(**more))["id"].tolist()


def stored(task_id: int, *columns):
    return read_one(select(*columns).where(Task.id == task_id))


def test_a_task_by_hand_is_made_once_and_stands_in_the_list(manager, account_id):
    first = commands.create_task(manager, account_id, " Send the plan ", LATER, form_key="one")
    again = commands.create_task(manager, account_id, " Send the plan ", LATER, form_key="one")

    assert first == again
    (row,) = register.tasks(manager, only=Only.OPEN).itertuples()
    assert (row.title, row.due_on, row.owner, row.state, row.origin) == (
        "Send the plan", LATER, manager.name, State.AHEAD, "hand",
    )  # fmt: skip


@pytest.mark.parametrize(("day", "code"), [(TODAY - timedelta(days=1), "task_day_past"),
                                           (date(2031, 1, 1), "task_day_far")])  # fmt: skip
def test_a_task_is_for_today_or_later_and_within_two_years(manager, account_id, day, code):
    with pytest.raises(Invalid) as caught:
        commands.create_task(manager, account_id, "Call", day)

    assert caught.value.code == code


def test_the_same_task_for_many_accounts_goes_to_each_owner(leader, manager, other_manager, account_id):
    theirs = make.account(owner=other_manager.person_id)
    nobodys = make.account()

    commands.create_tasks(leader, [account_id, theirs, nobodys], "Invite to the event", LATER, form_key="x")

    owners = dict(zip(*register.tasks(leader, Scope.ALL, Only.OPEN)[["account_id", "owner_id"]].values.T,
                      strict=True))  # fmt: skip
    assert owners == {account_id: manager.person_id, theirs: other_manager.person_id,
                      nobodys: leader.person_id}  # fmt: skip


def test_a_task_for_an_account_nobody_showed_is_not_made(manager, account_id, other_manager):
    foreign = make.account(owner=other_manager.person_id)

    with pytest.raises(NotFound):
        commands.create_tasks(manager, [account_id, foreign], "Call", LATER)

    assert shown(manager, Only.OPEN) == []


def test_done_takes_a_task_off_the_list_and_undo_brings_it_back(manager, tasks):
    done = commands.finish_task(manager, *tasks[0], note="They agreed.")

    assert shown(manager) == [tasks[1][0]]
    assert stored(tasks[0][0], Task.status, Task.note, Task.done_by) == (
        "done", "They agreed.", manager.person_id)  # fmt: skip
    assert commands.undo_tasks(manager, done) == 1
    assert stored(tasks[0][0], Task.status, Task.note, Task.done_by, Task.closed_at) == (
        "open", None, None, None)  # fmt: skip
    assert shown(manager) == [tasks[0][0], tasks[1][0]]


def test_many_are_done_by_one_act_and_come_back_by_one(manager, tasks):
    done = commands.finish_tasks(manager, tasks)
    assert shown(manager, Only.OPEN) == []

    commands.undo_tasks(manager, done)

    assert shown(manager, Only.OPEN) == [task_id for task_id, _ in tasks]
    with pytest.raises(Conflict) as caught:
        commands.undo_tasks(manager, done)
    assert caught.value.code == "nothing_to_undo"


def test_nothing_is_done_when_one_of_many_changed_meanwhile(manager, tasks):
    commands.snooze_task(manager, *tasks[2], LATER, "They are away")

    with pytest.raises(Conflict):
        commands.finish_tasks(manager, tasks)

    assert shown(manager) == [tasks[0][0], tasks[1][0]]


def test_a_task_of_a_foreign_account_or_person_is_not_there(manager, leader, other_manager, tasks):
    own = make.task(None, manager.person_id)

    for viewer, task in ((other_manager, tasks[0]), (leader, (own, 1))):
        with pytest.raises(NotFound):
            commands.finish_task(viewer, *task)
    commands.finish_task(manager, own, 1)


def test_somebody_else_cannot_take_back_what_one_did(manager, leader, tasks):
    done = commands.finish_task(manager, *tasks[0])

    with pytest.raises(Conflict):
        commands.undo_tasks(leader, done)


def test_a_snoozed_task_sleeps_with_its_reason_until_its_day(manager, tasks):
    commands.snooze_task(manager, *tasks[1], LATER, "Their team is at a fair")

    assert shown(manager) == [tasks[0][0]]
    (row,) = register.tasks(manager, only=Only.SNOOZED).itertuples()
    assert (row.state, row.snoozed_until, row.reason, row.due_on) == (
        State.SNOOZED, LATER, "Their team is at a fair", TODAY)  # fmt: skip
    at_last = make.NOW + timedelta(days=5)
    assert tasks[1][0] in shown(type(manager)(manager.person_id, manager.name, manager.roles, at_last))


@pytest.mark.parametrize("reason", ["", "   ", None])
def test_snoozing_and_blocking_and_skipping_need_a_reason(manager, tasks, reason):
    for act in (
        lambda: commands.snooze_task(manager, *tasks[0], LATER, reason),
        lambda: commands.block_task(manager, *tasks[0], reason),
        lambda: commands.skip_task(manager, *tasks[0], reason),
    ):
        with pytest.raises(Invalid) as caught:
            act()
        assert caught.value.code == "task_reason_missing"


def test_a_blocked_task_waits_until_it_is_resumed(manager, tasks):
    ((task_id, version),) = commands.block_task(manager, *tasks[0], "Legal has the paper")
    assert shown(manager, Only.BLOCKED) == [task_id]
    assert register.task_states(manager)[State.BLOCKED] == 1

    commands.resume_task(manager, task_id, version)

    assert shown(manager, Only.OVERDUE) == [task_id]


def test_a_skipped_task_is_reopened(manager, tasks):
    ((task_id, version),) = commands.skip_task(manager, *tasks[0], "They left the market")
    assert shown(manager, Only.DROPPED) == [task_id]

    commands.reopen_task(manager, task_id, version)

    assert task_id in shown(manager)


def test_a_task_goes_to_a_colleague_who_sees_the_account(manager, other_manager, tasks, account_id):
    with pytest.raises(Invalid) as caught:
        commands.hand_over_task(manager, *tasks[0], other_manager.person_id)
    assert caught.value.code == "task_receiver"
    make.assignment(account_id, other_manager.person_id, "backup")
    assert other_manager.person_id in register.receivers(manager, account_id)["id"].tolist()

    given = commands.assign_tasks(manager, tasks[:2], other_manager.person_id, "On leave")

    assert shown(other_manager) == [task_id for task_id, _ in tasks[:2]]
    commands.undo_tasks(manager, given)
    assert shown(other_manager) == []


def test_overdue_tasks_are_listed_per_owner(leader, manager, other_manager, tasks):
    theirs = make.account(owner=other_manager.person_id)
    for back in (1, 9):
        make.task(theirs, other_manager.person_id, due_on=TODAY - timedelta(days=back))

    rows = register.overdue_per_owner(leader)

    assert rows[["owner", "overdue"]].values.tolist() == [[other_manager.name, 2], [manager.name, 1]]
    assert rows["oldest"].tolist()[0] == TODAY - timedelta(days=9)


def test_the_scope_team_holds_the_tasks_of_whoever_reports_to_the_viewer(database, manager, tasks):
    lead = make.person(name="Sun Li", roles=[Role.TEAM_LEAD])
    make.change(Person, manager.person_id, manager_id=lead)
    viewer = type(manager)(lead, "Sun Li", frozenset({Role.TEAM_LEAD}), manager.now,
                           books=frozenset({manager.person_id}))  # fmt: skip

    assert shown(viewer) == []
    assert shown(viewer, scope=Scope.TEAM) == [tasks[0][0], tasks[1][0]]


def test_every_act_is_on_record_with_old_and_new_value(manager, tasks):
    commands.snooze_task(manager, *tasks[0], LATER, "Their team is at a fair")

    with transaction() as session:
        found = select(AuditEntry).where(AuditEntry.row_id == tasks[0][0]).order_by(AuditEntry.id.desc())
        entry = session.execute(found).scalars().first()
    assert entry.command == "playbooks.snooze_task"
    assert (entry.old["snoozed_until"], entry.new["snoozed_until"]) == (None, LATER.isoformat())
    assert entry.reason == "Their team is at a fair"


def test_search_finds_a_task_by_its_words_or_its_account(manager, tasks):
    assert shown(manager, Only.OPEN, text=f"call {TODAY}") == [tasks[1][0]]
    assert len(shown(manager, Only.OPEN, text="北浪")) == 3
    assert register.task_count(manager, only=Only.OPEN, by=Filters(text="nordwave")) == 3
