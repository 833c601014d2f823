"""A contact with a customer that took place: its touch, and the steps of playbooks it answers, at once."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from lib.access import Viewer
from lib.negotiation.commands import write_touch
from lib.playbooks.at_once import close_steps
from lib.store.doors import command
from lib.store.forms import earlier_result, remember


@command("negotiation.log_touch", permission="touch.write", subject="account")
def log_touch(
    session: Session,
    viewer: Viewer,
    account_id: int,
    channel: str,
    summary: str,
    happened_at: datetime,
    contact_id: int | None = None,
    two_way: bool = True,
    form_key: str | None = None,
) -> int:
    """Log a contact that took place; its id. `happened_at` is aware; `two_way` says somebody answered.

    Raises Invalid (text, channel, time ahead), NotFound for a foreign account or contact.
    """
    content = {"account": account_id, "channel": channel, "summary": summary, "contact": contact_id}
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    touch_id = write_touch(session, viewer, account_id, channel, summary, happened_at, contact_id, two_way)
    close_steps(session, viewer, account_id)
    remember(session, viewer, form_key, content, {"id": touch_id})
    return touch_id


def log_touch_on(viewer: Viewer, account_id: int, day: date, clock: time, **more: Any) -> int:
    """`log_touch` with day and time of the viewer's zone, as a form asks for them."""
    happened = datetime.combine(day, clock, ZoneInfo(viewer.clock_zone))
    return log_touch(viewer, account_id, happened_at=happened, **more)
