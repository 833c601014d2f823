"""The page of channels, and a person's own notifications, as they see them."""

import pytest
from streamlit.testing.v1 import AppTest

from lib.flows import notices as flow
from lib.notices import choices
from lib.notices.rules import Kind
from lib.people.identity import viewer_of
from lib.store import models as m
from lib.store import outbox
from lib.store.database import transaction
from tests import make
from tests.make import NOW
from tests.notices.conftest import ann, choose, environment, hook, mail, policy, reachable  # noqa: F401
from tests.screen import opened, said

DRAWER = """
import streamlit as st
from lib.screens import notifications
notifications.ask(st.session_state["viewer"])
"""


def drawer(viewer) -> AppTest:
    at = AppTest.from_string(DRAWER, default_timeout=60)
    at.session_state["viewer"] = viewer
    return at.run()


def failed_one(admin, person_id: int, technical) -> None:
    policy(admin, attempts="1")
    with transaction() as session:
        outbox.put(session, admin, "handover", "1", person_id=person_id)
    flow.send_waiting(technical, lambda: NOW)


def test_without_a_channel_the_page_says_which_variable_to_set(embedded, admin, environment):  # noqa: F811
    environment()
    at = opened("channels", admin)

    assert not at.exception
    assert "VIP_DESK_CHANNEL_MAIL" in said(at)
    assert "mailtos://" in at.code[0].value


def test_a_channel_shows_how_it_fares_and_never_its_address(embedded, admin, ann, mail, technical):  # noqa: F811
    choose(ann, "mail", Kind.HANDOVER)
    mail.refuse = True
    failed_one(admin, ann.person_id, technical)
    at = opened("channels", admin)

    text = said(at)
    assert not at.exception
    assert "0 sent, 0 waiting, 1 failed" in text
    assert "127.0.0.1" not in text
    assert str(mail.port) not in text
    row = at.dataframe[0].value.iloc[0]
    assert row[["kind", "person", "channel", "outcome"]].tolist() == [
        "Notifications", "Ann Bell", "mail (E-mail)", "Failed: the other end did not take it"
    ]  # fmt: skip
    assert len(opened("channels", admin, view="failed").dataframe[0].value) == 1


def test_an_unreadable_address_is_said_by_its_variable_alone(embedded, admin, environment):  # noqa: F811
    environment(CHANNEL_TEAM="slack://not-a-token-anybody-knows")
    at = opened("channels", admin)

    assert "The address in VIP_DESK_CHANNEL_TEAM cannot be read" in said(at)
    assert "not-a-token" not in said(at)
    assert at.button(key="test-team").disabled


def test_the_test_button_sends_and_says_what_became_of_it(embedded, admin, mail):  # noqa: F811
    at = opened("channels", admin)
    at.button(key="test-mail").click().run()
    assert "vouches for none of yours" in said(at)

    reachable(admin.person_id, "root")
    at.button(key="test-mail").click().run()
    assert [one.value for one in at.success] == ["The test message left on mail."]
    assert mail.recipients == [["root@harbourline.test"]]

    mail.refuse = True
    at.button(key="test-mail").click().run()
    assert "did not leave" in said(at)


def test_a_person_without_channels_reads_who_sets_them_up(embedded, manager, environment):  # noqa: F811
    environment()
    at = drawer(manager)

    assert not at.exception
    assert "An admin sets them up" in said(at)
    assert not [button for button in at.button if button.key == "notify-save"]


@pytest.mark.acceptance("C33")
def test_a_person_picks_channels_and_hours_and_is_told_of_what_was_handed_to_them(
    embedded, admin, ann, mail, technical  # noqa: F811
):  # fmt: skip
    at = drawer(ann)
    assert not at.exception
    assert "ann@harbourline.test" in said(at)
    pills = {group.key: group for group in at.pills}
    pills["notify-handover"].select("mail")
    at.selectbox(key="notify-quiet_from").select(20)
    at.selectbox(key="notify-quiet_until").select(7)
    at.run()
    at.button(key="notify-save").click().run()

    kept = choices.chosen(viewer_of(ann.person_id, NOW))
    assert kept.picked["handover"] == ("mail",)
    assert (kept.wishes.quiet_from, kept.wishes.quiet_until) == (20, 7)
    account = make.account(owner=ann.person_id)
    with transaction() as session:
        outbox.put(session, admin, "handover", "1", account_id=account, person_id=ann.person_id)
    assert flow.send_waiting(technical, lambda: NOW) == {"sent": 1}


def test_half_a_quiet_time_is_refused_and_said(embedded, ann, mail):  # noqa: F811
    at = drawer(ann)
    at.selectbox(key="notify-quiet_from").select(20).run()
    at.button(key="notify-save").click().run()

    assert "both ends of the quiet time or none" in said(at)
    assert choices.chosen(ann).version == 0


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_the_page_is_whole_in_both_languages(embedded, admin, mail, hook, language):  # noqa: F811
    make.change(m.Person, admin.person_id, language=language)
    at = opened("channels", viewer_of(admin.person_id, NOW))

    assert not at.exception
    assert ("Send test message" in said(at)) is (language == "en")
    assert ("发送测试消息" in said(at)) is (language == "zh-CN")
