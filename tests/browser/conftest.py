"""One desk on demo data for all browser tests of a run that only look at it."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from lib.store import database
from tests.browser.chromium import browser
from tests.browser.desk import Desk
from tests.browser.tour import Stop, stops
from tests.pictures import fill
from tests.servers import DeskServer


@dataclass(frozen=True)
class Demo:
    """A running desk on a fresh demo store, a browser, and every page of it."""

    server: DeskServer
    browser: Browser
    store_url: str
    stops: list[Stop]

    def desk(self, *, width: int = 1440, height: int = 900, theme: str = "light", language: str = "en",
             **more: object) -> Desk:  # fmt: skip
        """A new visitor on the start page, in a window and language of theirs; close its page's context."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=theme, locale=language, **more
        )
        return Desk(context.new_page(), self.server.url).open("/")


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory) -> Path:
    """A demo store; filling it is what takes the time."""
    path = tmp_path_factory.mktemp("shown") / "desk.db"
    fill(f"sqlite:///{path}")
    with database.use(f"sqlite:///{path}") as engine, engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.forget(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="module")
def shown(demo_file, tmp_path_factory) -> Iterator[Demo]:
    """Ends with its module: a second browser, or a loop, in the same process would meet the first one's."""
    url = f"sqlite:///{shutil.copy(demo_file, tmp_path_factory.mktemp('demo') / 'desk.db')}"
    with DeskServer(url, VIP_DESK_DEMO="auto") as server, browser() as opened:
        yield Demo(server, opened, url, stops(url))
