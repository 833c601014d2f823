"""On PostgreSQL the tables can have an owner of their own: the desk works and cannot rewrite its record."""

import psycopg
import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import ProgrammingError

from lib.accounts import commands as accounts
from lib.audit.commands import seal
from lib.errors import DeskError
from lib.flows import daily, keeping
from lib.flows.import_file import run_import
from lib.flows.prepare import prepare
from lib.negotiation import commands as talks
from lib.store import check, guards, migrate
from lib.store import database as stores
from lib.store.bulk import refresh_statistics
from lib.store.database import read_one, transaction
from lib.store.models import Account, AuditEntry
from tests import make

MAPPING = {"columns": {"key": "account_id", "name": "name"}}
ACTS = ("UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}")


def as_admin(server, statement: str, name: str = "postgres") -> None:
    address = f"host=127.0.0.1 port={server.port} user=desk dbname={name}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement)


@pytest.fixture
def addresses(postgres_server):
    """Addresses of one empty database for two roles: the owner of the tables, and the desk's own."""
    server, name = postgres_server, postgres_server.fresh_name()
    for role in ("table_owner", "desk_app"):
        as_admin(server, f"DO $$ BEGIN CREATE ROLE {role} LOGIN; EXCEPTION WHEN duplicate_object THEN END $$")
    as_admin(server, f"CREATE DATABASE {name} OWNER table_owner")
    as_admin(server, "ALTER SCHEMA public OWNER TO table_owner", name)
    url = server.url(name)
    owner, desk = (url.replace("//desk@", f"//{role}@") for role in ("table_owner", "desk_app"))
    yield owner, desk
    for used in (owner, desk):
        stores.forget(used)
    server.drop(url)


@pytest.fixture
def two_roles(addresses):
    """A prepared store that the desk's role works on, and the owner's address beside it."""
    owner, desk = addresses
    with stores.use(desk, owner):
        prepare(make.NOW)
        yield addresses


@pytest.fixture
def store(two_roles):
    return two_roles


def test_the_desks_role_owns_no_table_and_makes_none(two_roles):
    with transaction() as session:
        owned = "SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole"
        assert session.execute(text(owned)).scalar() == 0
        assert session.execute(text("SELECT current_user")).scalar() == "desk_app"
    with pytest.raises(ProgrammingError, match="permission denied"), transaction() as session:
        session.execute(text("CREATE TABLE mine (id int)"))
    with pytest.raises(ProgrammingError, match="must be owner"), transaction() as session:
        session.execute(text("DROP TRIGGER audit_entry_no_update ON audit_entry"))


@pytest.mark.parametrize("table", guards.FROZEN)
def test_what_is_on_record_is_refused_by_privilege_even_without_guards(two_roles, table, technical):
    seal(technical)
    with stores.as_owner(), transaction() as session:
        for act in ("UPDATE", "DELETE"):
            session.execute(text(f"DROP TRIGGER {table}_no_{act} ON {table}"))
    key = "number" if table == "audit_seal" else "id"

    for act in ACTS:
        with pytest.raises(ProgrammingError, match="permission denied"), transaction() as session:
            session.execute(text(act.format(table, key, key)))


def test_the_desk_does_its_work(two_roles, manager, admin, technical, tmp_path):
    account = accounts.create_account(manager, "form-1", {"name": "Lumora Home"})
    contact = accounts.create_contact(manager, account, "form-2", {"name": "Wang Tao"})
    accounts.correct_contact(manager, contact, 1, {"title": "Buyer"})
    note = talks.write_note(manager, account, "Three years", form_key="form-3")
    talks.amend_note(manager, note, "Or two", form_key="form-4")
    rows = "".join(f"A-{n},Company {n}\n" for n in range(300))
    run_import(technical, "accounts", f"account_id,name\n{rows}".encode(), "accounts.csv", MAPPING)
    assert daily.run_missing_days(technical) == 1

    written, made = keeping.back_up(technical, tmp_path / "desk.zip")

    assert made.number == 2  # the day made the first
    assert [f for f in check.examine(since=made.head) if not f.ok] == []
    assert written["account"] == 301
    assert (
        read_one(select(func.count()).select_from(AuditEntry).where(AuditEntry.account_id == account))[0] >= 5
    )


def test_many_rows_are_counted_anew_by_a_role_that_does_not_own_them(two_roles):
    with transaction() as session:
        refresh_statistics(session, Account.__table__, AuditEntry.__table__)


def test_a_restore_works_as_the_owner_and_the_desk_goes_on(two_roles, technical, tmp_path):
    make.account(name="Lumora Home")
    keeping.back_up(technical, tmp_path / "desk.zip")

    keeping.restore(tmp_path / "desk.zip", make.NOW, replace=True)

    assert make.account(name="Later") == 2
    seal(technical)
    assert [f for f in check.examine() if not f.ok] == []


def test_a_role_with_too_many_rights_is_found(two_roles):
    with stores.as_owner(), transaction() as session:
        session.execute(text("GRANT DELETE ON audit_entry TO desk_app"))

    assert {f.code: f.detail for f in check.examine() if not f.ok} == {"rights": "audit_entry: DELETE"}

    migrate.upgrade()
    assert [f for f in check.examine() if not f.ok] == []


def test_a_store_whose_tables_the_desk_still_owns_says_what_to_do(addresses, postgres_server):
    """The former single role owns the tables; the server's own administrator stands for the new owner."""
    former = addresses[0]
    with stores.use(former):
        prepare(make.NOW)
    administrator = former.replace("//table_owner@", "//desk@")

    with stores.use(former, administrator), pytest.raises(DeskError) as refusal:
        migrate.upgrade()

    assert refusal.value.code == "role_owns"
    stores.forget(administrator)


def test_a_role_the_server_does_not_know_is_refused(addresses):
    owner, desk = addresses
    with stores.use(desk.replace("desk_app", "nobody_here"), owner), pytest.raises(DeskError) as refusal:
        migrate.upgrade()

    assert refusal.value.code == "role_unknown"
