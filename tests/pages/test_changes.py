"""Changes of subscriptions on the account's page, as a person sees and makes them."""

from datetime import date, timedelta
from functools import partial

import pytest

from lib.flows import outages as stops
from lib.subscriptions import queries
from tests import make, screen
from tests.make import NOW, TODAY
from tests.screen import said

account_page = partial(screen.opened, "account")


@pytest.fixture
def account(embedded, manager):
    account = make.account(owner=manager.person_id)
    contract = make.contract(account, source="import", starts_on=date(2026, 1, 1), ends_on=date(2027, 1, 1))
    make.subscription(account, contract_id=contract, starts_on=date(2026, 1, 1), ends_on=date(2027, 1, 1),
                      product="Professional", arr_minor=1_200_000, billing="annual")  # fmt: skip
    return account


def test_an_upgrade_shows_its_figures_before_it_is_made(account, manager):
    at = account_page(manager, id=account)
    assert "No change and no outage so far." in said(at)
    at.button(key="changes-change").click().run()
    assert "Enter the new ARR" in said(at)
    at.text_input(key="changes-arr").set_value("18000").run()
    assert "42 of 365 days" in said(at)
    assert "690.41" in said(at)
    at.button(key="changes-do").click().run()

    assert not at.exception
    change = queries.changes(manager, account).iloc[0]
    assert (change["kind"], int(change["due_minor"]), change["effective_on"]) == ("upgrade", 69_041, TODAY)
    assert "Upgrade of Professional on 20 Nov 2026, done" in said(account_page(manager, id=account))


def test_a_planned_downgrade_is_taken_back_on_the_page(account, manager):
    at = account_page(manager, id=account)
    at.button(key="changes-change").click().run()
    at.segmented_control(key="changes-kind").set_value("downgrade").run()
    at.text_input(key="changes-arr").set_value("6000").run()
    assert "1 Jan 2027" in said(at)
    at.button(key="changes-do").click().run()
    row = queries.changes(manager, account).iloc[0]
    assert row["status"] == "planned"

    at = account_page(manager, id=account)
    at.button(key=f"change-{row['id']}").click().run()
    assert queries.changes(manager, account).iloc[0]["status"] == "cancelled"


def test_a_refund_past_its_last_day_says_so_and_offers_no_button(account, manager):
    at = account_page(manager, id=account)
    at.button(key="changes-change").click().run()
    at.segmented_control(key="changes-kind").set_value("refund").run()

    assert "No: the last day has passed" in said(at)
    with pytest.raises(KeyError):
        at.button(key="changes-do")


def test_outages_and_availability_stand_on_the_page(account, manager):
    stops.record_outage(manager, account, NOW - timedelta(hours=30), NOW, cause="power")
    text = said(account_page(manager, id=account))
    assert "30 hours" in text
    assert "End moved by 2 days" in text
    assert "below what was promised" in text


def test_leadership_reads_changes_and_makes_none(account, leader):
    at = account_page(leader, id=account)
    assert "No change and no outage so far." in said(at)
    with pytest.raises(KeyError):
        at.button(key="changes-change")
