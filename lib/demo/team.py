"""What the demo's leads keep of their people, what colleagues asked of each other, and a book that moved."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlmodel import Session

from lib.access import Viewer
from lib.demo.cast import material
from lib.flows import handover
from lib.people.identity import viewer_of
from lib.store.database import read_frame, transaction
from lib.store.models import Assignment, Person
from lib.teams import requests, staff

BARE = 3  # accounts whose backup left lately: they stand on the list to assign
MOVED = 2  # accounts that changed hands
WEEKDAYS = {str(day): [540, 1080] for day in range(5)}
# key: level, how it was decided, zone, languages, hours.
PEOPLE = (
    ("lin-yue", "senior", "annual", "Asia/Shanghai", "en,zh-CN", WEEKDAYS),
    ("zhao-ming", "intermediate", "project", "Asia/Shanghai", "zh-CN", WEEKDAYS),
    ("ines-falk", "intermediate", "annual", "Europe/Berlin", "en", WEEKDAYS),
    ("deng-kai", "junior", "annual", "Asia/Shanghai", "en,zh-CN",
     {str(day): [780, 1320] for day in range(5)}),
)  # fmt: skip


def keep_team(now: datetime, today: date) -> None:
    """Levels, hours, certificates, goals, requests, a review, a handover, and a few accounts to assign."""
    with transaction() as session:
        session.info["command"] = "demo.keep_team"
        ids = _people(session)
        _leave_bare(session, now, today)
    admin = viewer_of(ids["mia-torres"], now)
    lead, manager = viewer_of(ids["shen-rui"], now), viewer_of(ids["lin-yue"], now)
    if admin is None or lead is None or manager is None:
        return
    words = material("texts")["team"]
    _staff(admin, ids, words, today)
    _asked(manager, admin, ids, words)
    _reviews(lead, words, today)
    _moved(replace(admin, now=now - timedelta(days=5)), ids, words)


def _people(session: Session) -> dict[str, int]:
    found = session.execute(select(Person.external_id, Person.id).where(Person.external_id.like("demo-%")))
    return {key.removeprefix("demo-"): row_id for key, row_id in found}


def _leave_bare(session: Session, now: datetime, today: date) -> None:
    """The newest accounts lost their backup."""
    found = select(Assignment.id).where(Assignment.duty == "backup", Assignment.until.is_(None))
    ids = session.execute(found.order_by(Assignment.account_id.desc()).limit(BARE)).scalars().all()
    session.execute(update(Assignment).where(Assignment.id.in_(ids)).values(until=today, recorded_at=now))


def _staff(admin: Viewer, ids: dict[str, int], words: dict[str, Any], today: date) -> None:
    at = {"en": 0, "zh-CN": 1}[admin.language]
    for number, (key, level, basis, zone, languages, hours) in enumerate(PEOPLE):
        person = ids[key]
        earlier = replace(admin, now=admin.now - timedelta(days=400))
        staff.set_level(earlier, person, "junior", "annual", words["level_first"][at])
        if level != "junior":
            later = replace(admin, now=admin.now - timedelta(days=35 * (number + 1)))
            staff.set_level(later, person, level, basis, words["level_later"][at])
        staff.describe(admin, person, languages, zone, hours)
        certificate = {"kind": "certificate", "title": words["certificate"][at],
                       "on_day": today - timedelta(days=200 + number)}  # fmt: skip
        course = {"kind": "course", "title": words["course"][at], "hours": 6 + 2 * number,
                  "on_day": today - timedelta(days=40 + number)}  # fmt: skip
        for kind, values in (("certificate", certificate), ("course", course)):
            staff.note_record(admin, person, f"demo-{kind}-{key}", values)
        goal = {"title": words["goal"][at], "measure": words["measure"][at],
                "due_on": today + timedelta(days=60)}  # fmt: skip
        staff.set_goal(admin, person, f"demo-goal-{key}", goal)
        first = staff.set_goal(admin, person, f"demo-first-{key}", goal | {"title": words["goal_first"][at]})
        staff.settle_goal(admin, first, 1, "missed" if number == 3 else "met")
    win = {"title": words["win"][at], "reason": words["win_reason"][at], "on_day": today - timedelta(days=6)}
    staff.name_win(admin, ids["lin-yue"], "demo-win", win)


def _asked(manager: Viewer, admin: Viewer, ids: dict[str, int], words: dict[str, Any]) -> None:
    at = {"en": 0, "zh-CN": 1}[manager.language]
    owned = select(Assignment.account_id).where(
        Assignment.person_id == manager.person_id, Assignment.duty == "owner", Assignment.until.is_(None)
    )
    accounts = [int(i) for i in read_frame(owned.order_by(Assignment.account_id).limit(4))["account_id"]]
    asked = []
    for number, (place, account) in enumerate(zip(words["requests"], accounts, strict=False)):
        department, owner, days, *title = place
        then = replace(manager, now=manager.now - timedelta(days=9 - number))
        values = {"department": department, "title": title[at], "due_on": then.today + timedelta(days=days)}
        one = requests.raise_request(then, f"demo-request-{number}", values, ids[owner], account=account)
        asked.append((one, owner))
    idea = {"ask": "suggestion", "department": "delivery", "title": words["suggestion"][at],
            "due_on": manager.today + timedelta(days=9)}  # fmt: skip
    requests.raise_request(manager, "demo-suggestion", idea, admin.person_id)
    for (one, owner), days, target in zip(asked, (6, 4, 3), ("answered", "working", "working"), strict=False):
        worker = viewer_of(ids[owner], admin.now - timedelta(days=days))
        if worker is not None:
            requests.move_request(worker, one, 1, target, words["answer"][at])


def _reviews(lead: Viewer, words: dict[str, Any], today: date) -> None:
    at = {"en": 0, "zh-CN": 1}[lead.language]
    for days, held in zip((70, 9), words["reviews"], strict=True):
        title, departments, attendees, decisions, award = (pair[at] for pair in held)
        values = {"held_on": today - timedelta(days=days), "title": title, "departments": departments,
                  "attendees": attendees, "decisions": decisions, "award": award,
                  "next_on": today - timedelta(days=days - 91)}  # fmt: skip
        requests.write_meeting(lead, f"demo-review-{days}", values)


def _moved(admin: Viewer, ids: dict[str, int], words: dict[str, Any]) -> None:
    """Two accounts went to the other team, whose lead asked for them."""
    at = {"en": 0, "zh-CN": 1}[admin.language]
    giver, taker = ids["zhao-ming"], ids["ines-falk"]
    owned = select(Assignment.account_id).where(
        Assignment.person_id == giver, Assignment.duty == "owner", Assignment.until.is_(None)
    )
    frame = read_frame(owned.order_by(Assignment.account_id.desc()).limit(MOVED))
    accounts = [int(i) for i in frame["account_id"]]
    handover.hand_over_book(admin, giver, taker, accounts, "demo-handover", words["moved"][at])
