"""Playbooks on accounts: started once, dated from what is known, moved, closed by what the desk sees."""

from datetime import date, timedelta

import pandas as pd
import pytest
from sqlalchemy import func, select

from lib.access import Viewer
from lib.playbooks import commands, register
from lib.playbooks.rules import read_evidence
from lib.store import models as m
from lib.store.database import read_one
from tests import make
from tests.make import TODAY
from tests.playbooks.playing import at, day, designate, dues, morning, reached, runs, steps, use


@pytest.mark.acceptance("C05")
def test_a_vip_gets_welcome_trial_check_ins_deadline_training_and_quarters(manager, account_id, leader):
    designate(manager, account_id)

    due = dues(account_id)
    assert due["welcome"] == day(1)
    assert [due[f"trial_{which}"] for which in ("first", "second", "last")] == [day(3), day(7), day(12)]
    assert due["deadline"] == day(30)
    assert due["training"] == day(14 + 7), "within seven days of purchase"
    critical = [due[f"day_{n}"] for n in (3, 7, 14, 21, 30)]
    assert critical == [day(14 + n) for n in (3, 7, 14, 21, 30)]
    assert due["check_in:1"] == date(2027, 4, 3), "a quarter after day 30 from conversion"
    assert "check_in:2" not in due
    later = Viewer(leader.person_id, leader.name, leader.roles, at(8))
    rows = register.overdue_per_owner(later)
    assert rows["owner"].tolist() == [manager.name]
    assert rows["overdue"].tolist() == [4], "welcome, demo and two trial check-ins"


@pytest.mark.acceptance("C05")
def test_quarterly_check_ins_go_on_for_ever_one_at_a_time(manager, account_id):
    designate(manager, account_id)
    for ahead in (140, 230, 330):
        morning(ahead)

    quarters = sorted(when for key, when in dues(account_id).items() if key.startswith("check_in"))
    assert quarters == [date(2027, 4, 3), date(2027, 7, 3), date(2027, 10, 3), date(2028, 1, 3)]


def test_check_ins_follow_the_rhythm_of_the_tier(manager, account_id):
    make.change(m.Account, account_id, is_vip=False, plan="starter")
    designate(manager, account_id)
    morning(140)
    assert dues(account_id)["check_in:1"] == date(2027, 7, 3), "every second quarter"

    make.change(m.Account, account_id, is_vip=True)
    morning(141)

    assert dues(account_id)["check_in:1"] == date(2027, 4, 3), "a VIP is spoken with every quarter"


def test_a_trigger_starts_each_playbook_once(manager, account_id):
    first = designate(manager, account_id)

    assert len(first) == 4
    assert designate(manager, account_id) == []
    before = dues(account_id)
    morning()
    morning()
    assert dues(account_id) == before
    assert morning() == 0


def test_open_steps_move_with_the_contract_and_done_ones_stay(manager, account_id):
    designate(manager, account_id)
    task = steps(account_id)["day_3"]
    commands.finish_task(manager, task.id, task.version)
    contract = read_one(select(m.Contract.id).where(m.Contract.account_id == account_id)).id
    make.change(m.Contract, contract, starts_on=day(20))

    morning(1)

    due = dues(account_id)
    assert due["training"] == day(27)
    assert due["day_7"] == day(27)
    assert due["day_3"] == day(17), "done before the date moved"


def test_steps_without_a_date_wait_until_it_is_known(manager, database):
    account_id = make.account(owner=manager.person_id, status="trial")
    designate(manager, account_id)
    assert "training" not in dues(account_id)
    make.contract(account_id, starts_on=day(2), ends_on=day(367))

    morning(3)

    assert dues(account_id)["training"] == day(9)


def test_a_talk_closes_the_step_it_belongs_to_and_is_named(manager, account_id):
    designate(manager, account_id)
    touch = make.touch(account_id, manager.person_id, happened_at=at(1), channel="call")
    make.touch(account_id, manager.person_id, happened_at=at(1), channel="email", two_way=False)

    morning(2)

    closed = {key: row for key, row in steps(account_id).items() if row.status == "done"}
    assert set(closed) == {"welcome", "trial_first"}, "one step of each run"
    assert read_evidence(closed["welcome"].evidence) == ("touch", day(1), f"call:{touch}")


def test_a_talk_of_before_closes_nothing(manager, account_id):
    make.touch(account_id, manager.person_id, happened_at=at(-1))
    designate(manager, account_id)

    morning(1)

    assert all(row.status == "open" for row in steps(account_id).values())


def test_training_is_closed_by_a_meeting_only(manager, account_id):
    designate(manager, account_id)
    for when, channel in ((19, "call"), (20, "meeting")):
        make.touch(account_id, manager.person_id, happened_at=at(when), channel=channel)

    morning(20)

    assert steps(account_id)["training"].evidence.startswith(f"touch|{day(20)}|meeting:")


def test_milestones_are_read_from_use_with_the_day_they_were_reached(manager, account_id):
    designate(manager, account_id)
    use(account_id, 1, 2)
    use(account_id, 2, 6)
    morning(8)
    assert reached(account_id) == {"first_login": day(2), "first_action": day(2), "two_people": day(6)}

    for ahead in (9, 10):
        use(account_id, 3, ahead)
    morning(11)

    assert reached(account_id)["seats"] == day(9), "three of ten seats"
    assert reached(account_id)["first_value"] == day(10), "the twentieth event"
    assert steps(account_id)["deadline"].evidence == f"milestones|{day(10)}|5"


def test_somebody_who_left_the_window_no_longer_counts(manager, account_id):
    designate(manager, account_id)
    use(account_id, 1, 2)
    make.insert(m.UserDay(user_id=make.user(account_id), day=day(9), account_id=account_id))
    make.insert(m.AccountDay(account_id=account_id, day=day(9), active_users=1, events=1))

    morning(10)

    assert "two_people" not in reached(account_id), "seven days lie between"


def test_the_letter_about_a_neglected_function_is_for_those_who_are_behind(manager, account_id):
    designate(manager, account_id)
    other = make.account(owner=manager.person_id, seats=2, status="trial")
    designate(manager, other)
    for ahead in (1, 2, 3, 4):
        use(other, 2, ahead)

    morning(10)

    assert steps(account_id)["neglected"].status == "open"
    assert read_evidence(steps(other)["neglected"].evidence)[0] == "not_needed"


def test_an_existing_book_of_accounts_starts_nothing_by_itself(manager, database):
    for n in range(5):
        make.account(owner=manager.person_id, signed_up_on=date(2025, 1, 1 + n), source="import")
    fresh = make.account(owner=manager.person_id, signed_up_on=TODAY - timedelta(days=3), source="import")

    morning()

    assert read_one(select(func.count(func.distinct(m.PlaybookRun.account_id))))[0] == 1
    assert "welcome" in dues(fresh)


def test_alert_refusal_renewal_and_loss_start_their_plays(manager, database):
    account_id = make.account(owner=manager.person_id, signed_up_on=date(2024, 1, 1))
    contract = make.contract(account_id)
    make.renewal(account_id, contract, opens_on=TODAY)
    make.alert(account_id, opened_on=TODAY)
    make.quote(account_id, manager.person_id, status="rejected")
    make.insert(m.ChurnEvent(external_id="C-1", account_id=account_id, happened_on=TODAY))

    morning()

    assert set(runs(account_id)) == {"renewal", "decline", "rejection", "winback"}
    assert dues(account_id)["answer"] == date(2026, 11, 29)
    alert = read_one(select(m.ChurnAlert.id)).id
    make.change(m.ChurnAlert, alert, resolved_on=day(5), status="resolved")
    morning(6)
    assert runs(account_id)["decline"][2] == "done"


def test_steps_of_a_crowded_book_are_done_by_template(manager, database):
    ids = [make.account(owner=manager.person_id, signed_up_on=date(2024, 1, 1)) for _ in range(41)]

    designate(manager, ids[0])

    modes = {key: row.mode for key, row in steps(ids[0]).items()}
    assert modes["welcome"] == "template"
    assert modes["deadline"] == "personal"


def test_a_backup_does_the_steps_that_are_theirs(manager, other_manager, account_id):
    designate(manager, account_id)

    owners = pd.Series({key: row.owner_id for key, row in steps(account_id).items()})
    assert owners["day_21"] == other_manager.person_id
    assert owners["welcome"] == manager.person_id
