"""Deciding about proposals: accept one (it becomes a task), dismiss it with a reason, take that back."""

from datetime import timedelta

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict
from lib.growth import rules
from lib.growth.phrases import sentence
from lib.growth.rules import Status
from lib.store import policy
from lib.store.doors import audit, command
from lib.store.models import Account, Assignment, Suggestion, Task
from lib.store.scope import load
from lib.words import LANGUAGES

TASK = "growth"
MAX_TITLE = 1000


@command("growth.accept", permission="task.write", subject="suggestion")
def accept(session: Session, viewer: Viewer, suggestion_id: int, seen_version: int) -> int:
    """Take a proposal up: a task for the account's owner (without one, for the viewer); the task's id.

    Raises NotFound, Conflict when it was decided already or changed meanwhile.
    """
    row = load(session, viewer, Suggestion, suggestion_id, seen_version)
    rules.check_decision(row.status)
    owner = session.execute(
        select(Assignment.person_id).where(
            Assignment.account_id == row.account_id, Assignment.duty == "owner", Assignment.until.is_(None)
        )
    ).scalar()
    days = int(policy.values("growth", viewer.today, session)["offer"]["task_days"])
    account = session.get(Account, row.account_id)
    told, told_zh = (
        sentence(row.kind, row.target, row.evidence, language, account.currency)[:MAX_TITLE]
        for language in LANGUAGES
    )
    task = Task(
        account_id=row.account_id, owner_id=owner or viewer.person_id, kind=TASK, title=told,
        title_zh=told_zh, due_on=viewer.today + timedelta(days=days), created_at=viewer.now,
        dedupe_key=f"{TASK}:{row.id}:{row.version}",
    )  # fmt: skip
    session.add(task)
    session.flush()
    row.task_id = task.id
    _decide(session, viewer, row, Status.ACCEPTED, None)
    audit(
        session, viewer, "task", task.id, account_id=row.account_id, new={"kind": TASK, "due_on": task.due_on}
    )
    return task.id


@command("growth.dismiss", permission="task.write", subject="suggestion")
def dismiss(
    session: Session, viewer: Viewer, suggestion_id: int, seen_version: int, code: str = "", note: str = ""
) -> None:
    """Say why a proposal is not taken up: a code of rules.DISMISSALS, for "other" with a note.

    Raises NotFound, Invalid, Conflict.
    """
    row = load(session, viewer, Suggestion, suggestion_id, seen_version)
    rules.check_decision(row.status)
    _decide(session, viewer, row, Status.DISMISSED, rules.check_dismissal(code, note))


@command("growth.reopen", permission="task.write", subject="suggestion")
def reopen(session: Session, viewer: Viewer, suggestion_id: int, seen_version: int) -> None:
    """Take a decision back: the proposal is open again, and its task, if nobody did it yet, is dropped.

    Raises NotFound, Conflict when it is not decided, has run out, or another of its kind is open.
    """
    row = load(session, viewer, Suggestion, suggestion_id, seen_version)
    if row.status not in (Status.ACCEPTED, Status.DISMISSED) or row.ends_on < viewer.today:
        raise Conflict("growth_not_reopened")
    old, task = row.status, session.get(Task, row.task_id) if row.task_id else None
    if task is not None and task.status == "open":
        task.status, task.closed_at, task.version = "dropped", viewer.now, task.version + 1
        audit(session, viewer, "task", task.id, account_id=row.account_id, old={"status": "open"},
              new={"status": "dropped"})  # fmt: skip
    row.status, row.decided_by, row.decided_at, row.reason, row.task_id = Status.OPEN, None, None, None, None
    row.version += 1
    audit(session, viewer, "suggestion", row.id, account_id=row.account_id, old={"status": old},
          new={"status": row.status})  # fmt: skip


def _decide(session: Session, viewer: Viewer, row: Suggestion, status: Status, reason: str | None) -> None:
    old, (code, _, note) = {"status": row.status}, (reason or "").partition(": ")
    row.status, row.decided_by, row.decided_at, row.reason = status, viewer.person_id, viewer.now, reason
    row.version += 1
    new = {"status": status, "kind": row.kind, "target": row.target, **({"why": code} if code else {})}
    audit(session, viewer, "suggestion", row.id, account_id=row.account_id, old=old, new=new,
          reason=note or None)  # fmt: skip
