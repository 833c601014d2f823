"""Log an outreach and, with a cause and a verdict, close the alert it answers: one transaction."""

from datetime import datetime

from sqlmodel import Session

from lib.access import Viewer
from lib.activity.commands import write_closing, write_contact
from lib.negotiation.commands import write_touch
from lib.playbooks.at_once import close_steps
from lib.store.doors import command
from lib.store.forms import earlier_result, remember
from lib.store.models import ChurnAlert
from lib.store.scope import load


@command("activity.log_outreach", permission="alert.work", subject="alert")
def log_outreach_and_close(
    session: Session,
    viewer: Viewer,
    alert_id: int,
    seen_version: int = 0,
    channel: str = "call",
    summary: str = "",
    contact_id: int | None = None,
    happened_at: datetime | None = None,
    cause: str | None = None,
    verdict: str | None = None,
    keep_open: bool = False,
    touch_id: int | None = None,
    form_key: str | None = None,
) -> int:
    """The touch's id. With `keep_open` the alert is marked contacted, else it closes.

    `touch_id` names an outreach that is logged already, instead of a new one. The same form key and content
    give the first result again. Raises NotFound, Conflict, Invalid; in each case nothing was saved.
    """
    content = {"alert": alert_id, "channel": channel, "summary": summary, "contact": contact_id,
               "cause": cause, "verdict": verdict, "open": keep_open, "touch": touch_id}  # fmt: skip
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    alert = load(session, viewer, ChurnAlert, alert_id, seen_version)
    if touch_id is None:
        touch_id = write_touch(
            session, viewer, alert.account_id, channel, summary, happened_at or viewer.now, contact_id
        )
    if keep_open:
        write_contact(session, viewer, alert_id, seen_version, touch_id)
    else:
        write_closing(session, viewer, alert_id, seen_version, touch_id, cause, verdict)
    close_steps(session, viewer, alert.account_id)
    remember(session, viewer, form_key, content, {"id": touch_id})
    return touch_id
