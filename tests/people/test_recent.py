"""What a person opened last: newest first, only theirs, and no write for what is the newest already."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from lib.errors import Invalid, NotFound
from lib.people import recent
from lib.store import models as m
from lib.store.database import read_one, transaction
from tests import make


def later(viewer, minutes: int):  # noqa: ANN201 - a viewer
    return replace(viewer, now=viewer.now + timedelta(minutes=minutes))


def pairs(frame) -> list[tuple[str, int]]:
    return [(row.page, int(row.row_id)) for row in frame.itertuples()]


def test_the_newest_stands_first_and_a_record_once(database, manager):
    one, two = (make.account(owner=manager.person_id, name=name) for name in ("One Ltd", "Two Ltd"))
    quote, alert = make.quote(one, manager.person_id), make.alert(two)

    for minute, (page, row) in enumerate(
        [("account", one), ("quote", quote), ("alerts", alert), ("account", one)]
    ):
        recent.visited(later(manager, minute), page, row)

    found = recent.items(manager)
    assert pairs(found) == [("account", one), ("alerts", alert), ("quote", quote)]
    assert found["label"].tolist() == ["One Ltd", "Two Ltd", "Three-year renewal · One Ltd"]


def test_the_newest_again_is_no_write(embedded, manager, monkeypatch):
    one = make.account(owner=manager.person_id)
    recent.visited(manager, "account", one)
    monkeypatch.setattr(recent, "opened", lambda *_: pytest.fail("wrote"))

    assert pairs(recent.visited(later(manager, 1), "account", one)) == [("account", one)]


def test_what_is_not_theirs_is_neither_kept_nor_shown(database, manager, other_manager):
    foreign = make.account(owner=other_manager.person_id)
    for row in (foreign, 987_654):
        with pytest.raises(NotFound):
            recent.opened(manager, "account", row)
        assert recent.visited(manager, "account", row).empty
    with pytest.raises(Invalid):
        recent.opened(manager, "person", foreign)

    own = make.account(owner=manager.person_id)
    recent.visited(manager, "account", own)
    with transaction() as session:
        session.execute(m.Assignment.__table__.update().values(person_id=other_manager.person_id))
    assert recent.items(manager).empty
    assert pairs(recent.visited(other_manager, "account", own)) == [("account", own)]


def test_only_the_newest_are_kept(embedded, manager):
    ids = [make.account(owner=manager.person_id) for _ in range(recent.KEPT + 3)]

    for minute, row in enumerate(ids):
        recent.opened(later(manager, minute), "account", row)

    assert read_one(select(func.count()).select_from(m.RecentItem))[0] == recent.KEPT
    assert pairs(recent.items(manager)) == [("account", i) for i in ids[::-1][: recent.SHOWN]]
