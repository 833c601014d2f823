"""The proposals of a morning: new ones open, those whose reason is gone lapse, decided ones stay decided."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection
from sqlmodel import Session

from lib.access import Viewer
from lib.growth.gathering import situations
from lib.growth.rules import Limits, Proposal, Status, propose
from lib.store import policy
from lib.store.doors import audit
from lib.store.models import Suggestion

CHUNK = 400
DOCUMENTS = ("growth", "plans", "segments", "health", "monitoring")
Key = tuple[int, str]


def record_day(session: Session, viewer: Viewer, day: date) -> int:
    """Bring the proposals to what the morning of `day` says; how many opened, changed or lapsed.

    Whatever a person decided is not proposed again for the policy's quiet days. Done again, nothing changes.
    """
    held = documents_on(session, day)
    limits = limits_of(held)
    keys = {
        row["code"]: tuple(name.strip() for name in row["names"].split(",") if name.strip())
        for row in held["health"]["features"]
    }
    rising = int(held["growth"]["modules"]["rising_days"])
    found = situations(session.connection(), day, limits, rising, keys)
    wanted = {
        (account_id, str(one.kind)): (at.currency, one)
        for account_id, at in found.items()
        for one in propose(at, limits)
    }
    offer = held["growth"]["offer"]
    changed = _bring(session, viewer, day, wanted, int(offer["days"]), int(offer["quiet_days"]))
    if any(changed.values()):
        audit(session, viewer, "suggestion", None, new={"day": day, **changed})
    return sum(changed.values())


def documents_on(source: Session | Connection, day: date) -> dict[str, dict[str, Any]]:
    """What `limits_of` reads, as it holds on a day."""
    return {name: policy.values(name, day, source) for name in DOCUMENTS}


def limits_on(source: Session | Connection, day: date) -> Limits:
    return limits_of(documents_on(source, day))


def limits_of(held: dict[str, dict[str, Any]]) -> Limits:
    """From the documents growth, plans, segments, health and monitoring by name."""
    healthy = held["health"]["bands"]["healthy_from"]
    floor = held["monitoring"]["campaign"]["roi_floor"]
    return Limits.of(held["growth"], held["plans"], held["segments"], healthy, floor)


def _bring(
    session: Session,
    viewer: Viewer,
    day: date,
    wanted: dict[Key, tuple[str, Proposal]],
    days: int,
    quiet: int,
) -> dict[str, int]:
    s, now = Suggestion, viewer.now
    rows = session.execute(
        select(s.id, s.account_id, s.kind, s.target, s.status, s.ends_on, s.evidence, s.change_minor,
               s.decided_at)
    ).all()  # fmt: skip
    there = {(row.account_id, row.kind): row for row in rows if row.status in (Status.OPEN, Status.HELD)}
    rest = {(row.account_id, row.kind) for row in rows if _rests(row, day, quiet, viewer)}
    lapsed = [row.id for key, row in there.items() if key not in wanted or row.ends_on < day]
    updated = [
        {"id": row.id, **_told(wanted[key][1])}
        for key, row in there.items()
        if key in wanted and row.ends_on >= day and _told(wanted[key][1]) != _held(row)
    ]
    opened = [
        {"account_id": key[0], "kind": key[1], "currency": currency, "opened_on": day,
         "ends_on": day + timedelta(days=days), "version": 1, **_told(one)}
        for key, (currency, one) in wanted.items()
        if key not in there and key not in rest
    ]  # fmt: skip
    for part in _parts(lapsed):
        values = {"status": Status.LAPSED, "decided_at": now, "version": s.version + 1}
        session.execute(update(s).where(s.id.in_(part)).values(**values))
    if updated:
        session.execute(update(s), updated)
    if opened:
        session.execute(insert(s), opened)
    return {"opened": len(opened), "updated": len(updated), "lapsed": len(lapsed)}


def _told(one: Proposal) -> dict[str, Any]:
    return {"target": one.target, "evidence": one.evidence, "change_minor": one.change_minor,
            "status": str(one.status)}  # fmt: skip


def _held(row: Any) -> dict[str, Any]:
    return {"target": row.target, "evidence": row.evidence, "change_minor": row.change_minor,
            "status": row.status}  # fmt: skip


def _rests(row: Any, day: date, quiet: int, viewer: Viewer) -> bool:
    """Decided, or offered until its end, so short ago that nobody is asked again. One whose reason was gone
    before its end opens again when the reason is back."""
    if row.decided_at is None:
        return False
    decided_on = row.decided_at.astimezone(ZoneInfo(viewer.zone)).date()
    if row.status == Status.LAPSED and decided_on <= row.ends_on:
        return False
    return min(decided_on, row.ends_on) + timedelta(days=quiet) > day


def _parts(values: Sequence[int]) -> Iterator[Sequence[int]]:
    return (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))
