"""One act on many accounts: assign, tag, snooze, create a task; what is refused is named, and one undo takes
the whole batch back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, true
from sqlmodel import Session

from lib.access import Viewer, require
from lib.accounts import fields, item_commands, ownership, portrait_rules
from lib.activity.commands import write_snooze, write_waking
from lib.errors import Conflict, Invalid, NotFound
from lib.playbooks.commands import write_tasks
from lib.store.database import parts
from lib.store.doors import audit, command, try_one
from lib.store.forms import earlier_result, remember
from lib.store.models import Account, ChurnAlert, FormKey, Task
from lib.store.scope import visible_accounts

MOST = 500
Move = dict[str, Any]


@dataclass(frozen=True)
class Batch:
    """What became of a batch: its key, by which it can be taken back, how many accounts were changed, and
    the refused ones as (account id, message id, values)."""

    key: str
    done: int
    refused: list[tuple[int, str, dict[str, Any]]]


@command("bulk.assign", permission="account.write")
def assign(
    session: Session, viewer: Viewer, account_ids: Sequence[int], form_key: str, duty: str, person_id: int
) -> Batch:
    """The person takes the duty (owner or backup) on each account. Raises NotFound, Invalid."""
    if duty not in ownership.DUTIES:
        raise Invalid("duty_unknown")

    def one(row: Account) -> Move:
        before = ownership.hand_over(session, viewer, row.id, duty, person_id)
        row.version, row.updated_at = row.version + 1, viewer.now
        new = {"duty": duty, "person_id": person_id, "_version": row.version}
        audit(session, viewer, "assignment", None, account_id=row.id, old=before, new=new)
        return before | {"version": row.version}

    content = {"duty": duty, "person": person_id}
    return _run(session, viewer, "assign", account_ids, form_key, content, one)


@command("bulk.tag", permission="account.write")
def tag(session: Session, viewer: Viewer, account_ids: Sequence[int], form_key: str, tags: str) -> Batch:
    """Add tags (parted by commas) to each account; one that has them all is refused. Raises Invalid."""
    wanted = portrait_rules.tags_of(str(fields.check(fields.TAGS, tags) or ""))
    if not wanted:
        raise Invalid("field_missing", field="tags")

    def one(row: Account) -> Move:
        added = [tag for tag in wanted if item_commands.add_tag(session, viewer, row.id, tag)]
        if not added:
            raise Conflict("bulk_tagged_already")
        return {"tags": added}

    return _run(session, viewer, "tag", account_ids, form_key, {"tags": wanted}, one)


@command("bulk.snooze", permission="alert.work")
def snooze(
    session: Session, viewer: Viewer, account_ids: Sequence[int], form_key: str, until: date | None,
    reason: str,
) -> Batch:  # fmt: skip
    """Snooze every open alert of each account; one without is refused. Raises Invalid."""

    def one(row: Account) -> Move:
        a = ChurnAlert
        found = select(a.id, a.version).where(a.account_id == row.id, a.resolved_on.is_(None))
        alerts = session.execute(found.where(a.status != "snoozed").order_by(a.id)).all()
        if not alerts:
            raise Conflict("bulk_no_alert")
        new = [(i, write_snooze(session, viewer, i, version, until, reason)) for i, version in alerts]
        return {"alerts": [list(pair) for pair in new]}

    content = {"until": until, "reason": reason}
    return _run(session, viewer, "snooze", account_ids, form_key, content, one)


@command("bulk.create_tasks", permission="task.write")
def create_tasks(
    session: Session, viewer: Viewer, account_ids: Sequence[int], form_key: str, title: str, due_on: date
) -> Batch:
    """The same task on each account, for its owner. Raises Invalid."""

    def one(row: Account) -> Move:
        task_id, version = write_tasks(session, viewer, [row.id], title, due_on, None)[0]
        return {"task": task_id, "version": version}

    return _run(session, viewer, "tasks", account_ids, form_key, {"title": title, "due": due_on}, one)


@command("bulk.undo", permission="account.read")
def undo(session: Session, viewer: Viewer, batch: str) -> int:
    """Take a whole batch back, by who did it; how many accounts went back.

    All of it or nothing. Raises NotFound, Conflict("nothing_to_undo") when one of the accounts, alerts or
    tasks changed since.
    """
    found = select(FormKey).where(FormKey.key == batch, FormKey.command.like("bulk.%"))
    kept = session.execute(found).scalars().first()
    if kept is None or kept.result["by"] != viewer.person_id or kept.result["undone"]:
        raise NotFound()
    act = kept.result["act"]
    require(viewer, _PERMISSIONS[act])
    moves = {int(i): move for i, move in kept.result["moves"].items()}
    # Whoever gave accounts away sees them no more, and may still take it back while nobody changed them.
    for account_id, row in _accounts(session, viewer, sorted(moves), scoped=act != "assign").items():
        _BACK[act](session, viewer, row, moves[account_id])
    kept.result = kept.result | {"undone": True}
    return len(moves)


def _run(
    session: Session,
    viewer: Viewer,
    act: str,
    account_ids: Sequence[int],
    form_key: str,
    content: dict[str, Any],
    one: Callable[[Account], Move],
) -> Batch:
    """Each account under its own savepoint; the same form sent twice acts once.

    Raises NotFound unless every account is the viewer's, and the refusal itself when all were refused alike.
    """
    wanted = sorted({int(i) for i in account_ids})
    whole = content | {"accounts": wanted}
    if earlier := earlier_result(session, viewer, form_key, whole):
        refused = [(i, code, values) for i, code, values in earlier["refused"]]
        return Batch(form_key, len(earlier["moves"]), refused)
    if not wanted or len(wanted) > MOST:
        raise Invalid("bulk_count", most=MOST)
    moves: dict[str, Move] = {}
    refused: list[tuple[int, str, dict[str, Any]]] = []
    for account_id, row in _accounts(session, viewer, wanted).items():
        error = try_one(session, lambda row=row: moves.__setitem__(str(row.id), one(row)))
        if error is not None:
            refused.append((account_id, error.message_id, error.values))
            if len(refused) == len(wanted) and len({code for _, code, _ in refused}) == 1:
                raise error
    result = {"by": viewer.person_id, "act": act, "moves": moves, "undone": False,
              "refused": [list(one) for one in refused]}  # fmt: skip
    remember(session, viewer, form_key, whole, result)
    return Batch(form_key, len(moves), refused)


def _accounts(
    session: Session, viewer: Viewer, wanted: Sequence[int], *, scoped: bool = True
) -> dict[int, Account]:
    """The accounts, locked in the order of their ids, all of them or NotFound."""
    rows: dict[int, Account] = {}
    for part in parts(wanted):
        found = select(Account).where(Account.id.in_(part), visible_accounts(viewer) if scoped else true())
        rows |= {r.id: r for r in session.execute(found.order_by(Account.id).with_for_update()).scalars()}
    if len(rows) != len(wanted):
        raise NotFound()
    return rows


def _unassign(session: Session, viewer: Viewer, row: Account, move: Move) -> None:
    if row.version != move["version"]:
        raise Conflict("nothing_to_undo")
    duty = move["duty"]
    if move["person_id"] is not None:
        before = ownership.hand_over(session, viewer, row.id, duty, move["person_id"])
    else:
        held = next(one for one in ownership.current(session, row.id) if one.duty == duty)
        before = {"duty": duty, "person_id": held.person_id}
        ownership.end(session, viewer, held)
        session.flush()
    if move.get("backup_id"):
        ownership.assign(session, viewer, row.id, "backup", move["backup_id"], viewer.today)
    row.version, row.updated_at = row.version + 1, viewer.now
    new = {"duty": duty, "person_id": move["person_id"], "_version": row.version}
    audit(session, viewer, "assignment", None, account_id=row.id, old=before, new=new)


def _untag(session: Session, viewer: Viewer, row: Account, move: Move) -> None:
    for one in move["tags"]:
        item_commands.drop_tag(session, viewer, row.id, one)


def _wake(session: Session, viewer: Viewer, _row: Account, move: Move) -> None:
    for alert_id, version in move["alerts"]:
        write_waking(session, viewer, alert_id, version)


def _drop_task(session: Session, viewer: Viewer, row: Account, move: Move) -> None:
    task = session.get(Task, move["task"], with_for_update=True)
    if task is None or task.version != move["version"] or task.status != "open":
        raise Conflict("nothing_to_undo")
    task.status, task.closed_at, task.version = "dropped", viewer.now, task.version + 1
    old, new = {"status": "open"}, {"status": "dropped"}
    audit(session, viewer, "task", task.id, account_id=row.id, old=old, new=new)


_BACK: dict[str, Callable[[Session, Viewer, Account, Move], None]] = {
    "assign": _unassign, "tag": _untag, "snooze": _wake, "tasks": _drop_task,
}  # fmt: skip
_PERMISSIONS = {
    "assign": "account.write", "tag": "account.write", "snooze": "alert.work", "tasks": "task.write",
}  # fmt: skip
