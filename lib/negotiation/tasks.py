"""Work that follows from promises: overdue ones become tasks once, and tasks are done or taken back."""

from datetime import date

from sqlalchemy import insert, literal, select, update
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict, NotFound
from lib.negotiation import rules
from lib.negotiation.rules import PROMISE_OVERDUE, PromiseStatus, TaskStatus
from lib.policy.rules import REVIEW_TASK
from lib.store.doors import audit, command
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


@command("negotiation.finish_task", permission="task.write", subject="task")
def finish_task(session: Session, viewer: Viewer, task_id: int, seen_version: int) -> None:
    """Mark a task done. Raises Conflict when somebody was faster, NotFound when it is not the viewer's."""
    _move(session, viewer, task_id, seen_version, TaskStatus.DONE)


@command("negotiation.reopen_task", permission="task.write", subject="task")
def reopen_task(session: Session, viewer: Viewer, task_id: int, seen_version: int) -> None:
    """Take a done task back onto the list."""
    _move(session, viewer, task_id, seen_version, TaskStatus.OPEN)


def _move(session: Session, viewer: Viewer, task_id: int, seen_version: int, target: TaskStatus) -> None:
    task = _load_task(session, viewer, task_id, seen_version)
    if task.kind == REVIEW_TASK:
        raise Conflict("policy_review_by_form")
    old = {"status": task.status}
    task.status = rules.move_task(task.status, target)
    task.closed_at = viewer.now if target is TaskStatus.DONE else None
    task.version += 1
    new = {"status": task.status}
    audit(session, viewer, "task", task.id, account_id=task.account_id, old=old, new=new)


def _load_task(session: Session, viewer: Viewer, task_id: int, seen_version: int) -> Task:
    """A task of an account in the viewer's book, or one of the viewer's own without an account."""
    mine = Task.account_id.is_(None) & (Task.owner_id == viewer.person_id)
    of_book = Task.account_id.is_not(None) & of_visible_accounts(viewer, Task.account_id)
    statement = select(Task).where(Task.id == task_id, mine | of_book).with_for_update()
    task = session.execute(statement).scalars().first() if isinstance(task_id, int) else None
    if task is None:
        raise NotFound()
    if task.version != seen_version:
        raise Conflict("changed_meanwhile", seen=seen_version, now=task.version)
    return task
