"""A walk without a mouse: search, list, form, approval. Focus is seen, free, and follows the reading."""

import re

import pytest
from playwright.sync_api import expect

from lib.words import say
from tests.browser.desk import PATIENCE, Desk
from tests.browser.tour import walk_to

pytestmark = [pytest.mark.browser, pytest.mark.server]
MOST = 150  # presses of Tab until something must have been reached
SETTLED = 160  # milliseconds until a border has taken its colour
# Focus counts as seen when the element, or one around it, looks unlike how it looks once the focus has left.
_FOCUS = """() => {
  const look = e => {
    const parts = [];
    for (let x = e, up = 0; x && up < 6; x = x.parentElement, up += 1) {
      for (const how of [getComputedStyle(x), getComputedStyle(x, '::after')]) {
        parts.push(how.outline, how.boxShadow, how.borderColor, how.backgroundColor, how.color);
      }
    }
    return parts.join('|');
  };
  const name = e => {
    if (!/^(A|BUTTON|INPUT|TEXTAREA)$/.test(e.tagName) && !e.getAttribute('role')) return '';  // what scrolls
    const own = e.getAttribute('aria-label') || e.innerText || e.placeholder || '';
    const labels = e.labels ? [...e.labels].map(l => l.innerText).join(' ') : '';
    return (own + ' ' + labels).replace(/\\s+/g, ' ').trim();
  };
  const last = window.__focused;
  // Streamlit draws no ring on the link to the page one is on, and a table draws its own on its canvas,
  // whose cells for screen readers lie inside it and take the focus a moment later.
  const here = last && last.element.tagName === 'A' && last.element.pathname === location.pathname;
  const drawn = last && last.element.isConnected && last.name && !last.element.closest('canvas') && !here;
  const dull = drawn && last.element !== document.activeElement && look(last.element) === last.look;
  const e = document.activeElement;
  if (!e || e === document.body) { window.__focused = null; return null; }
  window.__focused = {element: e, look: look(e), name: name(e)};
  const box = e.getBoundingClientRect();
  const main = document.querySelector('[data-testid="stMain"]');
  return {name: name(e), tag: e.tagName, dull: dull ? last.name || last.element.outerHTML.slice(0, 150) : '',
          x: box.x, y: box.y + main.scrollTop, height: box.height, main: main.contains(e)};
}"""


def words(key: str, **values: object) -> str:
    return say("en", key, **values)


def focus(desk: Desk) -> dict | None:
    return desk.page.evaluate(_FOCUS)


def tab_to(desk: Desk, name: str | re.Pattern) -> dict:
    """Press Tab until the focus is on what carries this name; every stop on the way is seen."""
    wanted = name if isinstance(name, re.Pattern) else re.compile(re.escape(name))
    for _ in range(MOST):
        desk.page.keyboard.press("Tab")
        desk.page.wait_for_timeout(SETTLED)
        at = focus(desk)
        if at is None:
            continue
        assert not at["dull"], f"the focus could not be seen on {at['dull']}"
        if wanted.search(at["name"]):
            return at
    raise AssertionError(f"Tab does not lead to {name}")


@pytest.fixture
def desk(shown):
    opened = shown.desk()
    yield opened
    opened.page.context.close()


def test_something_is_found_and_opened_by_keys_alone(desk):
    tab_to(desk, words("search-label"))
    desk.page.keyboard.type("lumi")
    desk.page.keyboard.press("Enter")
    expect(desk.main.get_by_role("heading", level=1)).to_have_text(words("search-title"), timeout=PATIENCE)
    desk.settle()
    found = desk.main.get_by_role("link", name=re.compile("Lumi")).first
    name = found.inner_text()
    tab_to(desk, name)
    desk.page.keyboard.press("Enter")

    expect(desk.main.get_by_role("heading", level=1)).to_have_text(name, timeout=PATIENCE)


def test_a_list_is_filtered_by_keys_alone(desk):
    walk_to(desk, "/accounts?sort=name")
    tab_to(desk, words("accounts-search-label"))
    desk.page.keyboard.type("lumi")
    desk.page.keyboard.press("Enter")
    desk.settle()

    assert "search=lumi" in desk.page.url


def test_a_form_in_a_drawer_is_filled_and_left_by_keys_alone(shown, desk):
    walk_to(desk, next(s.path for s in shown.stops if s.name == "account"))
    tab_to(desk, words("account-log"))
    desk.page.keyboard.press("Enter")
    drawer = desk.page.get_by_role("dialog")
    expect(drawer).to_be_visible(timeout=PATIENCE)
    desk.settle()
    tab_to(desk, re.compile("What|Summary", re.I))
    desk.page.keyboard.type("Spoke about the renewal.")
    inside = True
    for _ in range(12):  # the drawer keeps the focus: the page behind it cannot be worked on
        desk.page.keyboard.press("Tab")
        inside = inside and desk.page.evaluate(
            "() => [document.body, document.activeElement.closest('[role=dialog]') && document.activeElement]"
            ".includes(document.activeElement)"
        )
    for _ in range(MOST):
        if (focus(desk) or {"name": ""})["name"] == "Close":  # Streamlit's own word for its cross
            break
        desk.page.keyboard.press("Tab")
    desk.page.keyboard.press("Enter")

    expect(drawer).to_be_hidden(timeout=PATIENCE)
    assert inside


def test_a_quote_is_refused_without_a_reason_by_keys_alone(desk):
    desk.work_as_role("leadership")
    walk_to(desk, "/approvals")
    for name in ("approvals-reason", "approvals-refuse"):
        tab_to(desk, words(name))
    desk.page.keyboard.press("Enter")
    tab_to(desk, words("approvals-refuse-now"))
    desk.page.keyboard.press("Enter")

    expect(desk.main.get_by_role("alert").first).to_be_visible(timeout=PATIENCE)


@pytest.mark.parametrize("name", ["today", "account", "quotes", "approvals"])
def test_tab_follows_the_reading_and_comes_to_its_end(shown, name):
    """Within a column the focus never jumps up; after the last element it leaves the page."""
    stop = next(one for one in shown.stops if one.name == name)
    desk = shown.desk()
    desk.work_as_role(str(stop.role))
    walk_to(desk, stop.path)
    desk.page.evaluate("document.activeElement.blur()")
    seen, jumps = [], []
    for _ in range(MOST):
        desk.page.keyboard.press("Tab")
        at = focus(desk)
        if at is None or not at["main"]:
            if seen:
                break
            continue
        if seen and at["y"] < seen[-1]["y"] - 40 and at["x"] < seen[-1]["x"]:
            jumps.append((seen[-1]["name"], at["name"]))
        seen.append(at)
    desk.page.context.close()

    assert len(seen) > 3
    assert len(seen) < MOST, "Tab goes round in the page"
    assert not jumps
