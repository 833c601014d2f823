"""What changes for somebody at their next click: their language, a policy value, a lent book, the door shut.

Four people of one company, each in a browser of their own, on one desk.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from lib.flows.prepare import prepare
from lib.store import database
from lib.words import say
from tests import make
from tests.browser.chromium import browser
from tests.browser.desk import PATIENCE
from tests.browser.windows import Window, w
from tests.provider import PEOPLE, ROLES, provider
from tests.servers import DeskServer

pytestmark = [pytest.mark.browser, pytest.mark.server]
ACCOUNT, WHAT = "Lumora Home", "Send the security answers"


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    """A desk on a store where Lin owns one account, with a promise to it three days overdue."""
    url, now = f"sqlite:///{tmp_path_factory.mktemp('clicks')}/desk.db", datetime.now(UTC)
    with database.use(url):
        prepare(now)
        lin = make.person(name="Lin Yue", email=PEOPLE["lin"]["email"])
        account = make.account(owner=lin, name=ACCOUNT)
        make.promise(account, lin, what=WHAT, due_on=now.date() - timedelta(days=3))
    with (
        provider() as place,
        DeskServer(url, provider=place.metadata, VIP_DESK_OIDC_ROLES=ROLES) as server,
        browser() as opened,
    ):
        server.browser = opened
        yield server
    database.forget(url)


@pytest.fixture
def window(company) -> Iterator[Callable[[str], Window]]:
    """Somebody at the desk, in a browser of their own."""
    contexts = []

    def signed_in(sub: str) -> Window:
        contexts.append(company.browser.new_context(viewport={"width": 1440, "height": 1000}, locale="en-US"))
        return Window(contexts[-1].new_page(), company.url).open("/").sign_in(sub)

    yield signed_in
    for context in contexts:
        context.close()


def test_a_chosen_language_holds_from_the_next_click_on(window):
    lin = window("lin")

    lin.speak("zh-CN")

    lin.sees(say("zh-CN", "frame-page-today"), lin.main)
    lin.visit(say("zh-CN", "frame-page-accounts"))
    lin.sees(say("zh-CN", "accounts-title"), lin.main)
    lin.speak("en")


def test_a_changed_policy_value_decides_at_the_next_click(window):
    lin, admin = window("lin"), window("zhao")
    lin.visit(w("frame-page-accounts"))
    expect(lin.cells(w("status-critical"))).to_have_count(0)

    admin.open("/policy?find=promise_critical_days")
    admin.pick_row(0)
    drawer = admin.page.get_by_role("dialog")
    admin.fill(w("policy-new-value"), "1", drawer)
    admin.fill(w("policy-reason"), "Customers asked for faster answers", drawer)
    admin.press(w("policy-save"), drawer)
    expect(drawer).to_have_count(0, timeout=PATIENCE)

    lin.visit(w("frame-page-today"))
    lin.visit(w("frame-page-accounts"))
    expect(lin.cells(w("status-critical"))).to_have_count(1)


def test_a_lent_book_is_there_at_the_next_click_and_gone_when_taken_back(window):
    lin, song = window("lin"), window("song")
    song.visit(w("frame-page-accounts"))
    expect(song.cells(ACCOUNT)).to_have_count(0)

    with_menu(lin, w("people-stand-in-own"))
    form = lin.page.get_by_role("dialog")
    lin.choose(w("people-field-colleague"), re.compile("Song Jie"), form)
    lin.press(w("people-stand-in"), form)

    song.visit(w("frame-page-today"))
    song.visit(w("frame-page-accounts"))
    expect(song.cells(ACCOUNT)).to_have_count(1)
    with_menu(lin, re.compile("Song Jie"))
    song.visit(w("frame-page-today"))
    song.visit(w("frame-page-accounts"))
    expect(song.cells(ACCOUNT)).to_have_count(0)


def test_who_is_switched_off_is_out_at_the_next_click(window):
    song, admin = window("song"), window("zhao")
    song.visit(w("frame-page-accounts"))

    admin.open("/people?who=Song+Jie")
    admin.pick_row(0)
    drawer = admin.page.get_by_role("dialog")
    admin.press(w("people-switch-off"), drawer)
    admin.press(w("people-switch-off"), admin.page.get_by_test_id("stPopoverBody"))
    expect(admin.cells(w("people-state-off"))).to_have_count(1, timeout=PATIENCE)

    song.visit(w("frame-page-alerts"))
    song.is_at_the_door("switched-off")


def with_menu(desk: Window, entry: str | re.Pattern) -> None:
    """Press a line of the person's own menu."""
    desk.sidebar.get_by_test_id("stPopover").get_by_role("button").last.click()
    button = desk.page.get_by_test_id("stPopoverBody").get_by_role("button", name=entry).first
    expect(button).to_be_visible(timeout=PATIENCE)
    button.click()
    desk.settle()
