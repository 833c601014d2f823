"""Roles, permissions, and the door that checks them."""

import pytest
from sqlalchemy import func, select

from lib.access import GRANTS, PERMISSIONS, Role, Viewer, require
from lib.errors import NotAllowed
from lib.people import commands, identity
from lib.store.database import read_one, transaction
from lib.store.doors import REGISTER, command
from lib.store.models import AuditEntry, Person
from tests import make


def test_every_permission_is_granted_to_somebody():
    granted = set().union(*GRANTS.values())

    assert granted == PERMISSIONS


@pytest.mark.parametrize("forbidden", ["quote.approve", "quote.issue", "quote.submit", "quote.write"])
def test_the_command_line_neither_approves_nor_sends(forbidden):
    assert forbidden not in GRANTS[Role.TECHNICAL]


def test_who_sells_does_not_approve_by_the_same_role():
    for role in (Role.ACCOUNT_MANAGER, Role.SALES):
        assert "quote.approve" not in GRANTS[role]


def test_a_viewer_without_roles_may_nothing(now):
    nobody = Viewer(person_id=1, name="Nobody", roles=frozenset(), now=now)

    with pytest.raises(NotAllowed):
        require(nobody, "account.read")


def test_a_misspelt_permission_is_a_bug_and_not_a_refusal(now):
    with pytest.raises(KeyError):
        require(Viewer(person_id=1, name="N", roles=frozenset({Role.ADMIN}), now=now), "acount.read")


def test_a_naive_clock_is_refused():
    from datetime import datetime

    with pytest.raises(ValueError, match="aware"):
        Viewer(person_id=1, name="N", roles=frozenset(), now=datetime(2026, 1, 1))


def test_a_switched_off_person_is_nobody_at_the_next_run(database, now):
    person_id = make.person(roles=[Role.SALES])
    assert identity.viewer_of(person_id, now).roles == {Role.SALES}

    with transaction() as session:
        session.get(Person, person_id).active = False

    assert identity.viewer_of(person_id, now) is None


def test_choosing_a_language_is_kept_and_on_record(database, manager, now):
    commands.choose_language(manager, "zh-CN")

    assert identity.viewer_of(manager.person_id, now).language == "zh-CN"
    entry = read_one(select(AuditEntry.command, AuditEntry.old, AuditEntry.new))
    assert tuple(entry) == ("people.choose_language", {"language": "en"}, {"language": "zh-CN"})


def test_a_failing_command_leaves_nothing_behind(database, manager):
    @command("test.half_done", permission="today.read")
    def half_done(session, viewer):
        session.add(Person(external_id="half", name="Half", created_at=viewer.now))
        session.flush()
        raise RuntimeError("stopped in the middle")

    REGISTER.pop("test.half_done")
    with pytest.raises(RuntimeError):
        half_done(manager)

    assert read_one(select(func.count()).where(Person.external_id == "half"))[0] == 0


def test_the_choice_of_local_people_leaves_out_the_technical_person(database, manager):
    assert list(identity.local_people()["name"]) == ["Lin Wei"]
