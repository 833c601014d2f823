"""Which people a viewer sees and changes, and the locks that keep one admin at the desk."""

from sqlalchemy import ColumnElement, and_, or_, select
from sqlmodel import Session

from lib.access import Role, Viewer, require
from lib.errors import Conflict, Invalid, NotFound
from lib.people import rules
from lib.people.admins import active_admins
from lib.people.identity import TECHNICAL
from lib.store.models import Person, PersonRole
from lib.store.standing import renewed

MERGED = "merged-"  # begins the key of a waiting identity whose sign-in went to another record


def visible_people(viewer: Viewer) -> ColumnElement[bool]:
    """True for the people a viewer sees: all of them for who keeps people's records, for others themselves
    and those who report to them. The technical person and emptied records are nobody's."""
    people = and_(Person.external_id != TECHNICAL, ~Person.external_id.startswith(MERGED, autoescape=True))
    if viewer.may("person.keep"):
        return people
    return and_(people, or_(Person.id == viewer.person_id, Person.manager_id == viewer.person_id))


def load(session: Session, viewer: Viewer, person_id: int, seen_version: int | None = None) -> Person:
    """The person to change, locked. Raises NotFound, Conflict when the viewer saw another version."""
    statement = select(Person).where(Person.id == person_id, visible_people(viewer)).with_for_update()
    row = session.execute(statement).scalars().first() if isinstance(person_id, int) else None
    if row is None:
        raise NotFound()
    if seen_version is not None and row.version != seen_version:
        raise Conflict("changed_meanwhile", seen=seen_version, now=row.version)
    return row


def locked_admins(session: Session, viewer: Viewer, person_id: int) -> set[int]:
    """Everybody who can act as admin, locked with the person. The viewer may have lost the right while they
    waited for the lock: that is looked at again. Raises NotAllowed."""
    admins = active_admins(session, person_id)
    require(renewed(session, viewer), "person.keep")
    return admins


def check_lead(session: Session, person_id: int | None, lead_id: int | None) -> None:
    """An active colleague, and no ring of leads; everybody is locked, so that no two changes close one.
    Raises Invalid."""
    if lead_id is None:
        return
    everybody = session.execute(
        select(Person.id, Person.manager_id, Person.active, Person.external_id)
        .order_by(Person.id)
        .with_for_update()
    ).all()
    fit = {row.id for row in everybody if row.active and row.external_id != TECHNICAL}
    if lead_id not in fit:
        raise Invalid("lead_unknown")
    if person_id is not None:
        rules.check_lead(person_id, lead_id, {row.id: row.manager_id for row in everybody})


def holds(session: Session, person_id: int, roles: frozenset[Role]) -> bool:
    """Whether an active person holds one of the roles."""
    found = (
        select(Person.id)
        .join(PersonRole, PersonRole.person_id == Person.id)
        .where(Person.id == person_id, Person.active, Person.external_id != TECHNICAL)
        .where(PersonRole.role.in_(sorted(map(str, roles))))
    )
    return session.execute(found).first() is not None
