"""Packed days say what the rows say, whatever changes a row, and are gone where they would not."""

from datetime import date, timedelta

import numpy as np
import pytest
from sqlalchemy import delete, func, insert, select, update

from lib.activity.evaluation import evaluate
from lib.activity.loading import pack_facts
from lib.activity.rollup import roll_up
from lib.activity.rules import thresholds
from lib.activity.sheets import pack, read_cells
from lib.store import backup, policy
from lib.store.database import engine, read_frame, read_one, reading, transaction
from lib.store.models import Account, AccountDay, ActivitySheet, UserDay
from tests import make
from tests.activity import worlds
from tests.activity.worlds import LAST

FIRST = LAST - timedelta(days=9)
SPAN = (FIRST.toordinal(), LAST.toordinal())
THERE = {"active_users": 3, "events": 9, "named": True}


def counts(account_id: int, day: date, **over: object) -> None:
    with transaction() as session:
        session.execute(insert(AccountDay), [{"account_id": account_id, "day": day} | THERE | over])


def packed() -> int:
    with transaction() as session:
        return pack(session, *SPAN)


def of_sheets() -> np.ndarray:
    with reading() as connection:
        return read_cells(connection, *SPAN)


def of_rows() -> np.ndarray:
    """The same cells, row by row."""
    most = read_one(select(func.max(Account.id)))[0]
    cells = np.zeros((SPAN[1] - SPAN[0] + 1, (most // 1024 + 1) * 1024), np.int32)
    rows = read_frame(select(AccountDay).where(AccountDay.day.between(FIRST, LAST)))
    for row in rows.itertuples():
        cells[row.day.toordinal() - SPAN[0], row.account_id] = 4 * row.active_users + 2 * row.named + 1
    return cells


def sheets() -> set[tuple[date, int]]:
    rows = read_frame(select(ActivitySheet.day, ActivitySheet.block))
    return set(rows.itertuples(index=False, name=None))


@pytest.fixture
def accounts(database) -> list[int]:
    """Two accounts on one sheet and one on the next, each with activity on every day."""
    near = [make.account(), make.account()]
    far = make.account(id=2_000)
    for account_id in (*near, far):
        for back in range(10):
            counts(account_id, LAST - timedelta(days=back), active_users=account_id % 7 + back)
    return [*near, far]


def test_packed_days_say_what_the_rows_say(accounts):
    counts(make.account(), LAST, active_users=70_000)
    counts(make.account(), LAST, active_users=0, named=False)

    assert packed() == 20
    assert packed() == 0, "what is there already is not written again"

    assert np.array_equal(of_sheets(), of_rows())


def later_day(one: int, _other: int) -> None:
    counts(one, FIRST - timedelta(days=1))


def new_row(_one: int, _other: int) -> None:
    counts(make.account(), LAST)


def changed_row(one: int, _other: int) -> None:
    with transaction() as session:
        session.execute(update(AccountDay).where(AccountDay.account_id == one).values(active_users=90))


def unnamed_row(one: int, _other: int) -> None:
    with transaction() as session:
        session.execute(update(AccountDay).where(AccountDay.account_id == one).values(named=False))


def erased_account(one: int, _other: int) -> None:
    with transaction() as session:
        session.execute(delete(AccountDay).where(AccountDay.account_id == one))


def moved_day(one: int, _other: int) -> None:
    with transaction() as session:
        session.execute(delete(AccountDay).where(AccountDay.day == LAST))
        session.execute(
            update(AccountDay).where(AccountDay.account_id == one, AccountDay.day == FIRST).values(day=LAST)
        )


def moved_to_another_sheet(one: int, other: int) -> None:
    with transaction() as session:
        session.execute(delete(AccountDay).where(AccountDay.account_id == other))
        session.execute(update(AccountDay).where(AccountDay.account_id == one).values(account_id=other))


CHANGES = (later_day, new_row, changed_row, unnamed_row, erased_account, moved_day, moved_to_another_sheet)


@pytest.mark.parametrize("change", CHANGES)
def test_a_packed_day_is_never_older_than_its_rows(accounts, change):
    packed()

    change(accounts[0], accounts[2])

    assert np.array_equal(of_sheets(), of_rows())
    packed()
    assert np.array_equal(of_sheets(), of_rows())


def test_a_change_costs_the_sheet_it_stands_on_and_no_other(accounts):
    packed()
    before = sheets()

    with transaction() as session:
        session.execute(
            update(AccountDay)
            .where(AccountDay.account_id == accounts[2], AccountDay.day == LAST)
            .values(active_users=1)
        )

    assert before - sheets() == {(LAST, 1)}


def test_a_roll_up_that_finds_nothing_new_leaves_the_sheets(database):
    account_id = worlds.subject(3)
    with transaction() as session:
        roll_up(session, None, None)
    packed()
    before = sheets()

    with transaction() as session:
        assert roll_up(session, None, FIRST) == 0
    assert sheets() == before

    late = LAST - timedelta(days=4)
    worlds.work(account_id, make.user(account_id), [late])
    with transaction() as session:
        assert roll_up(session, None, FIRST) == 1
    assert before - sheets() == {(late, 0)}
    assert np.array_equal(of_sheets(), of_rows())


def test_days_of_users_that_left_the_source_leave_the_sums_too(database):
    worlds.subject(1)
    with transaction() as session:
        roll_up(session, None, None)
        session.execute(delete(UserDay).where(UserDay.day == LAST))
        roll_up(session, None, FIRST)

    assert read_one(select(func.max(AccountDay.day)))[0] == LAST - timedelta(days=1)


def test_a_morning_finds_the_same_with_and_without_packed_days(database):
    worlds.neighbours()
    worlds.subject(silent=7)
    limits = thresholds(policy.shipped()["activity"])
    morning = LAST + timedelta(days=1)
    with transaction() as session:
        roll_up(session, None, None)
    with reading() as connection:
        plain = evaluate(connection, morning, morning, limits)

    with transaction() as session:
        assert pack_facts(session, LAST, LAST, limits) > 100
    with reading() as connection:
        fast = evaluate(connection, morning, morning, limits)

    assert plain.found
    assert (fast.found, fast.scores) == (plain.found, plain.scores)


def test_a_restored_backup_brings_no_packed_days(accounts, now, tmp_path):
    packed()
    backup.write_backup(tmp_path / "desk.zip", now)
    changed_row(accounts[0], accounts[2])
    packed()

    backup.read_backup(tmp_path / "desk.zip", replace=True)

    assert sheets() == set()
    assert np.array_equal(of_sheets(), of_rows())
    counts(accounts[0], LAST + timedelta(days=1))
    packed()
    changed_row(accounts[0], accounts[2])
    assert np.array_equal(of_sheets(), of_rows()), "the triggers stand again"


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite has one writer at a time
def test_nothing_is_packed_while_somebody_writes(accounts):
    with engine().connect() as other, other.begin() as open_one:
        other.execute(update(AccountDay).where(AccountDay.account_id == accounts[0]).values(active_users=90))
        assert packed() == 0
        open_one.commit()

    assert packed() == 20
    assert np.array_equal(of_sheets(), of_rows())
