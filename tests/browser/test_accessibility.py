"""axe-core on every page, light and dark, and on the drawers, menus and messages that open over one."""

import re
from collections.abc import Callable

import pytest

from lib.access import Role
from lib.ui.frame import SCREENS
from lib.words import say
from tests.browser import axe
from tests.browser.desk import Desk
from tests.browser.tour import groups, walk_to

pytestmark = [pytest.mark.browser, pytest.mark.server]
FADE_IN = 400  # milliseconds until charts and drawers stand


def words(key: str, **values: object) -> str:
    return say("en", key, **values)


def _help(desk: Desk) -> None:
    desk.press(words("help-button"), desk.main)


def _person(desk: Desk) -> None:
    desk.sidebar.get_by_test_id("stPopover").last.get_by_role("button").click()


# What opens over a page: (its stop, what opens it).
OPENED: dict[str, tuple[str, Callable[[Desk], None]]] = {
    "help": ("today", _help),
    "person menu": ("today", _person),
    "rest of a card": ("today", lambda desk: desk.press(words("today-rest"), desk.main)),
    "contact drawer": ("today", lambda desk: desk.page.keyboard.press("l")),
    "outreach drawer": ("account", lambda desk: desk.press(words("account-log"), desk.main)),
    "account drawer": ("accounts", lambda desk: desk.press(words("accounts-add"), desk.main)),
    "new quote": ("quotes", lambda desk: desk.press(words("quotes-new"), desk.main)),
    "table behind a chart": ("account", lambda desk: desk.press(words("chart-table"), desk.main)),
    "snooze": ("alert", lambda desk: desk.press(words("alerts-snooze"), desk.main)),
    "renewal drawer": ("renewals-list", lambda desk: desk.pick_row(0)),
    "rows of a figure": ("kpi", lambda desk: desk.press(words("kpi-open-rows"), desk.main, nth=1)),
    "value of the policy": ("policy", lambda desk: desk.pick_row(0)),
    "refusal": ("approvals", lambda desk: desk.press(words("approvals-refuse"), desk.main)),
}


@pytest.fixture(scope="module")
def seen() -> set[tuple[str, str]]:
    """Every (rule, widget) met on the way; the last test compares it with the list."""
    return set()


def _judge(desk: Desk, name: str, seen: set[tuple[str, str]]) -> list[str]:
    desk.page.mouse.move(0, 0)  # what the mouse rests on is painted in the primary colour
    desk.page.wait_for_timeout(FADE_IN)
    found = axe.grave(desk.page)
    seen.update(one.kind for one in found)
    return [f"{name}: {one}" for one in found if one.kind not in axe.exceptions()]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_has_a_grave_violation_of_our_making(shown, theme, seen):
    wrong, visited = [], set()
    desk = shown.desk(theme=theme)
    for role, stops in groups(shown.stops).items():
        _become(desk, role)
        for stop in stops:
            walk_to(desk, stop.path)
            assert desk.main.get_by_role("heading", level=1).count() == 1, f"{stop.name} did not open"
            wrong += _judge(desk, f"{stop.name}, {theme}", seen)
            visited.add(stop.screen)
    desk.page.context.close()

    assert visited == set(SCREENS)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_opens_over_a_page_has_none_either(shown, theme, seen):
    paths = {stop.name: stop for stop in shown.stops}
    wrong = []
    desk = shown.desk(theme=theme)
    for role in dict.fromkeys(paths[page].role for page, _ in OPENED.values()):
        _become(desk, role)
        for name, (page, act) in OPENED.items():
            if paths[page].role == role:
                walk_to(desk, paths[page].path)
                act(desk)
                wrong += _judge(desk, f"{name}, {theme}", seen)
                desk.page.keyboard.press("Escape")
    desk.page.context.close()

    assert not wrong, "\n".join(wrong)


def test_the_phone_has_none(shown, seen):
    wrong = []
    desk = shown.desk(width=390, height=844)
    for stop in (one for one in shown.stops if one.role == shown.stops[0].role):
        walk_to(desk, stop.path)
        wrong += _judge(desk, f"{stop.name}, phone", seen)
    desk.page.context.close()

    assert not wrong, "\n".join(wrong)


def test_every_exception_still_occurs_and_gives_its_reason(seen):
    """Runs after the tests above; an exception that Streamlit has mended leaves the list."""
    listed = axe.exceptions()

    assert not {kind for kind in listed if kind not in seen}
    assert all(re.search(r"\w{4}", reason) for reason in listed.values())


def _become(desk: Desk, role: Role) -> None:
    desk.work_as_role(str(role))
