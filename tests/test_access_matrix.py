"""Who gets through which door: generated from the register of queries and commands.

A book of business is added beside the viewer's own: nothing the viewer sees may change by it, every
foreign id is answered like one that does not exist, and nobody passes without the permission.
"""

import dataclasses
import importlib
import inspect
import pkgutil
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import func, select

import lib
from lib.access import GRANTS, PERMISSIONS, Role, Viewer
from lib.accounts.listing import Filters
from lib.errors import DeskError, NotAllowed, NotFound
from lib.exports.queries import EXPORTS
from lib.kpi.queries import METRICS
from lib.store import database
from lib.store.doors import REGISTER, Door
from lib.store.models import metadata
from lib.today.rules import Scope
from tests import books, make
from tests.make import NOW, TODAY

NOT_WINGS = {"desk", "person_menu", "commandline", "__main__", "demo", "edge", "start", "ui", "store"}
for _module in pkgutil.walk_packages(lib.__path__, "lib."):
    if _module.name.split(".")[1] not in NOT_WINGS:
        importlib.import_module(_module.name)

DOORS = sorted(REGISTER.values(), key=lambda door: door.name)
QUERIES = [door for door in DOORS if door.kind == "query"]
COMMANDS = [door for door in DOORS if door.kind == "command"]
NOWHERE = 987_654_321
LATER = TODAY + timedelta(days=5)
# Keys of books.PEOPLE: who sees one book, as its own or as somebody else's, and who sees all of them.
OF_A_BOOK = ("manager", "seller", "lead", "stand_in")
OF_ALL = ("leader", "admin", "approver")

MAPPING = {"columns": {"key": "account_id", "name": "name"}}
# A valid value for each required parameter, by name; a door that needs another one names it below.
BY_NAME: dict[str, Any] = {
    "seen_version": 1, "text": "A thought", "reason": "They asked", "form_key": "key-1", "proof": "By mail",
    "happened_at": NOW, "until": TODAY, "due_on": TODAY, "channel": "call", "summary": "Spoke with them",
    "what": "Send it", "language": "en", "start": date(2026, 1, 1), "end": date(2027, 12, 31),
    "currency": "USD", "values": {}, "lines": [], "category": "commit", "expected_minor": 1,
    "target": "in_talk", "filters": Filters(), "as_of": TODAY, "day": TODAY, "status": "active",
    "book_id": 1, "runner": "here", "again": False, "reference": None, "first": TODAY, "last": TODAY,
    "step": "alerts", "share": 0.5, "metric": "bridge", "kind": "accounts",
    "content": b"account_id,name\nA-1,X\n",
    "valid_from": TODAY,
    "name": "accounts.csv", "header": ["account_id", "name"], "preset": None, "mapping": MAPPING,
}  # fmt: skip
# Per door: values for parameters, from the ids of a book and the viewer, where the name does not tell.
Sample = Callable[[dict[str, int], Viewer], dict[str, Any]]
BY_DOOR: dict[str, Sample] = {
    "audit.find_contacts": lambda *_: {"search": "contact"},
    "audit.record_backup": lambda *_: {"file": "desk.zip", "rows": 1, "head": f"1:{'0' * 64}"},
    "audit.record_export": lambda *_: {"what": "accounts", "rows": 1, "file_format": "csv", "sha256": "0" * 64},
    "audit.record_paper": lambda *_: {"revision": 1, "sha256": "0" * 64},
    "accounts.set_owner": lambda _ids, viewer: {"person_id": viewer.person_id},
    "contracts.create": lambda *_: {"starts_on": date(2028, 1, 1), "ends_on": date(2029, 1, 1)},
    "contracts.correct": lambda *_: {"seats": 12},
    "renewals.move": lambda *_: {"target": "informed"},
    "negotiation.make_promise": lambda _ids, viewer: {"owner_id": viewer.person_id},
    "quotes.review_fit": lambda *_: {"next_on": date(2027, 6, 1)},
    "quotes.live_price": lambda *_: {"values": make.quote_form()},
    "policy.change": lambda *_: {"name": "quotes", "seen_number": 1, "changes": {"validity.days": "20"}},
    "policy.revert": lambda *_: {"name": "quotes", "seen_number": 1, "to_number": 1},
    "policy.take_file": lambda *_: {"content": b"{}", "seen_numbers": {}},
    "policy.add_row": lambda *_: {
        "name": "quotes", "seen_number": 1, "path": "tax.CNY", "texts": {"key": "USD", "value": "0.05"},
    },
    "policy.remove_row": lambda *_: {"name": "quotes", "seen_number": 1, "path": "limits[24].approve_above"},
    "policy.sign_review": lambda *_: {"note": "Looked through", "inputs": []},
    "policy.preview_row": lambda *_: {"name": "quotes", "path": "limits[24].approve_above", "texts": None},
    "policy.versions": lambda *_: {"name": "quotes"},
    "policy.preview": lambda *_: {"name": "quotes", "changes": {"validity.days": "20"}},
    "policy.preview_file": lambda *_: {"content": b'{"file": "vip-desk-policy", "documents": {}}'},
    "people.add": lambda *_: {"values": {"name": "Gao Ling"}},
    "people.link": lambda ids, _: {"waiting_id": ids["person"]},
    "people.give_role": lambda *_: {"role": "sales"},
    "people.take_role": lambda *_: {"role": "sales"},
    "people.lend_own": lambda ids, _: {"colleague": ids["person"], "starts_on": TODAY, "ends_on": LATER},
    "people.lend_for": lambda _ids, viewer: {
        "colleague": viewer.person_id, "starts_on": TODAY, "ends_on": LATER,
    },
    "people.take_back": lambda *_: {"which": NOWHERE},
    "people.choose_preferences": lambda *_: {"zone": "Europe/Berlin"},
    "people.opened": lambda ids, _: {"page": "account", "row_id": ids["account"]},
    "people.hand_over_book": lambda ids, viewer: {"to_id": viewer.person_id, "account_ids": [ids["account"]]},
    "people.handover_preview": lambda ids, viewer: {
        "to_id": viewer.person_id, "account_ids": [ids["account"]],
    },
    "people.undo_handover": lambda *_: {"handover": "none"},
    "pricing.publish_price_book": lambda *_: {
        "code": "standard", "currency": "USD", "list_prices": {}, "valid_from": TODAY,
    },
}  # fmt: skip
# Queries whose argument leads to other tables: each value is a case of its own.
VARIANTS: dict[str, list[dict[str, Any]]] = {
    "exports.export": [{"kind": kind} for kind in EXPORTS],
    "kpi.rows": [{"metric": metric} for metric in METRICS],
    "search.find": [{"text": text} for text in ("CANARY", "OWN", "contact", "ltd", "three")],
    "today.queue": [{"scope": scope} for scope in Scope],
    "today.figures": [{"scope": scope} for scope in Scope],
    "today.news": [{"scope": scope} for scope in Scope],
}
# Rows everybody with the permission sees: not part of a book of business.
SHARED = {"pricing.book_items", "pricing.current_books"}


def given(door: Door, ids: dict[str, int], viewer: Viewer, subject_id: int | None) -> dict[str, Any]:
    """Arguments for a door: the subject first, then samples for whatever has no default."""
    parameters = list(inspect.signature(inspect.unwrap(door.call)).parameters.values())
    skipped = 2 if door.kind == "command" else 1
    special = BY_DOOR.get(door.name, lambda *_: {})(ids, viewer)
    values: dict[str, Any] = {}
    for position, parameter in enumerate(parameters[skipped:]):
        if position == 0 and subject_of(door):
            values[parameter.name] = subject_id
        elif parameter.name in special:
            values[parameter.name] = special[parameter.name]
        elif parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
            continue
        elif parameter.default is parameter.empty:
            assert parameter.name in BY_NAME, f"{door.name}: add a sample for {parameter.name!r} to this test"
            values[parameter.name] = BY_NAME[parameter.name]
    return values | {k: v for k, v in special.items() if k not in values}


def subject_of(door: Door) -> str:
    """What the first argument names: as registered, else told by a parameter like `alert_id`."""
    if door.subject or door.name in SHARED:
        return door.subject
    parameters = list(inspect.signature(inspect.unwrap(door.call)).parameters.values())
    first = parameters[2 if door.kind == "command" else 1 :][:1]
    if first and first[0].default is first[0].empty and first[0].name.endswith("_id"):
        return first[0].name.removesuffix("_id")
    return ""


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


def row_counts() -> dict[str, int]:
    with database.reading() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar()
            for table in metadata.sorted_tables
        }


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
