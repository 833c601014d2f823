"""Pictures of what stands before the desk: the ways in, and the reasons why not."""

import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser
from sqlalchemy import update

from lib.store import database
from lib.store.models import Person, SignIn
from tests.browser.desk import Desk
from tests.provider import ROLES, provider
from tests.servers import DeskServer

DOORS = ("sign-in", "expired", "switched-off", "no-role", "key")
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def photograph(
    opened: Browser, folder: Path, doors: Sequence[str], languages: dict[str, str], themes: Sequence[str],
    sizes: dict[str, tuple[int, int]],
) -> None:  # fmt: skip
    """Each door as DOOR-SIZE-THEME-LANGUAGE.png; `languages` maps a short name to the browser's locale."""
    with tempfile.TemporaryDirectory() as scratch, provider() as place:
        url = f"sqlite:///{scratch}/company.db"
        company = DeskServer(url, provider=place.metadata, VIP_DESK_OIDC_ROLES=ROLES)
        with company, DeskServer(f"sqlite:///{scratch}/own.db") as local:
            for door, (language, locale), theme in product(doors, languages.items(), themes):
                context = opened.new_context(
                    viewport={"width": 1440, "height": 900}, color_scheme=theme, locale=locale
                )
                desk = Desk(context.new_page(), (local if door == "key" else company).url)
                _come_to(desk, door, url)
                for size, (width, height) in sizes.items():
                    desk.page.set_viewport_size({"width": width, "height": height})
                    desk.page.wait_for_timeout(600)
                    desk.page.screenshot(path=folder / f"{door}-{size}-{theme}-{language}.png")
                context.close()
        database.forget(url)


def _come_to(desk: Desk, door: str, store: str) -> None:
    if door == "key":
        desk.page.goto(desk.url)
        return
    desk.open("/")
    if door == "sign-in":
        return
    desk.page.locator("button[kind=primary]").click()
    desk.page.wait_for_url("**/oauth2/authorize?**")
    desk.page.get_by_role("button", name="noor" if door == "no-role" else "lin", exact=True).click()
    desk.page.wait_for_url(f"{desk.url}/**")
    desk.settle()
    if door == "no-role":
        return
    change = (
        update(SignIn).values(seen_at=LONG_AGO) if door == "expired" else update(Person).values(active=False)
    )
    _write(store, change)
    desk.sidebar.get_by_role("link").nth(1).click()
    desk.settle()
    _write(store, update(Person).values(active=True))


def _write(store: str, change) -> None:  # noqa: ANN001 - an UPDATE
    with database.use(store), database.transaction() as session:
        session.execute(change)
