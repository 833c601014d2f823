"""An accepted quote becomes a contract: exact ARR, renewal closed, nothing counted twice."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from lib.access import Viewer
from lib.errors import Conflict, NotFound
from lib.flows.accept_quote import accept_quote
from lib.quotes import commands, issuing, queries
from lib.store.database import read_frame, transaction
from lib.store.models import Contract, Renewal, RenewalMove, Subscription
from tests import make

LINES = [
    make.quote_line("professional"),
    make.quote_line("seats", 61, "0.033"),
    make.quote_line("onboarding"),
]


def issued(viewer: Viewer, account_id: int, **over: object) -> int:
    """An issued two-year quote, of a seat line and a one-off line unless `lines` are given."""
    renewal_id, lines = over.pop("renewal_id", None), over.pop("lines", LINES)
    quote_id = commands.create_quote(viewer, account_id, renewal_id=renewal_id)
    form = make.quote_form(term_months=24, discount=Decimal("0.0333"), **over)
    version = commands.save_draft(viewer, quote_id, 1, values=form, lines=lines)
    commands.submit_quote(viewer, quote_id, version)
    issuing.issue_quote(viewer, quote_id, version + 1)
    return quote_id


@pytest.fixture
def account_id(manager) -> int:
    return make.account(owner=manager.person_id)


def seen(viewer: Viewer, quote_id: int) -> int:
    return queries.quote(viewer, quote_id).version


def test_contract_and_subscriptions_carry_the_quotes_arr_to_the_cent(database, manager, account_id) -> None:
    quote_id = issued(manager, account_id)
    arr = queries.quote(manager, quote_id).saved.priced.arr_minor

    contract_id = accept_quote(manager, quote_id, seen(manager, quote_id), evidence=make.evidence())

    with transaction() as session:
        contract = session.get(Contract, contract_id)
        parts = session.execute(select(Subscription).where(Subscription.contract_id == contract_id)).scalars()
        periods = list(parts)
    assert contract.arr_minor == arr == sum(period.arr_minor for period in periods)
    assert (contract.starts_on, contract.ends_on) == (date(2027, 1, 1), date(2029, 1, 1))
    assert (contract.seats, contract.source, contract.kind) == (61, "quote", "fixed")
    assert len(periods) == 2  # the one-off line is no subscription
    assert queries.quote(manager, quote_id).status == "accepted"


def test_a_linked_renewal_is_closed_and_nothing_counts_twice(database, manager, account_id) -> None:
    contract_id = make.contract(account_id, product_line="Platform")
    make.subscription(account_id, contract_id=contract_id, ends_on=None)
    renewal_id = make.renewal(account_id, contract_id)
    quote_id = issued(manager, account_id, renewal_id=renewal_id)

    new_id = accept_quote(manager, quote_id, seen(manager, quote_id), evidence=make.evidence())

    with transaction() as session:
        renewal = session.get(Renewal, renewal_id)
        old = (
            session.execute(select(Subscription).where(Subscription.contract_id == contract_id))
            .scalars()
            .one()
        )
        new = session.get(Contract, new_id)
    moves = read_frame(select(RenewalMove.to_stage).where(RenewalMove.renewal_id == renewal_id))
    assert (renewal.stage, renewal.expected_minor) == ("signed", new.arr_minor)
    assert moves.to_stage.tolist() == ["signed"]
    assert old.ends_on == new.starts_on == date(2027, 1, 1)
    assert new.product_line == "Platform"


def test_a_second_contract_of_the_same_day_gets_its_own_line(database, manager, account_id) -> None:
    for _turn in range(2):
        quote_id = issued(manager, account_id)
        accept_quote(manager, quote_id, seen(manager, quote_id), evidence=make.evidence())

    lines = read_frame(select(Contract.product_line).order_by(Contract.id)).product_line.tolist()
    assert lines == ["SaaS plans", "SaaS plans QT-2026-0002"]


def test_only_an_issued_quote_that_still_holds_is_accepted(database, manager, account_id) -> None:
    draft_id = commands.create_quote(manager, account_id)
    quote_id = issued(manager, account_id)
    late = replace(manager, now=datetime(2026, 12, 4, 16, tzinfo=UTC))  # 24:00 of the last day in Shanghai

    with pytest.raises(Conflict):
        accept_quote(manager, draft_id, 1, evidence=make.evidence())
    with pytest.raises(Conflict) as refusal:
        accept_quote(late, quote_id, seen(manager, quote_id), evidence=make.evidence())

    assert refusal.value.code == "quote_expired"
    assert read_frame(select(Contract.id)).empty


def test_accepting_twice_writes_one_contract(database, manager, account_id) -> None:
    quote_id = issued(manager, account_id)
    version = seen(manager, quote_id)
    accept_quote(manager, quote_id, version, evidence=make.evidence())

    with pytest.raises(Conflict):
        accept_quote(manager, quote_id, version, evidence=make.evidence())

    assert len(read_frame(select(Contract.id))) == 1


def test_a_foreign_quote_is_not_there(database, manager, other_manager, account_id) -> None:
    quote_id = issued(manager, account_id)

    with pytest.raises(NotFound):
        accept_quote(other_manager, quote_id, 3, evidence=make.evidence())


def test_a_failure_on_the_way_writes_nothing(database, manager, account_id, monkeypatch) -> None:
    """The contract is written, then the audit breaks: all of it goes."""
    quote_id = issued(manager, account_id)
    version = seen(manager, quote_id)

    def broken(*_args: object, **_values: object) -> None:
        raise RuntimeError("the machine stopped")

    monkeypatch.setattr("lib.flows.accept_quote.record", broken)
    with pytest.raises(RuntimeError):
        accept_quote(manager, quote_id, version, evidence=make.evidence())

    assert read_frame(select(Contract.id)).empty
    assert queries.quote(manager, quote_id).status == "sent"
