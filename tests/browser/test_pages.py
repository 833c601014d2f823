"""The demo in a real browser: its first start, and every page in both languages asking nobody else."""

import time

import pytest

from lib.ui.frame import SCREENS
from lib.words import say
from tests.browser.chromium import browser
from tests.browser.desk import Desk
from tests.browser.tour import groups, stops, walk_to
from tests.servers import DeskServer

pytestmark = [pytest.mark.browser, pytest.mark.server]
START_SECONDS = 60  # a quiet machine with two cores takes a third of it; the tests share theirs


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """A server whose embedded store does not exist yet, and the seconds until its first visitor was in."""
    url = f"sqlite:///{tmp_path_factory.mktemp('demo')}/desk.db"
    began = time.monotonic()
    with DeskServer(url, VIP_DESK_DEMO="auto") as server, browser() as opened:
        first = Desk(opened.new_page(), server.url).open("/").wait_until_prepared()
        first.sees(say("en", "frame-demo"), first.sidebar)
        yield server, opened, url, time.monotonic() - began


def test_the_first_start_leads_to_a_desk_with_demo_data(demo):
    assert demo[3] < START_SECONDS


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("zh-CN", "dark")])
def test_every_page_opens_without_an_error_or_a_request_elsewhere(demo, language, theme):
    server, opened, url, _seconds = demo
    context = opened.new_context(
        viewport={"width": 1440, "height": 1000}, color_scheme=theme, locale=language
    )
    elsewhere: list[str] = []
    context.on("request", lambda r: elsewhere.append(r.url) if _is_foreign(r.url, server) else None)
    desk, visited = Desk(context.new_page(), server.url).open("/"), set()
    for role, found in groups(stops(url)).items():
        desk.work_as_role(str(role))
        desk.speak(language)
        for stop in found:
            walk_to(desk, stop.path)
            _is_sound(desk, stop.name)
            visited.add(stop.screen)
    context.close()

    assert visited == set(SCREENS)
    assert not desk.console
    assert not elsewhere


def _is_foreign(address: str, server: DeskServer) -> bool:
    return not address.startswith((server.url, f"ws://127.0.0.1:{server.port}", "data:", "blob:"))


def _is_sound(desk: Desk, name: str) -> None:
    assert desk.main.get_by_role("heading", level=1).count() == 1, f"{name} has no title"
    assert not desk.main.get_by_test_id("stException").count(), f"{name} failed"
    assert not desk.main.get_by_test_id("stAlertContentError").count(), f"{name} shows an error"
