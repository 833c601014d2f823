"""What a lead keeps of their people: skill levels, hours, certificates, learning, goals. All on record."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import or_, select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict, Invalid, NotFound
from lib.store.doors import audit, command
from lib.store.forms import earlier_result, remember
from lib.store.models import Person, StaffGoal, StaffLevel, StaffProfile, StaffRecord
from lib.teams import fields, loading, rules


@command("teams.set_level", permission="team.keep", subject="person")
def set_level(
    session: Session, viewer: Viewer, person_id: int, level: str = "", basis: str = "annual",
    reason: str = "", review_on: date | None = None, form_key: str | None = None,
) -> int:  # fmt: skip
    """Decide somebody's skill level and when it is looked at again (by default after the policy's months);
    the id of the decision, which stays in the history. Nobody decides their own.

    Raises NotFound, Invalid.
    """
    row = loading.load_person(session, viewer, person_id)
    if person_id == viewer.person_id:
        raise Invalid("team_own_level")
    rules.check_level(level, basis)
    content = {"person": person_id, "level": level, "basis": basis, "reason": reason, "review": review_on}
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    said = fields.clean({"reason": reason}, fields.LEVEL)["reason"]
    due = review_on or fields.add_months(viewer.today, loading.limits(viewer, session).review_months)
    if due <= viewer.today:
        raise Invalid("team_review_past")
    profile = _profile(session, viewer, row)
    old = {"level": profile.level, "review_on": profile.review_on}
    profile.level, profile.review_on = level, due
    made = StaffLevel(person_id=person_id, level=level, basis=basis, decided_on=viewer.today, review_on=due,
                      reason=str(said), decided_by=viewer.person_id, recorded_at=viewer.now)  # fmt: skip
    session.add(made)
    session.flush()
    new = {"level": level, "review_on": due, "basis": basis}
    audit(session, viewer, "staff_level", made.id, old=old, new=new, reason=str(said))
    remember(session, viewer, form_key, content, {"id": made.id})
    return made.id


@command("teams.describe", permission="team.keep", subject="person")
def describe(
    session: Session, viewer: Viewer, person_id: int, languages: str | None = None, zone: str | None = None,
    hours: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """When and in which zone somebody works, and which languages they speak. Raises NotFound, Invalid."""
    _describe(session, viewer, loading.load_person(session, viewer, person_id), languages, zone, hours)


@command("teams.describe_own", permission="team.read")
def describe_own(
    session: Session, viewer: Viewer, languages: str | None = None, zone: str | None = None,
    hours: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """The same for oneself."""
    _describe(session, viewer, _self(session, viewer), languages, zone, hours)


def _describe(
    session: Session, viewer: Viewer, person: Person, languages: str | None, zone: str | None,
    hours: Mapping[str, Any] | None,
) -> None:  # fmt: skip
    if zone is not None and zone not in available_timezones():
        raise Invalid("zone_unknown", zone=str(zone)[:64])
    if languages is not None and languages not in fields.LANGUAGES:
        raise Invalid("language_unknown", language=str(languages)[:16])
    wanted = {"languages": languages, "zone": zone, "hours": rules.check_hours(hours or {}) or None}
    row = _profile(session, viewer, person)
    changed = {name: value for name, value in wanted.items() if getattr(row, name) != value}
    if not changed:
        return
    old = {name: getattr(row, name) for name in changed}
    for name, value in changed.items():
        setattr(row, name, value)
    audit(session, viewer, "staff_profile", person.id, old=old, new=changed)


def _profile(session: Session, viewer: Viewer, person: Person) -> StaffProfile:
    """The person's row, made where there is none; about to change."""
    found = select(StaffProfile).where(StaffProfile.person_id == person.id).with_for_update()
    row = session.execute(found).scalars().first()
    if row is None:
        row = StaffProfile(person_id=person.id, updated_at=viewer.now)
        session.add(row)
    else:
        row.version += 1
    row.updated_at = viewer.now
    session.flush()
    return row


@command("teams.note_record", permission="team.keep", subject="person")
def note_record(
    session: Session, viewer: Viewer, person_id: int, form_key: str, values: Mapping[str, Any]
) -> int:
    """A certificate somebody holds, or time they spent learning; the id. The same form sent twice makes one.

    `values`: the fields of fields.RECORD. Raises NotFound, Invalid.
    """
    row = loading.load_person(session, viewer, person_id)
    return _note(session, viewer, row, form_key, values)


@command("teams.note_own_record", permission="team.read")
def note_own_record(session: Session, viewer: Viewer, form_key: str, values: Mapping[str, Any]) -> int:
    """The same for oneself."""
    return _note(session, viewer, _self(session, viewer), form_key, values)


def _note(session: Session, viewer: Viewer, person: Person, form_key: str, values: Mapping[str, Any]) -> int:
    content = {"person": person.id, "values": dict(values)}
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    clean = fields.clean({"kind": None, "title": None, "on_day": None} | dict(values), fields.RECORD)
    hours = clean.pop("hours", None)
    if clean["kind"] != "certificate" and not hours:
        raise Invalid("team_hours_missing")
    if clean["on_day"] > viewer.today:
        raise Invalid("team_day_future")
    if clean.get("expires_on") and clean["expires_on"] <= clean["on_day"]:
        raise Invalid("team_expires_before")
    row = StaffRecord(person_id=person.id, minutes=int(hours) * 60 if hours else None,
                      noted_by=viewer.person_id, noted_at=viewer.now, **clean)  # fmt: skip
    session.add(row)
    session.flush()
    audit(session, viewer, "staff_record", row.id, new=clean | {"person_id": person.id, "hours": hours})
    remember(session, viewer, form_key, content, {"id": row.id})
    return row.id


@command("teams.name_win", permission="team.keep", subject="person")
def name_win(
    session: Session, viewer: Viewer, person_id: int, form_key: str, values: Mapping[str, Any]
) -> int:
    """A success somebody is named for, with its day and the reason; the id. `values`: fields.WIN.

    The same form sent twice names it once. Raises NotFound, Invalid.
    """
    person = loading.load_person(session, viewer, person_id)
    content = {"person": person.id, "win": dict(values)}
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    clean = fields.clean({"title": None, "on_day": None, "reason": None} | dict(values), fields.WIN)
    if clean["on_day"] > viewer.today:
        raise Invalid("team_day_future")
    row = StaffRecord(person_id=person.id, kind=rules.WIN, noted_by=viewer.person_id, noted_at=viewer.now,
                      **clean)  # fmt: skip
    session.add(row)
    session.flush()
    told = clean | {"person_id": person.id, "kind": rules.WIN}
    reason = told.pop("reason")
    audit(session, viewer, "staff_record", row.id, new=told, reason=reason)
    remember(session, viewer, form_key, content, {"id": row.id})
    return row.id


@command("teams.withdraw_record", permission="team.keep", subject="staff_record")
def withdraw_record(session: Session, viewer: Viewer, staff_record_id: int) -> None:
    """Take a certificate or learning time out of the count; it stays stored. Raises NotFound, Conflict."""
    row = _owned(session, viewer, StaffRecord, staff_record_id)
    if row.withdrawn_at is not None:
        raise Conflict("nothing_to_undo")
    row.withdrawn_at, row.version = viewer.now, row.version + 1
    old = {"kind": row.kind, "title": row.title, "on_day": row.on_day}
    audit(session, viewer, "staff_record", row.id, old=old, new={"withdrawn": True})


@command("teams.set_goal", permission="team.keep", subject="person")
def set_goal(
    session: Session, viewer: Viewer, person_id: int, form_key: str, values: Mapping[str, Any]
) -> int:
    """What somebody is to reach, how it is measured, by when; the id. `values`: fields.GOAL.

    Raises NotFound, Invalid.
    """
    person = loading.load_person(session, viewer, person_id)
    content = {"person": person_id, "values": dict(values)}
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    clean = fields.clean({"title": None, "due_on": None} | dict(values), fields.GOAL)
    row = StaffGoal(person_id=person.id, set_by=viewer.person_id, set_at=viewer.now, **clean)
    session.add(row)
    session.flush()
    audit(session, viewer, "staff_goal", row.id, new=clean | {"person_id": person.id})
    remember(session, viewer, form_key, content, {"id": row.id})
    return row.id


@command("teams.settle_goal", permission="team.keep", subject="staff_goal")
def settle_goal(
    session: Session, viewer: Viewer, staff_goal_id: int, seen_version: int, state: str = ""
) -> int:
    """Say whether a goal was met, missed or dropped, or open it again; its new version.

    Raises NotFound, Conflict, Invalid.
    """
    row = _owned(session, viewer, StaffGoal, staff_goal_id)
    loading.check_version(row, seen_version)
    if state not in rules.GOAL_STATES:
        raise Invalid("team_goal_state")
    if state == row.state:
        return row.version
    old = {"state": row.state}
    row.state, row.version = state, row.version + 1
    row.closed_at = None if state == "open" else viewer.now
    audit(session, viewer, "staff_goal", row.id, old=old, new={"state": state, "_version": row.version})
    return row.version


def _owned(session: Session, viewer: Viewer, model: Any, row_id: int) -> Any:
    """A row about somebody the viewer leads, locked."""
    mine = select(Person.id).where(or_(loading.team(viewer)), loading.staff())
    found = select(model).where(model.id == row_id, model.person_id.in_(mine)).with_for_update()
    row = session.execute(found).scalars().first() if isinstance(row_id, int) else None
    if row is None:
        raise NotFound()
    return row


def _self(session: Session, viewer: Viewer) -> Person:
    row = session.get(Person, viewer.person_id)
    if row is None:
        raise NotFound()
    return row
