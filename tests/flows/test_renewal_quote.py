"""A quote for a renewal starts with the seats in use and their growth, and says where they come from."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from lib.flows.renewal_quote import start_quote
from lib.growth import queries as growing
from lib.quotes import commands, queries
from lib.store import models as m
from lib.store.database import read_frame
from tests import make
from tests.make import NOW, TODAY


def people(account: int, count: int, days: int) -> None:
    """So many people, seen once so many days ago."""
    for _ in range(count):
        make.insert(
            m.UserDay(user_id=make.user(account), day=TODAY - timedelta(days=days), account_id=account)
        )


@pytest.fixture
def renewal(database, manager) -> tuple[int, int]:
    account = make.account(owner=manager.person_id, seats=40)
    return account, make.renewal(account, make.contract(account))


def lines(viewer, quote_id: int) -> list[tuple[str, Decimal]]:
    return [(line.item_code, line.quantity) for line in queries.quote(viewer, quote_id).form.lines]


def test_the_seats_in_use_and_their_growth_are_the_default_of_a_renewal_quote(manager, renewal):
    account, renewal_id = renewal
    people(account, 12, days=5)
    people(account, 8, days=100)
    people(account, 9, days=200)  # long gone: no seat for them

    made = start_quote(manager, account, renewal_id=renewal_id, form_key="k")

    assert lines(manager, made) == [("seats", Decimal(20))]  # 12 and 4 more, with a fifth kept free
    plan = growing.seat_plan(manager, account)
    assert (plan.seats, plan.active, plan.before, plan.days, plan.headroom) == (20, 12, 8, 30, Decimal("0.2"))
    why = read_frame(select(m.AuditEntry.reason).where(m.AuditEntry.command == "quotes.start"))["reason"]
    assert why.dropna().tolist() == [
        "20 seats: 12 people active in 30 days, 8 a quarter earlier, 20% kept free"
    ]  # fmt: skip


def test_a_form_sent_twice_leaves_the_lines_somebody_changed(manager, renewal):
    account, renewal_id = renewal
    people(account, 5, days=5)
    made = start_quote(manager, account, renewal_id=renewal_id, form_key="k")
    form = queries.quote(manager, made).form
    values = {name: value for name, value in vars(form).items() if name != "lines"}
    commands.save_draft(manager, made, 1, values=values, lines=[])

    again = start_quote(replace(manager, now=NOW + timedelta(seconds=2)), account, renewal_id=renewal_id,
                        form_key="k")  # fmt: skip

    assert again == made and lines(manager, made) == []


def test_without_people_or_without_a_renewal_a_quote_starts_empty(manager, other_manager, renewal):
    account, renewal_id = renewal
    assert lines(manager, start_quote(manager, account, renewal_id=renewal_id)) == []
    people(account, 3, days=5)
    assert lines(manager, start_quote(manager, account)) == []
    assert growing.seat_plan(other_manager, account) is None
