"""The builder in a real browser: a quote without a mouse, and the walk-through of the README by its words."""

import re
import time

import pytest
from playwright.sync_api import expect

from lib.words import say
from tests.browser.desk import PATIENCE, Desk

pytestmark = [pytest.mark.browser, pytest.mark.server]
MOST = 120  # presses of Tab until something must have been reached
_AT = """() => { const e = document.activeElement;
  if (/^(MAIN|CANVAS|BODY)$/.test(e.tagName)) return '';  // what holds others reads like all of them
  return (e.getAttribute('aria-label') || e.innerText || '')
    + ' ' + [...(e.labels || [])].map(l => l.innerText).join(' ') }"""


def w(message: str, **values: object) -> str:
    return say("en", message, **values)


@pytest.fixture
def desk(shown):
    opened = shown.desk()
    yield opened
    opened.page.context.close()


def begin(desk: Desk) -> None:
    """A new quote for the first account of the list, from the book in USD."""
    desk.visit(w("frame-page-quotes"))
    desk.press(w("quotes-new"))
    desk.choose(w("quotes-new-book"), re.compile("SaaS.*USD"))
    desk.press(w("quotes-create"))
    desk.sees(w("builder-no-lines"))


def pick(desk: Desk, label: str, typed: str) -> None:
    """Type into a long list what is wanted of it; only some of its options are drawn."""
    desk.main.get_by_role("combobox", name=label).first.click()
    desk.page.keyboard.press("Control+a")
    desk.page.keyboard.type(typed)
    enter(desk, typed)


def enter(desk: Desk, typed: str) -> None:
    """Take what the open list has found."""
    expect(desk.page.get_by_role("option", name=typed).first).to_be_visible(timeout=PATIENCE)
    desk.page.wait_for_timeout(300)  # until the list has moved its mark to what was typed
    desk.page.keyboard.press("Enter")
    desk.settle()


def hop(desk: Desk, name: str) -> None:
    """Tab until the focus is on what carries this name."""
    for _ in range(MOST):
        desk.page.keyboard.press("Tab")
        if re.search(re.escape(name) + r"(?!\w)", desk.page.evaluate(_AT)):
            return
    raise AssertionError(f"Tab does not lead to {name}")


def keys(desk: Desk, name: str, *pressed: str) -> None:
    """Go to a field or button by Tab, press keys or type, and wait for the answer."""
    hop(desk, name)
    for one in pressed:
        (desk.page.keyboard.press if one in ("Enter", "Control+a") else desk.page.keyboard.type)(one)
    desk.settle()


def take(desk: Desk, name: str, typed: str) -> None:
    """Go to a list by Tab, type what is wanted of it, and take it with Enter once it stands there."""
    hop(desk, name)
    desk.page.keyboard.type(typed)
    enter(desk, typed)


def shows(desk: Desk, figure: str) -> None:
    expect(desk.main.get_by_test_id("stMetricValue").first).to_have_text(figure, timeout=PATIENCE)


def test_a_quote_is_built_taken_back_and_handed_in_by_keys_alone(desk):
    begin(desk)
    take(desk, w("quotes-add-product"), "Professional")
    keys(desk, w("quotes-add-quantity"), "Control+a", "2", "Enter")
    keys(desk, w("quotes-add"), "Enter")
    shows(desk, "$10,778.40")  # 12 × 499 × 2, less 10% for the year
    take(desk, w("quotes-field-term-months"), "24")
    shows(desk, "$19,401.12")  # … less another 10% of it for two years
    desk.sees(re.compile("^24 months from"), desk.main)  # the head follows what the workbench was told
    keys(desk, w("quotes-field-discount"), "Control+a", "5", "Enter")
    shows(desk, "$18,431.06")
    keys(desk, w("builder-undo"), "Enter")
    shows(desk, "$19,401.12")
    hop(desk, w("builder-tab-terms"))
    for _ in range(3):  # arrows walk along the tabs
        desk.page.keyboard.press("ArrowRight")
    desk.settle()
    keys(desk, w("quotes-field-cost"), "One tool for all shops", "Enter")
    keys(desk, w("quotes-submit"), "Enter")

    desk.sees(w("status-approved"), desk.main)  # a discount the term table gives needs nobody


def test_a_newcomer_makes_the_quote_of_the_walk_through_by_the_words_on_the_page(desk):
    """README: three years, a bundle, prepaid. What the desk lets people wait is printed, not judged."""
    began = time.perf_counter()
    begin(desk)
    pick(desk, w("quotes-add-product"), "Growth suite")
    desk.press(w("quotes-add"))
    pick(desk, w("builder-scenario-choose"), w("builder-scenario-prepaid", months=36))
    desk.press(w("builder-scenario-use"))
    shows(desk, "$18,474.49")  # 36 × (499 + 149 + 199), less 10%, 15%, 10% and 12% of the bundle
    desk.main.get_by_role("tab", name=w("builder-tab-needs")).click()
    desk.fill(w("quotes-field-efficiency"), "One tool for all shops.")
    desk.fill(w("quotes-field-justification"), "Three years, prepaid, and a public reference.")
    desk.press(w("quotes-submit"))

    desk.sees(w("status-pending-approval"), desk.main)
    print(f"the walk-through took {time.perf_counter() - began:.0f} s of the desk's own time")  # noqa: T201
