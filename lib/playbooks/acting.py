"""Runs by hand: start a play, cancel it and take that back; publish a new version of a playbook."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select, update
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict, Invalid, NotFound
from lib.playbooks import plan, rules
from lib.playbooks.definitions import publish
from lib.playbooks.plan import MANUAL
from lib.playbooks.running import Start, desk, start_many
from lib.store.database import parts
from lib.store.doors import audit, command
from lib.store.forms import earlier_result, remember
from lib.store.models import Account, PlaybookRun, PlaybookVersion, Task
from lib.store.scope import load

_SLUG = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")


@command("playbooks.start", permission="task.write", subject="account")
def start_play(
    session: Session, viewer: Viewer, account_id: int, code: str, form_key: str | None = None
) -> int:
    """Start a playbook on an account by hand; the run's id.

    Raises Conflict("play_runs") while it runs there already, Conflict("play_no_steps") when none of its
    steps has or awaits a date, NotFound for an unknown playbook or account.
    """
    content = {"account": account_id, "code": code}
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    load(session, viewer, Account, account_id)
    known = desk(session, viewer.today)
    held = known.playbooks.get(code)
    if held is None or not held[1].active:
        raise NotFound()
    runs = select(PlaybookRun.id).where(
        PlaybookRun.account_id == account_id, PlaybookRun.code == code, PlaybookRun.status == "running"
    )
    if session.execute(runs).first():
        raise Conflict("play_runs")
    made = start_many(session, viewer, known, [Start(account_id, code, MANUAL, viewer.today)], viewer.today)
    if not made:
        raise Conflict("play_no_steps")
    audit(session, viewer, "playbook_run", made[0].id, account_id=account_id,
          new={"code": code, "number": made[0].number, "trigger": MANUAL})  # fmt: skip
    remember(session, viewer, form_key, content, {"id": made[0].id})
    return made[0].id


@command("playbooks.cancel_run", permission="task.write", subject="play")
def cancel_run(session: Session, viewer: Viewer, run_id: int, seen_version: int, reason: str) -> int:
    """End a run with a reason: its open steps go, done ones stay. The run's new version, for one undo."""
    said = rules.reason(reason)
    run = load(session, viewer, PlaybookRun, run_id, seen_version)
    if run.status != "running":
        raise Conflict("play_closed")
    open_ids = list(
        session.execute(
            select(Task.id).where(Task.run_id == run.id, Task.status == "open").order_by(Task.id)
        ).scalars()
    )
    for part in parts(open_ids):
        dropped = update(Task).where(Task.id.in_(part), Task.status == "open")
        session.execute(dropped.values(status="dropped", reason=said, closed_at=viewer.now,
                                       done_by=viewer.person_id, version=Task.version + 1))  # fmt: skip
    run.status, run.reason, run.closed_at = "cancelled", said, viewer.now
    run.before = {"by": viewer.person_id, "tasks": open_ids}
    run.version += 1
    audit(session, viewer, "playbook_run", run.id, account_id=run.account_id, old={"status": "running"},
          new={"status": "cancelled", "tasks": open_ids, "_version": run.version}, reason=said)  # fmt: skip
    return run.version


@command("playbooks.resume_run", permission="task.write", subject="play")
def resume_run(session: Session, viewer: Viewer, run_id: int, seen_version: int) -> None:
    """Take a cancelling back: the run goes on with the steps it had open."""
    run = load(session, viewer, PlaybookRun, run_id, seen_version)
    if run.status != "cancelled" or run.before is None:
        raise Conflict("nothing_to_undo")
    for part in parts(run.before["tasks"]):
        again = update(Task).where(Task.id.in_(part), Task.run_id == run.id, Task.status == "dropped")
        session.execute(again.values(status="open", reason=None, closed_at=None, done_by=None,
                                     version=Task.version + 1))  # fmt: skip
    tasks = run.before["tasks"]
    run.status, run.reason, run.closed_at, run.before = "running", None, None, None
    run.version += 1
    audit(session, viewer, "playbook_run", run.id, account_id=run.account_id, old={"status": "cancelled"},
          new={"status": "running", "tasks": tasks, "_version": run.version})  # fmt: skip


@command("playbooks.publish", permission="playbook.write")
def publish_playbook(
    session: Session, viewer: Viewer, code: str, seen_number: int, body: Mapping[str, Any], reason: str
) -> int:
    """Publish the next version of a playbook, or with `seen_number` 0 a new playbook; its number.

    Runs under way keep the version they began with. Raises Invalid for a version that could not run,
    Conflict when another version came meanwhile or nothing differs.
    """
    said = rules.reason(reason)
    if not code or len(code) > 48 or set(code) - _SLUG:
        raise Invalid("playbook_name")
    plan.check(body)
    newest = select(func.max(PlaybookVersion.number)).where(PlaybookVersion.code == code)
    number = session.execute(newest).scalar() or 0
    if number != seen_number:
        raise Conflict("changed_meanwhile", seen=seen_number, now=number)
    if number:
        held = select(PlaybookVersion.body).where(
            PlaybookVersion.code == code, PlaybookVersion.number == number
        )
        if not plan.differences(session.execute(held).scalar_one(), body):
            raise Conflict("playbook_same")
    return publish(session, viewer, code, number + 1, body, said)
