"""The page Today as a person sees it."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from lib.ui.acts import plain
from tests import make, screen
from tests.screen import words

opened = partial(screen.opened, "today")


@pytest.fixture
def account_id(embedded, manager) -> int:
    made = make.account(owner=manager.person_id, name="Kestrel Digital", name_zh="隼翼数码")
    make.subscription(made)
    return made


def test_nobody_gets_in_without_a_viewer(embedded):
    at = opened(None)

    assert not at.metric
    assert len(at.error) == 1


@pytest.mark.acceptance("C21")
def test_an_overdue_promise_leads_with_its_clock_and_its_act(manager, account_id, today):
    make.promise(account_id, manager.person_id, due_on=today - timedelta(days=2))
    at = opened(manager)

    assert not at.exception
    seen = words(at)
    for part in ("Kestrel Digital", plain("Promise overdue: Send the security answers"), "Overdue 2 days"):
        assert part in seen
    assert [b.label for b in at.button if b.key.startswith("act-")] == ["Answer promise"]
    assert [m.value for m in at.metric] == ["1", "$12K", "1", "0"]


def test_chinese_speaks_chinese(manager, account_id, today):
    make.promise(account_id, manager.person_id, due_on=today - timedelta(days=2))
    at = opened(replace(manager, language="zh-CN"))

    assert not at.exception
    assert "隼翼数码" in words(at)
    assert "逾期 2 天" in words(at)
    assert "回复承诺" in words(at)


@pytest.mark.parametrize("kind", ["alert", "promise", "nonsense"])
def test_the_address_chooses_the_kind(manager, account_id, today, kind):
    make.alert(account_id)
    make.promise(account_id, manager.person_id, due_on=today)
    at = opened(manager, kind=kind)

    assert not at.exception
    lead = {"alert": "Open alert", "promise": "Answer promise"}.get(kind, "Open alert")
    assert [b.label for b in at.button if b.key.startswith("act-")] == [lead]


def test_a_kind_nobody_has_says_so(manager, account_id, today):
    make.alert(account_id)
    at = opened(manager, kind="promise")

    assert not at.exception
    assert "Nothing of this kind waits for you." in words(at)


def test_more_rows_come_on_demand(embedded, manager):
    for number in range(14):
        make.alert(make.account(owner=manager.person_id, name=f"Account {number}"))
    at = opened(manager)
    assert len([b for b in at.button if b.key.startswith("act-")]) == 12

    at.button(key="more").click().run()
    assert len([b for b in at.button if b.key.startswith("act-")]) == 14


def test_leadership_switches_between_mine_team_and_all(embedded, manager, leader):
    make.alert(make.account(owner=manager.person_id, name="Velora"))
    at = opened(leader)
    assert "Velora" in words(at)

    at = opened(leader, scope="mine")
    assert not at.exception
    assert "Velora" not in words(at)
    assert "Nothing waits for you." in words(at)


def test_a_manager_cannot_widen_the_scope_by_the_address(embedded, manager, other_manager):
    make.alert(make.account(owner=other_manager.person_id, name="Velora"))
    at = opened(manager, scope="all")

    assert not at.exception
    assert "Velora" not in words(at)


def test_markup_in_names_and_promises_stays_text(embedded, manager, today):
    account_id = make.account(owner=manager.person_id, name="**x** :red[y] [z](http://q)")
    make.promise(account_id, manager.person_id, what="$a$ <b>b</b>", due_on=today)
    at = opened(manager)

    assert not at.exception
    assert plain("**x** :red[y] [z](http://q)") in words(at)
    assert plain("$a$ <b>b</b>") in words(at)


def test_a_task_is_done_from_here(manager, account_id):
    task_id = make.task(account_id, manager.person_id, title="Quarterly check-in")
    at = opened(manager)
    assert any("Quarterly check" in m.value for m in at.markdown)

    at.button(key=f"task-{task_id}").click().run()
    assert not at.exception
    assert not at.error
    assert not [b for b in at.button if b.key == f"task-{task_id}"]


def test_an_empty_store_shows_the_way_to_data(embedded, admin):
    at = opened(admin)

    assert not at.exception
    assert "No accounts yet. Import a file to begin." in words(at)
