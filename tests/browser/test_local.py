"""Without a provider, in a real browser: the key of the start lets one browser in."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from lib.demo import STATE, STEPS
from lib.flows.prepare import prepare
from lib.settings import settings
from lib.store import database
from lib.store.models import DeskState
from lib.words import say
from tests.browser.chromium import browser
from tests.browser.desk import Desk
from tests.servers import DeskServer

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.acceptance("C36")]


def w(message_id: str) -> str:
    return say("en", message_id)


@pytest.fixture
def store(tmp_path):
    url = f"sqlite:///{tmp_path}/desk.db"
    with database.use(url):
        prepare(datetime.now(UTC), local_people=True)
    yield url
    database.forget(url)


def visitor(opened, server: DeskServer) -> Desk:
    """A browser of its own."""
    context = opened.new_context(viewport={"width": 1440, "height": 1000}, locale="en-US")
    return Desk(context.new_page(), server.url)


def test_the_printed_address_lets_one_browser_in_and_the_next_one_another(store):
    with DeskServer(store) as server, browser() as opened:
        first, second = visitor(opened, server), visitor(opened, server)
        printed = server.url_with_key
        first.come_in(printed).wait_until_prepared()
        first.sees(w("frame-local"), first.sidebar)
        assert first.page.url == server.url + "/"
        first.visit(w("frame-page-accounts"))
        first.open("/accounts")
        assert not first.console

        second.page.goto(printed)
        expect(second.page.get_by_text(w("edge-key"))).to_be_visible()
        second.come_in(server.url_with_key).wait_until_prepared()
        second.sees(w("frame-page-today"), second.main)


def test_who_turns_the_demo_into_their_own_desk_stays_in_and_nobody_else_does(store):
    today = datetime.now(UTC).astimezone(settings().zone_info).date().isoformat()
    with database.use(store), database.transaction() as session:
        made = {"founded_on": today, "steps": len(STEPS), "through": today}
        session.add(DeskState(name=STATE, value=made, set_at=datetime.now(UTC) - timedelta(hours=1)))
    with DeskServer(store) as server, browser() as opened:
        mine, other = visitor(opened, server), visitor(opened, server)
        mine.open("/").wait_until_prepared()
        other.open("/").wait_until_prepared()
        mine.press(w("frame-start-own"))
        mine.press(w("frame-start-own-button"))

        mine.sees(w("frame-page-imports"), mine.main)
        mine.open("/accounts").sees(w("frame-page-accounts"), mine.main)
        other.visit(w("frame-page-accounts"))
        other.sees(w("edge-key"))
        expect(other.sidebar.get_by_role("link")).to_have_count(0)
        other.come_in(server.url_with_key).wait_until_prepared()
        expect(other.sidebar.get_by_text(w("frame-demo"))).to_have_count(0)
