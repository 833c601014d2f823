"""Roles given and taken by hand; those that follow the provider's groups are changed there alone."""

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Role, Viewer
from lib.errors import Conflict
from lib.people import loading, rules
from lib.store.doors import audit, command
from lib.store.models import PersonRole


@command("people.give_role", permission="person.keep", subject="person")
def give_role(session: Session, viewer: Viewer, person_id: int, seen_version: int, role: str) -> int:
    """Give a role by hand; the person's new version. It holds from their next click on, and stays whatever
    the provider's groups say. Raises NotFound, Conflict, Invalid."""
    wanted = rules.check_role(role)
    row = loading.load(session, viewer, person_id, seen_version)
    if any(held.origin != rules.MAPPED for held in _held(session, person_id, wanted)):
        raise Conflict("role_held")
    session.add(PersonRole(person_id=row.id, role=str(wanted)))
    row.version += 1
    new = {"role": str(wanted), "origin": "hand", "_version": row.version}
    audit(session, viewer, "person_role", row.id, new=new)
    return row.version


@command("people.take_role", permission="person.keep", subject="person")
def take_role(session: Session, viewer: Viewer, person_id: int, seen_version: int, role: str) -> int:
    """Take a role that was not mapped from a group; the person's new version.

    Raises NotFound, Conflict: for a mapped role, for one the person does not hold, for the last active
    admin's.
    """
    wanted = rules.check_role(role)
    admins = loading.locked_admins(session, viewer, person_id) if wanted is Role.ADMIN else set()
    row = loading.load(session, viewer, person_id, seen_version)
    held = _held(session, person_id, wanted)
    given = [one for one in held if one.origin != rules.MAPPED]
    if held and not given:
        raise Conflict("role_mapped")
    if not given:
        raise Conflict("role_not_held")
    if len(given) == len(held):
        rules.check_others(admins, losing=person_id)
    for one in given:
        session.delete(one)
    row.version += 1
    old = {"role": str(wanted), "origin": ", ".join(sorted(one.origin for one in given))}
    audit(session, viewer, "person_role", row.id, old=old, new={"_version": row.version})
    return row.version


def _held(session: Session, person_id: int, role: Role) -> list[PersonRole]:
    found = select(PersonRole).where(PersonRole.person_id == person_id, PersonRole.role == str(role))
    return list(session.execute(found).scalars())
