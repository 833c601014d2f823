"""Migrations and tables agree, exact types stay exact, dated facts keep their past, logs cannot change."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from lib.store import database, migrate, scope
from lib.store.database import read_frame, read_one, transaction
from lib.store.models import HISTORY, Account, Contract, QuoteLine, Subscription
from tests import make
from tests.conftest import AS_SERVED

FULL = 2  # what SQLite calls it


def test_migrated_store_has_no_drift(database):
    assert migrate.drift() == []
    assert migrate.current() == migrate.newest()


def test_the_newest_version_is_the_one_alembic_would_reach(database):
    with database.connect() as connection:
        scripts = ScriptDirectory.from_config(migrate.configuration(connection))

    assert migrate.newest() == scripts.get_current_head()


@pytest.mark.parametrize("value", ["0.123456789012", "123456789012345.5", "-0.000000000001", "0"])
def test_exact_decimal_comes_back_as_it_went_in(database, value):
    account = make.account()
    make.subscription(account, discount=Decimal(value))

    assert read_one(select(Subscription.discount))[0] == Decimal(value)


def test_money_sums_stay_whole_numbers(database):
    account = make.account()
    for _ in range(3):
        make.subscription(account, arr_minor=333_333_333_333_333)

    total = read_one(text("SELECT SUM(arr_minor) FROM subscription"))[0]

    assert int(total) == 999_999_999_999_999


def test_instants_come_back_aware_and_in_utc(database):
    at = datetime(2026, 2, 3, 4, 5, tzinfo=UTC)
    make.account(created_at=at)

    assert read_one(select(Account.created_at))[0] == at


def test_correcting_a_dated_fact_keeps_what_was_believed_before(database, now):
    account = make.account()
    contract_id = make.contract(account, recorded_at=datetime(2026, 1, 1, tzinfo=UTC))

    with transaction() as session:
        contract = session.get(Contract, contract_id)
        contract.ends_on = date(2027, 6, 1)
        contract.recorded_at = now

    history = HISTORY["contract"]
    earlier = read_frame(select(history.c.id, history.c.ends_on, history.c.superseded_at))
    assert earlier.to_dict("records") == [
        {"id": contract_id, "ends_on": date(2027, 1, 1), "superseded_at": now}
    ]


@pytest.mark.parametrize("act", ["UPDATE note SET text = 'other'", "DELETE FROM note"])
def test_a_note_cannot_be_altered_even_by_sql(database, manager, act):
    account = make.account()
    make.note(account, manager.person_id)

    with pytest.raises(DBAPIError), transaction() as session:
        session.execute(text(act))

    assert read_one(text("SELECT text FROM note"))[0] == "They ask for three years."


def test_money_columns_of_an_empty_frame_keep_their_names(database):
    frame = read_frame(select(QuoteLine.net_minor, QuoteLine.item_code))

    assert list(frame.columns) == ["net_minor", "item_code"]
    assert str(frame["net_minor"].dtype) == "Int64"


def test_a_book_holds_owned_and_backed_up_accounts_only(database, manager, other_manager):
    mine = make.account(owner=manager.person_id)
    backed = make.account(owner=other_manager.person_id, backup=manager.person_id)
    make.account(owner=other_manager.person_id)

    seen = read_frame(select(Account.id).where(scope.visible_accounts(manager)))

    assert set(seen["id"]) == {mine, backed}


def test_a_desk_as_it_is_served_keeps_what_was_committed_through_a_power_cut(tmp_path, monkeypatch):
    """The other tests do without; see tests/conftest.py."""
    monkeypatch.setattr(database, "SYNCHRONOUS", AS_SERVED)
    url = f"sqlite:///{tmp_path / 'served.db'}"
    with database.use(url) as engine, engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == FULL
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    database.forget(url)
