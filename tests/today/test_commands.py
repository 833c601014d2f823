"""What is done with a card of Today: snoozed, woken, a contact logged, handed over; each taken back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from lib.access import Role
from lib.errors import Conflict, Invalid, NotFound
from lib.flows import card, finishing
from lib.store import models as m
from lib.store.database import reading
from lib.teams import requests
from lib.today import commands, queries
from lib.today.rules import seen_of
from tests import make


@pytest.fixture
def account_id(database, manager) -> int:
    return make.account(owner=manager.person_id, name="Kestrel Digital")


def shown(viewer, **more) -> set[int]:
    return {row.account_id for row in queries.queue(viewer, **more).rows()}


def snooze(viewer, account_id: int, days: int = 3) -> int:
    (row,) = [one for one in queries.queue(viewer).rows() if one.account_id == account_id]
    return commands.snooze_card(
        viewer, account_id, until=viewer.today + timedelta(days=days), reason="They are at a fair",
        seen=seen_of(row.reasons),
    )  # fmt: skip


def value(column, row_id: int):
    with reading() as connection:
        return connection.execute(select(column).where(column.class_.id == row_id)).scalar_one()


def task_of(key: str) -> int:
    with reading() as connection:
        return connection.execute(select(m.Task.id).where(m.Task.dedupe_key == key)).scalar_one()


def later(viewer, days: int):
    return replace(viewer, now=viewer.now + timedelta(days=days))


def test_a_snoozed_card_is_gone_until_its_day(manager, account_id):
    make.alert(account_id)
    snooze(manager, account_id)

    assert shown(manager) == set()
    assert [row.account_id for row in queries.queue(manager).asleep] == [account_id]
    assert shown(later(manager, 2)) == set()
    assert shown(later(manager, 3)) == {account_id}


def test_something_new_on_the_account_brings_the_card_back_early(manager, account_id, today):
    make.alert(account_id)
    snooze(manager, account_id)
    make.promise(account_id, manager.person_id, due_on=today)

    assert shown(manager) == {account_id}


def test_what_gets_worse_brings_the_card_back_early(manager, account_id, today):
    alert = make.alert(account_id, level="high")
    snooze(manager, account_id)
    make.change(m.ChurnAlert, alert, level="critical")

    assert shown(manager) == {account_id}


def test_a_snooze_is_one_persons_own(manager, account_id, other_manager):
    make.assignment(account_id, other_manager.person_id, "backup")
    make.alert(account_id)
    snooze(manager, account_id)

    assert shown(other_manager) == {account_id}


def test_a_card_is_woken_once(manager, account_id):
    make.alert(account_id)
    number = snooze(manager, account_id)
    commands.wake_card(manager, account_id, number)

    assert shown(manager) == {account_id}
    with pytest.raises(Conflict):
        commands.wake_card(manager, account_id, number)


@pytest.mark.parametrize(("days", "reason"), [(0, "x"), (15, "x"), (3, "  ")])
def test_a_snooze_needs_a_near_day_and_a_reason(manager, account_id, days, reason):
    make.alert(account_id)
    with pytest.raises(Invalid):
        commands.snooze_card(manager, account_id, until=manager.today + timedelta(days=days), reason=reason)

    assert shown(manager) == {account_id}


def test_somebody_elses_account_is_not_found(manager, account_id, other_manager):
    for act in (
        lambda: commands.snooze_card(other_manager, account_id, manager.today + timedelta(days=1), "x"),
        lambda: commands.wake_card(other_manager, account_id, 1),
        lambda: card.log_touch(other_manager, account_id),
        lambda: card.hand_over_card(other_manager, account_id, manager.person_id, "x", manager.today),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_talk_marks_the_alert_contacted_and_closes_the_named_task(manager, account_id):
    alert, task = make.alert(account_id), make.task(account_id, manager.person_id)
    other = make.task(account_id, manager.person_id)
    logged = card.log_touch(manager, account_id, summary="Agreed a plan.", closing=[(task, 1)])

    assert value(m.ChurnAlert.status, alert) == "contacted"
    assert (value(m.Task.status, task), value(m.Task.status, other)) == ("done", "open")
    assert (value(m.Touch.summary, logged.touch), value(m.Touch.two_way, logged.touch)) == (
        "Agreed a plan.",
        True,
    )

    card.take_back_touch(manager, account_id, logged.alerts, logged.tasks)
    assert (value(m.ChurnAlert.status, alert), value(m.Task.status, task)) == ("new", "open")
    assert value(m.Touch.summary, logged.touch) == "Agreed a plan.", "a contact stays on record"


def test_a_request_ticked_off_on_a_card_is_answered_and_comes_back_with_its_task(manager, account_id, leader):
    asked = requests.raise_request(
        leader, "k", {"department": "legal", "title": "Check the addendum", "due_on": leader.today},
        manager.person_id, account=account_id,
    )  # fmt: skip
    task = task_of(requests.key_of(asked))

    ((done, version),) = finishing.finish_task(manager, task, 1)
    assert (value(m.InternalRequest.state, asked), value(m.Task.status, task)) == ("answered", "done")
    assert value(m.InternalRequest.answer, asked) == "Done, ticked off on Today."

    finishing.take_back_task(manager, done, version)
    assert (value(m.InternalRequest.state, asked), value(m.Task.status, task)) == ("open", "open")


def test_a_logged_talk_answers_the_request_it_names_with_its_own_words(manager, account_id, leader):
    asked = requests.raise_request(
        leader, "k", {"department": "legal", "title": "Check the addendum", "due_on": leader.today},
        manager.person_id, account=account_id,
    )  # fmt: skip
    task = task_of(requests.key_of(asked))
    logged = card.log_touch(manager, account_id, summary="They signed it.", closing=[(task, 1)])

    assert value(m.InternalRequest.answer, asked) == "They signed it."
    with pytest.raises(Conflict):
        finishing.finish_task(manager, task, 1)
    card.take_back_touch(manager, account_id, logged.alerts, logged.tasks)
    assert value(m.InternalRequest.state, asked) == "open"


@pytest.mark.parametrize(
    ("outcome", "status", "words"),
    [("message", "contacted", "Left a message for the customer."),
     ("no_answer", "new", "Tried, nobody answered.")],
)  # fmt: skip
def test_only_what_reached_the_customer_moves_the_alert(manager, account_id, outcome, status, words):
    alert, task = make.alert(account_id), make.task(account_id, manager.person_id)
    logged = card.log_touch(manager, account_id, outcome=outcome, closing=[(task, 1)])

    assert value(m.ChurnAlert.status, alert) == status
    assert value(m.Task.status, task) == "open"
    assert value(m.Touch.summary, logged.touch) == words
    assert not value(m.Touch.two_way, logged.touch)


def test_a_second_click_logs_nothing_twice(manager, account_id):
    make.alert(account_id)
    first = card.log_touch(manager, account_id, form_key="k")

    assert card.log_touch(manager, account_id, form_key="k") == first


def test_a_contact_that_somebody_went_on_from_is_not_taken_back(manager, account_id):
    alert = make.alert(account_id)
    logged = card.log_touch(manager, account_id)
    make.change(m.ChurnAlert, alert, status="resolved", version=9)

    with pytest.raises(Conflict):
        card.take_back_touch(manager, account_id, logged.alerts)


def test_a_card_handed_over_is_the_colleagues_task_and_comes_back(manager, account_id, other_manager, today):
    make.assignment(account_id, other_manager.person_id, "backup")
    make.alert(account_id)
    task = make.task(account_id, manager.person_id, title="Call the sponsor")
    (row,) = queries.queue(manager).rows()
    due = today + timedelta(days=2)
    handed = card.hand_over_card(
        manager, account_id, other_manager.person_id, "Look into the drop", due, "I am away",
        mine=[(task, 1)], seen=seen_of(row.reasons),
    )  # fmt: skip

    assert shown(manager) == set()
    assert value(m.Task.owner_id, task) == other_manager.person_id
    made = handed.task[0]
    assert (value(m.Task.owner_id, made), value(m.Task.title, made), value(m.Task.note, made)) == (
        other_manager.person_id, "Look into the drop", "I am away",
    )  # fmt: skip
    assert shown(later(manager, 2)) == {account_id}, "it is due again"

    card.take_back_card(manager, account_id, handed.task, handed.moved, handed.snooze)
    assert shown(manager) == {account_id}
    assert (value(m.Task.owner_id, task), value(m.Task.status, made)) == (manager.person_id, "dropped")


def test_a_card_goes_only_to_somebody_who_sees_the_account(manager, account_id, other_manager):
    make.alert(account_id)
    with pytest.raises(Invalid):
        card.hand_over_card(manager, account_id, other_manager.person_id, "Look", manager.today)

    assert shown(manager) == {account_id}


def test_a_lead_opens_the_queue_of_somebody_who_reports_to_them(manager, account_id, other_manager):
    make.alert(account_id)
    lead = replace(other_manager, roles=frozenset({Role.TEAM_LEAD}), books=frozenset({manager.person_id}))
    snooze(manager, account_id)

    found = queries.queue(lead, whose=manager.person_id)
    assert (found.whose, found.rows()) == ("Lin Wei", [])
    assert [row.account_id for row in found.asleep] == [account_id], "as they see it themselves"


def test_nobody_else_opens_somebodys_queue(manager, account_id, other_manager, leader):
    for viewer, whose in ((other_manager, manager.person_id), (leader, 987_654_321), (manager, 987_654_321)):
        for door in (queries.queue, queries.figures):
            with pytest.raises(NotFound):
                door(viewer, whose=whose)


def test_the_own_book_of_a_lead_is_not_that_of_the_team(manager, account_id, other_manager):
    make.alert(account_id)
    own = make.account(owner=other_manager.person_id)
    make.alert(own)
    make.change(m.Person, manager.person_id, manager_id=other_manager.person_id)
    lead = replace(other_manager, roles=frozenset({Role.TEAM_LEAD}), books=frozenset({manager.person_id}))

    assert shown(lead) == {own}
    assert shown(lead, scope="team") == {own, account_id}
