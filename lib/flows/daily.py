"""Everything a new day brings. Each day once, also with several processes; done again it gives the same."""

import logging
import os
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select, update
from sqlmodel import Session

from lib.access import Viewer
from lib.activity.evaluation import evaluate
from lib.activity.loading import pack_facts
from lib.activity.recording import record
from lib.activity.rollup import roll_up
from lib.activity.rules import AlertKind, thresholds
from lib.audit.commands import seal_day
from lib.concessions.recording import keep_day
from lib.contracts.commands import roll
from lib.errors import Conflict
from lib.flows.assigning import assign_by_rule
from lib.flows.change_subscription import run_changes
from lib.flows.health import walk_health
from lib.fulfilment.daily import offer_rights, raise_benefit_tasks
from lib.growth import recording as growth
from lib.health.recording import record_day
from lib.negotiation.tasks import raise_due_tasks
from lib.notices import raising
from lib.playbooks.daily import play_day
from lib.playbooks.potential import propose_gifts
from lib.policy.review import raise_review_task
from lib.quotes.escalating import escalate_due
from lib.quotes.following import raise_second_offers
from lib.quotes.requests import raise_fit_reviews
from lib.quotes.writing import expire_due
from lib.renewals.commands import open_due
from lib.segments.recording import record_segments, wake_dormant
from lib.signals.recording import raise_day
from lib.store import policy
from lib.store.database import read_one, reading
from lib.store.doors import audit, command, query
from lib.store.models import AccountDay, DayRun, ImportRun
from lib.vips.proposing import propose
from lib.vips.tasks import raise_funding_reviews

log = logging.getLogger("vip_desk.daily")
Progress = Callable[[str, float], None]
STALE = timedelta(minutes=10)  # a runner that did not report for so long is taken for dead
WALKED = (0.1, 0.7)  # shares of a replay at which the walk over its days begins and ends
LATE_DAYS = 7  # so far back the roll-up looks for rows that came late


@dataclass(frozen=True)
class DayState:
    """What the frame shows of the daily run; days are mornings."""

    latest: date | None
    running: date | None
    step: str | None
    share: float


@command("daily.roll_up", permission="day.run")
def _roll_up(session: Session, viewer: Viewer, day: date) -> int:  # noqa: ARG001 - a step's shape
    return _roll_up_since(session, day - timedelta(days=LATE_DAYS))


def _roll_up_since(session: Session, day: date) -> int:
    """Imports roll up what they bring; here only what came late, or everything where nothing ever was."""
    rolled = session.execute(select(AccountDay.day).where(AccountDay.named).limit(1)).first()
    return roll_up(session, None, day if rolled else None)


@command("daily.pack", permission="day.run")
def _pack(session: Session, viewer: Viewer, first: date, last: date) -> int:  # noqa: ARG001 - a command's shape
    """What the mornings first … last read of activity, packed; how many sheets were missing."""
    limits = thresholds(policy.values("activity", last, session))
    return pack_facts(session, first - timedelta(days=1), last - timedelta(days=1), limits)


def _roll_up_and_pack(viewer: Viewer, day: date) -> int:
    written = _roll_up(viewer, day)
    _pack(viewer, day, day)
    return written


@command("daily.alerts", permission="day.run")
def _alerts(session: Session, viewer: Viewer, day: date) -> int:
    limits = thresholds(policy.values("activity", day, session))
    found = evaluate(session.connection(), day, day, limits)
    opened = record(session, viewer, found, limits)["opened"]
    raising.raise_alerts(session, viewer, day)
    return opened


@command("daily.signals", permission="day.run")
def _signals(session: Session, viewer: Viewer, day: date) -> int:
    return raise_day(session, viewer, day)


@command("daily.waiting_cases", permission="day.run")
def watch_cases(session: Session, viewer: Viewer) -> int:
    """Between two mornings: cases of VIPs that wait too long; how many alerts opened or ended."""
    return raise_day(session, viewer, viewer.today, (AlertKind.CASE,))


@command("daily.renewals", permission="day.run")
def _renewals(session: Session, viewer: Viewer, day: date) -> int:
    run_changes(session, viewer, day)
    roll(session, viewer, day)
    opened = open_due(session, viewer, day)
    raising.raise_notice_dates(session, viewer, day)
    return opened


@command("daily.health", permission="day.run")
def _health(session: Session, viewer: Viewer, day: date) -> int:
    return record_day(session, viewer, day)


@command("daily.growth", permission="day.run")
def _growth(session: Session, viewer: Viewer, day: date) -> int:
    return growth.record_day(session, viewer, day)


@command("daily.past_health", permission="day.run")
def past_health(session: Session, viewer: Viewer, first: date, last: date) -> int:
    """The health of past mornings, day by day at the end and weekly before; how many rows changed."""
    return walk_health(session, viewer, first, last)


@command("daily.quotes", permission="day.run")
def _quotes(session: Session, viewer: Viewer, day: date) -> int:
    escalate_due(session, viewer, day)
    raise_benefit_tasks(session, viewer, day)
    return expire_due(session, viewer, day) + raise_second_offers(session, viewer, day)


@command("daily.tasks", permission="day.run")
def _tasks(session: Session, viewer: Viewer, day: date) -> int:
    raised = raise_due_tasks(session, viewer, day) + raise_review_task(session, viewer, day)
    assign_by_rule(session, viewer, day)
    return raised + raise_fit_reviews(session, viewer, day) + keep_day(session, viewer, day)


@command("daily.segments", permission="day.run")
def _segments(session: Session, viewer: Viewer, day: date) -> int:
    changed = record_segments(session, viewer, day)
    wake_dormant(session, viewer, day)
    return changed + offer_rights(session, viewer, day)


@command("daily.vips", permission="day.run")
def _vips(session: Session, viewer: Viewer, day: date) -> int:
    raise_funding_reviews(session, viewer, day)
    return propose(session, viewer, day)


@command("daily.playbooks", permission="day.run")
def _playbooks(session: Session, viewer: Viewer, day: date) -> int:
    played = play_day(session, viewer, day) + propose_gifts(session, viewer, day)
    raising.raise_tasks(session, viewer, day)  # the tasks of this step and of the one before
    return played


# Each step is its own transaction and may be done again, so a run that died is simply taken over.
STEPS: tuple[tuple[str, Callable[[Viewer, date], int], float], ...] = (
    ("roll_up", _roll_up_and_pack, 0.35),
    ("alerts", _alerts, 0.80),
    ("renewals", _renewals, 0.90),
    ("quotes", _quotes, 0.92),
    ("signals", _signals, 0.93),
    ("health", _health, 0.94),
    ("segments", _segments, 0.95),
    ("vips", _vips, 0.96),
    ("growth", _growth, 0.97),
    ("tasks", _tasks, 0.975),
    ("playbooks", _playbooks, 0.98),
    ("seal", seal_day, 1.0),
)


@query("daily.state", permission="today.read")
def state(viewer: Viewer) -> DayState:  # noqa: ARG001 - the register wants a viewer
    """The last finished morning, and the one being worked on now with its step and share (0 to 1)."""
    with reading() as connection:
        latest = connection.execute(select(func.max(DayRun.day)).where(DayRun.status == "done")).scalar()
        now = read_one(
            select(DayRun.day, DayRun.step, DayRun.share).where(DayRun.status == "running").limit(1),
            connection,
        )
    return DayState(latest, *(now or (None, None, 0.0)))


def latest_day() -> date | None:
    """The newest morning that was evaluated to the end."""
    row = read_one(select(func.max(DayRun.day)).where(DayRun.status == "done"))
    return row[0] if row else None


def pending(viewer: Viewer) -> bool:
    """Is the last evaluated morning older than today, or did an import bring something since?"""
    latest = latest_day()
    return latest is None or latest < viewer.today or _imported_since(latest)


def _imported_since(day: date) -> bool:
    fresh = select(ImportRun.id).where(
        ImportRun.imported_at > select(DayRun.finished_at).where(DayRun.day == day).scalar_subquery()
    )
    return read_one(fresh.limit(1)) is not None


def run_day(
    viewer: Viewer,
    day: date,
    progress: Progress | None = None,
    *,
    again: bool = True,
    missing_since: date | None = None,
) -> dict[str, int]:
    """Evaluate the morning of `day` with the data up to the day before; what each step did.

    With `missing_since` the mornings from then on are walked first. Raises Conflict while another process
    works on the day, or with `again` false when it is done already.
    """
    _claim(viewer, day, f"{socket.gethostname()}:{os.getpid()}"[:64], again)
    done: dict[str, int] = {}
    share = 0.0
    try:
        if missing_since is not None:
            _tell(viewer, day, "replay", share, progress)
            _replay(viewer, missing_since, day - timedelta(days=1))
            past_health(viewer, missing_since, day - timedelta(days=1))
        for name, step, until in STEPS:
            _tell(viewer, day, name, share, progress)
            done[name] = step(viewer, day)
            share = until
    except Exception:
        reference = secrets.token_hex(4)
        log.exception("day %s failed, reference %s", day, reference)
        _finish(viewer, day, "failed", reference)
        raise
    _finish(viewer, day, "done", None)
    if progress:
        progress("done", 1.0)
    return done


def _tell(viewer: Viewer, day: date, step: str, share: float, progress: Progress | None) -> None:
    _report(viewer, day, step, share)
    if progress:
        progress(step, share)


def replay(
    viewer: Viewer, first: date, last: date, progress: Progress | None = None, *, health: bool = True,
    sums: bool = True,
) -> dict[str, int]:  # fmt: skip
    """Walk the activity rules over the mornings first … last in one go and store the alerts they bring, and
    the health of these mornings. Without `sums` the daily sums stand already.

    Alerts of the range that nobody worked on are found anew; the others keep their place.
    """
    tell = progress and (lambda share: progress("replay", WALKED[0] + (WALKED[1] - WALKED[0]) * share))
    if tell:
        tell(0)
    _pack(viewer, first, last)
    counts = _replay(viewer, first, last, tell, sums)
    if health:
        if progress:
            progress("health", WALKED[1])
        past_health(viewer, first, last)
    if progress:
        progress("done", 1.0)
    return counts


@command("daily.replay", permission="day.run")
def _replay(
    session: Session, viewer: Viewer, first: date, last: date, tell: Callable[[float], None] | None = None,
    sums: bool = True,
) -> dict[str, int]:  # fmt: skip
    limits = thresholds(policy.values("activity", last, session))
    if sums:
        _roll_up_since(session, last - timedelta(days=LATE_DAYS))
    found = evaluate(session.connection(), first, last, limits, replay=True, tell=tell)
    counts = record(session, viewer, found, limits)
    audit(session, viewer, "day_run", None, new={"first": first, "last": last, **counts})
    return counts


def run_missing_days(viewer: Viewer, through: date | None = None, progress: Progress | None = None) -> int:
    """Bring the desk up to the morning `through` (default: today); how many mornings were missing.

    The missing days are walked by one replay before the last one runs in full: renewals, quotes and tasks
    look at the date alone, so the last day catches up for all of them.
    """
    through = through or viewer.today
    latest = latest_day()
    if latest is not None and latest >= through:
        if latest == through and _imported_since(latest):
            run_day(viewer, through, progress)
        return 0
    missing = (through - latest).days if latest else 1
    since = latest + timedelta(days=1) if missing > 1 else None
    run_day(viewer, through, progress, again=False, missing_since=since)
    return missing


@command("daily.claim", permission="day.run")
def _claim(session: Session, viewer: Viewer, day: date, runner: str, again: bool) -> None:
    """The row of the day is the claim: its primary key lets one process in."""
    stamp = {"status": "running", "step": None, "share": 0.0, "runner": runner, "started_at": viewer.now,
             "heartbeat_at": viewer.now, "finished_at": None, "reference": None}  # fmt: skip
    row = session.execute(select(DayRun).where(DayRun.day == day).with_for_update()).scalars().first()
    old = row and {"status": row.status}
    audit(session, viewer, "day_run", None, old=old, new={"day": day, "status": "running", "runner": runner})
    if row is None:
        session.add(DayRun(day=day, **stamp))
        session.flush()
        return
    if row.status == "running" and viewer.now - row.heartbeat_at < STALE:
        raise Conflict("day_is_running")
    if row.status == "done" and not again:
        raise Conflict("day_is_done")
    for name, value in stamp.items():
        setattr(row, name, value)


@command("daily.report", permission="day.run")
def _report(session: Session, viewer: Viewer, day: date, step: str, share: float) -> None:
    session.execute(
        update(DayRun).where(DayRun.day == day).values(step=step, share=share, heartbeat_at=viewer.now)
    )


@command("daily.finish", permission="day.run")
def _finish(session: Session, viewer: Viewer, day: date, status: str, reference: str | None) -> None:
    audit(session, viewer, "day_run", None, old={"status": "running"},
          new={"day": day, "status": status, "reference": reference})  # fmt: skip
    session.execute(
        update(DayRun)
        .where(DayRun.day == day)
        .values(status=status, share=1.0, step=None, finished_at=viewer.now, heartbeat_at=viewer.now,
                reference=reference)
    )  # fmt: skip
