"""What a morning brings that somebody wants to hear of: written in the transaction of the step that found it.

Set-based: one statement a kind, however many accounts there are. A day done again raises nothing twice.
"""

from datetime import date, timedelta

from sqlalchemy import or_
from sqlmodel import Session

from lib.access import Viewer
from lib.notices.rules import Kind
from lib.store import outbox, policy
from lib.store.models import ChurnAlert, Promise, Renewal, Task

_SPEAKS_BY_PROMISE = "promise_overdue"  # a task of this kind repeats what its promise says


def _is_past(viewer: Viewer, day: date) -> bool:
    """A past morning that is walked again is no news."""
    return day < viewer.today


def raise_alerts(session: Session, viewer: Viewer, day: date) -> int:
    """Open alerts that are critical and were not told yet: new ones, and those that became so."""
    if _is_past(viewer, day):
        return 0
    a = ChurnAlert
    session.flush()
    return outbox.put_many(
        session, viewer, Kind.ALERT, a,
        (a.level == "critical") & a.resolved_on.is_(None) & a.status.in_(["new", "contacted"])
        & (a.kind != "watch"),
        stamp=a.opened_on,
    )  # fmt: skip


def raise_notice_dates(session: Session, viewer: Viewer, day: date) -> int:
    """Open renewals whose last day to give notice is as near as policy "standing" calls critical."""
    if _is_past(viewer, day):
        return 0
    r, days = Renewal, int(policy.values("standing", day, session)["notice_critical_days"])
    session.flush()
    near = (r.notice_on >= day) & (r.notice_on <= day + timedelta(days=days)) & r.closed_on.is_(None)
    return outbox.put_many(session, viewer, Kind.NOTICE_DATE, r, near, stamp=r.notice_on)


def raise_tasks(session: Session, viewer: Viewer, day: date) -> int:
    """Promises that are overdue, and tasks somebody was given since the morning before."""
    if _is_past(viewer, day):
        return 0
    p, t = Promise, Task
    session.flush()
    late = (p.status == "open") & (p.due_on < day)
    told = outbox.put_many(session, viewer, Kind.PROMISE, p, late, person=p.owner_id, stamp=p.due_on)
    given = (
        (t.status == "open") & t.owner_id.is_not(None) & (t.kind != _SPEAKS_BY_PROMISE)
        & or_(t.created_at >= viewer.now - timedelta(days=1), t.due_on == day)
    )  # fmt: skip
    return told + outbox.put_many(session, viewer, Kind.TASK, t, given, person=t.owner_id, stamp=t.owner_id)
