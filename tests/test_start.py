"""The preparation of a store: done once, and tried again after it stopped, with its reason."""

from lib import start
from lib.settings import settings
from lib.store import database, migrate


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
