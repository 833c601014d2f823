"""Chains keep their order whoever writes at once, and two accounts never wait for each other."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from lib.store import chain, verify
from lib.store import database as stores
from lib.store.database import read_frame, reading, transaction
from lib.store.doors import audit
from lib.store.models import AuditEntry, PersonalValue

STREAMS = (0, 11, 12, 13)


def write(viewer, streams, mark: str) -> None:
    """One transaction with an entry for each stream named."""
    with transaction() as session:
        session.info["command"] = "test.write"
        for number, stream in enumerate(streams):
            audit(
                session,
                viewer,
                "account",
                stream,
                account_id=stream or None,
                new={"mark": f"{mark}.{number}"},
            )


def faults() -> list[verify.Fault]:
    with reading() as connection:
        return list(verify.faults(connection))


def marks() -> dict[int, list[str]]:
    rows = read_frame(
        select(AuditEntry.stream, AuditEntry.new).order_by(AuditEntry.stream, AuditEntry.position)
    )
    found: dict[int, list[str]] = {}
    for row in rows.itertuples():
        found.setdefault(int(row.stream), []).append(row.new["mark"])
    return found


SHARES = st.lists(  # what each of several writers does: transactions, each touching some streams
    st.lists(st.lists(st.sampled_from(STREAMS), min_size=1, max_size=4), min_size=1, max_size=4),
    min_size=2, max_size=5,
)  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shares=SHARES)
def test_every_stream_is_one_unbroken_chain_whoever_writes_at_once(database, admin, shares):
    with transaction() as session:  # each example starts from nothing; guards hold rows, so the table goes
        if session.connection().dialect.name == "postgresql":
            session.execute(text("TRUNCATE audit_entry, audit_head"))
        else:
            session.execute(text("DROP TRIGGER IF EXISTS audit_entry_no_DELETE"))
            session.execute(text("DELETE FROM audit_entry"))
            session.execute(text("DELETE FROM audit_head"))

    def work(number: int) -> None:
        for turn, streams in enumerate(shares[number]):
            write(admin, streams, f"{number}.{turn}")

    with ThreadPoolExecutor(len(shares)) as pool:
        list(pool.map(work, range(len(shares))))

    assert faults() == []
    found = marks()
    for stream in STREAMS:
        wanted = [f"{w}.{t}.{n}" for w, turns in enumerate(shares) for t, streams in enumerate(turns)
                  for n, s in enumerate(streams) if s == stream]  # fmt: skip
        assert sorted(found.get(stream, [])) == sorted(wanted)
        for writer in range(len(shares)):  # each writer's own entries keep their order
            mine = [m for m in found.get(stream, []) if m.split(".")[0] == str(writer)]
            assert mine == sorted(mine)


@pytest.fixture
def two_writers(postgres_server, prepared_postgres, request):
    """A store on PostgreSQL in use: SQLite has one writer at a time for everything."""
    url = postgres_server.create(postgres_server.fresh_name(), template=prepared_postgres)
    with stores.use(url):
        yield
    stores.forget(url)
    postgres_server.drop(url)


@pytest.fixture
def store(two_writers):
    return two_writers


def open_writer(viewer, stream: int, begun: threading.Event, go_on: threading.Event) -> None:
    """A transaction that has written its entry and stays open."""
    with transaction() as session:
        session.execute(text("SET LOCAL lock_timeout = '1500ms'"))
        session.info["command"] = "test.write"
        audit(session, viewer, "account", stream, account_id=stream or None, new={"mark": "open"})
        chain.write(session)
        begun.set()
        assert go_on.wait(20)


def test_two_accounts_do_not_wait_for_each_other(two_writers, admin):
    write(admin, (11, 12), "before")
    begun, go_on = threading.Event(), threading.Event()
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(open_writer, admin, 11, begun, go_on)
        assert begun.wait(20)
        with transaction() as session:  # while the other is open: its own stream, at once
            session.execute(text("SET LOCAL lock_timeout = '1500ms'"))
            session.info["command"] = "test.write"
            audit(session, admin, "account", 12, account_id=12, new={"mark": "other"})
        go_on.set()
        first.result()

    assert marks() == {11: ["before.0", "open"], 12: ["before.1", "other"]}
    assert faults() == []


def test_two_changes_of_one_account_wait_for_each_other(two_writers, admin):
    write(admin, (11,), "before")
    begun, go_on = threading.Event(), threading.Event()
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(open_writer, admin, 11, begun, go_on)
        assert begun.wait(20)
        with pytest.raises(OperationalError), transaction() as session:
            session.execute(text("SET LOCAL lock_timeout = '300ms'"))
            audit(session, admin, "account", 11, account_id=11, new={"mark": "refused"})
        go_on.set()
        first.result()

    assert marks() == {11: ["before.0", "open"]}
    assert faults() == []


def test_many_entries_at_once_are_chained_like_few(two_writers, admin):
    with transaction() as session:
        session.info["command"] = "test.write"
        for number in range(3 * chain._MANY):
            audit(session, admin, "contact", number, account_id=11 + number % 7,
                  old={"name": None, "phone": ""},
                  new={"name": f"王 {number}", "title": "\t\\N 'x'"})  # fmt: skip

    assert faults() == []
    assert len(read_frame(select(PersonalValue.token))) == 2 * 3 * chain._MANY
