"""What a person does at the desk, for browser tests: go somewhere, click, fill, wait for the answer."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Locator, Page, expect

from lib.words import LANGUAGES, say

SECONDS = 1000
HEADER, ROW = 32, 33  # heights of a table's header and rows
PATIENCE = 30 * SECONDS
IDLE = '[data-testid="stApp"][data-test-script-state="notRunning"]'


class Desk:
    """One visitor's window. `words` says a message in the visitor's language: desk.words("quotes-submit")."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.console: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("console", self._listen)
        page.on("pageerror", lambda e: self.console.append(str(e)))

    def _listen(self, message: ConsoleMessage) -> None:
        # On a deep link Streamlit looks for its base address beside the page first; that 404 is its way.
        if message.type == "error" and "/_stcore/" not in message.location.get("url", ""):
            self.console.append(message.text)

    def open(self, path: str = "/") -> "Desk":
        """Go to an address, as typed by hand: a new session starts."""
        self.page.goto(self.url + path, wait_until="domcontentloaded")
        self.settle()
        return self

    def come_in(self, address: str) -> "Desk":
        """Open the address the start printed, with its key; the desk's own addresses work from then on."""
        self.page.goto(address, wait_until="domcontentloaded")
        self.settle()
        return self

    def settle(self) -> None:
        """Wait until the running script has ended and stays ended; look for a visible result as well."""
        self.page.wait_for_selector(IDLE, timeout=PATIENCE)
        for _ in range(40):
            self.page.wait_for_timeout(120)
            if self.page.query_selector(IDLE):
                self.page.wait_for_timeout(150)
                if self.page.query_selector(IDLE):
                    return
        raise AssertionError("the page does not come to rest")

    @property
    def main(self) -> Locator:
        return self.page.get_by_test_id("stMain")

    @property
    def sidebar(self) -> Locator:
        return self.page.get_by_test_id("stSidebar")

    def visit(self, label: str) -> None:
        """Follow a link of the sidebar; keeps the session."""
        self.sidebar.get_by_role("link", name=label).first.click()
        self.settle()

    def press(self, label: str | re.Pattern, within: Locator | None = None, nth: int = 0) -> None:
        button = (within or self.page).get_by_role("button", name=label).nth(nth)
        button.scroll_into_view_if_needed()
        button.click()
        self.settle()

    def follow(self, label: str | re.Pattern, within: Locator | None = None, nth: int = 0) -> None:
        """Click a link inside the page."""
        (within or self.main).get_by_role("link", name=label).nth(nth).click()
        self.settle()

    def fill(self, label: str | re.Pattern, text: str, within: Locator | None = None, nth: int = 0) -> None:
        field = (within or self.page).get_by_label(label, exact=isinstance(label, str)).nth(nth)
        field.fill(text)
        field.blur()
        self.settle()

    def choose(
        self, label: str | re.Pattern, option: str | re.Pattern, within: Locator | None = None
    ) -> None:
        """Pick an option of a select box."""
        box = (within or self.page).get_by_role("combobox", name=label).first
        box.click()
        self.page.get_by_role("option", name=option).first.click()
        self.settle()

    def type_day(self, label: str, day: date) -> None:
        """Type a date into its field, as digits after a click on the year."""
        field = self.page.get_by_test_id("stDateInput").filter(has_text=label)
        field.get_by_role("spinbutton").first.click()
        self.page.keyboard.type(f"{day:%Y%m%d}")
        self.page.keyboard.press("Escape")
        self.page.evaluate("document.activeElement.blur()")
        self.settle()

    def tick(self, label: str | re.Pattern, within: Locator | None = None) -> None:
        """Press a segment, radio or checkbox by its visible label."""
        (within or self.page).get_by_text(label, exact=isinstance(label, str)).first.click()
        self.settle()

    def menu(self, label: str | re.Pattern, option: str | re.Pattern, within: Locator | None = None) -> None:
        """Open a menu button and choose from it."""
        (within or self.page).get_by_role("button", name=label).first.click()
        self.page.get_by_test_id("stMenuButtonBody").or_(self.page.get_by_role("menu")).get_by_text(
            option
        ).first.click()
        self.settle()

    def pick_row(self, number: int, nth: int = 0) -> None:
        """Tick the box at the left of a table's row; the table is painted, so its place is computed."""
        table = self.main.get_by_test_id("stDataFrame").nth(nth)
        table.scroll_into_view_if_needed()
        table.click(position={"x": 16, "y": HEADER + ROW * number + ROW // 2})
        self.settle()

    def cells(self, text: str | re.Pattern) -> Locator:
        """Cells of tables with this text: a table is painted, its words stand in a hidden twin."""
        return self.main.locator('td[role="gridcell"]').filter(has_text=text)

    def upload(self, path: Path, within: Locator | None = None) -> None:
        (within or self.page).locator('input[type="file"]').first.set_input_files(str(path))
        self.settle()

    def download(self, label: str | re.Pattern, folder: Path, within: Locator | None = None) -> Path:
        with self.page.expect_download(timeout=PATIENCE) as waiting:
            (within or self.page).get_by_role("button", name=label).first.click()
        target = folder / waiting.value.suggested_filename
        waiting.value.save_as(target)
        return target

    def sees(self, text: str | re.Pattern, within: Locator | None = None) -> None:
        """The text is visible somewhere."""
        expect((within or self.page).get_by_text(text).first).to_be_visible(timeout=PATIENCE)

    def text(self) -> str:
        return self.main.inner_text()

    @contextmanager
    def person_menu(self) -> Iterator[Locator]:
        self.sidebar.get_by_test_id("stPopover").last.get_by_role("button").click()
        menu = self.page.get_by_test_id("stPopoverBody")
        expect(menu).to_be_visible()
        yield menu
        self.page.keyboard.press("Escape")
        self.settle()

    def work_as(self, name: str | re.Pattern) -> None:
        """Become another local person; `name` is part of what the list shows."""
        with self.person_menu() as menu:
            menu.get_by_role("combobox").first.click()
            option = self.page.get_by_role("option", name=name).first
            button = self.sidebar.get_by_test_id("stPopover").last  # above it: the recent items
            before, same = button.inner_text(), option.get_attribute("aria-selected") == "true"
            option.click()
            if not same:  # the name on the button changes, perhaps into the other person's language
                expect(button).not_to_have_text(before, timeout=PATIENCE)
            self.settle()

    def work_as_role(self, role: str) -> None:
        """Become the first local person of a role, whichever language the list is in."""
        words = [say(code, "frame-role-" + role.replace("_", "-")) for code in LANGUAGES]
        self.work_as(re.compile("|".join(map(re.escape, words))))

    def speak(self, code: str) -> None:
        """Switch to "en" or "zh-CN" in the person's menu; a phone's folded sidebar is opened first."""
        opener = self.page.get_by_test_id("stExpandSidebarButton")
        folded = opener.count() > 0 and opener.first.is_visible()
        if folded:
            opener.first.click()
        with self.person_menu() as menu:
            menu.get_by_text(say(code, f"frame-language-{code.lower()}"), exact=True).first.click()
            self.settle()
        if folded:
            self.page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").first.click()
            self.settle()

    def wait_until_prepared(self) -> "Desk":
        """The first start fills the store behind a progress bar; then the frame with the sidebar stands."""
        expect(self.sidebar).to_be_visible(timeout=60 * SECONDS)
        self.settle()
        return self
