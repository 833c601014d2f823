"""Runs of playbooks: started once a trigger, their steps laid out as tasks, moved when dates move."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.engine import Row
from sqlmodel import Session

from lib.access import Viewer
from lib.playbooks import facts
from lib.playbooks.definitions import Versions, current, figures
from lib.playbooks.plan import MANUAL, Planned, Playbook, Step, planned
from lib.store import policy
from lib.store.database import parts
from lib.store.doors import audit
from lib.store.models import PlaybookRun, Task
from lib.vips.terms import check_in_quarters

KIND = "playbook"  # the kind and the origin of a task that is a step of a run
ORIGIN = "play"
ONCE_A_YEAR = frozenset({"vip_designated", "trial_started", "converted"})
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Start:
    """A playbook to start on an account: by which trigger, what happened on which day, and to what."""

    account_id: int
    code: str
    trigger: str
    on: date
    subject_id: int | None = None

    @property
    def key(self) -> str:
        subject = uuid4().hex if self.trigger == MANUAL else self.subject_id or self.on.isoformat()
        return f"{self.code}:{self.account_id}:{self.trigger}:{subject}"


@dataclass(frozen=True)
class Desk:
    """What every run needs of the policy: versions, and who is over capacity."""

    versions: Versions
    playbooks: dict[str, tuple[int, Playbook]]
    usual_quarters: int
    tiers: Mapping[str, Any]
    early_days: int
    crowded: frozenset[int]

    def quarters(self, tier: str | None) -> int:
        """Quarters between two check-ins of an account: those of its tier, else the usual ones."""
        return check_in_quarters(tier, self.tiers) or self.usual_quarters


def desk(session: Session, today: date) -> Desk:
    figure = figures(today, session)
    crowded = facts.over_capacity(session, figure("vip.book.capacity"))
    return Desk(Versions(session, figure), current(session, figure), figure("vip.checkin.every_quarters"),
                policy.values("tiers", today, session), figure("playbooks.early_days"),
                frozenset(crowded))  # fmt: skip


def start_plays(session: Session, viewer: Viewer, account_id: int, trigger: str, on: date) -> list[int]:
    """Start every playbook of a trigger on one account, for a flow with its own transaction; ids of new
    runs. What the trigger started before, or runs already, is not started again."""
    known = desk(session, viewer.today)
    wanted = [Start(account_id, code, trigger, on) for code in triggered(known, trigger)]
    made = start_many(session, viewer, known, wanted, viewer.today)
    for run in made:
        audit(session, viewer, "playbook_run", run.id, account_id=account_id,
              new={"code": run.code, "number": run.number, "trigger": trigger})  # fmt: skip
    return [run.id for run in made]


def triggered(known: Desk, trigger: str) -> list[str]:
    return [code for code, (_, book) in known.playbooks.items() if book.active and trigger in book.triggers]


def start_many(
    session: Session, viewer: Viewer, known: Desk, wanted: Sequence[Start], today: date
) -> list[Row]:
    """The new runs. One is left out where its key is known, the same playbook runs on the account already
    or ran in the last year (for what happens once), or where no step has or awaits a date."""
    fresh = _unknown(session, wanted, today)
    dates = facts.dates_of(session, {s.account_id for s in fresh})
    rows = []
    for start in fresh:
        number, book = known.playbooks[start.code]
        of_account = dates[start.account_id]
        anchors = of_account.anchors(today)
        laid = planned(book.steps, anchors, today, today, known.quarters(of_account.tier))
        if not laid and all(step.anchor in anchors for step in book.steps):
            continue
        rows.append({
            "account_id": start.account_id, "code": start.code, "number": number, "trigger": start.trigger,
            "subject_id": start.subject_id, "started_on": today, "dedupe_key": start.key, "anchors": {},
            "status": "running", "started_by": viewer.person_id, "started_at": viewer.now, "version": 1,
        })  # fmt: skip
    if not rows:
        return []
    session.execute(insert(PlaybookRun), rows)
    keys = [row["dedupe_key"] for row in rows]
    made = [row for part in parts(keys) for row in read_runs(session, PlaybookRun.dedupe_key.in_(part))]
    lay_out(session, viewer, known, made, today)
    return made


def _unknown(session: Session, wanted: Sequence[Start], today: date) -> list[Start]:
    keyed = {(s.key if s.trigger != MANUAL else id(s)): s for s in wanted}
    r = PlaybookRun
    keys, running, lately = set(), set(), set()
    for part in parts(sorted({s.account_id for s in wanted})):
        rows = session.execute(
            select(r.account_id, r.code, r.dedupe_key, r.status, r.started_on).where(r.account_id.in_(part))
        )
        for row in rows:
            keys.add(row.dedupe_key)
            if row.status == "running":
                running.add((row.account_id, row.code))
            if row.started_on > today - YEAR:
                lately.add((row.account_id, row.code))
    found: dict[tuple[int, str], Start] = {}
    for key, start in keyed.items():
        pair = (start.account_id, start.code)
        again = start.trigger in ONCE_A_YEAR and pair in lately
        if key not in keys and pair not in running and not again:
            found.setdefault(pair, start)
    return list(found.values())


def read_runs(session: Session, *which: Any) -> list[Row]:
    r = PlaybookRun
    columns = (r.id, r.account_id, r.code, r.number, r.trigger, r.subject_id, r.started_on, r.started_at,
               r.anchors, r.status)  # fmt: skip
    return list(session.execute(select(*columns).where(*which).order_by(r.id)))


def lay_out(
    session: Session, viewer: Viewer, known: Desk, runs: Sequence[Row], today: date
) -> tuple[int, int]:
    """Make the tasks that are missing and move open ones whose date moved; how many of each."""
    dates = facts.dates_of(session, {run.account_id for run in runs})
    duties = facts.duties_of(session, {run.account_id for run in runs})
    there = _tasks_of(session, [run.id for run in runs])
    made, moved, anchored = [], [], []
    for run in runs:
        of_account = dates[run.account_id]
        anchors = of_account.anchors(run.started_on)
        book = known.versions.get(run.code, run.number)
        said = {name: day.isoformat() for name, day in anchors.items()}
        if said != run.anchors:
            anchored.append({"run": run.id, "anchors": said})
        quarters = known.quarters(of_account.tier)
        for one in planned(book.steps, anchors, run.started_on, today, quarters):
            task = there[run.id].get(one.key)
            if task is None:
                owner = duties[run.account_id].of(one.step.owner)
                made.append(_task(viewer, run, one, owner, known))
            elif task.status == "open" and task.due_on != one.due_on:
                moved.append({"task": task.id, "due": one.due_on})
    if made:
        session.execute(insert(Task), made)
    connection, t, r = session.connection(), Task.__table__, PlaybookRun.__table__
    if moved:
        changed = update(t).where(t.c.id == bindparam("task"), t.c.status == "open")
        connection.execute(changed.values(due_on=bindparam("due"), version=t.c.version + 1), moved)
    if anchored:
        held = update(r).where(r.c.id == bindparam("run"))
        connection.execute(held.values(anchors=bindparam("anchors", type_=r.c.anchors.type)), anchored)
    return len(made), len(moved)


def _task(viewer: Viewer, run: Row, one: Planned, owner: int | None, known: Desk) -> dict[str, Any]:
    step = one.step
    by_template = step.automatic and owner in known.crowded
    return {
        "account_id": run.account_id, "owner_id": owner, "kind": KIND, "title": step.title_en,
        "title_zh": step.title_zh, "due_on": one.due_on, "status": "open", "version": 1,
        "dedupe_key": f"play:{run.id}:{one.key}", "created_at": viewer.now, "run_id": run.id,
        "step": one.key, "origin": ORIGIN, "mode": "template" if by_template else "personal",
    }  # fmt: skip


def _tasks_of(session: Session, run_ids: Iterable[int]) -> dict[int, dict[str, Row]]:
    found: dict[int, dict[str, Row]] = defaultdict(dict)
    for part in parts(run_ids):
        rows = select(Task.id, Task.run_id, Task.step, Task.status, Task.due_on).where(Task.run_id.in_(part))
        for row in session.execute(rows):
            found[row.run_id][row.step] = row
    return found


def step_of(book: Playbook, key: str | None) -> Step | None:
    """The step a task belongs to; `check_in:3` is the third time of `check_in`."""
    return book.step((key or "").partition(":")[0])
