"""The page Today as a person sees it."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from lib.access import Role
from lib.ui.acts import plain
from tests import make, screen
from tests.screen import said, words

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


def keys(at) -> set[str]:
    return {button.key for button in at.button}


def press(at, label: str):
    """The button with this label, wherever it stands."""
    return next(button for button in at.button if button.label == label).click().run()


@pytest.mark.acceptance("C05")
def test_a_contact_is_logged_in_two_clicks_and_taken_back(manager, account_id):
    make.alert(account_id)
    at = opened(manager)
    at.button(key=f"log-{account_id}").click().run()
    press(at, "Log contact")

    assert not at.exception
    assert not at.error
    assert "contacted, not closed" in words(at)
    assert "Contact logged. The alert is marked as contacted." in " ".join(said(at).split())

    at.button(key="undo").click().run()
    assert "contacted, not closed" not in words(at)
    assert "undo" not in keys(at)


def test_a_card_says_why_it_stands_where_it_stands(manager, account_id):
    make.alert(account_id, level="critical")
    at = opened(manager)

    assert "ARR $12,000 × urgency 1.00 × influence 0.60 ÷ 30 min = $240 a minute" in said(at)


@pytest.mark.acceptance("C05")
def test_five_signals_about_one_customer_are_one_card(manager, account_id, today):
    make.alert(account_id)
    make.promise(account_id, manager.person_id, due_on=today)
    make.renewal(account_id, make.contract(account_id))
    make.task(account_id, manager.person_id, title="Quarterly check-in")
    make.quote(account_id, manager.person_id, "sent", valid_until=today + timedelta(days=3))
    at = opened(manager)

    assert len([key for key in keys(at) if key.startswith("act-")]) == 1
    assert "+4 more" in words(at)
    assert len([key for key in keys(at) if key.startswith(("also-", "done-"))]) == 4


def test_a_card_is_snoozed_with_a_reason_and_brought_back(manager, account_id):
    make.alert(account_id)
    at = opened(manager)
    at.button(key=f"snooze-{account_id}").click().run()
    press(at, "Snooze card")
    assert len(at.error) == 1, "a reason is asked for"
    assert f"act-{account_id}" in keys(at)

    at.button(key=f"snooze-{account_id}").click().run()
    at.text_input(key=f"snooze-form-{account_id}-reason").input("At a fair")
    press(at, "Snooze card")
    assert not at.exception
    assert f"act-{account_id}" not in keys(at)
    assert "Nothing waits for you." in words(at)
    assert "At a fair" in said(at)

    at.button(key=f"wake-{account_id}").click().run()
    assert f"act-{account_id}" in keys(at)


def test_a_card_is_handed_to_a_colleague_and_taken_back(manager, account_id, other_manager):
    make.assignment(account_id, other_manager.person_id, "backup")
    make.alert(account_id)
    at = opened(manager)
    at.button(key=f"hand-over-{account_id}").click().run()
    press(at, "Hand over card")
    assert not at.exception
    assert f"act-{account_id}" not in keys(at)
    assert "handed over to Zhao Min" in said(at)

    at.button(key="undo").click().run()
    assert f"act-{account_id}" in keys(at)


def test_a_due_task_is_ticked_off_on_its_card(manager, account_id):
    make.task(account_id, manager.person_id, title="Send the deck")
    at = opened(manager)
    at.button(key=f"done-{account_id}-0").click().run()

    assert "Nothing waits for you." in words(at)
    at.button(key="undo").click().run()
    assert f"act-{account_id}" in keys(at)


def test_an_empty_list_says_so_and_what_comes_next(manager, account_id, today):
    make.promise(account_id, manager.person_id, due_on=today + timedelta(days=9))

    told = said(opened(manager))
    assert "Nothing waits for you." in told
    assert "Next: Promise: Send the security answers, Kestrel Digital, 29 Nov 2026 (in 9 days)." in told


def test_a_lead_opens_the_queue_of_a_member_and_works_on_nobodys_list(manager, account_id, other_manager):
    make.alert(account_id)
    lead = replace(other_manager, roles=frozenset({Role.TEAM_LEAD}), books=frozenset({manager.person_id}))
    at = opened(lead, person=manager.person_id)

    assert not at.exception
    assert at.title[0].value == "Lin Wei’s Today"
    assert f"act-{account_id}" in keys(at)
    assert f"snooze-{account_id}" not in keys(at)


def test_the_queue_of_somebody_else_is_not_there(manager, account_id, other_manager):
    at = opened(other_manager, person=manager.person_id)

    assert "Nothing to see here" in words(at)
    assert "Kestrel" not in words(at)
