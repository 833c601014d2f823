"""A new day: alerts by the account-level rule, claimed once, the same when done again."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, func, select, update

from lib.errors import Conflict
from lib.flows import daily
from lib.store.database import read_frame, read_one, transaction
from lib.store.models import (
    Account,
    AccountDay,
    ActivityScore,
    AlertEvent,
    ChurnAlert,
    DayRun,
    UserDay,
)
from tests import make
from tests.activity import worlds

DAY = timedelta(days=1)


def alerts(account_id: int | None = None):
    wanted = select(ChurnAlert.__table__).order_by(ChurnAlert.opened_on)
    return read_frame(wanted if account_id is None else wanted.where(ChurnAlert.account_id == account_id))


@pytest.mark.acceptance("C04")
def test_one_silent_user_of_ten_raises_no_alert(database, technical, today):
    worlds.neighbours()
    account_id = worlds.subject(silent=1)

    daily.run_day(technical, today)

    assert alerts(account_id).empty


@pytest.mark.acceptance("C04")
def test_fall_of_the_whole_account_raises_exactly_one(database, technical, today):
    worlds.neighbours()
    account_id = worlds.subject(silent=8)

    daily.run_day(technical, today - DAY)
    daily.run_day(technical, today)

    found = alerts()
    assert found["account_id"].tolist() == [account_id]
    assert found["kind"].tolist() == ["activity"]
    evidence = found["evidence"][0]
    assert evidence["regular"] == 10 and evidence["down"] == 8
    assert evidence["ratio"] <= 0.65 and evidence["rest"] <= 0.65
    assert [u["down"] for u in evidence["users"]] == [True] * 8 + [False] * 2


def test_a_fall_of_the_whole_cohort_raises_none(database, technical, today):
    worlds.neighbours(silent=2)
    account_id = worlds.subject(silent=7)

    daily.run_day(technical, today)

    assert alerts(account_id).empty


def test_the_same_day_again_changes_nothing(database, technical, today):
    worlds.neighbours(4)
    worlds.subject(silent=8)
    daily.run_day(technical, today)
    before, scores = alerts(), read_frame(select(ActivityScore.__table__))

    daily.run_day(replace(technical, now=technical.now + timedelta(hours=1)), today)

    assert alerts().equals(before)
    assert read_frame(select(ActivityScore.__table__)).equals(scores)


def test_later_data_changes_nothing_before_it(embedded, technical, today):
    """No look-ahead: cutting the data at a date must not change alerts before it."""
    worlds.neighbours(4)
    worlds.subject(silent=8)
    worlds.subject(size=6, silent=5, since=worlds.FALL + timedelta(days=20))
    first = worlds.FIRST + timedelta(days=130)
    daily.replay(technical, first, today)
    whole = alerts().set_index("id")[["account_id", "opened_on", "evidence"]].values.tolist()
    with transaction() as session:
        session.execute(delete(AlertEvent))
        session.execute(delete(ChurnAlert))
        session.execute(delete(UserDay).where(UserDay.day > worlds.LAST - timedelta(days=8)))
        session.execute(delete(AccountDay))

    daily.replay(technical, first, today - timedelta(days=8))

    cut = alerts().set_index("id")[["account_id", "opened_on", "evidence"]].values.tolist()
    assert cut and cut == [row for row in whole if row[1] <= today - timedelta(days=8)]


def test_replay_and_single_days_find_the_same(embedded, technical, today):
    worlds.neighbours(4)
    worlds.subject(silent=8)
    first = worlds.FALL + timedelta(days=12)
    for ahead in range(12):
        daily.run_day(technical, first + timedelta(days=ahead))
    single = alerts()[["account_id", "kind", "opened_on", "severity", "evidence"]].values.tolist()
    with transaction() as session:
        session.execute(delete(AlertEvent))
        session.execute(delete(ChurnAlert))

    daily.replay(technical, first, first + timedelta(days=11))

    assert len(single) == 1
    assert alerts()[["account_id", "kind", "opened_on", "severity", "evidence"]].values.tolist() == single


def test_a_replay_again_keeps_the_same_alert(embedded, technical, today):
    worlds.neighbours(4)
    worlds.subject(silent=8)
    daily.run_day(technical, today)

    daily.replay(technical, worlds.FALL, today)
    first = alerts()
    daily.replay(technical, worlds.FALL, today)

    assert len(first) == 1 and first["opened_on"][0] < today
    assert alerts().equals(first)


def test_an_alert_resolves_by_itself_when_the_team_is_back(embedded, technical, today):
    worlds.neighbours(4)
    account_id = make.account(region="CN", industry="fashion", signed_up_on=date(2024, 1, 1))
    back = worlds.FALL + timedelta(days=25)
    for user_id in worlds.team(account_id, 8, silent=8, since=worlds.FALL - timedelta(days=25)):
        worlds.work(account_id, user_id, worlds.weekdays(back - timedelta(days=25), worlds.LAST))

    daily.replay(technical, worlds.FALL - timedelta(days=30), today)

    found = alerts(account_id)
    assert found["status"].tolist() == ["resolved"]
    assert found["resolved_on"][0] > found["opened_on"][0]
    assert found["quiet_until"][0] == found["resolved_on"][0] + timedelta(days=28)


def test_a_customer_who_left_closes_the_alert_as_lost(embedded, technical, today):
    worlds.neighbours(4)
    account_id = worlds.subject(silent=8)
    daily.run_day(technical, today - DAY)
    make.contract(account_id, kind="ended", ends_on=today)

    daily.run_day(technical, today)

    assert alerts(account_id)[["status", "resolved_on"]].values.tolist() == [["lost", today]]


def test_a_paused_account_is_not_looked_at(embedded, technical, today):
    worlds.neighbours(4)
    account_id = worlds.subject(silent=8)
    with transaction() as session:
        session.execute(update(Account).where(Account.id == account_id).values(status="paused"))

    daily.run_day(technical, today)

    assert alerts(account_id).empty


def test_a_silent_source_opens_nothing(embedded, technical, today):
    worlds.neighbours(4)
    worlds.subject(silent=8)

    daily.run_day(technical, today + timedelta(days=6))

    assert alerts().empty


def test_without_names_a_deep_fall_opens_an_alert(embedded, technical, today):
    for _ in range(5):
        steady = make.account(region="CN", industry="fashion", signed_up_on=date(2024, 1, 1))
        worlds.counted(steady, 6, worlds.FIRST, worlds.LAST)
    account_id = make.account(region="CN", industry="fashion", signed_up_on=date(2024, 1, 1))
    worlds.counted(account_id, 8, worlds.FIRST, worlds.FALL - DAY)
    worlds.counted(account_id, 1, worlds.FALL, worlds.LAST)

    daily.run_day(technical, today)

    found = alerts()
    assert found["account_id"].tolist() == [account_id]
    assert found["evidence"][0]["named"] is False


def test_one_person_alone_goes_on_the_watch_list(embedded, technical, today):
    worlds.neighbours(4)
    account_id = worlds.subject(size=1, silent=1)

    daily.run_day(technical, today)

    assert alerts()[["account_id", "kind", "level"]].values.tolist() == [[account_id, "watch", "medium"]]


def test_a_new_customer_that_does_not_start_rings_once(embedded, technical, today):
    for account_id in worlds.neighbours(9):
        with transaction() as session:
            session.execute(update(Account).where(Account.id == account_id).values(seats=3))
    signed = today - timedelta(days=40)
    new = make.account(region="CN", industry="fashion", signed_up_on=signed, seats=20)
    worlds.team(new, 1, first=signed)

    daily.replay(technical, today - timedelta(days=15), today)

    assert alerts()[["account_id", "kind"]].values.tolist() == [[new, "onboarding"]]


def test_a_script_is_no_person(embedded, technical, today):
    account_id = worlds.subject(size=2)
    bot = make.user(account_id, name="sync")
    days = [worlds.FIRST + timedelta(days=n) for n in range((worlds.LAST - worlds.FIRST).days + 1)]
    worlds.work(account_id, bot, days)

    daily.run_day(technical, today)

    most = read_one(select(func.max(AccountDay.active_users)))[0]
    assert most == 2


def test_a_day_is_claimed_once(database, technical, today):
    with transaction() as session:
        session.add(DayRun(day=today, status="running", runner="other", started_at=technical.now,
                           heartbeat_at=technical.now - timedelta(minutes=9)))  # fmt: skip

    with pytest.raises(Conflict):
        daily.run_day(technical, today)

    assert daily.latest_day() is None


def test_a_dead_runner_is_taken_over(database, technical, today):
    with transaction() as session:
        session.add(DayRun(day=today, status="running", runner="dead", started_at=technical.now,
                           heartbeat_at=technical.now - timedelta(minutes=11)))  # fmt: skip

    daily.run_day(technical, today)

    assert daily.latest_day() == today


def test_missing_days_are_made_up_for(embedded, technical, today):
    worlds.neighbours(4)
    worlds.subject(silent=8)
    daily.run_day(technical, today - timedelta(days=20))
    assert daily.pending(technical)

    missing = daily.run_missing_days(technical)

    assert missing == 20
    assert not daily.pending(technical)
    assert daily.run_missing_days(technical) == 0
