"""The person's own part of the sidebar: stand-ins, what was opened last, preferences."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from lib.access import Role
from lib.flows.prepare import prepare
from lib.people import identity, recent
from lib.store import database
from tests import make
from tests.make import NOW, TODAY


def drawn(viewer, part: str) -> AppTest:
    """One part of lib.person_menu, drawn as the main script does."""
    at = AppTest.from_string(
        f"""
import streamlit as st
from lib import person_menu
viewer = st.session_state["viewer"]
{part}
""",
        default_timeout=60,
    )
    at.session_state["viewer"] = viewer
    return at.run()


MENU = "person_menu.open_form(viewer, person_menu.entries(viewer, person_menu.stand_ins(viewer)))"


def words(at: AppTest) -> str:
    return "\n".join(m.value for m in at.markdown).replace("\\", "")


def test_preferences_are_chosen_in_the_dialog(embedded, manager):
    at = drawn(manager, MENU)
    at = at.button(key="prefer").click().run()
    assert at.selectbox(key="prefer-zone").options[0] == "The company's, Shanghai · UTC+8"

    at.selectbox(key="prefer-zone").set_value("Europe/Berlin")
    at.selectbox(key="prefer-currency").set_value("EUR")
    at = at.button(key="prefer-save").click().run()

    assert not at.exception
    viewer = identity.viewer_of(manager.person_id, NOW)
    assert (viewer.language, viewer.clock_zone, viewer.currency) == ("en", "Europe/Berlin", "EUR")


def test_a_manager_lends_the_own_book_and_takes_it_back(embedded, manager, other_manager):
    at = drawn(manager, MENU)
    at = at.button(key="lend").click().run()
    at.selectbox(key="people-stand-in-colleague").set_value(str(other_manager.person_id))
    at.date_input(key="people-stand-in-last_day").set_value(TODAY + timedelta(days=2))
    at = at.button[-1].click().run()
    assert not at.exception
    assert identity.viewer_of(other_manager.person_id, NOW).books == {manager.person_id}

    at = drawn(manager, MENU)
    assert "Zhao Min stands in for you until 22 Nov" in words(at)
    assert "You stand in for Lin Wei until 22 Nov" in words(drawn(other_manager, MENU))
    next(b for b in at.button if b.key.startswith("lent-")).click().run()
    assert identity.viewer_of(other_manager.person_id, NOW).books == frozenset()


def test_who_may_not_lend_a_book_finds_preferences_and_notifications_alone(embedded, leader):
    assert [b.key for b in drawn(leader, MENU).button] == ["prefer", "notify"]


def test_what_was_opened_last_stands_beside_the_search(embedded, manager):
    account = make.account(owner=manager.person_id, name="**Lumora** <b>")
    assert not drawn(manager, "person_menu.recent_items(viewer, 'today')").markdown

    recent.visited(manager, "account", account)

    assert "**Lumora** <b>" in words(drawn(manager, "person_menu.recent_items(viewer, 'today')"))


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_the_people_of_a_new_local_store_speak_the_browsers_language(tmp_path, language):
    with database.use(f"sqlite:///{tmp_path / 'new.db'}"):
        prepare(NOW, local_people=True, language=language)
        people = identity.local_people()
        spoken = {identity.viewer_of(int(i), NOW).language for i in people["id"]}
        names = {identity.viewer_of(int(i), NOW).name for i in people["id"]}
    database.forget(f"sqlite:///{tmp_path / 'new.db'}")

    assert spoken == {language}
    assert ("本机管理员" in names) is (language == "zh-CN")
    assert str(Role.ADMIN) in set(people["role"])
