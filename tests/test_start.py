"""The preparation of a store: done once, and tried again after it stopped, with its reason."""

from sqlalchemy import select

from lib import start
from lib.people.identity import TECHNICAL
from lib.settings import settings
from lib.store import database, migrate
from lib.store.models import Person
from tests.servers import PROVIDER


def finished() -> start.Preparation:
    state = start.preparation()
    state.thread.join(30)
    return state


def test_a_store_with_an_old_schema_says_so_and_is_tried_again(tmp_path, monkeypatch):
    monkeypatch.setattr(settings(), "database_url", "postgresql+psycopg://nowhere")  # a server's store
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    with database.use(url):
        assert finished().problem == "error-store-outdated"

        migrate.upgrade()

        assert finished().done
        start.forget()
    database.forget(url)


def test_a_store_that_is_ready_is_not_prepared_twice(embedded, monkeypatch):
    first = finished()

    assert start.preparation() is first
    assert first.done
    start.forget()


def test_behind_company_sign_in_nobody_local_and_no_demo_is_made(tmp_path, monkeypatch):
    for name, value in PROVIDER.items():
        monkeypatch.setenv(name, value)
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    monkeypatch.setenv("VIP_DESK_DATABASE_URL", url)
    settings.cache_clear()
    with database.use(url):
        assert not start.is_open()
        assert finished().done
        with database.reading() as connection:
            assert connection.execute(select(Person.external_id)).scalars().all() == [TECHNICAL]
        assert not start.is_open()
        start.forget()
    database.forget(url)
    settings.cache_clear()


def test_a_store_that_cannot_be_asked_is_closed(tmp_path, monkeypatch):
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"no database at all" * 100)
    url = f"sqlite:///{broken}"
    with database.use(url):
        assert not start.is_open()
    database.forget(url)
