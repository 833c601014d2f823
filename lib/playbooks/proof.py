"""Closes steps by what the desk sees: talks, demos, milestones, sent quotes, the end of an alert."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select, update
from sqlalchemy.engine import Row
from sqlmodel import Session

from lib.access import Viewer
from lib.playbooks import facts, milestones
from lib.playbooks.facts import Seen
from lib.playbooks.milestones import Reached
from lib.playbooks.plan import Playbook, Step
from lib.playbooks.rules import evidence, read_evidence
from lib.playbooks.running import Desk, step_of
from lib.store.database import parts
from lib.store.models import Task

MEETINGS = frozenset({"meeting", "visit"})
NOT_NEEDED = "not_needed"


@dataclass
class World:
    """What is known of one run's account when its steps are looked at."""

    run: Row
    book: Playbook
    seen: Seen
    reached: dict[str, Reached]
    ended: dict[tuple[str, int], date]
    early_days: int
    used: set[int] = field(default_factory=set)  # talks that closed an earlier step of the run


def met(step: Step, due_on: date, world: World) -> str | None:
    """The evidence that closes a step, or None. A talk counts from some days before the step is due, and
    for one step of a run only."""
    for way in step.closes:
        if found := _WAYS[way](step, due_on, world):
            return found
    return None


def needed(step: Step, world: World) -> bool:
    """Whether the condition of a step holds."""
    if step.only_if == "no_demo":
        return not any(status == "held" for status, _ in world.seen.demos)
    if step.only_if == "behind":
        return any(m.code not in world.reached for m in world.book.milestones)
    return True


def _talk(step: Step, due_on: date, world: World, channels: frozenset[str] | None = None) -> str | None:
    early = world.early_days if step.early_days is None else step.early_days
    since = max(world.run.started_on, due_on - timedelta(days=early))
    for talk in world.seen.talks:
        if talk.day >= since and talk.id not in world.used and (not channels or talk.channel in channels):
            world.used.add(talk.id)
            return evidence("touch", talk.day, f"{talk.channel}:{talk.id}")
    return None


def _demo(*states: str):  # noqa: ANN202 - a way to close a step
    def way(_step: Step, _due_on: date, world: World) -> str | None:
        found = [(status, day) for status, day in world.seen.demos if status in states]
        return evidence("demo", found[-1][1], found[-1][0]) if found else None

    return way


def _milestones(_step: Step, _due_on: date, world: World) -> str | None:
    codes = [m.code for m in world.book.milestones]
    if not codes or any(code not in world.reached for code in codes):
        return None
    return evidence("milestones", max(world.reached[code].day for code in codes), len(codes))


def _quote(_step: Step, _due_on: date, world: World) -> str | None:
    sent = [day for day in world.seen.quotes if day >= world.run.started_on]
    return evidence("quote", sent[0]) if sent else None


def _ended(kind: str):  # noqa: ANN202 - a way to close a step
    def way(_step: Step, _due_on: date, world: World) -> str | None:
        day = world.ended.get((kind, world.run.subject_id))
        return evidence(kind, day) if day else None

    return way


def _trial(_step: Step, _due_on: date, world: World) -> str | None:
    return evidence("trial", world.seen.trial[1], world.seen.trial[0]) if world.seen.trial else None


_WAYS = {
    "touch": _talk,
    "meeting": lambda step, due_on, world: _talk(step, due_on, world, MEETINGS),
    "demo_offered": _demo("offered", "accepted", "held", "declined"),
    "demo_held": _demo("held"),
    "milestones": _milestones,
    "quote_sent": _quote,
    "alert_closed": _ended("alert"),
    "renewal_closed": _ended("renewal"),
    "trial_closed": _trial,
}


def close_by_evidence(
    session: Session, viewer: Viewer, known: Desk, runs: Sequence[Row], day: date
) -> set[int]:
    """Close every open step of these running runs that the desk sees done, and drop due ones that are not
    needed; the runs that changed."""
    by_id = {run.id: run for run in runs if run.status == "running"}
    tasks = _steps_of(session, list(by_id))
    worlds = _worlds(session, viewer, known, [by_id[i] for i in tasks], day)
    closed, changed = [], set()
    for run_id, rows in tasks.items():
        world = worlds[run_id]
        world.used |= _used(rows)
        steps = [(row, step) for row in rows if (step := step_of(world.book, row.step)) is not None]
        for row, step in sorted(steps, key=_asks_for_meeting):
            if row.status != "open":
                continue
            proof, status = met(step, row.due_on, world), "done"
            if proof is None and row.due_on <= day and not needed(step, world):
                proof, status = evidence(NOT_NEEDED, day, step.only_if), "dropped"
            if proof is not None:
                closed.append({"task": row.id, "state": status, "seen": proof})
                changed.add(run_id)
    if closed:
        t = Task.__table__
        done = update(t).where(t.c.id == bindparam("task"), t.c.status == "open")
        done = done.values(status=bindparam("state"), evidence=bindparam("seen"), closed_at=viewer.now,
                           snoozed_until=None, blocked_reason=None, before=None,
                           version=t.c.version + 1)  # fmt: skip
        session.connection().execute(done, closed)
    return changed


def _asks_for_meeting(pair: tuple[Row, Step]) -> bool:
    """A meeting closes what needs one before it counts as any talk; else the earliest step goes first."""
    return "meeting" not in pair[1].closes


def _steps_of(session: Session, run_ids: Sequence[int]) -> dict[int, list[Row]]:
    """Runs with an open step: all their tasks, by date."""
    found: dict[int, list[Row]] = defaultdict(list)
    for part in parts(run_ids):
        rows = select(Task.id, Task.run_id, Task.step, Task.status, Task.due_on, Task.evidence).where(
            Task.run_id.in_(part)
        )
        for row in session.execute(rows.order_by(Task.due_on, Task.id)):
            found[row.run_id].append(row)
    return {i: rows for i, rows in found.items() if any(row.status == "open" for row in rows)}


def _used(rows: Sequence[Row]) -> set[int]:
    ids = [read_evidence(row.evidence) for row in rows if row.status != "open"]
    return {int(detail.rpartition(":")[2]) for kind, _, detail in ids if kind == "touch"}


def _worlds(
    session: Session, viewer: Viewer, known: Desk, runs: Sequence[Row], day: date
) -> dict[int, World]:
    if not runs:
        return {}
    zone = ZoneInfo(viewer.zone)
    first = min(run.started_on for run in runs)
    since = datetime.combine(first, time(), zone)
    books = {run.id: known.versions.get(run.code, run.number) for run in runs}
    ids = sorted({run.account_id for run in runs})
    seen = facts.seen_of(session, ids, since, lambda moment: moment.astimezone(zone).date())
    wanted = {run.account_id: [] for run in runs}
    for run in runs:
        have = {m.code for m in wanted[run.account_id]}
        wanted[run.account_id] += [m for m in books[run.id].milestones if m.code not in have]
    reached = milestones.record(session, viewer, wanted, day)
    ended = facts.closed_subjects(session, _subjects(runs, "alert_opened"), _subjects(runs, "renewal_opened"))
    return {
        run.id: World(run, books[run.id], seen[run.account_id], reached[run.account_id], ended,
                      known.early_days)
        for run in runs
    }  # fmt: skip


def _subjects(runs: Sequence[Row], trigger: str) -> list[int]:
    return [run.subject_id for run in runs if run.trigger == trigger and run.subject_id is not None]
