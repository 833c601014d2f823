"""The account manager's morning without a mouse: an imported decline is an alert on Today; its contact is
logged, it is answered and closed by keys alone, and the evidence page counts the verdict."""

# ruff: noqa: F811 - the fixtures of the other walk are asked for by their names

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from lib.store import database as stores
from lib.store import models as m
from tests.browser import files
from tests.browser.desk import PATIENCE, Desk
from tests.browser.test_keyboard import MOST, SETTLED, focus
from tests.browser.test_walk import (  # noqa: F401 - the last three are fixtures
    choose,
    desk,
    hand_over,
    import_file,
    run_daily,
    third_party,
    today,
    w,
)

pytestmark = [pytest.mark.browser, pytest.mark.server]
OUTREACH = "Spoke with the sponsor: the export broke after the last update."


@pytest.mark.acceptance("C04")
def test_a_decline_is_answered_from_today_by_keys_alone(
    desk,
    database_url,
    third_party,
    tmp_path,
    today,
):
    desk.work_as_role("admin")
    for name in ("accounts", "subscriptions"):
        import_file(desk, third_party / "ravenstack" / f"ravenstack_{name}.csv")
    run_daily(database_url)
    subject, others = choose(database_url, today)
    for path in files.teams(tmp_path, [subject.key, *others], subject.key, today - timedelta(days=1)):
        import_file(desk, path)
    run_daily(database_url)
    hand_over(desk, subject)
    desk.visit(w("frame-page-today"))
    desk.sees(subject.name, desk.main)
    assert verdicts(desk) == 0

    desk.visit(w("frame-page-today"))
    log_contact(desk)
    assert alert(database_url, subject.id) == ("contacted", None)
    close_alert(desk)

    assert alert(database_url, subject.id) == ("resolved", "real")
    assert verdicts(desk) == 1
    desk.visit(w("frame-page-today"))
    assert w("today-act-alert") not in desk.text()


def alert(store_url: str, account_id: int) -> tuple[str, str | None]:
    with stores.use(store_url), stores.reading() as connection:
        found = select(m.ChurnAlert.status, m.ChurnAlert.verdict).where(m.ChurnAlert.account_id == account_id)
        return tuple(connection.execute(found).one())


def tab_to(desk: Desk, name: str) -> None:
    """Press Tab until the focus is on what carries this name. That it can be seen on its way is tried
    elsewhere; a choice that was just taken is drawn anew and would look as if it could not."""
    for _ in range(MOST):
        desk.page.keyboard.press("Tab")
        desk.page.wait_for_timeout(SETTLED)
        if name in (focus(desk) or {"name": ""})["name"]:
            return
    raise AssertionError(f"Tab does not lead to {name}")


def log_contact(desk: Desk) -> None:
    """L opens the drawer of the first card; one line and Enter log the contact."""
    drawer = desk.page.get_by_role("dialog")
    desk.page.keyboard.press("l")
    expect(drawer).to_be_visible(timeout=PATIENCE)
    desk.settle()
    tab_to(desk, w("today-summary"))
    desk.page.keyboard.type(OUTREACH)
    desk.page.keyboard.press("Enter")
    expect(drawer).to_have_count(0, timeout=PATIENCE)
    desk.settle()
    desk.sees(re.compile("contacted, not closed"), desk.main)


def close_alert(desk: Desk) -> None:
    """A opens the alert of the first card; the form knows the contact, asks for cause and verdict."""
    desk.page.keyboard.press("a")
    expect(desk.page.get_by_label(w("alerts-form-summary"))).to_have_value(OUTREACH, timeout=PATIENCE)
    desk.settle()
    tab_to(desk, w("alerts-form-cause"))
    desk.page.keyboard.type(w("activity-cause-product-fault"))
    desk.page.keyboard.press("Enter")
    desk.settle()
    tab_to(desk, w("activity-verdict-real"))
    desk.page.keyboard.press("Space")
    desk.settle()
    tab_to(desk, w("alerts-form-close"))
    desk.page.keyboard.press("Enter")
    desk.sees(w("alerts-done-close"))
    desk.settle()


def verdicts(desk: Desk) -> int:
    """How many verdicts the evidence page tells for its rules."""
    desk.visit(w("frame-page-evidence"))
    desk.sees(w("evidence-verdicts-title"), desk.main)
    return sum(map(int, re.findall(r"too few: (\d+) of", desk.text())))
