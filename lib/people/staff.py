"""Changes to people's records: who is there, switched on or off, signed in, and by which identity."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select, update
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict
from lib.people import fields, loading, rules
from lib.store.doors import audit, command
from lib.store.forms import earlier_result, remember
from lib.store.models import Person, PersonRole, SignIn


@command("people.add", permission="person.keep")
def add(
    session: Session,
    viewer: Viewer,
    form_key: str,
    values: Mapping[str, Any],
    roles: Sequence[str] = (),
    lead_id: int | None = None,
    identity: tuple[str, str] | None = None,
) -> int:
    """A new person with roles given by hand; the id. The same form sent twice gives the same id.

    `values`: the fields of fields.PERSON; `identity` is (issuer, subject) as the provider names them.
    Raises Invalid, Conflict("person_same_email"), Conflict("identity_taken").
    """
    content = {"values": dict(values), "roles": list(roles), "lead": lead_id, "identity": identity}
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    clean = fields.clean({"name": None, "language": viewer.language} | dict(values))
    wanted = sorted({str(rules.check_role(role)) for role in roles})
    loading.check_lead(session, None, lead_id)
    _refuse_same_email(session, clean.get("email"), None)
    issuer, subject = fields.identity(*identity) if identity else (None, None)
    if identity:
        _refuse_taken(session, issuer, subject)
    row = Person(external_id=f"hand-{form_key[:32]}", created_at=viewer.now, manager_id=lead_id,
                 issuer=issuer, subject=subject, **clean)  # fmt: skip
    session.add(row)
    session.flush()
    session.add_all([PersonRole(person_id=row.id, role=role) for role in wanted])
    new = clean | {"lead_id": lead_id, "roles": wanted, "issuer": issuer, "subject": subject}
    audit(session, viewer, "person", row.id, new=new)
    remember(session, viewer, form_key, content, {"id": row.id})
    return row.id


@command("people.edit", permission="person.write", subject="person")
def edit(
    session: Session,
    viewer: Viewer,
    person_id: int,
    seen_version: int,
    values: Mapping[str, Any],
    lead_id: int | None = None,
) -> int:
    """Change the fields of fields.PERSON and the lead (None: none); the new version.

    Raises NotFound, Conflict, Invalid("lead_loop") when the lead reports to the person.
    """
    clean = fields.clean(values)
    loading.check_lead(session, person_id, lead_id)
    row = loading.load(session, viewer, person_id, seen_version)
    _refuse_same_email(session, clean.get("email"), row.id)
    changed = {k: v for k, v in (clean | {"manager_id": lead_id}).items() if getattr(row, k) != v}
    if not changed:
        return row.version
    old = {name: getattr(row, name) for name in changed}
    for name, value in changed.items():
        setattr(row, name, value)
    return _saved(session, viewer, row, old, changed)


@command("people.switch_off", permission="person.keep", subject="person")
def switch_off(
    session: Session, viewer: Viewer, person_id: int, seen_version: int, reason: str | None = None
) -> int:
    """Close the desk to a person from the next click on, and end their sign-ins; the new version.

    Accounts they look after stay theirs until somebody hands them over. Raises NotFound, Conflict for the
    last active admin or somebody switched off already.
    """
    rules.check_others(loading.locked_admins(session, viewer, person_id), losing=person_id)
    row = loading.load(session, viewer, person_id, seen_version)
    if not row.active:
        raise Conflict("person_is_off")
    row.active = False
    ended = _end_sign_ins(session, viewer, row)
    new = {"active": False, "sign_ins_ended": ended}
    return _saved(session, viewer, row, {"active": True}, new, fields.why(reason))


@command("people.switch_on", permission="person.keep", subject="person")
def switch_on(
    session: Session, viewer: Viewer, person_id: int, seen_version: int, reason: str | None = None
) -> int:
    """Open the desk to a person again, who signs in anew; the new version. Raises NotFound, Conflict."""
    row = loading.load(session, viewer, person_id, seen_version)
    if row.active:
        raise Conflict("person_is_on")
    row.active = True
    return _saved(session, viewer, row, {"active": False}, {"active": True}, fields.why(reason))


@command("people.end_sign_ins", permission="person.keep", subject="person")
def end_sign_ins(
    session: Session, viewer: Viewer, person_id: int, seen_version: int, reason: str | None = None
) -> int:
    """End every sign-in of a person, on each device; the new version. Raises NotFound, Conflict."""
    row = loading.load(session, viewer, person_id, seen_version)
    before = row.valid_after
    ended = _end_sign_ins(session, viewer, row)
    new = {"valid_after": row.valid_after, "sign_ins_ended": ended}
    return _saved(session, viewer, row, {"valid_after": before}, new, fields.why(reason))


@command("people.link", permission="person.write", subject="person")
def link(session: Session, viewer: Viewer, person_id: int, seen_version: int, waiting_id: int) -> int:
    """Give a person's record the identity of somebody who signed in and waits without a role; the new
    version. The waiting record is emptied. Raises NotFound, Conflict when the person has an identity
    already, or the other record is not a waiting one."""
    first, second = sorted((person_id, waiting_id))
    if first == second:
        raise Conflict("person_not_waiting")
    loading.load(session, viewer, first)
    loading.load(session, viewer, second)
    row = loading.load(session, viewer, person_id, seen_version)
    waiting = loading.load(session, viewer, waiting_id)
    has_role = select(PersonRole.id).where(PersonRole.person_id == waiting_id)
    if waiting.issuer is None or session.execute(has_role).first():
        raise Conflict("person_not_waiting")
    if row.issuer is not None:
        raise Conflict("person_has_identity")
    names = {"issuer": waiting.issuer, "subject": waiting.subject}
    seen_at = waiting.signed_in_at
    waiting.issuer = waiting.subject = None
    waiting.active, waiting.external_id = False, f"{loading.MERGED}{waiting.id}"
    session.flush()
    row.issuer, row.subject = names["issuer"], names["subject"]
    row.signed_in_at = max(filter(None, (row.signed_in_at, seen_at)), default=None)
    session.execute(update(SignIn).where(SignIn.person_id == waiting_id).values(person_id=row.id))
    _saved(session, viewer, waiting, names, {"linked_to": row.id, "active": False})
    return _saved(session, viewer, row, {"issuer": None, "subject": None}, names | {"from": waiting_id})


def _end_sign_ins(session: Session, viewer: Viewer, row: Person) -> int:
    row.valid_after = viewer.now
    ended = session.execute(
        update(SignIn)
        .where(SignIn.person_id == row.id, SignIn.ended_at.is_(None))
        .values(ended_at=viewer.now, ended_by="admin")
    )
    return ended.rowcount


def _saved(
    session: Session, viewer: Viewer, row: Person, old: dict, new: dict, reason: str | None = None
) -> int:
    row.version += 1
    audit(session, viewer, "person", row.id, old=old, new=new | {"_version": row.version}, reason=reason)
    return row.version


def _refuse_same_email(session: Session, email: object, own_id: int | None) -> None:
    """Two active records with one address would be one person twice."""
    if not email:
        return
    same = select(Person.id).where(func.lower(Person.email) == str(email).lower(), Person.active)
    if any(found != own_id for found in session.execute(same).scalars()):
        raise Conflict("person_same_email")


def _refuse_taken(session: Session, issuer: str | None, subject: str | None) -> None:
    taken = select(Person.id).where(Person.issuer == issuer, Person.subject == subject)
    if session.execute(taken).first():
        raise Conflict("identity_taken")


__all__ = ["add", "edit", "link", "end_sign_ins", "switch_off", "switch_on"]
