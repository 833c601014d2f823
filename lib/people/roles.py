"""Roles given and taken by hand; those that follow the provider's groups are changed there alone."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Role, Viewer
from lib.errors import Conflict, Invalid
from lib.people import loading, rules
from lib.store.doors import audit, command
from lib.store.models import Person, PersonRole


@command("people.give_role", permission="person.keep", subject="person")
def give_role(session: Session, viewer: Viewer, person_id: int, seen_version: int, role: str) -> int:
    """Give a role by hand; the person's new version. It holds from their next click on, and stays whatever
    the provider's groups say. Raises NotFound, Conflict, Invalid."""
    return _change(session, viewer, person_id, seen_version, [role], [])


@command("people.take_role", permission="person.keep", subject="person")
def take_role(session: Session, viewer: Viewer, person_id: int, seen_version: int, role: str) -> int:
    """Take a role that was not mapped from a group; the person's new version.

    Raises NotFound, Conflict: for a mapped role, for one the person does not hold, for the last active
    admin's.
    """
    return _change(session, viewer, person_id, seen_version, [], [role])


@command("people.change_roles", permission="person.keep", subject="person")
def change_roles(
    session: Session, viewer: Viewer, person_id: int, seen_version: int, give: Sequence[str],
    take: Sequence[str],
) -> int:  # fmt: skip
    """Give and take several roles, all of it or nothing; the person's new version. Raises as the two above,
    and Invalid when nothing is named."""
    return _change(session, viewer, person_id, seen_version, give, take)


def _change(
    session: Session, viewer: Viewer, person_id: int, seen_version: int, give: Sequence[str],
    take: Sequence[str],
) -> int:  # fmt: skip
    given, taken = [sorted({rules.check_role(role) for role in names}) for names in (give, take)]
    if not (given or taken):
        raise Invalid("person_role_none")
    admins = loading.locked_admins(session, viewer, person_id) if Role.ADMIN in taken else set()
    row = loading.load(session, viewer, person_id, seen_version)
    row.version += 1
    for role in given:
        _give(session, viewer, row, role)
    for role in taken:
        _take(session, viewer, row, role, admins)
    return row.version


def _give(session: Session, viewer: Viewer, row: Person, role: Role) -> None:
    if any(held.origin != rules.MAPPED for held in _held(session, row.id, role)):
        raise Conflict("role_held")
    session.add(PersonRole(person_id=row.id, role=str(role)))
    new = {"role": str(role), "origin": "hand", "_version": row.version}
    audit(session, viewer, "person_role", row.id, new=new)


def _take(session: Session, viewer: Viewer, row: Person, role: Role, admins: set[int]) -> None:
    held = _held(session, row.id, role)
    by_hand = [one for one in held if one.origin != rules.MAPPED]
    if not by_hand:
        raise Conflict("role_mapped" if held else "role_not_held")
    if role is Role.ADMIN and len(by_hand) == len(held):
        rules.check_others(admins, losing=row.id)
    for one in by_hand:
        session.delete(one)
    old = {"role": str(role), "origin": ", ".join(sorted(one.origin for one in by_hand))}
    audit(session, viewer, "person_role", row.id, old=old, new={"_version": row.version})


def _held(session: Session, person_id: int, role: Role) -> list[PersonRole]:
    found = select(PersonRole).where(PersonRole.person_id == person_id, PersonRole.role == str(role))
    return list(session.execute(found).scalars())
