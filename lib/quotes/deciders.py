"""Reads who may decide about a quote today: approver levels, who had a hand in it, who stands in for whom."""

from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlmodel import Session

from lib.access import Role, Viewer
from lib.errors import NotAllowed
from lib.quotes.approvals import LEVEL_OF, Desk, Holder, level_of, may_decide, people_text, seats
from lib.store.models import Person, PersonRole, Quote
from lib.store.naming import spoken_name
from lib.store.stand_ins import stood_in_for


def hands_of(quote: Quote) -> list[int]:
    """Everybody who made or edited any version of the quote."""
    return [quote.created_by, *quote.editors]


def desk_of(source: Session | Connection, viewer: Viewer, quote: Quote, level: int) -> Desk:
    """Who holds the level, who of them may decide about this quote, and the admins who can give it."""
    if not level:
        return Desk(0, (), ())
    holders, admins = holders_of(source, viewer)
    return seats(level, holders, hands_of(quote), admins)


def holders_of(source: Session | Connection, viewer: Viewer) -> tuple[list[Holder], list[str]]:
    """Everybody with an approver role, the lowest level first, and the names of the admins.

    Whoever stands in today for another approver decides at that one's level as well.
    """
    roles = [*LEVEL_OF, Role.ADMIN]
    rows = source.execute(
        select(Person.id, spoken_name(viewer, Person).label("name"), PersonRole.role)
        .join(PersonRole, PersonRole.person_id == Person.id)
        .where(Person.active, PersonRole.role.in_(roles))
        .order_by(Person.name, Person.id)
    ).fetchall()
    held: dict[tuple[int, str], set[str]] = {}
    for row in rows:
        held.setdefault((row.id, row.name), set()).add(row.role)
    levels = {person_id: level_of(roles) for (person_id, _name), roles in held.items()}
    stood = stood_in_for(source, list(levels), viewer.today)
    away = {absent for person_id, others in stood.items() if levels[person_id] for absent in others}
    holders = []
    for person_id, name in held:
        if levels[person_id]:
            others = frozenset(stood.get(person_id, ()))
            reach = max([levels[person_id], *(levels.get(other, 0) for other in others)])
            holders.append(Holder(person_id, name, reach, others, levels[person_id], person_id in away))
    admins = [name for (_person_id, name), roles in held.items() if Role.ADMIN in roles]
    return sorted(holders, key=lambda h: (h.level, h.name)), admins


def reach_of(source: Session | Connection, viewer: Viewer) -> int:
    """The level the viewer decides at today: their own, or that of an approver they stand in for."""
    holders, _admins = holders_of(source, viewer)
    return next((holder.level for holder in holders if holder.id == viewer.person_id), level_of(viewer.roles))


def bar_of(source: Session | Connection, viewer: Viewer, quote: Quote, level: int) -> str | None:
    """Why the viewer may not decide about this quote: four_eyes, stand_in or level; None when they may."""
    hands = hands_of(quote)
    if not may_decide(viewer.person_id, hands):
        return "four_eyes"
    stands_in = stood_in_for(source, [viewer.person_id], viewer.today).get(viewer.person_id, ())
    if not may_decide(viewer.person_id, hands, stands_in):
        return "stand_in"
    if not viewer.may("quote.approve"):
        return "level"
    return None if level_of(viewer.roles) >= level or reach_of(source, viewer) >= level else "level"


def require_free_eyes(source: Session | Connection, viewer: Viewer, quote: Quote) -> None:
    """Raises NotAllowed for whoever had a hand in the quote or stands in today for somebody who did."""
    bar = bar_of(source, viewer, quote, 0)
    if bar in ("four_eyes", "stand_in"):
        raise NotAllowed("quote_four_eyes" if bar == "four_eyes" else "quote_four_eyes_stand_in")


def require_level(source: Session | Connection, viewer: Viewer, quote: Quote, level: int) -> None:
    """Raises NotAllowed naming the level and who may decide, for an approver who does not reach so far."""
    if level_of(viewer.roles) >= level or reach_of(source, viewer) >= level:
        return
    desk = desk_of(source, viewer, quote, level)
    if desk.able:
        people = people_text([holder.name for holder in desk.able], viewer.language)
        raise NotAllowed("quote_approver_level", level=level, people=people)
    raise NotAllowed("quote_approver_none", level=level)
