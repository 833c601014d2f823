"""Changes written to a store: periods, contract, figures, and what is refused."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lib.errors import Conflict, Invalid, NotFound
from lib.flows import change_subscription as does
from lib.flows import outages as stops
from lib.flows.daily import _renewals
from lib.store import models as m
from lib.store.database import reading
from lib.subscriptions import queries
from tests import make
from tests.make import NOW, TODAY


def account_of(viewer, **over):
    """An account with one fixed contract of 12,000.00 a year and its period."""
    account = make.account(owner=viewer.person_id)
    contract = make.contract(account, source="import", kind="fixed", starts_on=date(2026, 1, 1),
                             ends_on=date(2027, 1, 1), arr_minor=1_200_000)  # fmt: skip
    values = {"contract_id": contract, "starts_on": date(2026, 1, 1), "ends_on": date(2027, 1, 1),
              "arr_minor": 1_200_000, "billing": "annual"} | over  # fmt: skip
    return account, contract, make.subscription(account, **values)


def row(model, row_id):
    with reading() as connection:
        return connection.execute(select(*model.__table__.columns).where(model.id == row_id)).one()


def periods(account):
    s = m.Subscription
    with reading() as connection:
        found = select(s.starts_on, s.ends_on, s.arr_minor).where(s.account_id == account).order_by(s.id)
        return [tuple(r) for r in connection.execute(found)]


@pytest.mark.acceptance("C11")
def test_an_upgrade_takes_over_today_with_its_figures_kept(manager):
    account, contract, period = account_of(manager)
    shown = queries.preview(manager, period, "upgrade", 1_800_000).made
    change = does.upgrade(manager, period, 1, 1_800_000, plan="enterprise", seats=40, reason="more stores")
    kept = row(m.SubscriptionChange, change)
    assert (kept.numerator, kept.denominator) == (42, 365)
    assert kept.due_minor == shown.due_minor == 69_041  # 6,000.00 × 42 ÷ 365
    assert periods(account) == [
        (date(2026, 1, 1), TODAY, 1_200_000), (TODAY, date(2027, 1, 1), 1_800_000)
    ]  # fmt: skip
    assert row(m.Contract, contract).arr_minor == 1_800_000


def test_the_same_form_sent_twice_upgrades_once(manager):
    account, _contract, period = account_of(manager)
    first = does.upgrade(manager, period, 1, 1_800_000, form_key="k")
    assert does.upgrade(manager, period, 1, 1_800_000, form_key="k") == first
    assert len(periods(account)) == 2


@pytest.mark.acceptance("C11")
def test_a_downgrade_takes_effect_at_cycle_end_with_no_refund_and_is_recalled_before(manager, technical):
    account, contract, period = account_of(manager, billing="monthly")
    change = does.plan_downgrade(manager, period, 1, 600_000)
    planned = row(m.SubscriptionChange, change)
    assert (planned.status, planned.effective_on, planned.due_minor) == ("planned", date(2026, 12, 1), 0)
    assert periods(account) == [(date(2026, 1, 1), date(2027, 1, 1), 1_200_000)]

    def recalled(day):
        _renewals(technical, day)
        with reading() as connection:
            wanted = select(m.Task.dedupe_key).where(m.Task.kind == does.REMINDER).order_by(m.Task.id)
            return [key.rsplit(":", 1)[1] for key in connection.execute(wanted).scalars()]

    assert recalled(date(2026, 11, 25)) == []
    assert recalled(date(2026, 11, 26)) == ["5"] == recalled(date(2026, 11, 27))
    assert recalled(date(2026, 11, 28)) == ["5", "3"]
    recalled(date(2026, 12, 1))
    assert row(m.SubscriptionChange, change).status == "done"
    assert periods(account)[1] == (date(2026, 12, 1), date(2027, 1, 1), 600_000)
    assert row(m.Contract, contract).arr_minor == 600_000
    recalled(date(2026, 12, 1))
    assert len(periods(account)) == 2


def test_a_planned_downgrade_can_be_taken_back_until_it_took_effect(manager, technical):
    account, _contract, period = account_of(manager, billing="monthly")
    change = does.plan_downgrade(manager, period, 1, 600_000)
    with pytest.raises(Conflict, match="change_planned_already"):
        does.plan_downgrade(manager, period, 1, 500_000)
    does.cancel_change(manager, change, 1)
    with pytest.raises(Conflict):
        does.cancel_change(manager, change, 2)
    _renewals(technical, date(2026, 12, 1))
    assert len(periods(account)) == 1


@pytest.mark.acceptance("C11")
def test_a_refund_ends_the_purchase_today_and_pays_the_cycle_back(manager):
    bought = TODAY - timedelta(days=30)
    account, contract, period = account_of(manager, starts_on=bought)
    change = does.give_refund(manager, period, 1, reason="not a fit")
    kept = row(m.SubscriptionChange, change)
    assert (kept.due_minor, kept.rule) == (-1_200_000, "guarantee")
    assert periods(account) == [(bought, TODAY, 1_200_000)]
    assert row(m.Contract, contract).kind == "ended"


def test_a_refund_gives_back_no_more_than_was_paid(manager):
    account, _contract, period = account_of(manager, starts_on=TODAY - timedelta(days=3))
    make.invoice(account, issued_on=TODAY - timedelta(days=2), status="open")
    with pytest.raises(Invalid, match="refund_nothing_paid"):
        does.give_refund(manager, period, 1)


def test_a_refund_after_the_last_day_or_of_a_renewal_is_refused(manager):
    _account, _contract, period = account_of(manager)
    with pytest.raises(Invalid, match="refund_too_late"):
        does.give_refund(manager, period, 1)
    account, contract, _old = account_of(manager, ends_on=TODAY - timedelta(days=2))
    second = make.subscription(account, contract_id=contract, starts_on=TODAY - timedelta(days=2),
                               ends_on=date(2027, 11, 1), billing="annual")  # fmt: skip
    with pytest.raises(Invalid, match="refund_renewal"):
        does.give_refund(manager, second, 1)


@pytest.mark.acceptance("C11")
@pytest.mark.parametrize(("hours", "end"), [(25, date(2027, 1, 3)), (24, date(2027, 1, 1))])
def test_an_outage_of_25_hours_moves_the_end_of_the_contract_and_one_of_24_does_not(manager, hours, end):
    account, contract, _period = account_of(manager)
    began = NOW - timedelta(days=5)
    made = stops.record_outage(manager, account, began, began + timedelta(hours=hours), cause="power")
    assert row(m.Contract, contract).ends_on == end
    assert periods(account)[0][1] == end
    stops.remove_outage(manager, made, 1)
    assert row(m.Contract, contract).ends_on == date(2027, 1, 1)
    assert periods(account)[0][1] == date(2027, 1, 1)
    assert queries.outages(manager, account).empty


def test_an_outage_is_not_taken_back_over_an_end_somebody_changed_since(manager):
    account, contract, _period = account_of(manager)
    began = NOW - timedelta(days=5)
    made = stops.record_outage(manager, account, began, began + timedelta(hours=30))
    make.change(m.Contract, contract, ends_on=date(2028, 1, 1))
    with pytest.raises(Conflict, match="outage_end_changed"):
        stops.remove_outage(manager, made, 1)


def test_changes_of_a_book_that_is_not_ones_own_are_not_found(manager, other_manager):
    stranger = other_manager
    account, _contract, period = account_of(manager)
    for act in (
        lambda: does.upgrade(stranger, period, 1, 1_800_000),
        lambda: does.plan_downgrade(stranger, period, 1, 100),
        lambda: does.give_refund(stranger, period, 1),
        lambda: stops.record_outage(stranger, account, NOW - timedelta(hours=2), NOW),
        lambda: queries.changes(stranger, account),
        lambda: queries.preview(stranger, period, "refund"),
    ):
        with pytest.raises(NotFound):
            act()


def test_availability_lists_the_last_months_once_there_was_an_outage(manager):
    account, _contract, _period = account_of(manager)
    assert queries.availability(manager, queries.outages(manager, account)) == []
    stops.record_outage(manager, account, NOW - timedelta(hours=5), NOW)
    found = queries.availability(manager, queries.outages(manager, account))
    assert (found[0].month, found[0].kept, len(found)) == (date(2026, 11, 1), False, 6)
