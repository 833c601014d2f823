"""What people do with an alert: contacted, closed, snoozed, dismissed as expected, steps ticked."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.activity import rules
from lib.activity.rules import AlertKind, AlertStatus, Thresholds
from lib.errors import Conflict, Invalid, NotFound
from lib.store import policy
from lib.store.doors import audit, command
from lib.store.models import AlertEvent, ChurnAlert, Task, Touch
from lib.store.scope import load

REASON_LIMIT = 500


@command("activity.close_alert", permission="alert.work", subject="alert")
def close_alert(
    session: Session, viewer: Viewer, alert_id: int, seen_version: int, touch_id: int | None = None,
    cause: str | None = None, verdict: str | None = None,
) -> int:  # fmt: skip
    """Close an alert with a logged outreach, its cause and a verdict; the new version.

    Raises NotFound, Conflict (not open, changed meanwhile), Invalid (no outreach, cause or verdict; the
    outreach is of another account or lies before the alert opened).
    """
    return write_closing(session, viewer, alert_id, seen_version, touch_id, cause, verdict)


def write_closing(
    session: Session, viewer: Viewer, alert_id: int, seen_version: int, touch_id: int | None,
    cause: str | None, verdict: str | None,
) -> int:  # fmt: skip
    """The closing of `close_alert`, for a flow that has its own transaction."""
    alert = load(session, viewer, ChurnAlert, alert_id, seen_version)
    rules.check_closing(alert.status, touch_id, cause, verdict)
    _check_outreach(session, viewer, alert, touch_id)
    limits = _limits(session, viewer)
    return _change(
        session, viewer, alert, "closed", {"cause": cause, "verdict": verdict, "touch_id": touch_id},
        status=AlertStatus.RESOLVED, resolved_on=viewer.today, cause=cause, verdict=verdict,
        closing_touch_id=touch_id, closed_by=viewer.person_id, closed_at=viewer.now, snoozed_until=None,
        quiet_until=rules.quiet_until(AlertStatus.RESOLVED, viewer.today, limits),
    )  # fmt: skip


def write_contact(session: Session, viewer: Viewer, alert_id: int, seen_version: int, touch_id: int) -> int:
    """Mark an alert as contacted, for a flow that just logged the outreach; the new version."""
    alert = load(session, viewer, ChurnAlert, alert_id, seen_version)
    if alert.status not in rules.OPEN:
        raise Conflict("alert_not_open")
    _check_outreach(session, viewer, alert, touch_id)
    return _change(
        session, viewer, alert, "contacted", {"touch_id": touch_id},
        status=AlertStatus.CONTACTED, snoozed_until=None,
    )  # fmt: skip


def write_reopening(session: Session, viewer: Viewer, alert_id: int, seen_version: int) -> int:
    """Take "contacted" back, for a flow that undoes its outreach; the new version."""
    alert = load(session, viewer, ChurnAlert, alert_id, seen_version)
    if alert.status != AlertStatus.CONTACTED:
        raise Conflict("alert_not_open")
    return _change(session, viewer, alert, "reopened", {}, status=AlertStatus.NEW)


@command("activity.snooze_alert", permission="alert.work", subject="alert")
def snooze_alert(
    session: Session, viewer: Viewer, alert_id: int, seen_version: int, until: date | None = None,
    reason: str = "",
) -> int:  # fmt: skip
    """Hide an alert until a day, with a reason; it comes back early when the rest of the team falls on.

    Without a day the policy's usual time. Raises NotFound, Conflict, Invalid; returns the new version.
    """
    return write_snooze(session, viewer, alert_id, seen_version, until, reason)


def write_snooze(
    session: Session, viewer: Viewer, alert_id: int, seen_version: int, until: date | None, reason: str
) -> int:
    """The snooze of `snooze_alert`, for a flow that has its own transaction."""
    alert = load(session, viewer, ChurnAlert, alert_id, seen_version)
    limits = _limits(session, viewer)
    until = until or viewer.today + timedelta(days=limits.closing_snooze_days)
    rules.check_snooze(alert.status, until, viewer.today, reason, limits)
    numbers = dict(alert.current or alert.evidence)
    before = alert.status if alert.status != AlertStatus.SNOOZED else AlertStatus.NEW
    numbers["snooze"] = {"rest": numbers.get("rest"), "status": str(before)}
    said = {"until": until.isoformat(), "reason": _told(reason)}
    return _change(
        session, viewer, alert, "snoozed", said,
        status=AlertStatus.SNOOZED, snoozed_until=until, current=numbers,
    )  # fmt: skip


@command("activity.wake_alert", permission="alert.work", subject="alert")
def wake_alert(session: Session, viewer: Viewer, alert_id: int, seen_version: int) -> int:
    """Bring a snoozed alert back at once; the new version."""
    return write_waking(session, viewer, alert_id, seen_version)


def write_waking(session: Session, viewer: Viewer, alert_id: int, seen_version: int) -> int:
    """The waking of `wake_alert`, for a flow that has its own transaction."""
    alert = load(session, viewer, ChurnAlert, alert_id, seen_version)
    if alert.status != AlertStatus.SNOOZED:
        raise Conflict("alert_not_snoozed")
    numbers = dict(alert.current or alert.evidence)
    before = numbers.pop("snooze", {})
    return _change(
        session, viewer, alert, "woke", {},
        status=before.get("status", str(AlertStatus.NEW)), snoozed_until=None, current=numbers,
    )  # fmt: skip


@command("activity.dismiss_alert", permission="alert.work", subject="alert")
def dismiss_alert(
    session: Session, viewer: Viewer, alert_id: int, seen_version: int, reason: str | None = None,
    comment: str = "",
) -> int:  # fmt: skip
    """Dismiss as expected ("moved to API", "season"): no new alert for the policy's quiet time, and the
    feedback is kept. Raises NotFound, Conflict, Invalid; returns the new version."""
    alert = load(session, viewer, ChurnAlert, alert_id, seen_version)
    if alert.status not in rules.OPEN:
        raise Conflict("alert_not_open")
    if reason not in rules.DISMISSALS:
        raise Invalid("alert_needs_cause")
    limits = _limits(session, viewer)
    said = {"reason": reason, "comment": _told(comment) if comment.strip() else None}
    return _change(
        session, viewer, alert, "dismissed", said,
        status=AlertStatus.DISMISSED, resolved_on=viewer.today, cause=reason, verdict="false",
        closed_by=viewer.person_id, closed_at=viewer.now, snoozed_until=None,
        quiet_until=rules.quiet_until(AlertStatus.DISMISSED, viewer.today, limits),
    )  # fmt: skip


@command("activity.tick_step", permission="alert.work", subject="alert")
def tick_step(session: Session, viewer: Viewer, alert_id: int, step: str = "", done: bool = True) -> None:
    """Tick a step of the alert's play, or take the tick back. Raises NotFound, Invalid."""
    alert = load(session, viewer, ChurnAlert, alert_id)
    due = dict(rules.PLAYS[AlertKind(alert.kind)]).get(step)
    if due is None:
        raise Invalid("alert_step_unknown")
    key = f"play:{alert_id}:{step}"
    task = session.execute(select(Task).where(Task.dedupe_key == key)).scalars().first()
    if task is None:
        due_on = alert.opened_on + timedelta(days=due)
        task = Task(account_id=alert.account_id, owner_id=viewer.person_id, kind="play", dedupe_key=key,
                    due_on=due_on, created_at=viewer.now, version=0)  # fmt: skip
        session.add(task)
    task.status = "done" if done else "dropped"
    task.closed_at, task.version = viewer.now, task.version + 1
    session.flush()
    audit(session, viewer, "task", task.id, account_id=alert.account_id, new={"step": step, "done": done})


def _check_outreach(session: Session, viewer: Viewer, alert: ChurnAlert, touch_id: int | None) -> None:
    """The outreach is one to this account, and an answer to this alert."""
    row = session.execute(
        select(Touch.happened_at).where(Touch.id == touch_id, Touch.account_id == alert.account_id)
    ).first()
    if row is None:
        raise NotFound()
    if row.happened_at.astimezone(ZoneInfo(viewer.zone)).date() < alert.opened_on:
        raise Invalid("alert_outreach_too_early")


def _limits(session: Session, viewer: Viewer) -> Thresholds:
    return rules.thresholds(policy.values("activity", viewer.today, session))


def _told(text: str) -> str:
    cleaned = text.strip()
    if len(cleaned) > REASON_LIMIT:
        raise Invalid("alert_text_long", limit=REASON_LIMIT)
    return cleaned


def _change(
    session: Session, viewer: Viewer, alert: ChurnAlert, what: str, details: dict[str, Any], **values: Any
) -> int:
    """Write the new state with its event and audit record; the new version."""
    old = {name: getattr(alert, name) for name in values if name != "current"}
    for name, value in values.items():
        setattr(alert, name, str(value) if name == "status" else value)
    alert.recorded_at, alert.version = viewer.now, alert.version + 1
    session.add(AlertEvent(alert_id=alert.id, happened_at=viewer.now, person_id=viewer.person_id, what=what,
                           details=details))  # fmt: skip
    session.flush()
    new = {name: value for name, value in values.items() if name != "current"}
    audit(session, viewer, "churn_alert", alert.id, account_id=alert.account_id, old=old, new=new,
          reason=details.get("reason"))  # fmt: skip
    return alert.version
