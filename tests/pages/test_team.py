"""The team's page as a person sees it: loads, the list to assign, requests, hours, reviews, handovers."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from lib.access import Role
from lib.flows import handover
from lib.people import identity
from lib.store import models as m
from lib.store.database import read_frame
from lib.teams import requests, staff
from tests import make
from tests.make import NOW, TODAY
from tests.pages.test_people import opened, press, words


@pytest.fixture
def lead(embedded, manager, other_manager):
    person_id = make.person(name="Lead", roles=[Role.TEAM_LEAD])
    for one in (manager, other_manager):
        make.change(m.Person, one.person_id, manager_id=person_id)
    return identity.viewer_of(person_id, NOW)


def team(viewer, **params) -> AppTest:
    at = opened(viewer, "team", **params)
    assert not at.exception
    return at


def assigned() -> int:
    return len(read_frame(select(m.Assignment.id).where(m.Assignment.until.is_(None))))


@pytest.mark.acceptance("C33")
def test_the_staff_list_flags_a_manager_above_capacity_in_words(lead, manager):
    for _ in range(41):
        make.account(owner=manager.person_id, tier="Diamond")

    at = team(lead)

    assert "1 above capacity" in words(at)
    row = at.dataframe[0].value.set_index("name").loc["Lin Wei"]
    assert row[["load", "share", "state"]].tolist() == ["41.0 of 40", "102.5%", "Above capacity"]


def test_a_manager_reads_their_own_record_alone(lead, manager):
    staff.set_level(lead, manager.person_id, "senior", "annual", "Calm under load")

    at = team(manager)

    assert at.title[0].value == "My record"
    assert "Calm under load" in words(at)
    keys = {b.key for b in at.button}
    assert f"team-describe-{manager.person_id}" in keys
    assert f"team-set-level-{manager.person_id}" not in keys


def test_the_drawer_of_a_person_leads_to_their_level_and_decides_it(lead, manager):
    at = team(lead, id=manager.person_id)
    at = press(at, f"team-set-level-{manager.person_id}")
    at.selectbox(key="team-set-level-level").select("senior")
    at.text_area(key="team-set-level-reason").input("Annual review")
    send = next(
        b for b in at.button if b.label == "Decide the level" and b.key is None or "FormSubmit" in b.key
    )
    send.click().run()

    assert read_frame(select(m.StaffLevel.level, m.StaffLevel.reason)).values.tolist() == [
        ["senior", "Annual review"]
    ]


def test_all_proposals_are_accepted_with_one_confirmation_and_taken_back_with_one_click(
    lead, manager, other_manager
):
    make.account(name="Bare")
    make.account(name="Half", owner=manager.person_id)
    at = team(lead, view="assign")
    told = at.dataframe[0].value.set_index("account")
    assert told["missing"].to_dict() == {"Bare": "Owner and backup", "Half": "Backup"}
    assert "score" in told.loc["Bare", "why_owner"] and "full with it" in told.loc["Bare", "why_owner"]
    assert "2 accounts get the people proposed for them" in words(at)

    at = press(at, "assign-yes")
    assert assigned() == 4
    assert "Every account has its owner and backup." in words(at)

    at = press(at, "assign-undo")
    assert assigned() == 1
    assert len(at.dataframe[0].value) == 2


def test_the_formula_stands_on_the_page(lead):
    make.account()

    assert "score = 100 × (free × 0.50" in words(team(lead, view="assign"))


def test_overdue_requests_are_listed_first_and_said_so(lead, manager, admin):
    requests.raise_request(
        manager, "form-1", {"department": "legal", "title": "Addendum", "due_on": TODAY}, admin.person_id
    )
    make.request(None, admin.person_id, raised_by=manager.person_id, title="Old one",
                 due_on=TODAY - timedelta(days=2))  # fmt: skip

    at = team(manager, view="requests")

    told = at.dataframe[0].value
    assert told["title"].tolist() == ["Old one", "Addendum"]
    assert told["due"].tolist()[0].endswith("2 days overdue")
    assert "Ageing by step" in words(at)


def test_a_link_opens_a_request_with_its_answer(lead, manager, admin):
    one = requests.raise_request(
        manager, "form-1", {"department": "legal", "title": "Addendum", "due_on": TODAY}, admin.person_id
    )
    requests.move_request(admin, one, 1, "answered", "Fine with one change")

    at = team(manager, view="requests", request=one)

    assert "Fine with one change" in words(at)


def test_hours_name_the_next_time_to_call_and_the_busiest_hour(lead, manager):
    account = make.account(owner=manager.person_id, country="DE", name="Hanse")
    make.case(account)

    at = team(manager, view="hours")

    assert "Busiest hour: Friday, 9 o'clock, 1 cases" in words(at)
    row = at.dataframe[-1].value.set_index("account").loc["Hanse"]
    assert row["zone"] == "Berlin"
    assert row["overlap"] == "10 hours"
    assert row["slot"].startswith("20 Nov 2026")


def test_reviews_are_read_and_a_lead_records_one(lead, manager):
    assert "No review is on record yet." in words(team(manager, view="meetings"))
    requests.write_meeting(
        lead, "form-1",
        {"title": "Quarter", "held_on": TODAY, "attendees": "Ada", "decisions": "Answer in a day"},
    )  # fmt: skip

    assert "Answer in a day" in words(team(manager, view="meetings"))
    assert "Record a review" in [b.label for b in team(lead, view="meetings").button]
    assert "Record a review" not in [b.label for b in team(manager, view="meetings").button]


def test_handovers_stand_on_the_page_of_both(lead, manager, other_manager, admin):
    account = make.account(owner=manager.person_id, backup=admin.person_id)
    handover.hand_over_book(lead, manager.person_id, other_manager.person_id, [account], "form-1")

    for viewer in (manager, other_manager, lead):
        told = team(viewer, view="handovers").dataframe[0].value
        assert told[["giver", "taker", "accounts"]].values.tolist() == [["Lin Wei", "Zhao Min", "1"]]


def test_the_handover_names_loads_brief_and_the_backup_it_asks_for(lead, manager, other_manager, admin):
    make.account(owner=manager.person_id, backup=other_manager.person_id, name="Shared")
    where = {"from_": manager.person_id, "to": other_manager.person_id}
    at = opened(lead, "handover", **where)
    assert "1 account is left without a backup" in words(at)
    assert "From whom: 0.2, 0.6% of capacity" in words(at)
    assert "To whom, with these accounts: 0.2, 0.6% of capacity" in words(at)

    at = press(at, f"handover-{manager.person_id}-run")
    assert "would lose its backup" in words(at)

    at = opened(lead, "handover", **where, backup=manager.person_id)
    at = press(at, f"handover-{manager.person_id}-run")
    held = read_frame(select(m.Assignment.duty, m.Assignment.person_id).where(m.Assignment.until.is_(None)))
    assert dict(held.itertuples(index=False)) == {
        "owner": other_manager.person_id, "backup": manager.person_id
    }  # fmt: skip


@pytest.mark.parametrize("view", ["people", "assign", "requests", "hours", "meetings", "handovers"])
def test_every_view_speaks_chinese(lead, manager, view):
    make.account()
    make.change(m.Person, lead.person_id, language="zh-CN")

    at = team(identity.viewer_of(lead.person_id, NOW), view=view)

    assert at.title[0].value in ("团队", "Team")
