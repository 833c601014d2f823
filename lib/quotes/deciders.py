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
    away = stood_in_for(source, [person_id for person_id, _name in held], viewer.today)
    holders = [
        Holder(person_id, name, level_of(roles), frozenset(away.get(person_id, ())))
        for (person_id, name), roles in held.items()
        if level_of(roles)
    ]
    admins = [name for (_person_id, name), roles in held.items() if Role.ADMIN in roles]
    return seats(level, sorted(holders, key=lambda h: (h.level, h.name)), hands_of(quote), admins)


def bar_of(source: Session | Connection, viewer: Viewer, quote: Quote, level: int) -> str | None:
    """Why the viewer may not decide about this quote: four_eyes, stand_in or level; None when they may."""
    hands = hands_of(quote)
    if not may_decide(viewer.person_id, hands):
        return "four_eyes"
    stands_in = stood_in_for(source, [viewer.person_id], viewer.today).get(viewer.person_id, ())
    if not may_decide(viewer.person_id, hands, stands_in):
        return "stand_in"
    return None if viewer.may("quote.approve") and level_of(viewer.roles) >= level else "level"


def require_free_eyes(source: Session | Connection, viewer: Viewer, quote: Quote) -> None:
    """Raises NotAllowed for whoever had a hand in the quote or stands in today for somebody who did."""
    bar = bar_of(source, viewer, quote, 0)
    if bar in ("four_eyes", "stand_in"):
        raise NotAllowed("quote_four_eyes" if bar == "four_eyes" else "quote_four_eyes_stand_in")


def require_level(source: Session | Connection, viewer: Viewer, quote: Quote, level: int) -> None:
    """Raises NotAllowed naming the level and who may decide, for an approver who does not reach so far."""
    if level_of(viewer.roles) >= level:
        return
    desk = desk_of(source, viewer, quote, level)
    if desk.able:
        people = people_text([holder.name for holder in desk.able], viewer.language)
        raise NotAllowed("quote_approver_level", level=level, people=people)
    raise NotAllowed("quote_approver_none", level=level)
