"""The whole demo in one store, for tests that read every page as it stands; nothing writes to it."""

import shutil
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from lib import demo
from lib.access import Role, Viewer
from lib.store import database
from lib.store import models as m
from tests import screen
from tests.browser.tour import Stop, stops
from tests.make import NOW


class Book:
    """The demo: its stops, a viewer per role, and a page opened as the tour does."""

    def __init__(self, url: str) -> None:
        self.stops = stops(url)
        with database.reading() as connection:
            rows = connection.execute(
                select(m.PersonRole.role, m.Person.id, m.Person.name)
                .join(m.Person, m.Person.id == m.PersonRole.person_id)
                .order_by(m.Person.id.desc())
            ).all()
        self.people = {Role(row[0]): (row[1], row[2]) for row in rows}

    def viewer(self, role: Role, language: str = "en") -> Viewer:
        person_id, name = self.people[role]
        return Viewer(person_id=person_id, name=name, roles=frozenset({role}), now=NOW, language=language)

    def open(self, stop: Stop, language: str = "en") -> AppTest:
        asked = dict(parse_qsl(urlsplit(stop.path).query))
        return screen.opened(stop.screen, replace(self.viewer(stop.role), language=language), **asked)


@pytest.fixture(scope="package")
def demo_book(tmp_path_factory, prepared_sqlite):
    path = tmp_path_factory.mktemp("book") / "demo.db"
    shutil.copy(prepared_sqlite, path)
    url = f"sqlite:///{path}"
    with database.use(url):
        demo.fill(lambda _step, _share: None, NOW)
        yield Book(url)
    database.forget(url)
