"""The way of a quote to the customer: told once, filled backwards, followed by a second offer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from lib.errors import Conflict, Invalid, NotFound
from lib.flows.accept_quote import accept_quote
from lib.quotes import proving
from lib.quotes.following import raise_second_offers, take_event
from lib.quotes.funnel import Source, read_event, stages, wants_second_offer
from lib.store.database import read_frame, transaction
from lib.store.models import Task
from tests import make
from tests.make import NOW

FIRST = datetime(2026, 11, 1, tzinfo=UTC)


def hours(n: int) -> datetime:
    return FIRST + timedelta(hours=n)


def test_a_step_that_nobody_told_of_is_filled_by_a_later_one():
    way = stages([("sent", hours(0)), ("viewed", hours(9)), ("viewed", hours(5))])

    assert [(s.step, s.at) for s in way] == [
        ("sent", hours(0)), ("opened", hours(5)), ("viewed", hours(5)), ("accepted", None),
    ]  # fmt: skip


def test_a_second_offer_waits_for_its_days_and_ends_with_an_answer():
    seen = [("sent", hours(0)), ("viewed", hours(1))]

    assert not wants_second_offer(seen, 3, hours(72))
    assert wants_second_offer(seen, 3, hours(73))
    assert not wants_second_offer([*seen, ("accepted", hours(2))], 3, hours(99))
    assert not wants_second_offer([*seen, ("declined", hours(2))], 3, hours(99))
    assert not wants_second_offer(seen[:1], 3, hours(99))


@pytest.mark.parametrize(
    ("over", "code"),
    [({"kind": "sent"}, "quote_event_kind"), ({"number": ""}, "quote_event_number"),
     ({"id": "x" * 121}, "quote_event_id"), ({"revision": "-1"}, "quote_event_revision"),
     ({"happened_at": "2026-11-20"}, "quote_event_time"),
     ({"happened_at": "2099-01-01T00:00:00+00:00"}, "quote_event_time")],
)  # fmt: skip
def test_an_event_that_is_no_event_is_refused_by_name(over, code):
    told = {"kind": "viewed", "number": "QT-1", "id": "e1", "happened_at": NOW.isoformat()} | over

    with pytest.raises(Invalid) as refusal:
        read_event(told, NOW)

    assert refusal.value.code == code


def tell(viewer, **over):
    values = {"kind": "viewed", "number": "QT-2026-0001", "id": "e1", "happened_at": NOW.isoformat()} | over
    with transaction() as session:
        session.info["command"] = "quotes.take_events"
        return take_event(session, viewer, Source.HOOK, values)


def test_an_event_is_kept_once_and_for_known_numbers_only(database, technical, manager, issued):
    tell(technical)
    with pytest.raises(Conflict):
        tell(technical)
    with pytest.raises(NotFound):
        tell(technical, number="QT-2026-0099", id="e2")
    with pytest.raises(NotFound):
        tell(technical, revision="2", id="e3")

    assert proving.life(manager, issued).events.kind.tolist() == ["sent", "viewed"]


def test_a_yes_from_outside_becomes_a_task_and_no_acceptance(database, technical, manager, issued):
    tell(technical, kind="accepted")

    tasks = read_frame(select(Task.kind, Task.owner_id))
    assert tasks.kind.tolist() == ["quote_answer"]
    assert tasks.owner_id.tolist() == [manager.person_id]


def test_a_viewed_quote_that_nobody_accepted_raises_one_task(database, technical, manager, issued, seen):
    proving.tell_step(manager, issued, kind="viewed", note="Said so on the phone", form_key="k")
    proving.tell_step(manager, issued, kind="viewed", note="Said so on the phone", form_key="k")
    later = replace(technical, now=NOW + timedelta(days=3))

    with transaction() as session:
        assert raise_second_offers(session, technical, technical.today) == 0
        assert raise_second_offers(session, later, later.today) == 1
        assert raise_second_offers(session, later, later.today) == 0

    assert read_frame(select(Task.kind)).kind.tolist() == ["second_offer"]
    assert proving.life(manager, issued).events.kind.tolist() == ["sent", "viewed"]


def test_an_accepted_quote_wants_no_second_offer(database, technical, manager, issued, seen):
    proving.tell_step(manager, issued, kind="viewed")
    accept_quote(manager, issued, seen(manager, issued), evidence=make.evidence())
    later = replace(technical, now=NOW + timedelta(days=9))

    with transaction() as session:
        assert raise_second_offers(session, later, later.today) == 0


def test_a_draft_has_no_way_to_tell_of(database, manager, draft):
    with pytest.raises(Conflict):
        proving.tell_step(manager, draft(), kind="viewed")
