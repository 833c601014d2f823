"""Internal requests from asking to closing, on the owner's Today, with ageing; review records; peaks."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from lib.access import Role
from lib.errors import Conflict, Invalid, NotFound
from lib.people import identity
from lib.store import models as m
from lib.store.database import read_frame, read_one
from lib.teams import phrases, records, requests
from tests import make
from tests.make import NOW, TODAY

WANTED = {"department": "legal", "title": "Check the addendum", "due_on": TODAY + timedelta(days=5)}


@pytest.fixture
def lawyer(database):
    return identity.viewer_of(make.person(name="Law Yan", roles=[Role.APPROVER_1]), NOW)


def task_of(request_id: int):
    t = m.Task
    found = select(t.owner_id, t.account_id, t.status, t.due_on, t.title, t.title_zh)
    return read_one(found.where(t.dedupe_key == requests.key_of(request_id)))


def state_of(request_id: int) -> str:
    return read_one(select(m.InternalRequest.state).where(m.InternalRequest.id == request_id))[0]


def asked(viewer, owner: int, key: str = "form-1", **more) -> int:
    return requests.raise_request(viewer, key, WANTED, owner, **more)


def test_a_request_stands_on_its_owners_list_until_it_is_answered(manager, lawyer):
    account = make.account(owner=manager.person_id)
    one = asked(manager, lawyer.person_id, account=account)
    assert one == asked(manager, lawyer.person_id, account=account)
    assert tuple(task_of(one)) == (
        lawyer.person_id, None, "open", WANTED["due_on"], "Legal: Check the addendum",
        "法务：Check the addendum",
    )  # fmt: skip

    requests.move_request(lawyer, one, 1, "working")
    requests.move_request(lawyer, one, 2, "answered", "Fine, with one change")

    assert task_of(one).status == "done"
    row = records.requests(manager).iloc[0]
    assert (row["state"], row["answer"], row["owner"]) == ("answered", "Fine, with one change", "Law Yan")
    requests.move_request(manager, one, 3, "closed")
    assert state_of(one) == "closed"
    assert records.request_steps(manager, one)["state"].tolist() == ["open", "working", "answered", "closed"]


def test_who_asked_may_send_an_answer_back_and_its_task_opens_again(manager, lawyer):
    one = asked(manager, lawyer.person_id)
    requests.move_request(lawyer, one, 1, "answered", "Yes")

    requests.move_request(manager, one, 2, "open", "Which clause?")

    assert (state_of(one), task_of(one).status) == ("open", "open")


def test_who_only_asked_does_not_answer_and_an_answer_says_something(manager, lawyer):
    one = asked(manager, lawyer.person_id)

    with pytest.raises(Invalid, match="request_of_another"):
        requests.move_request(manager, one, 1, "answered", "Myself")
    with pytest.raises(Invalid, match="request_answer_missing"):
        requests.move_request(lawyer, one, 1, "answered")
    with pytest.raises(Conflict, match="changed_meanwhile"):
        requests.move_request(lawyer, one, 7, "working")
    assert state_of(one) == "open"


def test_a_stranger_neither_sees_nor_moves_it(manager, other_manager, lawyer):
    one = asked(manager, lawyer.person_id, account=make.account(owner=manager.person_id))

    assert records.requests(other_manager).empty
    with pytest.raises(NotFound):
        requests.move_request(other_manager, one, 1, "closed")
    with pytest.raises(NotFound):
        records.request_steps(other_manager, one)


def test_it_may_come_from_a_quote_or_a_case_of_an_account_one_sees(manager, other_manager, lawyer):
    mine, foreign = make.account(owner=manager.person_id), make.account(owner=other_manager.person_id)
    quote, case = make.quote(mine, manager.person_id), make.case(mine)
    theirs = make.case(foreign)

    one = asked(manager, lawyer.person_id, quote=quote)
    other = asked(manager, lawyer.person_id, "form-2", case=case)

    found = records.requests(manager).set_index("id")
    assert found.loc[[one, other], "account_id"].tolist() == [mine, mine]
    with pytest.raises(NotFound):
        asked(manager, lawyer.person_id, "form-3", case=theirs)
    with pytest.raises(NotFound):
        asked(manager, lawyer.person_id, "form-4", account=foreign)
    assert records.sources(manager, mine)["quote"][quote]


def test_its_owner_reads_no_account_they_do_not_see(manager, seller):
    """A colleague is asked about an account that is not theirs: the request says what is needed, no more."""
    asked(manager, seller.person_id, account=make.account(owner=manager.person_id, name="Secret Ltd"))

    row = records.requests(seller).iloc[0]

    assert row["account"] is None
    assert row["title"] == "Check the addendum"


def test_overdue_ones_come_first_and_closed_ones_last(manager, lawyer):
    me, owner = manager.person_id, lawyer.person_id
    ids = [make.request(None, owner, raised_by=me, due_on=TODAY + timedelta(days=days), state=state)
           for days, state in ((3, "open"), (-2, "working"), (-9, "closed"), (-4, "answered"))]  # fmt: skip

    found = records.requests(manager)

    assert found["id"].tolist() == [ids[1], ids[3], ids[0], ids[2]]
    assert found["is_late"].tolist() == [True, False, False, False]


def test_a_waiting_request_changes_its_owner_and_day_with_its_task(manager, lawyer, leader):
    one = asked(manager, lawyer.person_id)

    requests.reassign_request(lawyer, one, 1, leader.person_id, TODAY + timedelta(days=9))

    assert (task_of(one).owner_id, task_of(one).due_on) == (leader.person_id, TODAY + timedelta(days=9))
    gone = make.person(active=False, roles=[Role.SALES])
    with pytest.raises(Invalid, match="request_owner_unfit"):
        requests.reassign_request(leader, one, 2, gone)


def test_ageing_by_step_says_what_is_slow(manager, lawyer):
    later = lambda days: identity.viewer_of(lawyer.person_id, NOW + timedelta(days=days))  # noqa: E731
    one = asked(manager, lawyer.person_id)
    requests.move_request(later(2), one, 1, "working")

    found = records.ageing(later(6)).set_index("state")

    assert found.loc["open", ["now", "median_days"]].tolist() == [0, 2.0]
    assert found.loc["working", ["now", "median_days", "slow"]].tolist() == [1, 4.0, 1]


def test_a_review_record_is_read_by_the_lead_and_their_people_and_never_altered(
    database, manager, other_manager, leader
):
    lead = make.person(name="Lead", roles=[Role.TEAM_LEAD])
    make.change(m.Person, manager.person_id, manager_id=lead)
    values = {"title": "Quarter", "held_on": TODAY, "attendees": "All", "decisions": "Answer within a day",
              "award": "Legal"}  # fmt: skip

    one = requests.write_meeting(identity.viewer_of(lead, NOW), "form-1", values)

    for viewer in (identity.viewer_of(lead, NOW), manager, leader):
        assert records.meetings(viewer)["award"].tolist() == ["Legal"]
    assert records.meetings(other_manager).empty
    with pytest.raises(Exception, match="append-only"):
        make.change(m.TeamMeeting, one, decisions="Another")


def test_cases_are_counted_by_weekday_and_hour_of_the_readers_zone(manager, other_manager):
    account = make.account(owner=manager.person_id)
    monday = datetime(2026, 11, 16, 1, 30, tzinfo=UTC)  # 9:30 in Shanghai
    for at in (monday, monday, monday + timedelta(hours=14), NOW - timedelta(days=400)):
        make.case(account, opened_at=at)

    found = records.peaks(manager)

    assert (found.grid[0][9], found.grid[0][23], found.total, found.outside) == (2, 1, 3, 1)
    assert records.peaks(other_manager).total == 0


def test_whoever_takes_a_book_over_finds_its_brief(admin, manager, other_manager):
    from lib.flows import handover
    from lib.teams import brief

    account = make.account(owner=manager.person_id, backup=admin.person_id)
    handover.hand_over_book(admin, manager.person_id, other_manager.person_id, [account], "form-1")

    row = records.handovers(other_manager).iloc[0]
    assert (row["taker"], row["accounts"]) == ("Zhao Min", 1)
    assert brief.brief(other_manager, int(row["id"]))["account_id"].tolist() == [account]
    assert brief.brief(manager, int(row["id"])).empty  # it is not theirs any more
    assert read_frame(select(m.BookHandover.id)).shape[0] == 1


def test_a_suggestion_is_tracked_to_its_answer(manager, lawyer):
    values = WANTED | {"ask": "suggestion", "title": "One form instead of three"}
    one = requests.raise_request(manager, "form-s", values, lawyer.person_id)
    asked(manager, lawyer.person_id)
    assert task_of(one).title == "Suggestion for Legal: One form instead of three"
    assert phrases.answered(records.requests(manager), "en") == "0 of 1 suggestions answered"

    requests.move_request(lawyer, one, 1, "answered", "From January on")

    assert phrases.answered(records.requests(manager), "zh-CN") == "1 条改进建议中已答复 1 条"
    told = phrases.request_rows(records.requests(manager), TODAY, "en")
    assert sorted(told["ask"]) == ["Request", "Suggestion"]
