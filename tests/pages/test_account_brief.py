"""The brief for a meeting, read back from its paper, and the meeting that opens from it."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from lib.accounts import brief, timeline
from lib.flows.meeting import record_meeting
from lib.screens.account_brief import gather
from lib.store import models as m
from lib.store.database import reading
from tests import make, screen
from tests.make import NOW, TODAY

GOAL = "List 500 products a week"


@pytest.fixture
def account_id(embedded, manager, other_manager) -> int:
    made = make.account(
        owner=manager.person_id, backup=other_manager.person_id, name="Lumora Home", name_zh="麓木家居",
        tier="Diamond", seats=120,
    )  # fmt: skip
    contract = make.contract(made)
    make.subscription(made, contract_id=contract, seats=120)
    make.renewal(made, contract)
    for back in range(1, 200):
        users = 3 if back < 8 else 9
        day = TODAY - timedelta(days=back)
        make.insert(m.AccountDay(account_id=made, day=day, active_users=users, events=9))
    make.alert(made, level="critical")
    make.promise(made, manager.person_id, due_on=TODAY - timedelta(days=2))
    make.contact(made, is_sponsor=True)
    make.case(made, subject="Listing sync stopped \U0001f6d1", priority="urgent")
    make.insert(m.CustomerGoal(account_id=made, what=GOAL, measure="listings", target="500", updated_at=NOW))
    return made


def text_of(pdf: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


def said(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("en", ("Lumora Home", "Owner Lin Wei, backup Zhao Min", "Critical: ", "To talk about",
                "Begin with the urgent case", "Say when the overdue promise will be kept",
                "Send the security answers", "Listing sync stopped", GOAL, "Wang Tao",
                "0 of 120 seats used, 120 left", "Daily active users below their range",
                "Internal, not for the customer")),
        ("zh-CN", ("麓木家居", "严重：", "谈话要点", "未完成的承诺", "客户目标", GOAL, "可用权益",
                   "内部资料")),
    ],
)  # fmt: skip
def test_the_brief_says_who_they_are_why_and_what_to_talk_about(account_id, manager, language, parts):
    pdf = brief.render(gather(manager, account_id, language))

    told = text_of(pdf)
    assert [part for part in parts if said(part) not in told] == []
    assert brief.render(gather(manager, account_id, language)) == pdf


def test_a_bare_account_has_a_brief_too(embedded, manager):
    told = text_of(brief.render(gather(manager, make.account(owner=manager.person_id), "en")))

    assert said("Nothing presses") in told or said("To talk about") in told
    assert said("No goal is known") in told


def test_the_meeting_is_written_whole_and_stands_on_the_timeline(account_id, manager, other_manager):
    with reading() as connection:
        contact = connection.execute(select(m.Contact.id).where(m.Contact.account_id == account_id)).scalar()
    made = record_meeting(
        manager, account_id, TODAY - timedelta(days=1), "visit", "They want three years", [contact],
        [manager.person_id, other_manager.person_id], ["Send the plan", "Name an engineer"],
        TODAY + timedelta(days=7), TODAY + timedelta(days=30), "Walk through the plan", form_key="meeting-1",
    )  # fmt: skip

    with reading() as connection:
        row = connection.execute(select(*m.Meeting.__table__.c).where(m.Meeting.id == made)).one()
        touch = connection.execute(select(*m.Touch.__table__.c).where(m.Touch.id == row.touch_id)).one()
        task = connection.execute(select(*m.Task.__table__.c).where(m.Task.id == row.task_id)).one()
        kept = select(m.Promise.what).where(m.Promise.id.in_(row.promises)).order_by(m.Promise.id)
        promised = list(connection.execute(kept).scalars())
    assert (row.contacts, row.staff) == ([contact], [manager.person_id, other_manager.person_id])
    assert (touch.two_way, touch.channel, touch.contact_id) == (True, "visit", contact)
    assert promised == ["Send the plan", "Name an engineer"]
    assert (task.title, task.due_on) == ("Walk through the plan", TODAY + timedelta(days=30))
    story = timeline.timeline(manager, account_id)
    assert story["kind"].tolist().count("meeting") == 1
    assert "touch" not in story["kind"].tolist(), "the meeting's own contact is not told twice"
    again = record_meeting(
        manager, account_id, TODAY - timedelta(days=1), "visit", "They want three years", [contact],
        [manager.person_id, other_manager.person_id], ["Send the plan", "Name an engineer"],
        TODAY + timedelta(days=7), TODAY + timedelta(days=30), "Walk through the plan", form_key="meeting-1",
    )  # fmt: skip
    assert again == made


@pytest.mark.parametrize(
    "more",
    [
        {"promises": ["Send it"]}, {"next_on": TODAY}, {"next_step": "Call"}, {"contact_ids": [987_654]},
        {"staff_ids": [987_654]},
    ],
)  # fmt: skip
def test_a_meeting_that_is_refused_leaves_nothing(account_id, manager, more):
    def counts():
        with reading() as connection:
            return [
                len(connection.execute(select(t.id)).all()) for t in (m.Touch, m.Promise, m.Task, m.Meeting)
            ]

    before = counts()
    with pytest.raises(Exception, match=r"meeting|not_found"):
        record_meeting(manager, account_id, TODAY, "meeting", "We met", **more)

    assert counts() == before


def test_a_meeting_is_recorded_in_the_drawer(account_id, manager):
    at = screen.opened("account", manager, id=account_id)
    at = next(b for b in at.button if b.label == "Record meeting").click().run()
    at.text_area(key="account-meeting-record-summary").input("They want three years")
    at.text_area(key="account-meeting-record-promises").input("Send the plan")
    at.date_input(key="account-meeting-record-promised_for").set_value(TODAY + timedelta(days=7))
    at = [b for b in at.button if b.label == "Record meeting"][-1].click().run()

    assert not at.exception
    assert not at.error
    with reading() as connection:
        assert len(connection.execute(select(m.Meeting.id)).all()) == 1


def test_chinese_readers_find_the_same_drawer(account_id, manager):
    at = screen.opened("account", replace(manager, language="zh-CN"), id=account_id)

    assert not at.exception
    assert "记录会议" in [b.label for b in at.button]
