"""Writes events: planned and cancelled, contacts invited, their answers and who came."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict, Invalid, NotFound
from lib.events import rules
from lib.store.doors import audit, command
from lib.store.forms import earlier_result, remember
from lib.store.models import Contact, EventGuest, VipEvent
from lib.store.scope import load


@command("events.add", permission="offer.keep")
def add(session: Session, viewer: Viewer, values: Mapping[str, Any], form_key: str | None = None) -> int:
    """Plan an event (see rules.check_event); its id. Raises Invalid, Conflict."""
    if earlier := earlier_result(session, viewer, form_key, dict(values)):
        return earlier["id"]
    new = rules.check_event(values)
    row = VipEvent(created_by=viewer.person_id, created_at=viewer.now, **new)
    session.add(row)
    session.flush()
    audit(session, viewer, "vip_event", row.id, new=new)
    remember(session, viewer, form_key, dict(values), {"id": row.id})
    return row.id


@command("events.cancel", permission="offer.keep")
def cancel(session: Session, viewer: Viewer, event_id: int, seen_version: int, reason: str) -> None:
    """Call an event off, with the reason. Raises Conflict, Invalid, NotFound."""
    told = " ".join(reason.split())[: rules.REASON_MAX]
    if not told:
        raise Invalid("event_value", field="reason")
    row = _event(session, event_id)
    if row.version != seen_version:
        raise Conflict("changed_meanwhile", seen=seen_version, now=row.version)
    if row.status != "planned":
        raise Conflict("event_over")
    row.status, row.reason, row.version = "cancelled", told, row.version + 1
    audit(session, viewer, "vip_event", row.id, old={"status": "planned"}, new={"status": "cancelled"},
          reason=told)  # fmt: skip


@command("events.invite", permission="touch.write", subject="contact")
def invite(session: Session, viewer: Viewer, contact_id: int, event_id: int) -> int:
    """Invite a contact; the invitation's id. A second time gives the same one. Raises Conflict, NotFound."""
    contact = load(session, viewer, Contact, contact_id)
    event = _event(session, event_id)
    if event.status != "planned" or event.held_on < viewer.today:
        raise Conflict("event_over")
    g = EventGuest
    held = select(g.id).where(g.event_id == event_id, g.contact_id == contact_id)
    if (there := session.execute(held).scalar()) is not None:
        return there
    row = g(event_id=event_id, account_id=contact.account_id, contact_id=contact_id,
            invited_on=viewer.today, invited_by=viewer.person_id)  # fmt: skip
    session.add(row)
    session.flush()
    audit(session, viewer, "event_guest", row.id, account_id=row.account_id,
          new={"status": "invited", "event": event.name})  # fmt: skip
    return row.id


@command("events.note_answer", permission="touch.write", subject="event_guest")
def note_answer(
    session: Session, viewer: Viewer, event_guest_id: int, seen_version: int, status: str
) -> None:
    """What a guest said, or whether they came. The event is locked: a yes beyond the last seat is refused.

    Raises Conflict, NotFound.
    """
    row = load(session, viewer, EventGuest, event_guest_id, seen_version)
    event, g = _event(session, row.event_id), EventGuest
    if event.status != "planned":
        raise Conflict("event_over")
    seated = session.execute(
        select(func.count()).select_from(g).where(g.event_id == event.id, g.status.in_(rules.SEATED))
    ).scalar_one()
    left = None if event.seats is None else event.seats - seated
    old = {"status": row.status}
    row.status = rules.answer(row.status, status, event.held_on, viewer.today, left)
    row.answered_on, row.version = row.answered_on or viewer.today, row.version + 1
    audit(session, viewer, "event_guest", row.id, account_id=row.account_id, old=old, new={"status": status})


def _event(session: Session, event_id: int) -> VipEvent:
    row = session.execute(select(VipEvent).where(VipEvent.id == event_id).with_for_update()).scalars().first()
    if row is None:
        raise NotFound()
    return row
