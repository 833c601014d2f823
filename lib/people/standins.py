"""Stand-ins: who works whose book for a while, given, taken back, and told to both."""

from datetime import date

import pandas as pd
from sqlalchemy import Select, case, or_, select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict, Invalid, NotFound
from lib.people import fields, loading, rules
from lib.store import policy
from lib.store.database import read_frame, reading
from lib.store.doors import audit, command, query
from lib.store.forms import earlier_result, remember
from lib.store.models import Delegation, Person, PersonRole
from lib.store.naming import spoken_name

COLUMNS = ("id", "version", "from_id", "giver", "to_id", "taker", "starts_on", "ends_on", "reason")


@command("people.lend_own", permission="book.lend")
def lend_own(
    session: Session, viewer: Viewer, colleague: int, starts_on: date, ends_on: date,
    reason: str | None = None, form_key: str | None = None,
) -> int:  # fmt: skip
    """A colleague sees and works the viewer's book from a day until `ends_on` (exclusive); the id.

    It takes effect at the colleague's next click. Raises Invalid: oneself, the past, too long, a colleague
    who is off or has no role for it.
    """
    return _lend(session, viewer, viewer.person_id, colleague, starts_on, ends_on, reason, form_key)


@command("people.lend_for", permission="book.delegate", subject="person")
def lend_for(
    session: Session, viewer: Viewer, person_id: int, colleague: int, starts_on: date, ends_on: date,
    reason: str | None = None, form_key: str | None = None,
) -> int:  # fmt: skip
    """The same for somebody who reports to the viewer, or by an admin for anybody. Raises NotFound too."""
    loading.load(session, viewer, person_id)
    return _lend(session, viewer, person_id, colleague, starts_on, ends_on, reason, form_key)


def _lend(
    session: Session, viewer: Viewer, from_id: int, to_id: int, starts_on: date, ends_on: date,
    reason: str | None, form_key: str | None,
) -> int:  # fmt: skip
    content = {"from": from_id, "to": to_id, "starts_on": starts_on, "ends_on": ends_on, "reason": reason}
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    longest = int(policy.values("people", viewer.today, session)["longest_stand_in_days"])
    rules.check_stand_in(from_id, to_id, starts_on, ends_on, viewer.today, longest)
    if not loading.holds(session, to_id, rules.STAND_INS):
        raise Invalid("stand_in_unfit")
    row = Delegation(from_id=from_id, to_id=to_id, starts_on=starts_on, ends_on=ends_on,
                     reason=fields.why(reason), created_by=viewer.person_id,
                     created_at=viewer.now)  # fmt: skip
    session.add(row)
    session.flush()
    audit(session, viewer, "delegation", row.id, new=content, reason=row.reason)
    remember(session, viewer, form_key, content, {"id": row.id})
    return row.id


@command("people.take_back", permission="book.lend")
def take_back(session: Session, viewer: Viewer, which: int, seen_version: int) -> int:
    """End the stand-in with this id at once, by either of the two, their lead or an admin; the new version.

    Raises NotFound, Conflict when it is over already or somebody was faster.
    """
    found = (
        select(Delegation)
        .join(Person, Person.id == Delegation.from_id)
        .where(Delegation.id == which)
        .where(or_(Delegation.to_id == viewer.person_id, loading.visible_people(viewer)))
    )
    row = session.execute(found.with_for_update(of=Delegation)).scalars().first()
    if row is None:
        raise NotFound()
    if row.version != seen_version:
        raise Conflict("changed_meanwhile", seen=seen_version, now=row.version)
    if row.ended_at is not None or row.ends_on <= viewer.today:
        raise Conflict("stand_in_over")
    row.ended_at, row.version = viewer.now, row.version + 1
    new = {"ended_at": viewer.now, "_version": row.version}
    audit(session, viewer, "delegation", row.id, old={"ends_on": row.ends_on}, new=new)
    return row.version


def _read(viewer: Viewer) -> Select:
    giver, taker = Person.__table__.alias("giver"), Person.__table__.alias("taker")
    return (
        select(
            Delegation.id, Delegation.version, Delegation.from_id,
            spoken_name(viewer, giver.c).label("giver"), Delegation.to_id,
            spoken_name(viewer, taker.c).label("taker"), Delegation.starts_on, Delegation.ends_on,
            Delegation.reason,
        )
        .join(giver, giver.c.id == Delegation.from_id)
        .join(taker, taker.c.id == Delegation.to_id)
        .where(Delegation.ended_at.is_(None), Delegation.ends_on > viewer.today)
        .order_by(case((Delegation.starts_on <= viewer.today, 0), else_=1), Delegation.ends_on, Delegation.id)
    )  # fmt: skip


@query("people.own_stand_ins", permission="today.read")
def own(viewer: Viewer) -> pd.DataFrame:
    """The running and coming stand-ins the viewer gave or took: COLUMNS, names in the viewer's language,
    `ends_on` exclusive; running ones first."""
    mine = or_(Delegation.from_id == viewer.person_id, Delegation.to_id == viewer.person_id)
    with reading() as connection:
        # Every click asks, and mostly there is none: the names are joined only when there is one.
        if connection.execute(select(Delegation.id).where(mine, Delegation.ended_at.is_(None))).first():
            return read_frame(_read(viewer).where(mine), connection)
    return pd.DataFrame(columns=list(COLUMNS))


@query("people.stand_ins", permission="person.read")
def all_of_team(viewer: Viewer) -> pd.DataFrame:
    """The running and coming stand-ins of the people the viewer sees, whichever side they are on; COLUMNS."""
    seen = select(Person.id).where(loading.visible_people(viewer))
    return read_frame(_read(viewer).where(or_(Delegation.from_id.in_(seen), Delegation.to_id.in_(seen))))


@query("people.possible_stand_ins", permission="book.lend")
def possible(viewer: Viewer) -> pd.DataFrame:
    """id, name: active colleagues whose role lets them work a book, by name; no secret of a book."""
    fit = select(PersonRole.person_id).where(PersonRole.role.in_(sorted(map(str, rules.STAND_INS))))
    name = spoken_name(viewer, Person)
    return read_frame(
        select(Person.id, name.label("name"))
        .where(Person.active, Person.id.in_(fit))
        .order_by(name, Person.id)
    )
