"""Work that follows from promises: overdue ones become tasks once, which end with their promise."""

from datetime import date

from sqlalchemy import insert, literal, select, update
from sqlmodel import Session

from lib.access import Viewer
from lib.negotiation import rules
from lib.negotiation.rules import PROMISE_OVERDUE, PromiseStatus, TaskStatus
from lib.store.doors import audit
from lib.store.models import Promise, Task
from lib.store.scope import of_visible_accounts


def raise_due_tasks(session: Session, viewer: Viewer, today: date) -> int:
    """A task for the owner of every open promise that was due before `today`; how many are new.

    Called by the daily run inside its transaction. The task's key holds promise and date, so a second
    run of the same day, or of a later one, adds nothing.
    """
    known = select(Task.dedupe_key).where(Task.kind == PROMISE_OVERDUE)
    have = set(session.execute(known).scalars())
    overdue = session.execute(
        select(Promise.id, Promise.account_id, Promise.owner_id, Promise.what, Promise.due_on)
        .where(Promise.status == PromiseStatus.OPEN, Promise.due_on < today)
        .where(of_visible_accounts(viewer, Promise.account_id))
        .order_by(Promise.due_on, Promise.id)
    ).fetchall()
    new = [
        {
            "account_id": row.account_id, "owner_id": row.owner_id, "kind": PROMISE_OVERDUE,
            "title": row.what, "due_on": row.due_on, "status": TaskStatus.OPEN, "version": 1,
            "created_at": viewer.now,
            "dedupe_key": rules.due_key(row.id, row.due_on),
        }
        for row in overdue
        if rules.due_key(row.id, row.due_on) not in have
    ]  # fmt: skip
    if new:
        session.execute(insert(Task), new)
        audit(session, viewer, "task", None, new={"kind": PROMISE_OVERDUE, "raised": len(new)})
    return len(new)


def close_due_tasks(session: Session, viewer: Viewer, promise_id: int) -> None:
    """A promise that was kept or dropped leaves no open task behind."""
    session.execute(
        update(Task)
        .where(Task.kind == PROMISE_OVERDUE, Task.status == TaskStatus.OPEN)
        .where(Task.dedupe_key.startswith(rules.due_prefix(promise_id), autoescape=True))
        .values(status=TaskStatus.DONE, closed_at=viewer.now, version=Task.version + literal(1))
    )
