"""Writes tasks: made, done, skipped, snoozed, blocked, handed over; one or many, each with one undo.

`seen` is what a list showed: pairs of id and version. Every act gives back pairs as they are afterwards;
those are what `undo_tasks` takes.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from operator import index
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict, Invalid, NotFound
from lib.playbooks import rules
from lib.playbooks.register import may_receive, seen_tasks
from lib.playbooks.settling import settle
from lib.store import outbox
from lib.store.database import parts
from lib.store.doors import audit, command
from lib.store.forms import earlier_result, remember
from lib.store.models import Account, Person, Task
from lib.store.owners import owners_of
from lib.store.scope import visible_accounts

Pairs = list[tuple[int, int]]
MOST_AT_ONCE = 500
_KEPT = ("status", "owner_id", "due_on", "snoozed_until", "blocked_reason", "reason", "note", "evidence",
         "closed_at", "done_by")  # fmt: skip
_DAYS, _MOMENTS = frozenset({"due_on", "snoozed_until"}), frozenset({"closed_at"})


@command("playbooks.create_task", permission="task.write", subject="account")
def create_task(
    session: Session, viewer: Viewer, account_id: int | None, title: str, due_on: date,
    owner_id: int | None = None, note: str | None = None, form_key: str | None = None,
) -> int:  # fmt: skip
    """A task by hand; its id. Without an account it is the viewer's own; without an owner the viewer's too.

    Raises Invalid (title, day, owner who cannot see the account), NotFound.
    """
    content = {"account": account_id, "title": title, "due": due_on, "owner": owner_id}
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    pairs = write_tasks(session, viewer, [account_id], title, due_on, owner_id or viewer.person_id, note)
    remember(session, viewer, form_key, content, {"id": pairs[0][0]})
    return pairs[0][0]


@command("playbooks.create_tasks", permission="task.write")
def create_tasks(
    session: Session, viewer: Viewer, account_ids: Sequence[int], title: str, due_on: date,
    owner_id: int | None = None, form_key: str | None = None,
) -> Pairs:  # fmt: skip
    """The same task for many accounts; without an owner each goes to its account's owner, else the viewer."""
    wanted = sorted({int(i) for i in account_ids})
    content = {"accounts": wanted, "title": title, "due": due_on, "owner": owner_id}
    if earlier := earlier_result(session, viewer, form_key, content):
        return [tuple(pair) for pair in earlier["pairs"]]
    if not wanted or len(wanted) > MOST_AT_ONCE:
        raise Invalid("task_count", most=MOST_AT_ONCE)
    pairs = write_tasks(session, viewer, wanted, title, due_on, owner_id)
    remember(session, viewer, form_key, content, {"pairs": [list(pair) for pair in pairs]})
    return pairs


def write_tasks(
    session: Session, viewer: Viewer, account_ids: Sequence[int | None], title: str, due_on: date,
    owner_id: int | None, note: str | None = None, kind: str = rules.HAND,
) -> Pairs:  # fmt: skip
    """The tasks of `create_task`, for a flow that has its own transaction."""
    said, day, more = rules.title(title), rules.check_day(due_on, viewer.today), rules.note(note)
    ids = [i for i in account_ids if i is not None]
    if any(not isinstance(i, int) for i in ids):
        raise NotFound()
    owners = _owners(session, viewer, ids)
    made = []
    for account_id in account_ids:
        owner = owner_id or owners.get(account_id) or viewer.person_id
        if owner != viewer.person_id:
            _check_receiver(session, account_id, owner)
        task = Task(account_id=account_id, owner_id=owner, kind=kind, title=said, due_on=day, note=more,
                    origin=rules.HAND, dedupe_key=f"{kind}:{uuid4().hex}", created_at=viewer.now)  # fmt: skip
        session.add(task)
        session.flush()
        audit(session, viewer, "task", task.id, account_id=account_id,
              new={"title": said, "due_on": day, "owner_id": owner})  # fmt: skip
        made.append((task.id, task.version))
    return made


def _owners(session: Session, viewer: Viewer, ids: Sequence[int]) -> dict[int, int]:
    """The owner of each account; NotFound unless the viewer sees every one."""
    seen: set[int] = set()
    for part in parts(ids):
        seen |= set(
            session.execute(
                select(Account.id).where(Account.id.in_(part), visible_accounts(viewer))
            ).scalars()
        )
    if seen != set(ids):
        raise NotFound()
    return owners_of(session, ids)


@command("playbooks.finish_task", permission="task.write", subject="task")
def finish_task(
    session: Session, viewer: Viewer, task_id: int, seen_version: int, note: str | None = None
) -> Pairs:
    """Mark a task done, with what came of it. Raises Conflict when it is closed or somebody was faster."""
    return _finish(session, viewer, [(task_id, seen_version)], note)


@command("playbooks.finish_tasks", permission="task.write")
def finish_tasks(
    session: Session, viewer: Viewer, seen: Sequence[tuple[int, int]], note: str | None = None
) -> Pairs:
    """Mark many done at once: all of them or none."""
    return _finish(session, viewer, seen, note)


def _finish(session: Session, viewer: Viewer, seen: Sequence[tuple[int, int]], note: str | None) -> Pairs:
    said = rules.note(note)
    return _act(session, viewer, seen, rules.check_open, lambda task: {
        "status": "done", "closed_at": viewer.now, "done_by": viewer.person_id, "note": said or task.note,
        "snoozed_until": None, "blocked_reason": None,
    })  # fmt: skip


@command("playbooks.skip_task", permission="task.write", subject="task")
def skip_task(session: Session, viewer: Viewer, task_id: int, seen_version: int, reason: str) -> Pairs:
    """Leave a task out, with the reason."""
    said = rules.reason(reason)
    return _act(session, viewer, [(task_id, seen_version)], rules.check_open, lambda _: {
        "status": "dropped", "closed_at": viewer.now, "done_by": viewer.person_id, "reason": said,
        "snoozed_until": None, "blocked_reason": None,
    })  # fmt: skip


@command("playbooks.reopen_task", permission="task.write", subject="task")
def reopen_task(session: Session, viewer: Viewer, task_id: int, seen_version: int) -> Pairs:
    """Take a done or skipped task back onto the list."""
    return _act(session, viewer, [(task_id, seen_version)], rules.check_closed, lambda _: {
        "status": "open", "closed_at": None, "done_by": None, "evidence": None,
    })  # fmt: skip


@command("playbooks.snooze_task", permission="task.write", subject="task")
def snooze_task(
    session: Session, viewer: Viewer, task_id: int, seen_version: int, until: date, reason: str
) -> Pairs:
    """Out of the list until a later day, with the reason; its due date stays what it was."""
    return _snooze(session, viewer, [(task_id, seen_version)], until, reason)


@command("playbooks.snooze_tasks", permission="task.write")
def snooze_tasks(
    session: Session, viewer: Viewer, seen: Sequence[tuple[int, int]], until: date, reason: str
) -> Pairs:
    """Snooze many at once: all of them or none."""
    return _snooze(session, viewer, seen, until, reason)


def _snooze(
    session: Session, viewer: Viewer, seen: Sequence[tuple[int, int]], until: date, reason: str
) -> Pairs:
    day, said = rules.check_day(until, viewer.today, later=True), rules.reason(reason)
    return _act(session, viewer, seen, rules.check_open, lambda _: {
        "snoozed_until": day, "reason": said, "blocked_reason": None,
    })  # fmt: skip


@command("playbooks.block_task", permission="task.write", subject="task")
def block_task(session: Session, viewer: Viewer, task_id: int, seen_version: int, reason: str) -> Pairs:
    """Say what a task waits for; it leaves the daily list until it is resumed."""
    said = rules.reason(reason)
    return _act(session, viewer, [(task_id, seen_version)], rules.check_open,
                lambda _: {"blocked_reason": said, "snoozed_until": None})  # fmt: skip


@command("playbooks.resume_task", permission="task.write", subject="task")
def resume_task(session: Session, viewer: Viewer, task_id: int, seen_version: int) -> Pairs:
    """Bring a snoozed or blocked task back."""
    return _act(session, viewer, [(task_id, seen_version)], rules.check_open,
                lambda _: {"blocked_reason": None, "snoozed_until": None})  # fmt: skip


@command("playbooks.hand_over_task", permission="task.write", subject="task")
def hand_over_task(
    session: Session, viewer: Viewer, task_id: int, seen_version: int, person_id: int,
    reason: str | None = None,
) -> Pairs:  # fmt: skip
    """Give a task to a colleague who sees its account. Raises Invalid for anybody else."""
    return _assign(session, viewer, [(task_id, seen_version)], person_id, reason)


@command("playbooks.assign_tasks", permission="task.write")
def assign_tasks(
    session: Session, viewer: Viewer, seen: Sequence[tuple[int, int]], person_id: int,
    reason: str | None = None,
) -> Pairs:  # fmt: skip
    """Give many tasks to one colleague: all of them or none."""
    return _assign(session, viewer, seen, person_id, reason)


def _assign(
    session: Session, viewer: Viewer, seen: Sequence[tuple[int, int]], person_id: int, reason: str | None
) -> Pairs:
    said = rules.note(reason)

    def given(task: Task) -> dict[str, Any]:
        _check_receiver(session, task.account_id, person_id)
        outbox.put(session, viewer, "task", f"{task.id}:{person_id}", account_id=task.account_id,
                   row_id=task.id, person_id=person_id)  # fmt: skip
        return {"owner_id": person_id, "reason": said or task.reason}

    return _act(session, viewer, seen, rules.check_open, given)


def _check_receiver(session: Session, account_id: int | None, person_id: int) -> None:
    fits = select(Person.id).where(Person.id == person_id, Person.active)
    if account_id is not None:
        fits = fits.where(may_receive(account_id, Person.id))
    if not isinstance(person_id, int) or session.execute(fits).first() is None:
        raise Invalid("task_receiver")


@command("playbooks.undo_tasks", permission="task.write")
def undo_tasks(session: Session, viewer: Viewer, seen: Sequence[tuple[int, int]]) -> int:
    """Take the last act on these tasks back, by who did it; how many went back. All of them or none: raises
    Conflict("nothing_to_undo") when one changed since or was undone already."""
    tasks = _load(session, viewer, seen, Conflict("nothing_to_undo"))
    for task in tasks:
        if not task.before or task.before.get("by") != viewer.person_id:
            raise Conflict("nothing_to_undo")
        _set(session, viewer, task, {k: _value(k, v) for k, v in task.before.items() if k != "by"})
        task.before = None
    settle(session, viewer, {task.run_id for task in tasks})
    return len(tasks)


def _act(
    session: Session, viewer: Viewer, seen: Sequence[tuple[int, int]],
    check: Callable[[str, str], None], values_of: Callable[[Task], dict[str, Any]],
) -> Pairs:  # fmt: skip
    """One act on every task, kept for one undo."""
    tasks = _load(session, viewer, seen)
    for task in tasks:
        check(task.status, task.kind)
        before = {name: _plain(getattr(task, name)) for name in _KEPT} | {"by": viewer.person_id}
        _set(session, viewer, task, values_of(task))
        task.before = before
    settle(session, viewer, {task.run_id for task in tasks})
    return [(task.id, task.version) for task in tasks]


def _set(session: Session, viewer: Viewer, task: Task, values: dict[str, Any]) -> None:
    changed = {name: value for name, value in values.items() if getattr(task, name) != value}
    old = {name: _plain(getattr(task, name)) for name in changed}
    for name, value in changed.items():
        setattr(task, name, value)
    task.version += 1
    audit(session, viewer, "task", task.id, account_id=task.account_id, old=old,
          new={name: _plain(value) for name, value in changed.items()} | {"_version": task.version},
          reason=changed.get("reason"))  # fmt: skip


def _load(
    session: Session, viewer: Viewer, seen: Sequence[tuple[int, int]], stale: Conflict | None = None
) -> list[Task]:
    """The tasks, locked in the order of their ids; all of them or NotFound, and as they were seen."""
    try:
        wanted = {index(task_id): version for task_id, version in seen}
    except TypeError:
        raise NotFound() from None
    if not wanted or len(wanted) > MOST_AT_ONCE:
        raise Invalid("task_count", most=MOST_AT_ONCE)
    found: list[Task] = []
    for part in parts(sorted(wanted)):
        statement = select(Task).where(Task.id.in_(part), seen_tasks(viewer)).order_by(Task.id)
        found += session.execute(statement.with_for_update()).scalars()
    if len(found) != len(wanted):
        raise NotFound()
    for task in found:
        if task.version != wanted[task.id]:
            raise stale or Conflict("changed_meanwhile", seen=wanted[task.id], now=task.version)
    return found


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _value(name: str, kept: Any) -> Any:
    if kept is None:
        return None
    if name in _DAYS:
        return date.fromisoformat(kept)
    return datetime.fromisoformat(kept) if name in _MOMENTS else kept
