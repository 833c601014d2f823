"""Who gets through which door: generated from the register of queries and commands.

A book of business is added beside the viewer's own: nothing the viewer sees may change by it, every
foreign id is answered like one that does not exist, and nobody passes without the permission.
"""

import dataclasses
import shutil
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import func, select

from lib.access import GRANTS, PERMISSIONS, Role, Viewer
from lib.errors import DeskError, NotAllowed, NotFound
from lib.store import database
from lib.store.doors import Door
from lib.store.models import metadata
from tests import books
from tests.knocking import COMMANDS, DOORS, NOWHERE, QUERIES, VARIANTS, given, subject_of
from tests.make import NOW

# Keys of books.PEOPLE: who sees one book, as its own or as somebody else's, and who sees all of them.
OF_A_BOOK = ("manager", "seller", "lead", "stand_in")
OF_ALL = ("leader", "admin", "approver")


@dataclasses.dataclass
class World:
    """A store with one book, the same store with a second one, and who works there."""

    small: str
    large: str
    viewers: dict[str, Viewer]
    mine: dict[str, int]
    foreign: dict[str, int]


def _checkpoint() -> None:
    """Everything into the one file, so that it can be copied."""
    with database.engine().connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _settle(small: str, copy: Callable[[], str]) -> World:
    """A book in the small store, a copy of it, and a second book in the copy."""
    with database.use(small):
        viewers = books.people()
        mine = books.book(viewers["manager"], viewers["seller"], "OWN")
        if small.startswith("sqlite"):
            _checkpoint()
    database.forget(small)
    large = copy()
    with database.use(large):
        foreign = books.book(viewers["other_manager"], viewers["other_seller"], "CANARY")
    return World(small, large, viewers, mine, foreign)


@pytest.fixture(scope="module")
def world_on_sqlite(tmp_path_factory, prepared_sqlite) -> World:
    folder = tmp_path_factory.mktemp("books")
    small, large = (folder / f"{name}.db" for name in ("small", "large"))
    shutil.copy(prepared_sqlite, small)
    return _settle(f"sqlite:///{small}", lambda: f"sqlite:///{shutil.copy(small, large)}")


@pytest.fixture(scope="module")
def world_on_postgresql(postgres_server, prepared_postgres) -> World:
    small = postgres_server.create("books_small", template=prepared_postgres)
    return _settle(small, lambda: postgres_server.create("books_large", template="books_small"))


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request) -> World:
    return request.getfixturevalue(f"world_on_{request.param}")


@pytest.fixture
def scratch(world_on_sqlite, tmp_path) -> World:
    """The large store, copied: for commands that go through."""
    world, path = world_on_sqlite, tmp_path / "scratch.db"
    with database.use(world.large):
        _checkpoint()
    shutil.copy(world.large.removeprefix("sqlite:///"), path)
    yield dataclasses.replace(world, large=f"sqlite:///{path}")
    database.forget(f"sqlite:///{path}")


def answer(door: Door, viewer: Viewer, values: dict[str, Any]) -> Any:
    """What the door gives, or the refusal as (class, code)."""
    try:
        return door.call(viewer, **values)
    except DeskError as error:
        return type(error), error.code


def refused(found: Any) -> bool:
    return isinstance(found, tuple) and len(found) == 2 and isinstance(found[0], type)


def same(one: Any, other: Any) -> bool:
    if isinstance(one, pd.DataFrame):
        return isinstance(other, pd.DataFrame) and one.reset_index(drop=True).equals(
            other.reset_index(drop=True)
        )
    if dataclasses.is_dataclass(one) and not isinstance(one, type):
        return type(one) is type(other) and all(
            same(getattr(one, f.name), getattr(other, f.name)) for f in dataclasses.fields(one)
        )
    if isinstance(one, dict):
        return (
            isinstance(other, dict)
            and one.keys() == other.keys()
            and all(same(one[k], other[k]) for k in one)
        )
    if isinstance(one, list | tuple) and not hasattr(one, "_fields"):
        return isinstance(other, type(one)) and len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def holds_canary(value: Any) -> bool:
    if isinstance(value, pd.DataFrame):
        return "CANARY" in value.to_csv()
    return "CANARY" in repr(value)


def cases(doors: list[Door], keys: tuple[str, ...]) -> list:
    """Each door with each role that may pass, and with each of its variants."""
    return [
        pytest.param(door, key, more, id="-".join([door.name, key, *map(str, more.values())]))
        for door in doors
        for key in keys
        if door.permission in GRANTS[books.PEOPLE[key][0]]
        for more in VARIANTS.get(door.name, [{}])
    ]


ABOUT_A_ROW = {kind: [d for d in DOORS if d.kind == kind and subject_of(d)] for kind in ("query", "command")}


def test_every_permission_of_a_door_exists_and_is_granted_to_someone():
    assert DOORS
    assert {door.permission for door in DOORS} <= PERMISSIONS
    assert all(any(door.permission in granted for granted in GRANTS.values()) for door in DOORS)


@pytest.mark.parametrize("door", DOORS, ids=lambda d: d.name)
def test_nobody_passes_without_the_permission(door, world):
    lacking = [role for role in Role if door.permission not in GRANTS[role]]
    strangers = [frozenset(), *(frozenset({role}) for role in lacking)]
    with database.use(world.large):
        for roles in strangers:
            viewer = Viewer(person_id=world.viewers["admin"].person_id, name="x", roles=roles, now=NOW)
            values = given(door, world.foreign, viewer, world.foreign.get(subject_of(door)))
            with pytest.raises(NotAllowed):
                door.call(viewer, **values)


@pytest.mark.parametrize(("door", "key", "more"), cases(QUERIES, OF_A_BOOK))
def test_a_second_book_changes_nothing_of_what_a_viewer_sees(door, key, more, world):
    viewer = world.viewers[key]
    values = given(door, world.mine, viewer, world.mine.get(subject_of(door))) | more
    with database.use(world.small):
        before = answer(door, viewer, values)
    with database.use(world.large):
        after = answer(door, viewer, values)

    assert not holds_canary(after)
    assert same(before, after)
    assert not refused(before), "the sample must name a row of the viewer"


@pytest.mark.parametrize(("door", "key", "more"), cases(QUERIES, OF_ALL))
def test_who_sees_all_gets_an_answer(door, key, more, world):
    viewer = world.viewers[key]
    values = given(door, world.mine, viewer, world.mine.get(subject_of(door))) | more
    with database.use(world.large):
        found = answer(door, viewer, values)

    assert not refused(found)


@pytest.mark.parametrize(("door", "key", "more"), cases([d for d in QUERIES if subject_of(d)], OF_A_BOOK))
def test_a_foreign_record_reads_like_one_that_does_not_exist(door, key, more, world):
    viewer = world.viewers[key]
    subject = subject_of(door)
    assert subject in world.foreign, f"{door.name}: tests/books.py knows no {subject}"
    with database.use(world.large):
        foreign = answer(door, viewer, given(door, world.mine, viewer, world.foreign[subject]))
        nowhere = answer(door, viewer, given(door, world.mine, viewer, NOWHERE))

    assert same(foreign, nowhere)
    assert not holds_canary(foreign)


# One statement for all tables: asked twice a case, a statement a table took most of the matrix.
ROW_COUNTS = select(
    *(
        select(func.count()).select_from(table).scalar_subquery().label(table.name)
        for table in metadata.sorted_tables
    )
)


def row_counts() -> dict[str, int]:
    with database.reading() as connection:
        return dict(connection.execute(ROW_COUNTS).one()._mapping)


@pytest.mark.parametrize(("door", "key", "more"), cases(ABOUT_A_ROW["command"], OF_A_BOOK))
def test_a_command_on_a_foreign_record_finds_nothing_and_writes_nothing(door, key, more, world):
    viewer = world.viewers[key]
    subject = subject_of(door)
    assert subject in world.foreign, f"{door.name}: tests/books.py knows no {subject}"
    with database.use(world.large):
        before = row_counts()
        foreign = answer(door, viewer, given(door, world.mine, viewer, world.foreign[subject]))
        nowhere = answer(door, viewer, given(door, world.mine, viewer, NOWHERE))

        assert foreign == nowhere == (NotFound, "not_found")
        assert row_counts() == before


@pytest.mark.parametrize(
    ("door", "key", "more"),
    cases([d for d in COMMANDS if subject_of(d)], (*OF_A_BOOK, *OF_ALL)),
)
def test_the_sample_of_a_command_is_about_a_record_that_is_there(door, key, more, scratch):
    """Otherwise the test above would prove nothing: the own record is found, whatever comes next."""
    viewer = scratch.viewers[key]
    with database.use(scratch.large):
        found = answer(door, viewer, given(door, scratch.mine, viewer, scratch.mine[subject_of(door)]))

    assert found != (NotFound, "not_found")
