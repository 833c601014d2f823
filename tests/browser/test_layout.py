"""Every page at 200 % and on a phone: nothing runs out of the window, and what is to be done is in reach."""

import pytest

from lib.ui.frame import SCREENS
from lib.words import say
from tests.browser.desk import Desk
from tests.browser.tour import groups, walk_to

pytestmark = [pytest.mark.browser, pytest.mark.server]
# A window of 1440 x 900 at 200 % shows as much as one of 720 x 450 whose dots are twice as dense.
ZOOMED = {"width": 720, "height": 450, "device_scale_factor": 2}
PHONE = {"width": 390, "height": 844}
SLACK = 1  # pixels; a browser rounds
_OVERFLOW = """() => {
  const main = document.querySelector('[data-testid="stMain"]');
  const width = document.documentElement.clientWidth;
  const scrolls = element => {
    for (let e = element.parentElement; e && e !== main; e = e.parentElement) {
      const how = getComputedStyle(e);
      if (/auto|scroll|hidden|clip/.test(how.overflowX)) return true;
    }
    return false;
  };
  const parts = 'button, a, input, textarea, p, h1, [data-testid="stMetric"], canvas';
  const wide = [...main.querySelectorAll(parts)]
    .filter(e => e.offsetParent && !scrolls(e) && e.getBoundingClientRect().right > width + 1)
    .map(e => e.outerHTML.slice(0, 120));
  const page = document.documentElement.scrollWidth - width;
  return {over: main.scrollWidth - main.clientWidth, page, wide};
}"""


def _faults(desk: Desk, name: str) -> list[str]:
    found = desk.page.evaluate(_OVERFLOW)
    faults = [f"{name}: {one} runs out of the window" for one in found["wide"]]
    if found["over"] > SLACK or found["page"] > SLACK:
        faults.append(f"{name}: scrolls sideways by {max(found['over'], found['page'])} px")
    return faults


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("window", [ZOOMED, PHONE], ids=["zoomed", "phone"])
def test_nothing_runs_out_of_a_small_window(shown, window, language):
    faults, visited = [], set()
    for role, stops in groups(shown.stops).items():
        desk = shown.desk(width=1280)
        desk.work_as_role(str(role))
        desk.speak(language)
        desk.page.set_viewport_size({"width": window["width"], "height": window["height"]})
        for stop in stops:
            walk_to(desk, stop.path)
            assert desk.main.get_by_role("heading", level=1).count() == 1, f"{stop.name} did not open"
            faults += _faults(desk, stop.name)
            visited.add(stop.screen)
        desk.speak("en")
        desk.page.context.close()

    assert visited == set(SCREENS)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", ["today", "account", "alert", "approvals"])
def test_the_act_a_page_is_for_can_be_reached_on_a_phone(shown, name):
    """It stands in the page, fits the window, is not covered, and is large enough for a thumb."""
    stop = next(one for one in shown.stops if one.name == name)
    desk = shown.desk(width=1280)
    desk.work_as_role(str(stop.role))
    desk.page.set_viewport_size(PHONE)
    walk_to(desk, stop.path)
    act = desk.main.get_by_test_id("stBaseButton-primary").first
    act.scroll_into_view_if_needed()
    box = act.bounding_box()
    act.click(trial=True)  # raises when something covers it
    desk.page.context.close()

    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    assert box["height"] >= 30


def test_the_navigation_opens_on_a_phone(shown):
    desk = shown.desk(**PHONE)
    desk.page.get_by_test_id("stExpandSidebarButton").click()
    link = desk.sidebar.get_by_role("link", name=say("en", "frame-page-alerts"))
    link.click()
    desk.settle()

    assert desk.main.get_by_role("heading", level=1).inner_text() == say("en", "alerts-title")
    desk.page.context.close()
