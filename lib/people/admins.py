"""The admins of the desk: the last one who can sign in is never lost."""

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Role
from lib.settings import settings
from lib.store.models import Person, PersonRole

ADMIN_ID = select(PersonRole.person_id).where(PersonRole.role == Role.ADMIN)


def active_admins(session: Session) -> set[int]:
    """Ids of the people who can act as admin: active, and with a provider known to it.

    Their rows are locked, lowest id first, until the transaction ends: two admins who switch each other
    off at the same moment wait for one another, and the second is refused.
    """
    statement = select(Person.id).where(Person.active, Person.id.in_(ADMIN_ID)).order_by(Person.id)
    if settings().has_provider:
        statement = statement.where(Person.issuer.is_not(None))
    return set(session.execute(statement.with_for_update()).scalars())
