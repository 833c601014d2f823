"""Seeing a cost leaves one entry a person, object and day, and what cannot go on record is not shown."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from lib.quotes import queries
from lib.store import costs, verify
from lib.store.database import read_frame, read_one, reading
from lib.store.models import AuditEntry, CostRead
from tests import make


@pytest.fixture
def quote_id(database, manager, seller) -> int:
    return make.quote(make.account(owner=manager.person_id, sales=seller.person_id), seller.person_id)


def told() -> list[tuple]:
    e = AuditEntry
    wanted = select(e.person_id, e.table_name, e.row_id, e.stream).where(e.command == costs.COMMAND)
    rows = read_frame(wanted.order_by(e.id))
    return [tuple(row) for row in rows.itertuples(index=False)]


def test_a_quote_opened_often_is_on_record_once_a_person_and_day(quote_id, leader, seller):
    for _ in range(3):
        queries.quote(leader, quote_id)
    queries.quote_list(leader)
    queries.quote(seller, quote_id)

    first = told()
    assert [(p, t, r) for p, t, r, _ in first] == [
        (leader.person_id, "quote", quote_id), (seller.person_id, "quote", quote_id)
    ]  # fmt: skip
    assert {s for *_, s in first} == {queries.quote(leader, quote_id).account_id}

    queries.quote(replace(leader, now=leader.now + timedelta(days=1)), quote_id)
    assert len(told()) == 3
    with reading() as connection:
        assert list(verify.faults(connection)) == []


def test_who_may_not_see_costs_leaves_no_entry(quote_id, manager):
    assert queries.quote(manager, quote_id).saved.cost_minor is None
    assert told() == []


def test_a_read_that_cannot_go_on_record_shows_no_cost(quote_id, leader, monkeypatch):
    def away(*_):
        raise OperationalError("INSERT", None, Exception("the store is locked"))

    monkeypatch.setattr(costs, "_note", away)

    found = queries.quote(leader, quote_id)

    assert found.saved.cost_minor is None and not found.saved.shows_cost
    assert "cost_minor" not in queries.quote_list(leader).columns
    assert read_one(select(func.count()).select_from(CostRead))[0] == 0
