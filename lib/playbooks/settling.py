"""What follows for a run when its steps change: done with the last one, running again with an open one."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import func, select, update
from sqlmodel import Session

from lib.access import Viewer
from lib.playbooks.definitions import Versions, figures
from lib.store.database import parts
from lib.store.models import PlaybookRun, Task

WAITS = timedelta(days=90)  # so long a run waits for a date nobody knows yet


def settle(session: Session, viewer: Viewer, run_ids: Iterable[int | None]) -> int:
    """Close runs without an open step, reopen done ones that have one again; how many changed.

    A run waits on for steps that have no date yet, for a while, and for those that come again for ever.
    """
    ids = sorted({i for i in run_ids if i is not None})
    if not ids:
        return 0
    session.flush()
    done, again, versions = [], [], None
    for part in parts(ids):
        counted = select(Task.run_id, func.count()).where(Task.run_id.in_(part), Task.status == "open")
        left = {row[0]: row[1] for row in session.execute(counted.group_by(Task.run_id))}
        r = PlaybookRun
        for run in session.execute(
            select(r.id, r.code, r.number, r.status, r.started_on, r.anchors).where(r.id.in_(part))
        ):
            if run.status == "done" and left.get(run.id):
                again.append(run.id)
            elif run.status == "running" and not left.get(run.id):
                versions = versions or Versions(session, figures(viewer.today, session))
                if not _waits(versions.get(run.code, run.number).steps, run, viewer):
                    done.append(run.id)
    for status, moment, which in (("done", viewer.now, done), ("running", None, again)):
        for part in parts(which):
            changed = update(PlaybookRun).where(PlaybookRun.id.in_(part))
            session.execute(changed.values(status=status, closed_at=moment, version=PlaybookRun.version + 1))
    return len(done) + len(again)


def _waits(steps, run, viewer: Viewer) -> bool:  # noqa: ANN001 - steps of a version, a row of a run
    unknown = any(step.anchor not in run.anchors for step in steps)
    comes_again = any(step.every != "once" and step.anchor in run.anchors for step in steps)
    return comes_again or (unknown and viewer.today < run.started_on + WAITS)
