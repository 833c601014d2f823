"""Brings the stored alerts beside activity to what holds on a morning: opened, updated, woken, ended."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.activity.rules import OPEN, AlertKind, AlertStatus
from lib.signals import rules
from lib.signals.gathering import findings, moment_of
from lib.signals.rules import KINDS, Finding, Limits
from lib.signals.wording import task_title
from lib.store import policy
from lib.store.database import parts
from lib.store.doors import audit
from lib.store.models import Account, AlertEvent, ChurnAlert, LossReason, Task
from lib.store.outcomes import SAME_DAYS, outcomes
from lib.store.owners import owners_of
from lib.words import LANGUAGES

WATCH_TASK, LOSS_TASK = "competitor_watch", "loss_reason"


def limits_on(session: Session, day: date) -> Limits:
    return rules.limits_of(
        *(policy.values(name, day, session) for name in ("signals", "service", "lifecycle"))
    )


def raise_day(session: Session, viewer: Viewer, day: date, kinds: Sequence[AlertKind] = KINDS) -> int:
    """The signs of the morning `day`; how many alerts opened or ended. A day done again changes nothing.

    With some `kinds` only those are looked at, and no task is raised for losses.
    """
    limits = limits_on(session, day)
    moment = moment_of(day, viewer.today, viewer.now, viewer.zone)
    found = {(f.account_id, str(f.kind)): f for f in
             findings(session.connection(), day, moment, viewer.zone, limits, kinds)}  # fmt: skip
    stored = _stored(session, set(found), kinds)
    ended = sum(_go_on(session, viewer, row, found.get((row.account_id, row.kind)), day, limits)
                for rows in stored.values() for row in rows)  # fmt: skip
    session.flush()
    new = [f for key, f in found.items() if _opens(f, stored.get(key, []), day)]
    for finding in new:
        _open(session, viewer, finding, day)
    watched = _watch_rivals(session, viewer, (f for f in new if f.kind == AlertKind.REJECTION), day, limits)
    asked = _ask_reasons(session, viewer, day, limits) if kinds is KINDS else 0
    if new or ended or watched or asked:
        counts = {"day": day, "opened": len(new), "ended": ended, "tasks": watched + asked}
        audit(session, viewer, "churn_alert", None, new=counts)
    return len(new) + ended


def _stored(
    session: Session, keys: set[tuple[int, str]], kinds: Sequence[AlertKind]
) -> dict[tuple[int, str], list[ChurnAlert]]:
    """Open alerts of these kinds, and earlier ones of the accounts that show a sign, the oldest first."""
    alert, mine = ChurnAlert, ChurnAlert.kind.in_([str(k) for k in kinds])
    rows = list(session.execute(select(alert).where(mine, alert.resolved_on.is_(None))).scalars())
    for part in parts(sorted({account for account, _ in keys})):
        ended = select(alert).where(mine, alert.resolved_on.is_not(None), alert.account_id.in_(part))
        rows += session.execute(ended).scalars()
    found: dict[tuple[int, str], list[ChurnAlert]] = {}
    for row in sorted(rows, key=lambda r: (r.opened_on, r.id)):
        found.setdefault((row.account_id, row.kind), []).append(row)
    return found


def _opens(finding: Finding, earlier: list[ChurnAlert], day: date) -> bool:
    """No open one, none of the same day, no quiet time, and about something new."""
    if any(r.resolved_on is None or r.opened_on >= day or (r.quiet_until or day) > day for r in earlier):
        return False
    return rules.is_news(finding, [r.evidence for r in earlier] + [r.current for r in earlier if r.current])


def _open(session: Session, viewer: Viewer, finding: Finding, day: date) -> None:
    record = finding.record(day)
    row = ChurnAlert(account_id=finding.account_id, kind=str(finding.kind), level=str(finding.level),
                     severity=finding.severity, opened_on=day, evidence=record, current=record,
                     status=str(AlertStatus.NEW), recorded_at=viewer.now)  # fmt: skip
    session.add(row)
    session.flush()
    _tell(session, viewer, row, "opened", {"on": day.isoformat(), "level": row.level})


def _go_on(
    session: Session, viewer: Viewer, row: ChurnAlert, finding: Finding | None, day: date, limits: Limits
) -> int:
    """An open alert on this morning: new numbers, awake again, or ended by itself; 1 when it ended."""
    newer = (row.current or {}).get("through", "") >= day.isoformat()
    if row.status not in OPEN or row.opened_on > day or newer:
        return 0
    if finding is None:
        status = AlertStatus.LOST if _gone(session, row.account_id) else AlertStatus.RESOLVED
        row.status, row.resolved_on = str(status), day
        row.quiet_until = day + timedelta(days=limits.cool_down_days)
        _changed(session, viewer, row, str(status), {"on": day.isoformat()})
        return 1
    snooze = (row.current or {}).get("snooze")
    wakes = row.status == AlertStatus.SNOOZED and (row.snoozed_until is None or row.snoozed_until <= day)
    record = finding.record(day) | ({"snooze": snooze} if snooze and not wakes else {})
    if wakes:
        row.status, row.snoozed_until = (snooze or {}).get("status", str(AlertStatus.NEW)), None
        _changed(session, viewer, row, "woke", {"on": day.isoformat()})
    if row.level != str(finding.level):
        change = {"from": row.level, "to": str(finding.level)}
        row.level = str(finding.level)
        _changed(session, viewer, row, "level", change)
    if _told(row.current) != _told(record):
        row.current, row.recorded_at, row.version = record, viewer.now, row.version + 1
    return 0


def _told(record: dict[str, Any] | None) -> dict[str, Any]:
    """What a record says beside its day and the hours that pass."""
    return {k: v for k, v in (record or {}).items() if k not in ("through", "hours", "day_of_life", "days")}


def _gone(session: Session, account_id: int) -> bool:
    return session.execute(select(Account.status).where(Account.id == account_id)).scalar() == "churned"


def _changed(session: Session, viewer: Viewer, row: ChurnAlert, what: str, details: dict[str, Any]) -> None:
    row.recorded_at, row.version = viewer.now, row.version + 1
    _tell(session, viewer, row, what, details)


def _tell(session: Session, viewer: Viewer, row: ChurnAlert, what: str, details: dict[str, Any]) -> None:
    """An event by the desk itself."""
    session.add(AlertEvent(alert_id=row.id, happened_at=viewer.now, person_id=None, what=what,
                           details=details))  # fmt: skip


def _watch_rivals(
    session: Session, viewer: Viewer, rejected: Iterable[Finding], day: date, limits: Limits
) -> int:
    """A rejected buyer asks two or three rivals at once: a task to watch them."""
    wanted = {f"{WATCH_TASK}:{f.numbers['quote_id']}": f for f in rejected}
    due_on = day + timedelta(days=limits.watch_days)
    asked = {key: (f.account_id, due_on, dict(f.numbers)) for key, f in wanted.items()}
    return _tasks(session, viewer, WATCH_TASK, asked)


def _ask_reasons(session: Session, viewer: Viewer, day: date, limits: Limits) -> int:
    """Every loss of the last time that nobody gave a reason for: a task for its owner."""
    past = outcomes(session.connection(), None, day)
    since = day - timedelta(days=limits.ask_days)
    recent = past[past["lost"] & (past["day"] >= since)]
    given: dict[int, list[date]] = {}
    for account_id, lost_on in session.execute(select(LossReason.account_id, LossReason.lost_on)):
        given.setdefault(account_id, []).append(lost_on)
    open_ones = {
        f"{LOSS_TASK}:{row.account_id}:{row.day.isoformat()}":
            (int(row.account_id), day + timedelta(days=limits.reason_days), {"on": row.day.isoformat()})
        for row in recent.itertuples()
        if not _has_reason(row.reason)
        and all(abs(row.day - told) > timedelta(SAME_DAYS) for told in given.get(row.account_id, ()))
    }  # fmt: skip
    return _tasks(session, viewer, LOSS_TASK, open_ones)


def _has_reason(reason: Any) -> bool:
    """What a source or a person gave; what the desk itself concluded from dates is no reason."""
    return isinstance(reason, str) and reason not in ("", "lapsed", "ended_early")


def _tasks(session: Session, viewer: Viewer, kind: str, wanted: dict[str, tuple[int, date, dict]]) -> int:
    if not wanted:
        return 0
    known: set[str] = set()
    for part in parts(wanted):
        known |= set(session.execute(select(Task.dedupe_key).where(Task.dedupe_key.in_(part))).scalars())
    new = {key: value for key, value in wanted.items() if key not in known}
    owners = owners_of(session, {account for account, _, _ in new.values()})
    for key, (account_id, due_on, numbers) in new.items():
        told, told_zh = (task_title(kind, numbers, language) for language in LANGUAGES)
        session.add(Task(account_id=account_id, owner_id=owners.get(account_id), kind=kind, title=told,
                         title_zh=told_zh, due_on=due_on, dedupe_key=key, created_at=viewer.now))  # fmt: skip
    session.flush()
    return len(new)


__all__ = ["LOSS_TASK", "WATCH_TASK", "limits_on", "raise_day"]
