"""The currency a person prefers comes first wherever a page chooses one."""

from dataclasses import replace

import pytest

from lib.accounts import drawers, phrases
from lib.kpi import queries
from lib.money import preferred
from lib.today.figures import said
from lib.today.queries import figures
from lib.today.rules import Scope
from tests import make


@pytest.fixture
def book(embedded, manager):
    """Two accounts that pay in dollars, one in yuan."""
    for currency in ("USD", "USD", "CNY"):
        account = make.account(owner=manager.person_id, currency=currency)
        make.subscription(account, currency=currency)


def test_the_own_currency_leads_and_an_unused_one_changes_nothing():
    assert preferred(["USD", "EUR", "CNY"], "CNY") == ["CNY", "USD", "EUR"]
    assert preferred(["USD", "EUR"], "JPY") == preferred(["USD", "EUR"], None) == ["USD", "EUR"]


def test_key_figures_begin_with_it(book, manager):
    assert queries.currencies(manager) == ["USD", "CNY"]
    assert queries.currencies(replace(manager, currency="CNY")) == ["CNY", "USD"]


def test_sums_of_accounts_name_it_first():
    sums = {"USD": 2_000_000_00, "CNY": 1_000_000_00}

    assert phrases.amounts(sums, "en") == "$2M + CN¥1M"
    assert phrases.amounts(sums, "en", "CNY") == "CN¥1M + $2M"


def test_a_new_account_is_proposed_in_it(embedded, manager):
    assert drawers.add_account(replace(manager, currency="EUR"), "key").values["currency"] == "EUR"
    assert drawers.add_account(manager, "key").values["currency"] == "USD"


def test_today_without_anything_at_stake_still_speaks(embedded, manager):
    told = said([], figures(manager, Scope.MINE), "en", "CNY")

    assert told[1].value == "–"
