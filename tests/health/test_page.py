"""The health cards on an account's page, and the back-test on the page Evidence."""

from datetime import timedelta
from functools import partial

import pytest

from lib.store import models as m
from tests import make, screen
from tests.make import TODAY

opened = partial(screen.opened, "account")


@pytest.fixture
def account_id(embedded, manager) -> int:
    account_id = make.account(owner=manager.person_id, name="Lumora Home")
    make.insert(m.AccountDay(account_id=account_id, day=TODAY - timedelta(days=1), active_users=2))
    for back in (40, 0):
        make.health(account_id, day=TODAY - timedelta(days=back))
    return account_id


def text(at) -> str:  # noqa: ANN001 - an AppTest
    return " ".join(element.value for element in at.markdown)


def test_the_page_shows_the_score_its_parts_and_what_is_missing(account_id, manager):
    at = opened(manager, id=account_id)

    assert not at.exception
    said = text(at).replace("\\", "")
    assert "Health 76.0 of 100" in said
    assert "2 open urgent cases: −30" in said
    assert "Starts at 70, parts +6.0: 76.0" in said
    assert "No data: Breadth (weight 20)" in said


def test_any_two_days_are_compared_and_their_parts_add_up(account_id, manager):
    make.health(account_id, day=TODAY - timedelta(days=20), score=70.0, raw=70.0, activity=74.0)
    at = opened(manager, id=account_id)
    at.date_input(key="health-first").set_value(TODAY - timedelta(days=40))
    at.date_input(key="health-last").set_value(TODAY - timedelta(days=15))
    at.run()

    assert not at.exception
    assert "−6.0 from 11 Oct 2026 to 31 Oct 2026: 76.0 → 70.0" in screen.said(at)
    assert "**−6.0 Activity**" in text(at).replace("\\", "")

    at.date_input(key="health-last").set_value(TODAY - timedelta(days=39))
    at.run()
    assert "No two mornings with a score lie between these days." in screen.said(at)


def test_an_opinion_is_written_in_the_drawer_and_taken_back(account_id, manager):
    at = opened(manager, id=account_id)
    at.button(key="health-opinion").click().run()
    at.selectbox(key="health-opinion-set-opinion").set_value("poor")
    at.text_area(key="health-opinion-set-opinion_note").set_value("The sponsor is angry")
    next(b for b in at.button if b.label == "Write opinion" and b.key != "health-opinion").click().run()

    at = opened(manager, id=account_id)
    assert "**Poor**" in text(at) and "The sponsor is angry" in text(at)

    at.button(key="health-undo").click().run()
    assert "**no opinion yet**" in text(opened(manager, id=account_id))


def test_the_back_test_says_when_too_few_renewals_tell_anything(account_id, manager):
    make.subscription(account_id)
    at = screen.opened("evidence", manager, tab="health")

    assert not at.exception
    assert "Too few renewals to say" in text(at)
    assert "0 lost and 0 kept have a score that early; at least 10 of each are needed." in screen.said(at)
