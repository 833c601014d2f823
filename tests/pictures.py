"""Pictures of every page: `python -m tests.pictures FOLDER [--store URL] [--pages today] [--only en,wide]`.

Starts the desk on a fresh demo store (or on `--store`), and photographs each page wide (1440 x 900) and on a
phone (390 x 844), light and dark, in English and Chinese, grown to the full length of the page.
"""

import argparse
import tempfile
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser
from sqlalchemy import func, select

from lib.store import database
from lib.store import models as m
from lib.words import say
from tests.browser.chromium import browser
from tests.browser.desk import Desk
from tests.servers import DeskServer

SIZES = {"wide": (1440, 900), "phone": (390, 844)}
THEMES = ("light", "dark")
LANGUAGES = {"en": "English", "zh": "中文"}
CODES = {"en": "en", "zh": "zh-CN"}
# Which role looks at a page where the first person (an account manager) may not.
LOOKERS = {"approvals": "leadership", "kpi": "leadership", "imports": "admin", "policy": "admin",
           "audit": "admin"}  # fmt: skip
PAGES = (
    "today", "accounts", "account", "alerts", "alert", "renewals", "renewals-board", "negotiation", "quotes",
    "quote", "approvals", "kpi", "imports", "policy", "audit", "search",
)  # fmt: skip
LONGEST = 4000


def addresses(store_url: str) -> dict[str, str]:
    """The deep link of each page, on records of the first account manager's book."""
    with database.use(store_url), database.reading() as connection:
        first = select(func.min(m.PersonRole.person_id)).where(m.PersonRole.role == "account_manager")
        mine = select(m.Assignment.account_id).where(
            m.Assignment.person_id == first.scalar_subquery(), m.Assignment.until.is_(None)
        )
        alert = connection.execute(
            select(m.ChurnAlert.id, m.ChurnAlert.account_id)
            .where(m.ChurnAlert.account_id.in_(mine), m.ChurnAlert.resolved_on.is_(None))
            .order_by(m.ChurnAlert.severity.desc())
        ).first()
        quote = connection.execute(
            select(m.Quote.id, m.Quote.account_id)
            .where(m.Quote.account_id.in_(mine))
            .order_by(m.Quote.id.desc())
        ).first()
        account = alert.account_id if alert else connection.execute(mine).scalar()
    talk = quote.account_id if quote else account
    found = {
        "today": "/", "account": f"/account?id={account}", "negotiation": f"/negotiation?account={talk}",
        "renewals-board": "/renewals?view=board", "search": "/search?find=price",
    }  # fmt: skip
    if alert:
        found["alert"] = f"/alerts?id={alert.id}"
    if quote:
        found["quote"] = f"/quotes?id={quote.id}"
    return {
        page: found.get(page, f"/{page}") for page in PAGES if page in found or page not in {"alert", "quote"}
    }


def grow(desk: Desk, width: int, height: int) -> None:
    """Make the window as tall as the page, so that nothing is cut."""
    tall = desk.page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollHeight")
    desk.page.set_viewport_size({"width": width, "height": min(LONGEST, max(height, int(tall)))})
    desk.settle()


def photograph(
    opened: Browser,
    url: str,
    page: str,
    path: str,
    *,
    size: str,
    theme: str,
    language: str,
    folder: Path,
) -> None:
    width, height = SIZES[size]
    context = opened.new_context(
        viewport={"width": width, "height": height}, color_scheme=theme, locale=CODES[language],
        device_scale_factor=1, timezone_id="Asia/Shanghai",
    )  # fmt: skip
    desk = Desk(context.new_page(), url)
    if page in LOOKERS:
        become(desk, LOOKERS[page], language, size)
        desk.visit(say(CODES[language], f"frame-page-{page}"))
        if size == "phone":
            desk.page.set_viewport_size({"width": width, "height": height})
    else:
        desk.open(path)
        desk.speak(CODES[language])
    desk.page.evaluate("document.activeElement.blur()")  # no focus ring in a picture
    desk.page.wait_for_timeout(400)  # charts fade in
    grow(desk, width, height)
    desk.page.screenshot(path=folder / f"{page}-{size}-{theme}-{language}.png")
    if desk.console:
        print(f"  console of {page}: {desk.console[:3]}")
    context.close()


def become(desk: Desk, role: str, language: str, size: str) -> None:
    """The person menu and the sidebar fold away on a phone, so the way there is walked wide."""
    if size == "phone":
        desk.page.set_viewport_size({"width": 1280, "height": 900})
    desk.open("/")
    desk.work_as_role(role)
    desk.speak(CODES[language])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--store", help="an existing store; without it a fresh demo is made")
    parser.add_argument("--pages", default=",".join(PAGES))
    parser.add_argument("--only", default="", help="any of en zh light dark wide phone, comma separated")
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    only = set(filter(None, chosen.only.split(",")))

    def kept(values: tuple | dict) -> list[str]:
        return [v for v in values if not (only & set(values)) or v in only]

    with tempfile.TemporaryDirectory() as scratch:
        store_url = chosen.store or f"sqlite:///{scratch}/demo.db"
        with DeskServer(store_url, VIP_DESK_DEMO="auto") as server, browser() as opened:
            Desk(opened.new_page(), server.url).open("/").wait_until_prepared()
            paths = addresses(store_url)
            for language, theme, size in product(kept(LANGUAGES), kept(THEMES), kept(SIZES)):
                for page in chosen.pages.split(","):
                    if page in paths:
                        print(page, size, theme, language, flush=True)
                        photograph(
                            opened, server.url, page, paths[page], size=size, theme=theme,
                            language=language, folder=chosen.folder,
                        )  # fmt: skip


if __name__ == "__main__":
    main()
