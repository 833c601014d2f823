"""Runs by hand, new versions, trials, demos and gifts."""

from dataclasses import replace

import pytest

from lib.access import Role, Viewer
from lib.errors import Conflict, Invalid
from lib.playbooks import acting, care, commands, portrait, register
from lib.playbooks.definitions import shipped
from lib.playbooks.rules import Only, Scope
from lib.store import models as m
from tests import make
from tests.make import NOW, TODAY
from tests.playbooks.playing import at, day, designate, dues, gifts, morning, runs, steps, use


def test_a_demo_is_offered_accepted_and_held_with_whom(manager, account_id):
    designate(manager, account_id)
    demo = care.offer_demo(manager, account_id, TODAY)
    morning(1)
    assert steps(account_id)["demo"].status == "done"
    assert steps(account_id)["demo_again"].status == "open"
    care.move_demo(manager, demo, 1, "accepted")
    with pytest.raises(Invalid):
        care.move_demo(manager, demo, 2, "held")

    care.move_demo(manager, demo, 2, "held", TODAY, "Wang Tao, Li Na")
    morning(2)

    assert steps(account_id)["demo_again"].evidence == f"demo|{TODAY}|held"


def test_a_run_is_cancelled_with_a_reason_and_goes_on_after_undo(manager, account_id):
    designate(manager, account_id)
    run_id, version, _ = runs(account_id)["welcome"]
    with pytest.raises(Invalid):
        acting.cancel_run(manager, run_id, version, " ")

    version = acting.cancel_run(manager, run_id, version, "They are a reseller")
    assert steps(account_id)["welcome"].status == "dropped"
    morning(1)
    assert runs(account_id)["welcome"][2] == "cancelled"
    acting.resume_run(manager, run_id, version)

    assert steps(account_id)["welcome"].status == "open"
    assert runs(account_id)["welcome"][2] == "running"


def test_a_run_ends_with_its_last_step_and_undo_reopens_it(manager, database):
    account_id = make.account(owner=manager.person_id)
    acting.start_play(manager, account_id, "first_90_days")
    rows = register.tasks(manager, Scope.MINE, Only.OPEN)
    done = commands.finish_tasks(manager, list(rows[["id", "version"]].itertuples(index=False, name=None)))
    assert runs(account_id)["first_90_days"][2] == "done"

    commands.undo_tasks(manager, done)

    assert runs(account_id)["first_90_days"][2] == "running"


def test_a_play_by_hand_runs_once_at_a_time(manager, database):
    account_id = make.account(owner=manager.person_id)
    acting.start_play(manager, account_id, "first_90_days", form_key="k")

    with pytest.raises(Conflict) as caught:
        acting.start_play(manager, account_id, "first_90_days")

    assert caught.value.code == "play_runs"


def test_a_new_version_holds_for_new_runs_and_old_runs_keep_theirs(manager, leader, database):
    admin = Viewer(make.person(roles=[Role.ADMIN]), "Root", frozenset({Role.ADMIN}), NOW)
    first, second = (make.account(owner=manager.person_id, is_vip=False) for _ in range(2))
    acting.start_play(manager, first, "first_90_days")
    body = shipped()["first_90_days"]
    body["steps"] = body["steps"][:2]

    assert acting.publish_playbook(admin, "first_90_days", 1, body, "Shorter") == 2

    acting.start_play(manager, second, "first_90_days")
    assert (len(steps(first)), len(steps(second))) == (5, 2)
    morning(1)
    assert len(steps(first)) == 5
    with pytest.raises(Conflict):
        acting.publish_playbook(admin, "first_90_days", 1, body, "Again")


def test_a_trial_has_criteria_and_its_outcome_dates_the_conversion(manager, database):
    account_id = make.account(owner=manager.person_id, status="trial")
    trial = care.write_trial(manager, account_id, TODAY, day(14), "Three people list products daily")
    designate(manager, account_id)
    assert dues(account_id)["trial_first"] == day(3)
    assert "day_3" not in dues(account_id)

    care.close_trial(manager, trial, 1, "met", day(10))
    morning(11)

    assert dues(account_id)["day_3"] == day(13)
    assert steps(account_id)["trial_end"].evidence == f"trial|{day(14)}|met"


def test_gifts_keep_within_the_budget_of_the_year(manager, account_id):
    care.give_gift(manager, account_id, "expert", "An hour with our tax expert", "400", TODAY)

    with pytest.raises(Conflict) as caught:
        care.give_gift(manager, account_id, "event", "Two seats at the fair", "100.01", TODAY)

    assert caught.value.values["left"] == "100.00"
    care.give_gift(manager, account_id, "event", "One seat at the fair", "100", TODAY)


def test_a_trial_that_reaches_milestones_early_is_flagged_and_a_gift_is_proposed_once(manager, account_id):
    make.change(m.Account, account_id, is_vip=True)
    designate(manager, account_id)
    use(account_id, people=5, ahead=1, events=40)
    morning(2)
    for _ in range(2):
        gifts(3)

    tasks = [
        row for row in register.tasks(manager, Scope.MINE, Only.OPEN).itertuples() if row.kind == "care_gift"
    ]
    assert [(row.owner, row.due_on) for row in tasks] == [(manager.name, day(5))]
    assert "propose a care gift" in tasks[0].title
    later = replace(manager, now=at(3))
    assert portrait.account_portrait(later, account_id).potential >= 2

    gone = replace(manager, now=at(30))
    assert portrait.account_portrait(gone, account_id).potential == 0, "the trial is over"


def test_a_trial_without_milestones_proposes_nothing(manager, account_id):
    designate(manager, account_id)
    morning(2)

    assert gifts(3) == 0
    assert portrait.account_portrait(manager, account_id).potential == 0
