"""Who a person is to the desk: turns a person's record into a viewer. Read anew on every run."""

from datetime import datetime

import pandas as pd
from sqlalchemy import select
from sqlmodel import Session

from lib.access import Role, Viewer
from lib.settings import settings
from lib.store.database import reading
from lib.store.models import Person, PersonRole
from lib.store.standing import standing_of

TECHNICAL = "technical"
MOST_ADMINS = 3


def viewer_of(
    person_id: int,
    now: datetime,
    language: str | None = None,
    *,
    address: str | None = None,
    sign_in_id: int | None = None,
) -> Viewer | None:
    """The viewer for an active person; None when there is no such person, they are switched off, or the
    sign-in no longer holds."""
    with reading() as connection:
        found = standing_of(connection, person_id, now, sign_in_id)
    if found is None:
        return None
    spoken = language or found.language
    return Viewer(
        person_id=found.person_id,
        name=(found.name_zh or found.name) if spoken == "zh-CN" else found.name,
        roles=found.roles,
        now=now,
        language=spoken,
        zone=settings().zone,
        own_zone=found.zone,
        currency=found.currency,
        address=address,
        sign_in_id=sign_in_id,
        books=found.books,
    )


def technical_viewer(now: datetime, acting_as: str) -> Viewer:
    """The named technical person behind the command line and the daily run.

    `acting_as` is the operating-system user, kept in the audit. Raises LookupError before the store is
    prepared.
    """
    with reading() as connection:
        person_id = connection.execute(select(Person.id).where(Person.external_id == TECHNICAL)).scalar()
    if person_id is None:
        raise LookupError("the store has no technical person; run: python -m lib migrate")
    return Viewer(
        person_id=person_id,
        name="VIP Desk",
        roles=frozenset({Role.TECHNICAL}),
        now=now,
        zone=settings().zone,
        acting_as=acting_as,
    )


def seed_technical(session: Session, now: datetime) -> None:
    """The technical person, once."""
    if session.execute(select(Person.id).where(Person.external_id == TECHNICAL)).first():
        return
    person = Person(external_id=TECHNICAL, name="VIP Desk", created_at=now)
    session.add(person)
    session.flush()
    session.add(PersonRole(person_id=person.id, role=Role.TECHNICAL, origin="system"))


def seed_first_people(session: Session, now: datetime, language: str = "en") -> None:
    """One local person per role, so that an empty store can be opened on this machine; none elsewhere."""
    names = {
        Role.ADMIN: ("Local admin", "本机管理员"),
        Role.ACCOUNT_MANAGER: ("Local account manager", "本机客户经理"),
        Role.SALES: ("Local seller", "本机销售"),
        Role.LEADERSHIP: ("Local leader", "本机管理层"),
    }
    for role, (name, name_zh) in names.items():
        person = Person(
            external_id=f"local-{role}", name=name, name_zh=name_zh, language=language, created_at=now
        )
        session.add(person)
        session.flush()
        session.add(PersonRole(person_id=person.id, role=role, origin="local"))


def names_of_admins(language: str) -> list[str]:
    """Whom to ask for a role: the active admins the provider knows, by name, at most MOST_ADMINS."""
    statement = (
        select(Person.name, Person.name_zh)
        .join(PersonRole, PersonRole.person_id == Person.id)
        .where(Person.active, Person.issuer.is_not(None), PersonRole.role == Role.ADMIN)
        .distinct()
        .order_by(Person.name)
        .limit(MOST_ADMINS)
    )
    with reading() as connection:
        found = connection.execute(statement).fetchall()
    return [(row.name_zh or row.name) if language == "zh-CN" else row.name for row in found]


def local_people() -> pd.DataFrame:
    """id, name, name_zh, role, team: the active people a local visitor may choose from, by role, then id.

    A person with several roles shows the first; the technical person is not among them.
    """
    statement = (
        select(Person.id, Person.name, Person.name_zh, PersonRole.role, Person.team)
        .join(PersonRole, PersonRole.person_id == Person.id)
        .where(Person.active, PersonRole.role != Role.TECHNICAL)
        .order_by(Person.id, PersonRole.id)
    )
    with reading() as connection:
        first = {row.id: row for row in reversed(connection.execute(statement).fetchall())}
    order = {str(role): i for i, role in enumerate(Role)}
    rows = sorted(first.values(), key=lambda row: (order[row.role], row.id))  # pandas took four times as long
    return pd.DataFrame(rows, columns=["id", "name", "name_zh", "role", "team"])
