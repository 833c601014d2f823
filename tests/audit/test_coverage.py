"""Whatever changes the store is on record: generated from the register of commands."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from lib.access import GRANTS, Viewer
from lib.errors import DeskError
from lib.store import backup, database, verify
from lib.store.database import reading
from lib.store.doors import Door
from lib.store.models import AuditEntry, metadata
from tests import books
from tests.knocking import COMMANDS, NOWHERE, given, subject_of

EVERYBODY = ("manager", "seller", "lead", "leader", "admin", "approver")
# What a command may write without a record of its own, and why.
UNTOLD = {
    "daily.report": "how far the running day is, every few seconds; its begin and end are on record",
    "daily.alerts": "scores of a morning; alerts it opens and ends, and the run of the day, are on record",
    "daily.pack": "activity that is there already, in fewer rows; the run of the day is on record",
    "daily.roll_up": "sums of activity that are there already; the run of the day is on record",
    "notices.take_up": "messages that wait to leave; what happened, and what became of each, are on record",
    "notices.plan_digests": "messages that wait to leave; what becomes of each is on record",
    "fulfilment.claim": "which sender has an instruction for the moment; what becomes of it is on record",
    "notices.claim": "which sender has a message for the moment; what becomes of it is on record",
    "notices.finish": "an attempt that is to be repeated; the last one, and its outcome, are on record",
    "people.opened": "a person's own list of recent pages",
}
# Not changes of the business: the record itself, keys of forms, reads of costs.
BESIDE = frozenset(
    ("audit_entry", "audit_head", "audit_seal", "personal_value", "form_key", "cost_read", "recent_item")
)
AMOUNTS = ("600000", "1000000", "1200000", "6,000", "10,000.00")


@dataclass(frozen=True)
class Book:
    """A store with one book of business, and who works there."""

    path: Path
    viewers: dict[str, Viewer]
    ids: dict[str, int]


@pytest.fixture(scope="module")
def book(tmp_path_factory, prepared_sqlite) -> Book:
    path = tmp_path_factory.mktemp("told") / "book.db"
    shutil.copy(prepared_sqlite, path)
    with database.use(f"sqlite:///{path}") as engine:
        viewers = books.people()
        ids = books.book(viewers["manager"], viewers["seller"], "OWN")
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.forget(f"sqlite:///{path}")
    return Book(path, viewers, ids)


@pytest.fixture
def scratch(book, tmp_path):
    """A copy of the book in use."""
    path = tmp_path / "scratch.db"
    shutil.copy(book.path, path)
    with database.use(f"sqlite:///{path}"):
        yield book
    database.forget(f"sqlite:///{path}")


def digests() -> dict[str, tuple[int, str]]:
    with reading() as connection:
        return {
            t.name: backup.digest_of(connection, t) for t in metadata.sorted_tables if t.name not in BESIDE
        }


def entries() -> list:
    e = AuditEntry
    with reading() as connection:
        told = select(e.id, e.command, e.stream, e.account_id, e.old, e.new, e.person_id, e.happened_at)
        return list(connection.execute(told.order_by(e.id)))


def passing(door: Door) -> list[str]:
    return [key for key in EVERYBODY if door.permission in GRANTS[books.PEOPLE[key][0]]]


CASES = [
    pytest.param(door, key, id=f"{door.name}-{key}")
    for door in COMMANDS
    for key in passing(door) or ["admin"]
]


@pytest.mark.acceptance("C36")
@pytest.mark.parametrize(("door", "key"), CASES)
def test_a_command_that_changes_the_store_says_who_when_and_what(door, key, scratch, caplog):
    viewer = scratch.viewers[key]
    before, known = digests(), len(entries())
    try:
        door.call(viewer, **given(door, scratch.ids, viewer, scratch.ids.get(subject_of(door), NOWHERE)))
    except DeskError:
        assert digests() == before, "a refused command leaves nothing"
        return
    changed = {name for name, digest in digests().items() if digest != before[name]}
    fresh = entries()[known:]

    if door.name in UNTOLD:
        return
    assert bool(fresh) >= bool(changed), f"{door.name} changed {sorted(changed)} and left no record"
    for entry in fresh:
        assert (entry.person_id, entry.happened_at) == (viewer.person_id, viewer.now)
        assert entry.old or entry.new, "old and new value say what changed"
        assert entry.stream == (entry.account_id or 0)
    account = scratch.ids["account"]
    if subject_of(door) in ("account", "contact", "contract", "quote", "renewal", "alert", "note", "promise"):
        assert not changed or account in {entry.stream for entry in fresh}
    with reading() as connection:
        chained = [fault for fault in verify.faults(connection) if fault.code != "unchained"]
    assert chained == []
    assert not [amount for amount in AMOUNTS if amount in caplog.text], "no prices in logs"


def test_what_may_stay_untold_are_commands_of_the_desk():
    assert set(UNTOLD) <= {door.name for door in COMMANDS}
