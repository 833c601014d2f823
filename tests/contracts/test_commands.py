"""Joining into the store and corrections by hand, on both stores."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lib.contracts import commands, queries
from lib.errors import Conflict, Invalid, NotFound
from lib.store.database import read_frame, transaction
from lib.store.models import HISTORY, AuditEntry, Contract, ManualValue, Subscription
from tests import make


def rejoin(viewer, *accounts) -> int:
    with transaction() as session:
        return commands.rejoin(session, viewer, accounts)


def contracts(account_id):
    return read_frame(
        select(Contract.__table__).where(Contract.account_id == account_id).order_by(Contract.id)
    )


def test_periods_become_a_contract_and_point_to_it(database, manager):
    account = make.account(owner=manager.person_id)
    make.subscription(account)
    make.subscription(account, starts_on=date(2027, 1, 10), ends_on=date(2028, 1, 10))

    assert rejoin(manager, account) == 1
    shown = queries.contract_of_account(manager, account)
    periods = queries.periods_of_account(manager, account)
    assert shown.loc[0, "ends_on"] == date(2028, 1, 10)
    assert shown.loc[0, "periods"] == 2
    assert set(periods.contract_id) == {shown.loc[0, "id"]}


def test_joining_again_changes_nothing(database, manager):
    account = make.account()
    make.subscription(account)
    rejoin(manager, account)
    before = contracts(account)

    assert rejoin(manager, account) == 0
    assert contracts(account).equals(before)


def test_a_later_period_extends_the_same_contract_and_keeps_its_past(database, manager):
    account = make.account()
    make.subscription(account)
    rejoin(manager, account)
    contract_id = contracts(account).loc[0, "id"]
    make.subscription(account, starts_on=date(2027, 1, 1), ends_on=date(2028, 1, 1))

    assert rejoin(manager, account) == 1
    after = contracts(account)
    assert list(after.id) == [contract_id]
    assert after.loc[0, "ends_on"] == date(2028, 1, 1)
    earlier = read_frame(select(HISTORY["contract"]))
    assert earlier.loc[0, "ends_on"] == date(2027, 1, 1)


def test_a_filled_gap_voids_the_second_contract_and_keeps_its_id(database, manager, leader):
    account = make.account()
    make.subscription(account, starts_on=date(2025, 1, 1), ends_on=date(2025, 6, 1))
    make.subscription(account)
    rejoin(manager, account)
    make.subscription(account, starts_on=date(2025, 6, 1), ends_on=date(2026, 1, 1))

    rejoin(manager, account)

    assert list(contracts(account).kind) == ["fixed", "void"]
    assert len(queries.contract_of_account(leader, account)) == 1


def test_imported_contracts_keep_their_values_and_take_their_periods(database, manager):
    account = make.account()
    imported = make.contract(account, ends_on=date(2026, 12, 1), source="import")
    make.subscription(account)

    assert rejoin(manager, account) == 0
    assert contracts(account).loc[0, "ends_on"] == date(2026, 12, 1)
    assert list(read_frame(select(Subscription.contract_id)).contract_id) == [imported]


def test_a_corrected_end_survives_joining(database, manager):
    account = make.account(owner=manager.person_id)
    make.subscription(account)
    rejoin(manager, account)
    shown = queries.contract_of_account(manager, account).iloc[0]

    commands.correct_contract(manager, int(shown.id), int(shown.version), ends_on=date(2027, 3, 1))
    make.subscription(account, starts_on=date(2027, 1, 1), ends_on=date(2028, 1, 1))
    rejoin(manager, account)

    after = contracts(account).iloc[0]
    assert after.ends_on == date(2027, 3, 1)
    marks = read_frame(select(ManualValue.field, ManualValue.imported_text).order_by(ManualValue.field))
    assert marks.values.tolist() == [["ends_on", "2027-01-01"], ["kind", "fixed"]]


def test_a_correction_is_undone_by_a_new_one(database, manager):
    account = make.account(owner=manager.person_id)
    contract = make.contract(account)
    version = commands.correct_contract(manager, contract, 1, ends_on=date(2027, 3, 1), seats=40)
    assert queries.can_undo(manager, contract)

    version = commands.undo_correction(manager, contract, version)

    row = contracts(account).iloc[0]
    assert (row.ends_on, row.version, version) == (date(2027, 1, 1), 3, 3)
    assert read_frame(select(ManualValue.__table__)).empty
    assert not queries.can_undo(manager, contract)
    assert list(read_frame(select(AuditEntry.command).order_by(AuditEntry.id)).command) == [
        "contracts.correct", "contracts.undo",
    ]  # fmt: skip
    with pytest.raises(Conflict):
        commands.undo_correction(manager, contract, version)


def test_somebody_was_faster_is_a_conflict_and_saves_nothing(database, manager):
    account = make.account(owner=manager.person_id)
    contract = make.contract(account)
    commands.correct_contract(manager, contract, 1, seats=40)

    with pytest.raises(Conflict):
        commands.correct_contract(manager, contract, 1, seats=50)

    assert contracts(account).loc[0, "seats"] == 40


@pytest.mark.parametrize(
    "values",
    [
        {"ends_on": date(2025, 1, 1)},
        {"ends_on": None},
        {"seats": -1},
        {"kind": "void"},
        {"arr_minor": -5},
        {"kind": "month_to_month"},
        {"version": 9},
    ],
)
def test_values_that_do_not_fit_are_refused(database, manager, values):
    account = make.account(owner=manager.person_id)
    contract = make.contract(account)

    with pytest.raises(Invalid):
        commands.correct_contract(manager, contract, 1, **values)

    assert contracts(account).loc[0, "version"] == 1


def test_a_contract_of_somebody_else_is_not_there(database, manager, other_manager):
    account = make.account(owner=manager.person_id)
    contract = make.contract(account)

    with pytest.raises(NotFound):
        commands.correct_contract(other_manager, contract, 1, seats=1)
    with pytest.raises(NotFound):
        queries.contract_of_account(other_manager, account)
    with pytest.raises(NotFound):
        commands.create_contract(other_manager, account, starts_on=date(2026, 1, 1), ends_on=date(2027, 1, 1))


def test_a_form_sent_twice_makes_one_contract(database, manager):
    account = make.account(owner=manager.person_id)
    values = {"starts_on": date(2026, 1, 1), "ends_on": date(2027, 1, 1), "arr_minor": 500_000}

    first = commands.create_contract(manager, account, form_key="k1", **values)
    second = commands.create_contract(manager, account, form_key="k1", **values)

    assert first == second
    assert len(contracts(account)) == 1


def test_a_new_day_rolls_anniversaries_and_ends_fixed_contracts(database, manager):
    account = make.account()
    make.subscription(account, starts_on=date(2025, 11, 21), ends_on=None)
    other = make.account()
    make.contract(other, ends_on=date(2026, 11, 21), source="import")
    rejoin(manager, account)
    tomorrow = replace(manager, now=manager.now + timedelta(days=1))

    with transaction() as session:
        assert commands.roll(session, tomorrow, tomorrow.today) == 2

    assert contracts(account).loc[0, "ends_on"] == date(2027, 11, 21)
    assert contracts(other).loc[0, "kind"] == "ended"


def test_an_end_held_by_a_person_comes_and_the_contract_has_ended(database, manager):
    account = make.account(owner=manager.person_id)
    make.subscription(account, ends_on=None)
    rejoin(manager, account)
    shown = queries.contract_of_account(manager, account).iloc[0]
    commands.correct_contract(
        manager, int(shown.id), int(shown.version), kind="fixed", ends_on=date(2026, 11, 21)
    )
    tomorrow = replace(manager, now=manager.now + timedelta(days=1))

    with transaction() as session:
        assert commands.roll(session, tomorrow, tomorrow.today) == 1
        assert commands.roll(session, tomorrow, tomorrow.today) == 0

    after = contracts(account).iloc[0]
    assert (after.kind, after.ends_on) == ("ended", date(2026, 11, 21))
