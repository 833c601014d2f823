"""Who a person is to the desk: turns a person's record into a viewer. Read anew on every run."""

from datetime import datetime

import pandas as pd
from sqlalchemy import select
from sqlmodel import Session

from lib.access import Role, Viewer
from lib.settings import settings
from lib.store.database import reading
from lib.store.models import Person, PersonRole

TECHNICAL = "technical"


def viewer_of(person_id: int, now: datetime, language: str | None = None) -> Viewer | None:
    """The viewer for an active person; None when there is no such person or they are switched off."""
    with reading() as connection:
        found = connection.execute(
            select(Person.id, Person.name, Person.name_zh, Person.language, PersonRole.role)
            .outerjoin(PersonRole, PersonRole.person_id == Person.id)
            .where(Person.id == person_id, Person.active)
        ).fetchall()
    if not found:
        return None
    first = found[0]
    spoken = language or first.language
    return Viewer(
        person_id=first.id,
        name=(first.name_zh or first.name) if spoken == "zh-CN" else first.name,
        roles=frozenset(Role(row.role) for row in found if row.role),
        now=now,
        language=spoken,
        zone=settings().zone,
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


def seed_first_people(session: Session, now: datetime) -> None:
    """One local person per role, so that an empty store can be opened on this machine; none elsewhere."""
    names = {
        Role.ADMIN: ("Local admin", "本机管理员"),
        Role.ACCOUNT_MANAGER: ("Local account manager", "本机客户经理"),
        Role.SALES: ("Local seller", "本机销售"),
        Role.LEADERSHIP: ("Local leader", "本机管理层"),
    }
    for role, (name, name_zh) in names.items():
        person = Person(external_id=f"local-{role}", name=name, name_zh=name_zh, created_at=now)
        session.add(person)
        session.flush()
        session.add(PersonRole(person_id=person.id, role=role, origin="local"))


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
