"""The page of playbooks, as a person reads and works it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from lib.access import Role, Viewer
from lib.playbooks import acting
from lib.store import models as m
from lib.store.database import read_one
from tests import make, screen
from tests.make import NOW, TODAY
from tests.playbooks.playing import designate


@pytest.fixture
def run_id(database, manager) -> int:
    """A welcome under way on an account whose first step is overdue."""
    account_id = make.account(owner=manager.person_id, name="Nordwave Audio", seats=10)
    make.contact(account_id, name="Wang Tao", is_sponsor=True)
    designate(manager, account_id)
    made = read_one(select(m.PlaybookRun.id).where(m.PlaybookRun.code == "welcome")).id
    task = read_one(select(m.Task.id).where(m.Task.run_id == made, m.Task.step == "welcome")).id
    make.change(m.Task, task, due_on=TODAY - timedelta(days=2))
    return made


def test_runs_stand_with_their_next_step(manager, run_id):
    at = screen.opened("playbooks", manager)

    assert not at.exception
    (table,) = at.dataframe
    welcome = table.value[table.value["playbook"] == "VIP welcome"].iloc[0]
    assert welcome["account"] == "Nordwave Audio"
    assert welcome["next_step"] == "Write the personal welcome and offer extra help"
    assert [one.value for one in at.metric][1] == "1", "one step is overdue"


def test_a_run_shows_steps_texts_and_milestones(manager, run_id):
    at = screen.opened("playbooks", manager, run=run_id)

    said = screen.said(at)
    assert "VIP welcome: Nordwave Audio" in said
    assert "Offer the demo again" in said
    assert "Hello Wang Tao, I am Lin Wei and look after Nordwave Audio" in said
    assert "First value not reached yet" in said or "First login" in said


def test_the_text_speaks_the_language_of_the_customer(manager, run_id):
    account = read_one(select(m.PlaybookRun.account_id)).account_id
    make.change(m.Account, account, language="zh-CN", name_zh="北浪音频")

    said = screen.said(screen.opened("playbooks", manager, run=run_id))

    assert "今后由我负责 北浪音频" in said


def test_a_step_is_done_with_a_note(manager, run_id):
    at = screen.opened("playbooks", manager, run=run_id)
    task = read_one(select(m.Task.id).where(m.Task.run_id == run_id, m.Task.step == "welcome")).id
    at.text_area(f"note-{task}-1").input("They want a training")
    at.button(f"done-{task}-1").click()
    at.run()

    assert not at.exception
    held = read_one(select(m.Task.status, m.Task.note).where(m.Task.id == task))
    assert tuple(held) == ("done", "They want a training")
    assert "They want a training" in screen.said(at)


def test_skipping_without_a_reason_is_refused_beside_what_was_typed(manager, run_id):
    at = screen.opened("playbooks", manager, run=run_id)
    task = read_one(select(m.Task.id).where(m.Task.run_id == run_id, m.Task.step == "welcome")).id
    at.button(f"skip-{task}-1").click()
    at.run()

    assert "the reason is missing" in screen.said(at)
    assert read_one(select(m.Task.status).where(m.Task.id == task)).status == "open"


@pytest.mark.acceptance("C05")
def test_overdue_steps_are_listed_per_owner(manager, leader, run_id):
    at = screen.opened("playbooks", leader, view="overdue")

    (table,) = at.dataframe
    assert table.value[["owner", "overdue"]].values.tolist() == [["Lin Wei", "1"]]


def test_every_playbook_is_read_in_both_languages(manager, database):
    for language, name in (("en", "Concierge onboarding"), ("zh-CN", "专人上手引导")):
        at = screen.opened("playbooks", replace(manager, language=language), view="books")
        assert not at.exception
        assert name in screen.said(at)
        assert len(at.dataframe) >= 9


def test_leads_and_admins_alone_reach_the_editor(manager, database):
    admin = Viewer(make.person(roles=[Role.ADMIN]), "Root", frozenset({Role.ADMIN}), NOW)

    closed = screen.opened("playbooks", manager, edit="welcome")
    assert not closed.multiselect
    at = screen.opened("playbooks", admin, edit="welcome")
    assert not at.exception
    assert "Starts when" in [one.label for one in at.multiselect]
    assert "Nothing differs from version 1." in screen.said(at)
    at.text_input("edit-welcome-1-name_en").input("Warm welcome").run()
    assert "Publish version 2" in screen.said(at)


def test_an_account_shows_its_plays_trial_demo_and_gifts(manager, run_id):
    account = read_one(select(m.PlaybookRun.account_id)).account_id
    acting.start_play(manager, account, "first_90_days")

    said = screen.said(screen.opened("playbooks", manager, account=account))

    for words in ("New seller, first 90 days", "No trial written down.", "No demo offered yet.", "$500.00"):
        assert words in said


def test_the_page_of_an_account_tells_its_plays_and_milestones(manager, run_id):
    account = read_one(select(m.PlaybookRun.account_id)).account_id

    said = screen.said(screen.opened("account", manager, id=account))

    assert "VIP welcome" in said
    assert "Next: Write the personal welcome and offer extra help, 2 days ago" in said
    assert "0 of 3 people in 28 days" in said


@pytest.mark.parametrize(("view", "words"), [
    ("runs", "No playbook runs yet."), ("overdue", "Nothing is overdue."),
    ("staying", "No account has signed up long enough ago"),
])  # fmt: skip
def test_an_empty_view_says_so(manager, database, view, words):
    at = screen.opened("playbooks", manager, view=view)

    assert not at.exception
    assert words in screen.said(at)
