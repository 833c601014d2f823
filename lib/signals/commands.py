"""What people note about rivals and losses: the other suppliers in play, and why a customer left."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict
from lib.signals import rules
from lib.signals.recording import LOSS_TASK
from lib.store.doors import audit, command
from lib.store.models import Account, LossReason, RivalSuppliers, Task
from lib.store.scope import load


@command("signals.note_suppliers", permission="account.write", subject="account")
def note_suppliers(
    session: Session, viewer: Viewer, account_id: int, seen: int = 0, suppliers: int = 0, names: str = "",
    noted_on: date | None = None,
) -> int:  # fmt: skip
    """Write down how many other suppliers an account talks to, and their names; the row's new version.

    `seen` is the version the person saw, 0 for none. What stood before stays in the record of changes.
    Raises NotFound, Invalid, Conflict.
    """
    load(session, viewer, Account, account_id)
    day = noted_on or viewer.today
    told = rules.check_suppliers(suppliers, names, viewer.today, day)
    wanted = select(RivalSuppliers).where(RivalSuppliers.account_id == account_id).with_for_update()
    row = session.execute(wanted).scalars().first()
    if (row.version if row else 0) != seen:
        raise Conflict("changed_meanwhile", seen=seen, now=row.version if row else 0)
    new = {"suppliers": suppliers, "names": told, "noted_on": day}
    old = {name: getattr(row, name) for name in new} if row else None
    if old == new:
        return seen
    if row is None:
        row = RivalSuppliers(account_id=account_id, version=0, person_id=viewer.person_id,
                             updated_at=viewer.now, **new)  # fmt: skip
        session.add(row)
    for name, value in new.items():
        setattr(row, name, value)
    row.person_id, row.updated_at, row.version = viewer.person_id, viewer.now, row.version + 1
    session.flush()
    audit(session, viewer, "rival_suppliers", row.id, account_id=account_id, old=old, new=new)
    return row.version


@command("signals.give_reason", permission="account.write", subject="account")
def give_reason(
    session: Session, viewer: Viewer, account_id: int, lost_on: date, reason: str = "", comment: str = "",
    seen: int = 0, answers: Mapping[str, str | None] | None = None,
) -> int:  # fmt: skip
    """Say why a customer left on that day; the row's new version. Closes the task that asked for it.
    `answers`: those of the survey, see rules.ANSWERS, and `went_to`.

    A later word replaces an earlier one (`seen`: its version, 0 for none) and both stay on record. Raises
    NotFound, Invalid, Conflict.
    """
    return write_reason(session, viewer, account_id, lost_on, reason, comment, seen, answers)


def write_reason(
    session: Session, viewer: Viewer, account_id: int, lost_on: date, reason: str, comment: str, seen: int,
    answers: Mapping[str, str | None] | None = None,
) -> int:  # fmt: skip
    """The act of `give_reason`, for a flow that has its own transaction. Without `answers` those given before
    stay."""
    load(session, viewer, Account, account_id)
    told = rules.check_loss(reason, comment, lost_on, viewer.today)
    given = {} if answers is None else rules.check_answers(answers)
    r = LossReason
    wanted = select(r).where(r.account_id == account_id, r.lost_on == lost_on).with_for_update()
    row = session.execute(wanted).scalars().first()
    if (row.version if row else 0) != seen:
        raise Conflict("changed_meanwhile", seen=seen, now=row.version if row else 0)
    old = {name: getattr(row, name) for name in ("reason", "comment", *given)} if row else None
    if row is None:
        row = LossReason(account_id=account_id, lost_on=lost_on, reason=reason, version=0,
                         person_id=viewer.person_id, recorded_at=viewer.now)  # fmt: skip
        session.add(row)
    row.reason, row.comment, row.person_id = reason, told, viewer.person_id
    for name, value in given.items():
        setattr(row, name, value)
    row.recorded_at, row.version = viewer.now, row.version + 1
    session.flush()
    audit(session, viewer, "loss_reason", row.id, account_id=account_id, old=old,
          new={"reason": reason, "comment": told, "lost_on": lost_on} | given)  # fmt: skip
    _close_task(session, viewer, account_id, lost_on)
    return row.version


def _close_task(session: Session, viewer: Viewer, account_id: int, lost_on: date) -> None:
    key = f"{LOSS_TASK}:{account_id}:{lost_on.isoformat()}"
    task = (
        session.execute(select(Task).where(Task.dedupe_key == key, Task.status == "open")).scalars().first()
    )
    if task is not None:
        task.status, task.closed_at, task.version = "done", viewer.now, task.version + 1
        audit(session, viewer, "task", task.id, account_id=account_id, old={"status": "open"},
              new={"status": "done"})  # fmt: skip
