"""Writes what an evaluation found: alerts opened, updated and ended, and the scores of its last day."""

from datetime import date
from typing import Any

from sqlalchemy import delete, insert, literal, select
from sqlmodel import Session

from lib.access import Viewer
from lib.activity.evaluation import Evaluation, Found
from lib.activity.rules import OPEN, AlertKind, AlertStatus, Thresholds, quiet_until
from lib.store import facts
from lib.store.doors import audit
from lib.store.models import HISTORY, ActivityScore, AlertEvent, ChurnAlert
from lib.store.types import UtcTime


def record(session: Session, viewer: Viewer, found: Evaluation, limits: Thresholds) -> dict[str, int]:
    """Bring the stored alerts to what the evaluation found; counts of opened, ended and updated alerts.

    Doing it again changes nothing. An alert that stands already keeps its evidence.
    """
    again = {(f.account_id, f.kind, f.opened_on) for f in found.found}
    _drop(session, viewer, [alert for key, alert in found.set_aside.items() if key not in again])
    ended = sum(_end(session, viewer, e.id, e.status, e.day, limits) for e in found.endings)
    new = [f for f in found.found if not _found_again(session, viewer, found, f, limits)]
    session.flush()  # what ended must have ended before the next one of an account may open
    for alert in new:
        _open(session, viewer, alert, limits)
    updated = sum(
        _update(session, viewer, alert_id, numbers, found, limits)
        for alert_id, numbers in found.currents.items()
    )
    _store_scores(session, viewer, found.scores)
    counts = {"opened": len(new), "ended": ended, "updated": updated}
    if any(counts.values()):
        audit(session, viewer, "churn_alert", None, new=counts | {"day": str(found.last)})
    return counts


def _found_again(
    session: Session, viewer: Viewer, found: Evaluation, alert: Found, limits: Thresholds
) -> bool:
    """Whether a replay found an alert it had set aside: its evidence stays, its end is brought up to date."""
    stored = found.set_aside.get((alert.account_id, alert.kind, alert.opened_on))
    if stored is None:
        return False
    row = session.get(ChurnAlert, stored)
    state = (alert.status, alert.resolved_on, _quiet(alert, limits), alert.current)
    if (row.status, row.resolved_on, row.quiet_until, row.current) != state:
        row.status, row.resolved_on, row.quiet_until, row.current = state
        row.level, row.recorded_at, row.version = _level(alert), viewer.now, row.version + 1
    return True


def _open(session: Session, viewer: Viewer, alert: Found, limits: Thresholds) -> None:
    row = ChurnAlert(
        account_id=alert.account_id, kind=alert.kind, status=alert.status, level=_level(alert),
        severity=alert.evidence["severity"], opened_on=alert.opened_on, resolved_on=alert.resolved_on,
        quiet_until=_quiet(alert, limits), evidence=alert.evidence, current=alert.current,
        recorded_at=viewer.now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    _tell(session, viewer, row.id, "opened", {"on": alert.opened_on.isoformat(), "level": row.level})
    if alert.resolved_on:
        _tell(session, viewer, row.id, str(alert.status), {"on": alert.resolved_on.isoformat()})


def _level(alert: Found) -> str:
    return (alert.current or alert.evidence)["level"]


def _quiet(alert: Found, limits: Thresholds) -> date | None:
    if alert.kind == AlertKind.WATCH:
        return None
    return alert.resolved_on and quiet_until(AlertStatus(alert.status), alert.resolved_on, limits)


def _end(session: Session, viewer: Viewer, alert_id: int, status: str, day: int, limits: Thresholds) -> int:
    row = session.get(ChurnAlert, alert_id)
    if row is None or row.resolved_on is not None:
        return 0
    row.status, row.resolved_on = status, row.opened_on.fromordinal(day)
    if row.kind != AlertKind.WATCH:  # a list rings no bell and needs no cool-down
        row.quiet_until = quiet_until(AlertStatus(status), row.resolved_on, limits)
    row.recorded_at, row.version = viewer.now, row.version + 1
    _tell(session, viewer, alert_id, status, {"on": row.resolved_on.isoformat()})
    return 1


def _update(
    session: Session, viewer: Viewer, alert_id: int, numbers: dict[str, Any], found: Evaluation,
    limits: Thresholds,
) -> int:  # fmt: skip
    """New numbers and level of an open alert; a snoozed one comes back when its time is over or the rest
    of the team fell by another step."""
    row = session.get(ChurnAlert, alert_id)
    if row is None or row.status not in OPEN or row.opened_on > found.last:
        return 0
    if (row.current or {}).get("through", "") > numbers["through"]:
        return 0  # an earlier day was evaluated again: the newest numbers stay
    snooze = (row.current or {}).get("snooze")
    wakes = row.status == AlertStatus.SNOOZED and (
        row.snoozed_until is None or row.snoozed_until <= found.last or _fell_on(snooze, numbers, limits)
    )
    kept = numbers | ({"snooze": snooze} if snooze and not wakes else {})
    if row.current == kept and row.level == numbers["level"] and not wakes:
        return 0
    if row.level != numbers["level"]:
        change = {"from": row.level, "to": numbers["level"]}
        _tell(session, viewer, alert_id, "level", change)
    if wakes:
        row.status, row.snoozed_until = (snooze or {}).get("status", AlertStatus.NEW), None
        _tell(session, viewer, alert_id, "woke", {"on": found.last.isoformat()})
    row.current, row.level = kept, numbers["level"]
    row.recorded_at, row.version = viewer.now, row.version + 1
    return 1


def _fell_on(snooze: dict[str, Any] | None, numbers: dict[str, Any], limits: Thresholds) -> bool:
    before, after = (snooze or {}).get("rest"), numbers.get("rest")
    return before is not None and after is not None and after <= before - limits.closing_early_return


def _tell(session: Session, viewer: Viewer, alert_id: int, what: str, details: dict[str, Any]) -> None:
    """An event by the desk itself: no person, so that it does not count as somebody's work."""
    session.add(
        AlertEvent(alert_id=alert_id, happened_at=viewer.now, person_id=None, what=what, details=details)
    )


def _drop(session: Session, viewer: Viewer, alert_ids: list[int]) -> None:
    """Alerts a replay did not find again: nobody ever worked on them; their last state goes to history."""
    for start in range(0, len(alert_ids), 500):
        part = alert_ids[start : start + 500]
        facts.supersede_many(session, ChurnAlert, part, viewer.now)
        session.execute(delete(AlertEvent).where(AlertEvent.alert_id.in_(part)))
        session.execute(delete(ChurnAlert).where(ChurnAlert.id.in_(part)))


def _store_scores(session: Session, viewer: Viewer, scores: list[dict[str, Any]]) -> None:
    """Rows that are there and differ move into history first; equal ones stay untouched."""
    if not scores:
        return
    table = ActivityScore.__table__
    day = scores[0]["day"]
    there = {
        row["account_id"]: row
        for row in session.execute(select(*table.c).where(table.c.day == day)).mappings()
    }
    new = [
        s for s in scores
        if s["account_id"] not in there or any(there[s["account_id"]][name] != s[name] for name in s)
    ]  # fmt: skip
    changed = [s["account_id"] for s in new if s["account_id"] in there]
    history = HISTORY[table.name]
    for start in range(0, len(changed), 500):
        same = (table.c.day == day) & table.c.account_id.in_(changed[start : start + 500])
        rows = select(*table.columns, literal(viewer.now, UtcTime)).where(same)
        session.execute(
            insert(history).from_select([*(c.name for c in table.columns), "superseded_at"], rows)
        )
        session.execute(delete(table).where(same))
    if new:
        stamp = {"recorded_at": viewer.now}
        session.execute(
            insert(table),
            [s | stamp | {"version": there[s["account_id"]]["version"] + 1 if s["account_id"] in there else 1}
             for s in new],
        )  # fmt: skip
