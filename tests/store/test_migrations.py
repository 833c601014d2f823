"""A store of the first release comes up to today's schema with its data, and every step has a way back."""

import json

import pytest
from alembic import command
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from lib.store import check, database, migrate
from lib.store.chain import COVERED, START, digest_of
from lib.store.database import read_frame, read_one, reading, transaction
from lib.store.models import AuditEntry, AuditHead, PersonalValue
from lib.store.personal import resolved

AT = "2026-03-04 05:06:07.008009"
ROWS = {
    "person": ("id, external_id, name, language, active, created_at, version",
               [(1, "technical", "VIP Desk", "en", True, AT, 1), (2, "P-2", "林伟", "zh-CN", True, AT, 1)]),
    "person_role": ("id, person_id, role, origin", [(1, 1, "technical", "system"), (2, 2, "admin", "hand")]),
    "account": ("id, external_id, name, status, is_vip, language, currency, source, created_at, updated_at, "
                "version",
                [(7, "A-7", "Lumora Home", "active", True, "en", "USD", "hand", AT, AT, 1)]),
    "contact": ("id, external_id, account_id, name, email, is_sponsor, active, source, created_at, version",
                [(3, "K-3", 7, "Wang Tao", "tao@lumora.example", True, True, "hand", AT, 1)]),
    "note": ("id, account_id, author_id, written_at, text, shared",
             [(1, 7, 2, AT, "They ask for 三年.", False)]),
    "contract": ("id, account_id, product_line, kind, starts_on, ends_on, notice_days, currency, arr_minor, "
                 "source, recorded_at, reactivates, version",
                 [(1, 7, "", "fixed", "2026-01-01", "2027-01-01", 30, "USD", 1200000, "hand", AT, False, 1)]),
}  # fmt: skip
WANG = {"name": "Wang Tao", "email": "tao@lumora.example"}
ENTRIES = [
    (2, "accounts.create_account", "account", 7, 7, None, {"name": "Lumora Home", "rate": 0.1}, None),
    (2, "accounts.create_contact", "contact", 3, 7, None, WANG, None),
    (2, "accounts.correct_contact", "contact", 3, 7, {"title": None}, {"title": "总监", "_version": 2}, "改"),
    (1, "imports.run", "import_run", 1, None, None, {"kind": "accounts"}, None),
    (2, "policy.change", "policy_version", 9, None, {"a.b": 1}, {"a.b": 2}, "why"),
]  # fmt: skip


@pytest.fixture(params=["sqlite", "postgresql"])
def earlier(request, tmp_path):
    """A store of version 0001 with people, an account, a contact, a note and five entries of its audit."""
    server = None
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'earlier.db'}"
    else:
        server = request.getfixturevalue("postgres_server")
        url = server.create(server.fresh_name())
    with database.use(url) as engine:
        step(command.upgrade, "0001")
        with engine.connect().execution_options(desk_writes=True) as connection, connection.begin():
            for table, (columns, rows) in ROWS.items():
                for row in rows:
                    insert(connection, table, columns, row)
            columns = "person_id, command, table_name, row_id, account_id, old, new, reason, happened_at"
            for *values, old, new, reason in ENTRIES:
                sides = [None if side is None else json.dumps(side) for side in (old, new)]
                insert(connection, "audit_entry", columns, (*values, *sides, reason, AT))
        yield engine
    database.forget(url)
    if server:
        server.drop(url)


def insert(connection, table, columns, row) -> None:
    names = [name.strip() for name in columns.split(",")]
    marks = ", ".join(f":{name}" for name in names)
    connection.execute(
        text(f"INSERT INTO {table} ({columns}) VALUES ({marks})"), dict(zip(names, row, strict=True))
    )


def step(act, target: str) -> None:
    with database.engine().connect().execution_options(desk_writes=True) as connection, connection.begin():
        act(migrate.configuration(connection), target)


def stored() -> dict[str, list[tuple]]:
    """The earlier rows as they stand now, by table."""
    with reading() as connection:
        return {
            table: connection.execute(text(f"SELECT {columns} FROM {table} ORDER BY id")).fetchall()
            for table, (columns, _) in ROWS.items()
        }


def test_an_earlier_store_comes_up_chained_and_sound(earlier):
    before = stored()

    migrate.upgrade()

    assert stored() == before
    assert [f for f in check.examine() if not f.ok] == []
    rows = read_frame(select(AuditEntry).order_by(AuditEntry.id))
    assert list(zip(rows.stream, rows.position, strict=True)) == [(7, 1), (7, 2), (7, 3), (0, 1), (0, 2)]
    assert rows.previous[0] == rows.previous[3] == START
    assert rows.previous[1] == rows.digest[0]
    first = read_one(
        select(*(getattr(AuditEntry, n) for n in COVERED), AuditEntry.digest).order_by(AuditEntry.id)
    )
    assert digest_of(first._mapping) == first.digest
    heads = {h.stream: h.position for h in read_frame(select(AuditHead)).itertuples()}
    assert heads == {7: 3, 0: 2}


def test_what_names_a_contact_moves_out_of_earlier_entries(earlier):
    migrate.upgrade()

    with reading() as connection:
        held = connection.execute(
            select(AuditEntry.new).where(AuditEntry.command == "accounts.create_contact")
        ).scalar()
        assert "Wang Tao" not in json.dumps(held)
        assert resolved(connection, held) == WANG
    assert read_one(select(PersonalValue.contact_id))[0] == 3


def test_the_guards_stand_again_after_each_step(earlier):
    for act, target in ((command.upgrade, "0002"), (command.upgrade, "0003"), (command.downgrade, "0002"),
                        (command.downgrade, "0001")):  # fmt: skip
        step(act, target)
        for statement in (
            "UPDATE audit_entry SET command = 'x'",
            "DELETE FROM audit_entry",
            "DELETE FROM note",
        ):
            with pytest.raises(DBAPIError), transaction() as session:
                session.execute(text(statement))


def test_every_version_has_a_way_back_and_forth_with_its_data(earlier):
    before = stored()
    told = "SELECT id, command, row_id, reason, new FROM audit_entry ORDER BY id"
    entries = read_frame(text(told)).values.tolist()
    migrate.upgrade()
    with transaction() as session:  # the same role from two sides, as 0001 could not say it
        session.execute(
            text("INSERT INTO person_role (id, person_id, role, origin) VALUES (9, 2, 'admin', 'mapped')")
        )

    step(command.downgrade, "0001")
    assert stored() == before
    again = read_frame(text(told)).values.tolist()
    assert [str(row) for row in again] == [str(row) for row in entries]

    migrate.upgrade()
    assert stored() == before
    assert [f for f in check.examine() if not f.ok] == []
    step(command.downgrade, "base")
    assert migrate.current() is None
