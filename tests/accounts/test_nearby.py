"""What stands beside an account's status."""

from datetime import timedelta

import pytest

from lib.accounts.nearby import Nearby, nearby
from lib.errors import NotFound
from lib.store import models as m
from tests import make
from tests.make import NOW, TODAY

DUE = TODAY - timedelta(days=20)


def test_contact_cases_and_what_is_still_to_pay_stand_beside_the_status(database, manager):
    made = make.account(owner=manager.person_id)
    make.touch(made, manager.person_id, happened_at=NOW - timedelta(days=9), channel="call")
    make.touch(made, manager.person_id, happened_at=NOW - timedelta(days=3), channel="visit")
    make.case(made, priority="urgent")
    make.case(made, priority="low")
    make.case(made, closed_at=NOW)
    part_paid = make.invoice(made, due_on=DUE, amount_minor=50_000)
    make.insert(
        m.Payment(external_id="P-1", invoice_id=part_paid, paid_on=TODAY, amount_minor=20_000, currency="USD")
    )
    make.invoice(made, due_on=DUE + timedelta(days=5), amount_minor=7_000, currency="EUR")
    make.invoice(made, due_on=TODAY, amount_minor=1)
    make.invoice(made, due_on=DUE, status="paid")

    found = nearby(manager, made)

    assert (found.contacted_at, found.channel) == (NOW - timedelta(days=3), "visit")
    assert (found.cases_open, found.cases_urgent) == (2, 1)
    assert (found.overdue, found.overdue_since) == ([("USD", 30_000), ("EUR", 7_000)], DUE)


def test_an_account_without_any_of_it_has_nothing_nearby(database, manager):
    made = make.account(owner=manager.person_id)

    assert nearby(manager, made) == Nearby(None, None, 0, 0, [], None)


def test_a_foreign_account_is_not_there(database, other_manager):
    with pytest.raises(NotFound):
        nearby(other_manager, make.account())
