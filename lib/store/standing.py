"""How a person stands with the desk: read from the store on every run, and again inside every command.

Claims and session values go stale; the store alone knows who was switched off, who lost a role, whose
sign-in was ended and who stands in for whom today.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, exists, func, select, true, union_all
from sqlalchemy.engine import Connection
from sqlmodel import Session

from lib.access import Role, Viewer
from lib.errors import NotAllowed
from lib.settings import settings
from lib.store.models import Delegation, Person, PersonRole, SignIn


@dataclass(frozen=True)
class Standing:
    """An active person with their roles; `books` as in access.Viewer."""

    person_id: int
    name: str
    name_zh: str | None
    language: str
    zone: str | None
    currency: str | None
    roles: frozenset[Role]
    books: frozenset[int]


def standing_of(
    connection: Connection | Session, person_id: int, now: datetime, sign_in_id: int | None = None
) -> Standing | None:
    """The person's standing at an instant; None when there is no such active person.

    With `sign_in_id` also None once that sign-in was ended, is too old or lay idle for too long.
    """
    p = Person
    found = connection.execute(
        select(p.id, p.name, p.name_zh, p.language, p.zone, p.currency, PersonRole.role)
        .outerjoin(PersonRole, PersonRole.person_id == Person.id)
        .where(Person.id == person_id, Person.active)
        .where(true() if sign_in_id is None else _still_in(sign_in_id, now))
    ).fetchall()
    if not found:
        return None
    first, roles = found[0], frozenset(Role(row.role) for row in found if row.role)
    books = _books(connection, person_id, roles, now) if roles else frozenset()
    return Standing(
        first.id, first.name, first.name_zh, first.language, first.zone, first.currency, roles, books
    )


def _still_in(sign_in_id: int, now: datetime) -> ColumnElement[bool]:
    return exists().where(SignIn.id == sign_in_id, SignIn.person_id == Person.id, good(now)).correlate(Person)


def good(now: datetime) -> ColumnElement[bool]:
    """True for a sign-in that still holds: not ended, not from before the person's `valid_after`, within
    the longest time and not idle for too long. Needs SignIn and Person in the statement."""
    return (
        SignIn.ended_at.is_(None)
        & (SignIn.started_at >= func.coalesce(Person.valid_after, SignIn.started_at))
        & (SignIn.started_at > now - timedelta(hours=settings().session_hours))
        & (SignIn.seen_at > now - timedelta(minutes=settings().session_idle_minutes))
    )


def _books(
    connection: Connection | Session, person_id: int, roles: frozenset[Role], now: datetime
) -> frozenset[int]:
    """The people whose accounts the person sees beside their own today."""
    today = now.astimezone(ZoneInfo(settings().zone)).date()
    wanted = select(Delegation.from_id).where(
        Delegation.to_id == person_id, Delegation.starts_on <= today, Delegation.ends_on > today,
        Delegation.ended_at.is_(None),
    )  # fmt: skip
    if Role.TEAM_LEAD in roles:
        wanted = union_all(wanted, select(Person.id).where(Person.manager_id == person_id))
    return frozenset(connection.execute(wanted).scalars())


def renewed(session: Session, viewer: Viewer) -> Viewer:
    """The viewer with today's roles and books, for the transaction that is about to write.

    Raises NotAllowed("signed_out") for somebody switched off or signed out since the page was drawn.
    """
    now = standing_of(session, viewer.person_id, viewer.now, viewer.sign_in_id)
    if now is None:
        raise NotAllowed("signed_out")
    if now.roles == viewer.roles and now.books == viewer.books:
        return viewer
    return replace(viewer, roles=now.roles, books=now.books)
