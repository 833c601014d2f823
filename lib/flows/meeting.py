"""A meeting that took place: its touch, the promises made in it and the next step, in one transaction."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer, require
from lib.errors import Invalid, NotFound
from lib.negotiation.commands import write_promise, write_touch
from lib.playbooks.at_once import close_steps
from lib.playbooks.commands import write_tasks
from lib.store.doors import audit, command
from lib.store.forms import earlier_result, remember
from lib.store.models import Account, Contact, Meeting, Person
from lib.store.scope import load

PROMISES_MOST, PEOPLE_MOST = 20, 50


@command("accounts.record_meeting", permission="touch.write", subject="account")
def record_meeting(
    session: Session,
    viewer: Viewer,
    account_id: int,
    held_on: date,
    channel: str,
    summary: str,
    contact_ids: Sequence[int] = (),
    staff_ids: Sequence[int] = (),
    promises: Sequence[str] = (),
    promised_for: date | None = None,
    next_on: date | None = None,
    next_step: str = "",
    form_key: str | None = None,
) -> int:
    """Record a meeting; its id. The touch is two-way; promises are the viewer's, all due on `promised_for`;
    the next step becomes the viewer's task on `next_on`.

    The same form sent twice records once. Raises Invalid (text, channel, days, people), NotFound; in each
    case nothing was saved.
    """
    content = {"account": account_id, "day": held_on, "channel": channel, "summary": summary,
               "contacts": list(contact_ids), "staff": list(staff_ids), "promises": list(promises),
               "for": promised_for, "next": next_on, "step": next_step}  # fmt: skip
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    load(session, viewer, Account, account_id)
    contacts = _people(session, Contact, contact_ids, Contact.account_id == account_id)
    staff = _people(session, Person, staff_ids, Person.active)
    touch_id = write_touch(
        session, viewer, account_id, channel, summary, _moment(viewer, held_on),
        contacts[0] if contacts else None,
    )  # fmt: skip
    made = _promises(session, viewer, account_id, promises, promised_for)
    task_id = _next(session, viewer, account_id, next_on, next_step)
    row = Meeting(account_id=account_id, touch_id=touch_id, contacts=contacts, staff=staff, promises=made,
                  task_id=task_id, next_on=next_on, recorded_at=viewer.now)  # fmt: skip
    session.add(row)
    session.flush()
    new = {"touch_id": touch_id, "contacts": contacts, "staff": staff, "promises": made, "task_id": task_id,
           "next_on": next_on}  # fmt: skip
    audit(session, viewer, "meeting", row.id, account_id=account_id, new=new)
    close_steps(session, viewer, account_id)
    remember(session, viewer, form_key, content, {"id": row.id})
    return row.id


def _people(session: Session, model: Any, ids: Sequence[int], fits: Any) -> list[int]:
    """The ids in their order, each once. Raises NotFound unless all of them fit, Invalid for too many."""
    wanted = list(dict.fromkeys(ids))
    if len(wanted) > PEOPLE_MOST:
        raise Invalid("meeting_people", most=PEOPLE_MOST)
    found = set(session.execute(select(model.id).where(model.id.in_(wanted), fits)).scalars())
    if found != set(wanted):
        raise NotFound()
    return wanted


def _moment(viewer: Viewer, day: date) -> datetime:
    """Now for a meeting of today, else noon of its day; a day ahead is refused with the touch."""
    if day == viewer.today:
        return viewer.now
    return datetime.combine(day, time(12), ZoneInfo(viewer.zone))


def _promises(
    session: Session, viewer: Viewer, account_id: int, texts: Sequence[str], due_on: date | None
) -> list[int]:
    told = [text.strip() for text in texts if text.strip()]
    if not told:
        return []
    require(viewer, "promise.write")
    if due_on is None:
        raise Invalid("meeting_promise_day")
    if len(told) > PROMISES_MOST:
        raise Invalid("meeting_promises", most=PROMISES_MOST)
    return [write_promise(session, viewer, account_id, text, viewer.person_id, due_on) for text in told]


def _next(session: Session, viewer: Viewer, account_id: int, day: date | None, step: str) -> int | None:
    if day is None and not step.strip():
        return None
    require(viewer, "task.write")
    if day is None or not step.strip():
        raise Invalid("meeting_next")
    return write_tasks(session, viewer, [account_id], step, day, viewer.person_id)[0][0]
