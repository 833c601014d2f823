"""Which people of the team a viewer sees, and what their books weigh, in set-based reads."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.engine import Connection
from sqlmodel import Session

from lib.access import Role, Viewer
from lib.errors import Conflict, NotFound
from lib.store import policy
from lib.store.models import Account, Assignment, BookHandover, Person, PersonRole, StaffProfile
from lib.teams import rules, zones
from lib.teams.proposals import Candidate
from lib.teams.rules import Limits, Load

_STAFF = sorted(str(role) for role in Role if role is not Role.TECHNICAL)
LOOK_AFTER = {str(Role.ACCOUNT_MANAGER), str(Role.TEAM_LEAD)}  # an admin holds accounts for a while


def limits(viewer: Viewer, connection: Connection | Session | None = None) -> Limits:
    found = (policy.values(name, viewer.today, connection) for name in ("team", "vip"))
    return rules.limits(*found)


def staff() -> ColumnElement[bool]:
    """True for people with a role of the desk: not the command line's, not emptied records."""
    return Person.id.in_(select(PersonRole.person_id).where(PersonRole.role.in_(_STAFF)))


def team(viewer: Viewer) -> ColumnElement[bool]:
    """True for the people a viewer leads: everybody for leadership and admins, else who reports to them.
    Somebody who leads nobody sees themselves alone."""
    if viewer.may("team.keep") and viewer.may("account.all"):
        return staff()
    if viewer.may("team.keep"):
        return or_(Person.id == viewer.person_id, Person.manager_id == viewer.person_id)
    return Person.id == viewer.person_id


def handovers(viewer: Viewer) -> ColumnElement[bool]:
    """True for handovers from, to or by the viewer, those they lead and those they stand in for; all of them
    for who sees every account."""
    if viewer.may("account.all"):
        return true()
    h, people = BookHandover, select(Person.id).where(or_(team(viewer), Person.id.in_(viewer.books)))
    return or_(h.from_id.in_(people), h.to_id.in_(people), h.by_id == viewer.person_id)


def load_person(session: Session, viewer: Viewer, person_id: int) -> Person:
    """Somebody the viewer leads, locked. Raises NotFound."""
    found = select(Person).where(Person.id == person_id, team(viewer), staff()).with_for_update()
    row = session.execute(found).scalars().first() if isinstance(person_id, int) else None
    if row is None:
        raise NotFound()
    return row


def check_version(row: object, seen_version: int | None) -> None:
    if seen_version is not None and row.version != seen_version:
        raise Conflict("changed_meanwhile", seen=seen_version, now=row.version)


def loads(connection: Connection | Session, by: Limits) -> dict[int, Load]:
    """person -> what they carry now, for everybody who holds an account; those that left weigh nothing."""
    held = (
        select(Assignment.person_id, Assignment.duty, Account.tier, Account.is_vip, func.count())
        .join(Account, Account.id == Assignment.account_id)
        .where(Assignment.until.is_(None), Assignment.duty.in_(["owner", "backup"]))
        .where(Account.status != "churned")
        .group_by(Assignment.person_id, Assignment.duty, Account.tier, Account.is_vip)
    )
    return rules.loads((tuple(row) for row in connection.execute(held)), by)


def roles(connection: Connection | Session) -> dict[int, list[str]]:
    """person -> role codes, each once, in the order of access.Role."""
    order = [str(role) for role in Role]
    found: dict[int, set[str]] = {}
    for person_id, role in connection.execute(select(PersonRole.person_id, PersonRole.role)):
        found.setdefault(person_id, set()).add(role)
    return {person_id: sorted(held & set(order), key=order.index) for person_id, held in found.items()}


def after(connection: Connection, by: Limits, from_id: int, to_id: int, account_ids: set[int]) -> Load:
    """What the receiver carries once these accounts of the giver are theirs: they are never owner and backup
    of one account."""
    held = (
        select(Assignment.account_id, Assignment.person_id, Assignment.duty, Account.tier, Account.is_vip)
        .join(Account, Account.id == Assignment.account_id)
        .where(Assignment.until.is_(None), Assignment.duty.in_(["owner", "backup"]))
        .where(Assignment.person_id.in_([from_id, to_id]), Account.status != "churned")
    )
    duties: dict[int, tuple[str, str | None, bool]] = {}
    for account_id, person_id, duty, tier, is_vip in connection.execute(held):
        if person_id == from_id and account_id not in account_ids:
            continue
        first = duties.get(account_id, (duty,))[0]
        duties[account_id] = ("owner" if "owner" in (first, duty) else "backup", tier, is_vip)
    rows = [(to_id, duty, tier, bool(is_vip), 1) for duty, tier, is_vip in duties.values()]
    return rules.loads(rows, by).get(to_id, rules.NOBODY)


def candidates(
    connection: Connection | Session, viewer: Viewer, by: Limits, carried: Mapping[int, Load],
    *, everybody: bool = False,
) -> list[Candidate]:  # fmt: skip
    """Active account managers and team leads the viewer may give an account to, by id."""
    fit = select(PersonRole.person_id).where(PersonRole.role.in_(sorted(LOOK_AFTER)))
    chinese = viewer.language == "zh-CN"
    found = (
        select(Person.id, Person.name, Person.name_zh, Person.language, Person.zone, StaffProfile.level,
               StaffProfile.languages, StaffProfile.zone.label("works_in"), StaffProfile.hours)
        .outerjoin(StaffProfile, StaffProfile.person_id == Person.id)
        .where(Person.active, Person.id.in_(fit), true() if everybody else team(viewer))
        .order_by(Person.id)
    )  # fmt: skip
    usual = zones.office(by.start, by.end)
    return [
        Candidate(
            id=row.id, name=(row.name_zh or row.name) if chinese else row.name,
            points=carried.get(row.id, rules.NOBODY).points, level=row.level,
            speaks=spoken(row.languages, row.language), zone=row.works_in or row.zone or viewer.zone,
            week=zones.week_of(row.hours, usual),
        )
        for row in connection.execute(found)
    ]  # fmt: skip


def spoken(languages: str | None, own: str) -> frozenset[str]:
    """The languages somebody speaks: those noted, else the one they use the desk in."""
    noted = [code.strip() for code in (languages or "").split(",") if code.strip()]
    return frozenset(noted or [own])
