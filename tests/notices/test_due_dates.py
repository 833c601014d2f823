"""A person's own due dates as a calendar file, read back by the same library a calendar would use."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from icalendar import Calendar

from lib.notices import due_dates
from lib.store import models as m
from tests import make
from tests.make import NOW, TODAY


@pytest.fixture
def own(ann, other_manager):
    """One date of each kind of Ann's, and the same of somebody else."""
    for person, name in ((ann, "Kestrel; Toys, Ltd\\"), (other_manager, "Foreign")):
        account = make.account(owner=person.person_id, name=name, name_zh=f"{name} 玩具")
        make.promise(account, person.person_id, what="A secret rebate", due_on=date(2026, 12, 1))
        make.task(account, person.person_id, kind="check_in", title="Secret words", due_on=date(2028, 2, 29))
        make.renewal(account, make.contract(account), notice_on=date(2026, 12, 31))
        make.promise(account, person.person_id, due_on=TODAY, status="kept")
    return ann


def read(viewer, language: str = "en"):
    content = due_dates.calendar_file(due_dates.due_dates(viewer), NOW, "desk.test", language)
    return content, list(Calendar.from_ical(content).walk("VEVENT"))


def test_the_file_holds_a_persons_own_open_dates_and_nobody_elses(database, own):
    content, events = read(own)

    assert [(str(e["SUMMARY"]), e.decoded("DTSTART"), e.decoded("DTEND")) for e in events] == [
        ("Promise due · Kestrel; Toys, Ltd\\", date(2026, 12, 1), date(2026, 12, 2)),
        ("Last day to give notice · Kestrel; Toys, Ltd\\", date(2026, 12, 31), date(2027, 1, 1)),
        ("Task due · Kestrel; Toys, Ltd\\", date(2028, 2, 29), date(2028, 3, 1)),
    ]
    assert b"ecret" not in content
    assert b"Foreign" not in content


def test_a_day_is_a_day_in_every_zone(embedded, own):
    content, _ = read(own)

    assert content.count(b"DTSTART;VALUE=DATE:") == 3
    assert b"TZID" not in content
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert content.count(b"\n") == content.count(b"\r\n")


def test_the_same_date_keeps_its_uid_when_it_moves(embedded, own):
    _, before = read(own)

    make.change(m.Promise, 1, due_on=TODAY + timedelta(days=40))
    _, after = read(own)

    assert {str(e["UID"]) for e in before} == {str(e["UID"]) for e in after}
    assert len({str(e["UID"]) for e in before}) == 3
    assert all(str(e["UID"]).endswith("@desk.test") for e in before)


def test_it_speaks_the_readers_language(embedded, own):
    _, events = read(replace(own, language="zh-CN"), "zh-CN")

    assert str(events[0]["SUMMARY"]) == "承诺到期 · Kestrel; Toys, Ltd\\ 玩具"


def test_an_empty_file_is_a_calendar_too(embedded, manager):
    content, events = read(manager)

    assert events == []
    assert Calendar.from_ical(content)["VERSION"] == "2.0"
