"""One act on many accounts: partial refusals are named, one undo takes everything back, on both stores."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lib.errors import Conflict, DeskError, NotFound
from lib.flows import bulk
from lib.store import models as m
from lib.store import verify
from lib.store.database import reading
from tests import make
from tests.make import TODAY

SOON = TODAY + timedelta(days=5)


def rows(model, *where):
    found = select(*model.__table__.columns).where(*where).order_by(model.id)
    with reading() as connection:
        return connection.execute(found).fetchall()


def holders(duty="owner"):
    held = rows(m.Assignment, m.Assignment.until.is_(None), m.Assignment.duty == duty)
    return {row.account_id: row.person_id for row in held}


def chained():
    with reading() as connection:
        return [fault for fault in verify.faults(connection) if fault.code != "unchained"]


@pytest.fixture
def three(database, manager) -> list[int]:
    return [make.account(owner=manager.person_id, name=name) for name in ("Alpha", "Beta", "Gamma")]


def test_a_batch_assigns_names_what_it_refused_and_goes_back_whole(three, manager, other_manager):
    alone = make.account(owner=other_manager.person_id, backup=manager.person_id)
    batch = bulk.assign(manager, [*three, alone], "b-1", "owner", other_manager.person_id)

    assert batch.done == 3
    assert [(i, code) for i, code, _ in batch.refused] == [(alone, "error-already-responsible")]
    assert {holders()[i] for i in three} == {other_manager.person_id}
    assert len(rows(m.AuditEntry, m.AuditEntry.command == "bulk.assign")) == 3, "a refusal leaves no record"

    with pytest.raises(NotFound):
        bulk.undo(other_manager, "b-1")
    assert bulk.undo(manager, "b-1") == 3, "who gave accounts away can take them back"
    assert {holders()[i] for i in three} == {manager.person_id}
    assert chained() == []
    with pytest.raises(NotFound):
        bulk.undo(manager, "b-1")


def test_a_backup_where_none_was_is_taken_back_to_none(three, manager, other_manager):
    bulk.assign(manager, three, "b-2", "backup", other_manager.person_id)
    assert set(holders("backup")) == set(three)

    bulk.undo(manager, "b-2")
    assert holders("backup") == {}


def test_tags_are_added_where_they_are_missing(three, manager):
    bulk.tag(manager, three[:1], "b-3", "Peak season")
    batch = bulk.tag(manager, three, "b-4", "peak season")

    assert (batch.done, [code for _, code, _ in batch.refused]) == (2, ["error-bulk-tagged-already"])
    assert len(rows(m.AccountTag)) == 3
    bulk.undo(manager, "b-4")
    assert [row.account_id for row in rows(m.AccountTag)] == three[:1]


def test_alerts_are_snoozed_and_woken_together(three, manager):
    for account_id in three[:2]:
        make.alert(account_id)
    batch = bulk.snooze(manager, three, "b-5", SOON, "They are on holiday")

    assert batch.done == 2
    assert batch.refused[0][:2] == (three[2], "error-bulk-no-alert")
    assert {row.status for row in rows(m.ChurnAlert)} == {"snoozed"}
    bulk.undo(manager, "b-5")
    assert {row.status for row in rows(m.ChurnAlert)} == {"new"}


def test_a_task_each_goes_to_the_owner_and_is_taken_back_while_it_is_open(three, manager):
    batch = bulk.create_tasks(manager, three, "b-6", "Ask about the peak season", SOON)

    assert batch.done == 3
    assert {(row.owner_id, row.title) for row in rows(m.Task)} == {
        (manager.person_id, "Ask about the peak season")
    }
    make.change(m.Task, rows(m.Task)[0].id, status="done", version=2)
    with pytest.raises(Conflict):
        bulk.undo(manager, "b-6")
    assert {row.status for row in rows(m.Task)[1:]} == {"open"}, "all of it or nothing"


def test_a_form_sent_twice_acts_once(three, manager):
    first = bulk.create_tasks(manager, three, "b-7", "Call", SOON)
    again = bulk.create_tasks(manager, three, "b-7", "Call", SOON)

    assert first == again
    assert len(rows(m.Task)) == 3


def test_one_foreign_account_refuses_the_batch_like_one_that_is_not_there(three, manager, other_manager):
    foreign = make.account(owner=other_manager.person_id)

    for wrong in (foreign, 987_654):
        with pytest.raises(NotFound):
            bulk.tag(manager, [*three, wrong], "b-8", "x")
    assert rows(m.AccountTag) == []


def test_what_everybody_refuses_alike_is_said_once(three, manager):
    with pytest.raises(DeskError) as told:
        bulk.snooze(manager, three, "b-9", SOON, "They are on holiday")

    assert told.value.code == "bulk_no_alert"
