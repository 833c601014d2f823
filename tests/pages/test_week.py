"""The page Week as a person sees it."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from lib.access import Role
from lib.store import models as m
from tests import make, screen
from tests.screen import said

opened = partial(screen.opened, "week")


@pytest.fixture
def account_id(embedded, manager) -> int:
    return make.account(owner=manager.person_id, name="Kestrel Digital", name_zh="隼翼数码")


@pytest.fixture
def lead(manager):
    """A lead the manager reports to."""
    person_id = make.person(name="Sun Li", roles=[Role.TEAM_LEAD])
    make.change(m.Person, manager.person_id, manager_id=person_id)
    return replace(
        manager, person_id=person_id, name="Sun Li", roles=frozenset({Role.TEAM_LEAD}),
        books=frozenset({manager.person_id}),
    )  # fmt: skip


def test_nobody_gets_in_without_a_viewer(embedded):
    assert len(opened(None).error) == 1


@pytest.mark.acceptance("C33")
def test_each_day_says_what_is_due_done_and_blocked(manager, account_id, today):
    """Today is a Friday."""
    make.task(account_id, manager.person_id, title="Quarterly check-in", due_on=today)
    make.task(account_id, manager.person_id, title="Waits for legal", due_on=today, blocked_reason="Legal")
    make.task(account_id, manager.person_id, title="Sent", due_on=today, status="done")
    make.promise(account_id, manager.person_id, due_on=today + timedelta(days=1))
    at = opened(manager)

    assert not at.exception
    figures = {one.label: (one.value, one.delta) for one in at.metric}
    assert figures["Today 20 Nov"] == ("3", "1 done · 1 blocked")
    assert figures["Sat 21 Nov"] == ("1", "0 done · 0 blocked")
    for part in ("Check-in: Quarterly check-in", "Blocked", "Promise: Send the security answers", "Kestrel"):
        assert part in said(at)


def test_chinese_speaks_chinese(manager, account_id, today):
    make.promise(account_id, manager.person_id, due_on=today)
    at = opened(replace(manager, language="zh-CN"))

    assert not at.exception
    assert "隼翼数码" in said(at)
    assert "承诺：" in said(at)


def test_the_address_asks_for_next_week(manager, account_id, today):
    make.promise(account_id, manager.person_id, due_on=today + timedelta(days=4))
    assert "Nothing is due in this week." in said(opened(manager))

    at = opened(manager, week="next")
    assert "Promise: Send the security answers" in said(at)


@pytest.mark.acceptance("C33")
def test_a_lead_sees_what_each_person_has_on_their_hands(lead, manager, account_id, today):
    make.alert(account_id, level="critical")
    make.task(account_id, manager.person_id, title="Late", due_on=today - timedelta(days=1))
    at = opened(lead, view="people")

    assert not at.exception
    (table,) = at.dataframe
    row = table.value.set_index("person").loc["Lin Wei"]
    assert (row["accounts"], row["critical"], row["overdue"]) == ("1", "1", "1")


def test_who_leads_nobody_has_no_view_of_people(manager, account_id):
    at = opened(manager, view="people")

    assert not at.exception
    assert not at.dataframe
