"""What a morning brings to concessions: tasks for returns due, what lapses, volumes met or missed."""

from datetime import date

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.concessions import phrases, rules, volume
from lib.concessions.attained import attained
from lib.store import policy
from lib.store.doors import audit
from lib.store.models import QuoteConcession, Task, VolumeDeal

RETURN_TASK, VOLUME_TASK = "concession_return", "volume_missed"


def keep_day(session: Session, viewer: Viewer, day: date) -> int:
    """Raise a task for every return due that has none yet, and end what lapsed; how many rows changed. A day
    done again changes nothing."""
    return _ask(session, viewer, day) + _end(session, viewer, day) + _close_deals(session, viewer, day)


def _close_deals(session: Session, viewer: Viewer, day: date) -> int:
    """A volume deal whose time is over was met or missed; a missed one is a task for whoever made it."""
    d = VolumeDeal
    over = select(d, attained()).where(d.status == "running", d.ends_on <= day).order_by(d.id)
    rows = session.execute(over.with_for_update(of=d)).all()
    for row, came in rows:
        row.status, row.version = volume.settled(row.committed_minor, came), row.version + 1
        if row.status == "missed":
            titles = {code: phrases.deal_title(row, came, code) for code in ("en", "zh-CN")}
            session.add(
                Task(account_id=row.account_id, owner_id=row.owner_id, kind=VOLUME_TASK, due_on=day,
                     title=titles["en"], title_zh=titles["zh-CN"], dedupe_key=f"{VOLUME_TASK}:{row.id}",
                     created_at=viewer.now)
            )  # fmt: skip
        audit(session, viewer, "volume_deal", row.id, account_id=row.account_id, old={"status": "running"},
              new={"status": row.status, "attained_minor": came})  # fmt: skip
    return len(rows)


def _ask(session: Session, viewer: Viewer, day: date) -> int:
    c = QuoteConcession
    have = set(session.execute(select(Task.dedupe_key).where(Task.kind == RETURN_TASK)).scalars())
    due = select(c).where(c.status == "granted", c.give_status == "open", c.give_due_on <= day)
    library = rules.read_library(policy.values("concessions", day, session))
    new = [row for row in session.execute(due.order_by(c.id)).scalars() if _key(row) not in have]
    for row in new:
        titles = {code: phrases.task_title(row, library, code) for code in ("en", "zh-CN")}
        session.add(
            Task(account_id=row.account_id, owner_id=row.owner_id, kind=RETURN_TASK, title=titles["en"],
                 title_zh=titles["zh-CN"], due_on=row.give_due_on, dedupe_key=_key(row),
                 created_at=viewer.now)
        )  # fmt: skip
    if new:
        audit(session, viewer, "task", None, new={"kind": RETURN_TASK, "raised": len(new)})
    return len(new)


def _key(row: QuoteConcession) -> str:
    return f"{RETURN_TASK}:{row.id}"


def _end(session: Session, viewer: Viewer, day: date) -> int:
    """With its contract a concession is over; a return that never came lapses with it."""
    c = QuoteConcession
    over = select(c).where(c.status == "granted", c.lapses_on <= day).with_for_update().order_by(c.id)
    rows = session.execute(over).scalars().all()
    for row in rows:
        old = {"status": row.status, "give_status": row.give_status}
        row.status, row.version = "ended", row.version + 1
        row.give_status = "lapsed" if row.give_status == "open" else row.give_status
        audit(session, viewer, "quote_concession", row.id, account_id=row.account_id, old=old,
              new={"status": row.status, "give_status": row.give_status})  # fmt: skip
    return len(rows)
