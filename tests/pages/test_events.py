"""Events as a person meets them: the list, a drawer with guests, planning one, what is empty."""

from dataclasses import replace
from datetime import timedelta

import pytest

from lib.concessions import queries as given
from lib.events import commands, queries
from tests import make, screen
from tests.screen import said


@pytest.mark.parametrize(
    ("language", "title", "seats", "rate"),
    [("en", "Events", "3 of 4 left", "100% said yes; others report 60%"),
     ("zh-CN", "客户活动", "剩余 3／4", "100% 答应；外部引用为 60%")],
)  # fmt: skip
def test_an_event_shows_its_seats_and_answers_beside_the_reference(
    embedded, leader, manager, language, title, seats, rate
):
    event = commands.add(leader, {"kind": "golf", "name": "Open day", "seats": 4,
                                  "held_on": make.TODAY + timedelta(days=3)})  # fmt: skip
    account = make.account(owner=manager.person_id, is_vip=True)
    one = commands.invite(manager, make.contact(account), event)

    at = screen.opened("events", replace(manager, language=language), id=event)
    assert not at.exception
    at.button(key=f"guest-{one}-accepted").click().run()
    at = screen.opened("events", replace(manager, language=language), id=event)

    assert at.title[0].value == title
    assert at.dataframe[0].value["seats"].tolist() == [seats]
    assert rate in said(at)


def test_an_empty_list_says_what_to_do_and_whoever_may_plans(embedded, leader, manager):
    assert "Plan one and invite" in said(screen.opened("events", manager))
    at = screen.opened("events", leader)

    at.button(key="events-add-open").click().run()
    at.text_input(key="events-add-name").set_value("Tax afternoon")
    at.button(key="FormSubmitter:events-add-Plan event").click().run()

    assert not at.exception
    assert queries.calendar(leader)["name"].tolist() == ["Tax afternoon"]


def test_a_committed_volume_is_added_on_the_page_of_concessions(embedded, manager):
    account = make.account(owner=manager.person_id, currency="USD")
    assert "No customer has committed" in said(screen.opened("concessions", manager, view="volume"))
    at = screen.opened("concessions", manager, view="volume")

    at.selectbox(key="volume-0-account").set_value(account)
    at.text_input(key="volume-0-committed").set_value("120000")
    at.text_input(key="volume-0-benefit").set_value("20% off")
    at.date_input(key="volume-0-ends").set_value(make.TODAY + timedelta(days=365))
    at.button(key="send-volume-0").click().run()

    assert not at.exception
    row = given.volumes(manager).iloc[0]
    assert (int(row.committed_minor), str(row.rate)) == (12_000_000, "0.2")
    shown = screen.opened("concessions", manager, view="volume").dataframe[0].value
    assert shown[["attained", "state"]].iloc[0].tolist() == ["$0.00", "on track"]
