"""Pictures of every page: `python -m tests.pictures FOLDER [--store URL] [--pages today] [--only en,wide]`.

Starts the desk on a fresh demo store (or on `--store`), and photographs each page and state of the tour wide
(1440 x 900) and on a phone (390 x 844), light and dark, in English and Chinese, as tall as the page is.
A new page in SCREENS is photographed by itself; one that does not open ends the run. The doors before the
desk come first: sign-in, its reasons why not, and a browser without the key.
"""

import argparse
import tempfile
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser

from lib import clock, demo
from lib.flows.prepare import prepare
from lib.store import database
from tests.browser.chromium import browser
from tests.browser.desk import Desk
from tests.browser.doors import DOORS
from tests.browser.doors import photograph as photograph_doors
from tests.browser.tour import Stop, groups, stops, walk_to
from tests.servers import DeskServer

SIZES = {"wide": (1440, 900), "phone": (390, 844)}
THEMES = ("light", "dark")
CODES = {"en": "en", "zh": "zh-CN"}
LONGEST = 4000


def fill(store_url: str) -> None:
    """The whole demo in an empty store."""
    with database.use(store_url):
        now = clock.now()
        prepare(now)
        demo.fill(lambda _step, _share: None, now)
    database.forget(store_url)


def photograph(desk: Desk, stop: Stop, size: str, path: Path) -> None:
    """One page, in a window as tall as the page, so that nothing is cut."""
    width, height = SIZES[size]
    desk.page.set_viewport_size({"width": width, "height": height})
    walk_to(desk, stop.path)
    if desk.main.get_by_role("heading", level=1).count() != 1:
        raise SystemExit(f"{stop.name} did not open at {stop.path} for {stop.role}")
    desk.page.evaluate("document.activeElement.blur()")  # no focus ring in a picture
    desk.page.wait_for_timeout(400)  # charts fade in
    tall = desk.page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollHeight")
    desk.page.set_viewport_size({"width": width, "height": min(LONGEST, max(height, int(tall)))})
    desk.settle()
    desk.page.screenshot(path=path)
    if desk.console:
        print(f"  console of {stop.name}: {desk.console[:3]}")
        desk.console.clear()


def tour(opened: Browser, server: DeskServer, found: list[Stop], language: str, theme: str, sizes: list[str],
         folder: Path) -> None:  # fmt: skip
    """Every stop in one language and theme; each person speaks it, and English again at the end."""
    for role, mine in groups(found).items():
        context = opened.new_context(
            viewport={"width": 1440, "height": 900}, color_scheme=theme, locale=CODES[language],
            device_scale_factor=1, timezone_id="Asia/Shanghai",
        )  # fmt: skip
        desk = Desk(context.new_page(), server.url).come_in(server.url_with_key)
        desk.work_as_role(str(role))
        desk.speak(CODES[language])
        for stop, size in product(mine, sizes):
            print(stop.name, size, theme, language, flush=True)
            photograph(desk, stop, size, folder / f"{stop.name}-{size}-{theme}-{language}.png")
        desk.page.set_viewport_size({"width": 1440, "height": 900})
        desk.speak("en")
        context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--store", help="an existing store; without it a fresh demo is made")
    parser.add_argument("--pages", default="", help="names of the tour, comma separated; else all")
    parser.add_argument("--only", default="", help="any of en zh light dark wide phone, comma separated")
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    only, pages = (set(filter(None, text.split(","))) for text in (chosen.only, chosen.pages))

    def kept(values: tuple | dict) -> list[str]:
        return [v for v in values if not (only & set(values)) or v in only]

    with tempfile.TemporaryDirectory() as scratch:
        store_url = chosen.store or f"sqlite:///{scratch}/demo.db"
        if not chosen.store:
            fill(store_url)
        found = [stop for stop in stops(store_url) if not pages or stop.name in pages]
        with DeskServer(store_url, VIP_DESK_DEMO="auto") as server, browser() as opened:
            doors = [door for door in DOORS if not pages or door in pages]
            languages, sizes = {k: CODES[k] for k in kept(CODES)}, {k: SIZES[k] for k in kept(SIZES)}
            photograph_doors(opened, chosen.folder, doors, languages, kept(THEMES), sizes)
            for language, theme in product(kept(CODES), kept(THEMES)):
                tour(opened, server, found, language, theme, kept(SIZES), chosen.folder)


if __name__ == "__main__":
    main()
