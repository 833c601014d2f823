"""The admins of the desk: the last one who can sign in is never lost."""

from sqlalchemy import or_, select
from sqlmodel import Session

from lib.access import Role
from lib.settings import settings
from lib.store.models import Person, PersonRole

ADMIN_ID = select(PersonRole.person_id).where(PersonRole.role == Role.ADMIN)


def active_admins(session: Session, also: int | None = None) -> set[int]:
    """Ids of the people who can act as admin: active, and with a provider known to it.

    Their rows, and that of the person `also`, are locked, lowest id first, until the transaction ends: two
    admins who switch each other off at the same moment wait for one another, and the second is refused. Who
    they are is read once more behind the lock, because a role may have gone while it was waited for.
    """
    admins = select(Person.id).where(Person.active, Person.id.in_(ADMIN_ID))
    if settings().has_provider:
        admins = admins.where(Person.issuer.is_not(None))
    wanted = select(Person.id).where(or_(Person.id.in_(admins), Person.id == also))
    session.execute(wanted.order_by(Person.id).with_for_update()).all()
    return set(session.execute(admins).scalars())
