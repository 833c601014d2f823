"""Reads people for the page and the command line: who is there, what they hold, what nobody looks after."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Subquery, case, func, or_, select
from sqlalchemy.engine import Connection

from lib.access import DUTY_ROLES, Viewer
from lib.errors import Invalid, NotFound
from lib.people import rules
from lib.people.loading import visible_people
from lib.store import cover
from lib.store.database import read_frame, read_one, reading
from lib.store.doors import query
from lib.store.models import Account, Assignment, Person, PersonRole, SignIn
from lib.store.naming import spoken_name
from lib.store.scope import visible_accounts

STATES = ("active", "waiting", "off")
COLUMNS = (
    "id",
    "name",
    "email",
    "team",
    "lead",
    "state",
    "mapped",
    "by_hand",
    "signed_in_at",
    "owned",
    "backed_up",
)


@dataclass(frozen=True)
class PersonView:
    """One person for the drawer. `roles` is role -> its origins; `owned` and `backed_up` count the accounts
    they hold now, `sold` those they hold for sales; `open_sign_ins` those not ended."""

    id: int
    version: int
    name: str
    values: dict[str, Any]
    lead_id: int | None
    lead: str | None
    state: str
    roles: dict[str, tuple[str, ...]]
    issuer: str | None
    subject: str | None
    signed_in_at: datetime | None
    open_sign_ins: int
    owned: int
    backed_up: int
    sold: int

    @property
    def held(self) -> int:
        return self.owned + self.backed_up + self.sold


def _state() -> ColumnElement[str]:
    """waiting: they signed in with the provider and nobody gave them a role yet."""
    has_role = Person.id.in_(select(PersonRole.person_id))
    waits = Person.issuer.is_not(None) & ~has_role
    return case((~Person.active, "off"), (waits, "waiting"), else_="active")


def _held() -> Subquery:
    """person_id, owned, backed_up, sold: the assignments that hold now."""
    counts = [
        func.sum(case((Assignment.duty == duty, 1), else_=0)).label(name)
        for duty, name in (("owner", "owned"), ("backup", "backed_up"), ("sales", "sold"))
    ]
    return (
        select(Assignment.person_id, *counts)
        .where(Assignment.until.is_(None))
        .group_by(Assignment.person_id)
        .subquery("held")
    )


@query("people.listed", permission="person.read")
def listed(viewer: Viewer) -> pd.DataFrame:
    """Everybody the viewer sees, waiting ones first, then by name: COLUMNS.

    name, lead: in the viewer's language; state: one of STATES; mapped and by_hand: tuples of role codes in
    the order of access.Role; signed_in_at: UTC; owned and backed_up: accounts now. A desk has hundreds of
    people, not thousands: the page filters them itself.
    """
    lead, held = Person.__table__.alias("lead"), _held()
    spoken_lead = func.coalesce(func.nullif(lead.c.name_zh, ""), lead.c.name)
    name = spoken_name(viewer, Person)
    statement = (
        select(
            Person.id, name.label("name"), Person.email, Person.team,
            (spoken_lead if viewer.language == "zh-CN" else lead.c.name).label("lead"),
            _state().label("state"), Person.signed_in_at, func.coalesce(held.c.owned, 0).label("owned"),
            func.coalesce(held.c.backed_up, 0).label("backed_up"),
        )
        .outerjoin(lead, lead.c.id == Person.manager_id)
        .outerjoin(held, held.c.person_id == Person.id)
        .where(visible_people(viewer))
        .order_by(case((_state() == "waiting", 0), (Person.active, 1), else_=2), name, Person.id)
    )  # fmt: skip
    with reading() as connection:
        frame = read_frame(statement, connection)
        roles = _roles(viewer, connection)
    for column, mapped in (("mapped", True), ("by_hand", False)):
        told = [_named(roles.get(int(i), {}), mapped) for i in frame["id"]]
        frame[column] = pd.Series(told, index=frame.index, dtype="object")
    return frame[list(COLUMNS)]


def _roles(viewer: Viewer, connection: Connection, person_id: int | None = None) -> dict[int, dict[str, Any]]:
    """person id -> role -> origins, roles in the order of access.Role."""
    found = select(PersonRole.person_id, PersonRole.role, PersonRole.origin).join(
        Person, Person.id == PersonRole.person_id
    )
    found = found.where(visible_people(viewer)).order_by(PersonRole.person_id, PersonRole.origin)
    if person_id is not None:
        found = found.where(Person.id == person_id)
    order = {str(role): place for place, role in enumerate(rules.HAND_ROLES)}
    held: dict[int, dict[str, Any]] = {}
    for row in sorted(connection.execute(found), key=lambda row: order.get(row.role, 99)):
        held.setdefault(row.person_id, {}).setdefault(row.role, []).append(row.origin)
    return held


def _named(roles: dict[str, list[str]], mapped: bool) -> tuple[str, ...]:
    """A role that is both mapped and given by hand is told once, as given by hand: that one stays."""
    return tuple(role for role, origins in roles.items() if (set(origins) == {rules.MAPPED}) is mapped)


@query("people.person", permission="person.read", subject="person")
def person(viewer: Viewer, person_id: int) -> PersonView:
    """One person the viewer sees. Raises NotFound."""
    held = _held()
    lead = Person.__table__.alias("lead")
    statement = (
        select(
            *Person.__table__.columns, spoken_name(viewer, Person).label("spoken"), _state().label("state"),
            lead.c.name.label("lead_name"), lead.c.name_zh.label("lead_zh"), held.c.owned, held.c.backed_up,
            held.c.sold,
        )
        .outerjoin(held, held.c.person_id == Person.id)
        .outerjoin(lead, lead.c.id == Person.manager_id)
        .where(Person.id == person_id, visible_people(viewer))
    )  # fmt: skip
    with reading() as connection:
        row = read_one(statement, connection)
        if row is None:
            raise NotFound()
        roles = _roles(viewer, connection, person_id).get(person_id, {})
        open_ones = select(func.count()).select_from(SignIn).where(
            SignIn.person_id == person_id, SignIn.ended_at.is_(None)
        )  # fmt: skip
        signed_in = connection.execute(open_ones).scalar_one()
    chinese = viewer.language == "zh-CN"
    return PersonView(
        id=row.id, version=row.version, name=row.spoken, lead_id=row.manager_id,
        values={key: getattr(row, key) for key in ("name", "name_zh", "email", "team", "language")},
        lead=(row.lead_zh or row.lead_name) if chinese else row.lead_name, state=row.state,
        roles={role: tuple(origins) for role, origins in roles.items()}, issuer=row.issuer,
        subject=row.subject, signed_in_at=row.signed_in_at, open_sign_ins=signed_in, owned=row.owned or 0,
        backed_up=row.backed_up or 0, sold=row.sold or 0,
    )  # fmt: skip


@query("people.called", permission="person.read")
def called(viewer: Viewer, text: str) -> PersonView:
    """The one person with this number, name (in either language) or e-mail address; for the command line.

    Raises Invalid("person_unknown"), Invalid("person_ambiguous") when several are called so.
    """
    wanted = text.strip()
    names = (Person.name, Person.name_zh, Person.email)
    same = or_(*(func.lower(column) == wanted.lower() for column in names))
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 16:
        same = Person.id == int(wanted)
    with reading() as connection:
        ids = connection.execute(select(Person.id).where(same, visible_people(viewer))).scalars().all()
    if len(ids) != 1:
        raise Invalid("person_ambiguous" if ids else "person_unknown", name=wanted[:60])
    return person(viewer, ids[0])


@query("people.names", permission="person.read")
def names(viewer: Viewer) -> dict[int, str]:
    """id -> name of the active people who may lead others, by name."""
    name = spoken_name(viewer, Person)
    found = select(Person.id, name.label("name")).where(Person.active, visible_people(viewer))
    with reading() as connection:
        return {row.id: row.name for row in connection.execute(found.order_by(name, Person.id))}


@query("people.givers", permission="book.hand_over")
def givers(viewer: Viewer) -> dict[int, str]:
    """id -> name of the people the viewer sees who hold an account now, switched off or not, by name."""
    holds = select(Assignment.person_id).where(Assignment.until.is_(None))
    name = spoken_name(viewer, Person)
    found = select(Person.id, name.label("name")).where(Person.id.in_(holds), visible_people(viewer))
    with reading() as connection:
        return {row.id: row.name for row in connection.execute(found.order_by(name, Person.id))}


@query("people.receivers", permission="book.hand_over")
def receivers(viewer: Viewer) -> dict[int, str]:
    """id -> name of the active people whose role fits an account's owner, by name."""
    fit = select(PersonRole.person_id).where(PersonRole.role.in_(sorted(map(str, DUTY_ROLES["owner"]))))
    name = spoken_name(viewer, Person)
    found = select(Person.id, name.label("name")).where(Person.active, Person.id.in_(fit))
    with reading() as connection:
        return {row.id: row.name for row in connection.execute(found.order_by(name, Person.id))}


def _uncovered(viewer: Viewer) -> tuple[Subquery, Subquery, list[ColumnElement[bool]]]:
    owner, backup = cover.fit("owner"), cover.fit("backup")
    return owner, backup, [*cover.lacking(owner, backup), visible_accounts(viewer)]


@query("people.uncovered", permission="person.read")
def uncovered(viewer: Viewer) -> pd.DataFrame:
    """account_id, account, tier, owner, backup, missing (owner backup both): VIP accounts of the viewer's
    scope that lack an owner or a backup who is active and fit for it; without an owner first, then by name.
    """
    owner, backup, clauses = _uncovered(viewer)
    missing = case(
        (owner.c.account_id.is_not(None), "backup"), (backup.c.account_id.is_not(None), "owner"), else_="both"
    )
    chinese = viewer.language == "zh-CN"
    spoken = [
        (func.coalesce(func.nullif(s.c.name_zh, ""), s.c.name) if chinese else s.c.name).label(label)
        for s, label in ((owner, "owner"), (backup, "backup"))
    ]
    name = spoken_name(viewer, Account)
    return read_frame(
        select(Account.id.label("account_id"), name.label("account"), Account.tier, *spoken,
               missing.label("missing"))
        .outerjoin(owner, owner.c.account_id == Account.id)
        .outerjoin(backup, backup.c.account_id == Account.id)
        .where(*clauses)
        .order_by(case((missing == "backup", 1), else_=0), name, Account.id)
    )  # fmt: skip


@query("people.uncovered_count", permission="person.read")
def uncovered_count(viewer: Viewer) -> int:
    """How many accounts `uncovered` lists."""
    owner, backup, clauses = _uncovered(viewer)
    counted = (
        select(func.count())
        .select_from(Account)
        .outerjoin(owner, owner.c.account_id == Account.id)
        .outerjoin(backup, backup.c.account_id == Account.id)
        .where(*clauses)
    )
    with reading() as connection:
        return connection.execute(counted).scalar_one()
