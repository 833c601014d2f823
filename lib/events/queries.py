"""Reads events: the list with its answers, one event's guests, who can still be invited."""

from decimal import Decimal

import pandas as pd
from sqlalchemy import func, select

from lib.access import Viewer
from lib.concessions.rules import read_library
from lib.events.rules import SEATED
from lib.store import policy
from lib.store.database import read_frame
from lib.store.doors import query
from lib.store.models import Account, Contact, EventGuest, Person, VipEvent
from lib.store.naming import spoken_name
from lib.store.scope import of_visible_accounts

VIEWS = ("coming", "past", "all")
SEATS = "event_seats"  # the entry of the library whose reference answers are held against


@query("events.calendar", permission="account.read")
def calendar(viewer: Viewer, view: str = "all") -> pd.DataFrame:
    """id, version, kind, name, place, held_on, seats, status, reason, seated (by everybody's guests), and of
    the viewer's own: invited, said_yes, came; coming ones first, the nearest on top, then the past."""
    e, g = VipEvent, EventGuest
    mine = of_visible_accounts(viewer, g.account_id)
    counts = (
        select(g.event_id, func.count().filter(g.status.in_(SEATED)).label("seated"),
               func.count().filter(mine).label("invited"),
               func.count().filter(mine, g.status.in_(SEATED)).label("said_yes"),
               func.count().filter(mine, g.status == "attended").label("came"))
        .group_by(g.event_id).subquery()
    )  # fmt: skip
    frame = read_frame(
        select(e.id, e.version, e.kind, e.name, e.place, e.held_on, e.seats, e.status, e.reason,
               *(func.coalesce(counts.c[name], 0).label(name)
                 for name in ("seated", "invited", "said_yes", "came")))
        .outerjoin(counts, counts.c.event_id == e.id)
        .order_by(e.held_on, e.id)
    )  # fmt: skip
    ahead = (frame["held_on"] >= viewer.today) & (frame["status"] == "planned")
    coming, past = frame[ahead], frame[~ahead].iloc[::-1]
    shown = {"coming": coming, "past": past}.get(view)
    return (pd.concat([coming, past]) if shown is None else shown).reset_index(drop=True)


@query("events.guests", permission="account.read")
def guests(viewer: Viewer, event_id: int) -> pd.DataFrame:
    """id, version, account_id, account, contact, status, invited_on, answered_on, by: the viewer's own guests
    of an event, by account."""
    g = EventGuest
    return read_frame(
        select(g.id, g.version, g.account_id, spoken_name(viewer, Account).label("account"),
               Contact.name.label("contact"), g.status, g.invited_on, g.answered_on,
               spoken_name(viewer, Person).label("by"))
        .join(Account, Account.id == g.account_id)
        .join(Contact, Contact.id == g.contact_id)
        .join(Person, Person.id == g.invited_by)
        .where(g.event_id == event_id, of_visible_accounts(viewer, g.account_id))
        .order_by(Account.name, Contact.name, g.id)
    )  # fmt: skip


@query("events.invitable", permission="contact.write")
def invitable(viewer: Viewer, event_id: int, most: int = 300) -> dict[int, tuple[str, str]]:
    """VIP contacts of the viewer's book not invited yet: id -> (account, contact), by account."""
    inside = select(EventGuest.contact_id).where(EventGuest.event_id == event_id)
    rows = read_frame(
        select(Contact.id, spoken_name(viewer, Account).label("account"), Contact.name)
        .join(Account, Account.id == Contact.account_id)
        .where(Contact.active, Account.is_vip, Account.status != "churned", Contact.id.not_in(inside))
        .where(of_visible_accounts(viewer, Contact.account_id))
        .order_by(Account.name, Contact.name).limit(most)
    )  # fmt: skip
    return {int(r.id): (r.account, r.name) for r in rows.itertuples()}


@query("events.reference", permission="account.read")
def reference(viewer: Viewer) -> Decimal | None:
    """The share of customers others report to answer such invitations."""
    entry = read_library(policy.values("concessions", viewer.today)).get(SEATS)
    return entry and entry.reference
