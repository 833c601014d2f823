"""Tasks that are done, whatever they stand for: the task of an internal request answers the request."""

from inspect import unwrap

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer, require
from lib.errors import Conflict
from lib.playbooks import acts as tasks
from lib.playbooks.acts import Pairs, Seen
from lib.store.doors import command
from lib.store.models import InternalRequest, Task
from lib.teams import requests
from lib.words import say


@command("today.finish_task", permission="task.write", subject="task")
def finish_task(
    session: Session, viewer: Viewer, task_id: int, seen_version: int, note: str | None = None
) -> Pairs:
    """Tick a task off. Raises Conflict when it is closed or somebody was faster, NotFound."""
    return finish(session, viewer, [(task_id, seen_version)], note)


@command("today.take_back_task", permission="task.write", subject="task")
def take_back_task(session: Session, viewer: Viewer, task_id: int, seen_version: int) -> int:
    """A task that was ticked off is open again, and so is its request."""
    return take_back(session, viewer, [(task_id, seen_version)])


def finish(session: Session, viewer: Viewer, seen: Seen, note: str | None) -> Pairs:
    """Done, all of them or none; the pairs as they are afterwards. A request is answered with the note."""
    said = (note or "").strip() or say(viewer.language, "today-request-done")
    asked = _requests(session, viewer, seen)
    plain = [pair for pair in seen if pair[0] not in asked]
    done = list(tasks.finish(session, viewer, plain, note)) if plain or not asked else []
    return done + _moved(session, viewer, seen, asked, "answered", said)


def take_back(session: Session, viewer: Viewer, seen: Seen) -> int:
    """The last act of the viewer on these tasks, taken back; a request waits again."""
    asked = _requests(session, viewer, seen)
    plain = [pair for pair in seen if pair[0] not in asked]
    back = tasks.take_back(session, viewer, plain) if plain or not asked else 0
    return back + len(_moved(session, viewer, seen, asked, "open", None))


def _requests(session: Session, viewer: Viewer, seen: Seen) -> dict[int, InternalRequest]:
    """The requests that wait for an answer or just got one, by the id of their task."""
    ids = [task_id for task_id, _ in seen if isinstance(task_id, int)]
    found = select(Task.id, Task.dedupe_key).where(Task.id.in_(ids), Task.kind == requests.TASK)
    keys = {key: task_id for task_id, key in session.execute(found)}
    if not keys:
        return {}
    require(viewer, "request.write")
    numbers = [int(key.rpartition(":")[2]) for key in keys]
    rows = session.execute(
        select(InternalRequest).where(InternalRequest.id.in_(numbers), requests.seen(viewer))
    )
    return {keys[requests.key_of(row.id)]: row for row in rows.scalars()}


def _moved(
    session: Session, viewer: Viewer, seen: Seen, asked: dict[int, InternalRequest], state: str,
    said: str | None,
) -> list[tuple[int, int]]:  # fmt: skip
    """Every request brought to a state, its task with it."""
    moved = []
    for task_id, version in seen:
        if (row := asked.get(task_id)) is None:
            continue
        now = session.execute(select(Task.version).where(Task.id == task_id)).scalar_one()
        if now != version:
            raise Conflict("changed_meanwhile", seen=version, now=now)
        unwrap(requests.move_request)(session, viewer, row.id, row.version, state, said)
        moved.append((task_id, version + 1))
    return moved
