"""A prepared store on SQLite and on a real PostgreSQL, a fixed day, and a viewer per role."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from lib.access import Role, Viewer
from lib.flows.prepare import prepare
from lib.settings import settings
from lib.store import database
from tests import make
from tests.postgres import PostgresServer

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)  # nine in the morning in Shanghai
AS_SERVED = database.SYNCHRONOUS
# A store of a test need not outlive a power cut, and thousands of small commits wait for no disk. Servers
# that tests start are processes of their own and keep what the desk is served with.
database.SYNCHRONOUS = "OFF"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests on third-party files need the folder that VIP_DESK_DATASETS names; nothing else is skipped."""
    if settings().datasets is None:
        lacking = pytest.mark.skip(reason="VIP_DESK_DATASETS names no folder with third-party data")
        for item in items:
            if item.get_closest_marker("datasets"):
                item.add_marker(lacking)


@pytest.fixture
def datasets() -> Path:
    """The folder with third-party files; for tests with the marker `datasets`."""
    return settings().datasets


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def prepared_sqlite(tmp_path_factory) -> Path:
    """An empty, prepared SQLite store that each test copies: migrating once is enough."""
    path = tmp_path_factory.mktemp("store") / "prepared.db"
    url = f"sqlite:///{path}"
    with database.use(url) as engine:
        prepare(NOW)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.forget(url)
    return path


@pytest.fixture(scope="session")
def postgres_server():
    server = PostgresServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def prepared_postgres(postgres_server) -> str:
    """The name of an empty, prepared database that serves as the template of each test's own."""
    url = postgres_server.create("prepared")
    with database.use(url):
        prepare(NOW)
    database.forget(url)
    return "prepared"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path) -> str:
    """The address of a fresh prepared store, on both kinds."""
    if request.param == "sqlite":
        path = tmp_path / "desk.db"
        shutil.copy(request.getfixturevalue("prepared_sqlite"), path)
        yield f"sqlite:///{path}"
        database.forget(f"sqlite:///{path}")
        return
    server = request.getfixturevalue("postgres_server")
    template = request.getfixturevalue("prepared_postgres")
    url = server.create(server.fresh_name(), template=template)
    yield url
    database.forget(url)
    server.drop(url)


@pytest.fixture
def database_in_use(database_url):
    with database.use(database_url) as engine:
        yield engine


@pytest.fixture(name="database")
def database_fixture(database_in_use):
    """A fresh prepared store in use for the test, once per kind of store."""
    return database_in_use


@pytest.fixture
def embedded(tmp_path, prepared_sqlite):
    """A fresh prepared SQLite store in use, for tests where one kind is enough."""
    path = tmp_path / "desk.db"
    shutil.copy(prepared_sqlite, path)
    with database.use(f"sqlite:///{path}") as engine:
        yield engine
    database.forget(f"sqlite:///{path}")


def _viewer(role: Role, name: str) -> Viewer:
    person_id = make.person(name=name, roles=[role])
    return Viewer(person_id=person_id, name=name, roles=frozenset({role}), now=NOW)


@pytest.fixture
def store(request):
    """Whatever store the test uses: `database` when it asks for it, else an embedded one."""
    wanted = "database" if "database" in request.fixturenames else "embedded"
    return request.getfixturevalue(wanted)


@pytest.fixture
def manager(store) -> Viewer:
    return _viewer(Role.ACCOUNT_MANAGER, "Lin Wei")


@pytest.fixture
def other_manager(store) -> Viewer:
    return _viewer(Role.ACCOUNT_MANAGER, "Zhao Min")


@pytest.fixture
def seller(store) -> Viewer:
    return _viewer(Role.SALES, "Chen Yu")


@pytest.fixture
def leader(store) -> Viewer:
    return _viewer(Role.LEADERSHIP, "Ada Berg")


@pytest.fixture
def admin(store) -> Viewer:
    return _viewer(Role.ADMIN, "Root Admin")


@pytest.fixture
def technical(store) -> Viewer:
    with database.reading() as connection:
        row = connection.execute(text("SELECT id FROM person WHERE external_id = 'technical'")).first()
    return Viewer(
        person_id=row[0], name="VIP Desk", roles=frozenset({Role.TECHNICAL}), now=NOW, acting_as="test"
    )
