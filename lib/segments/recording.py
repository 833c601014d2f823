"""Stores where every account stands on the six axes each morning, what changed, and wakes the dormant."""

from datetime import date
from typing import Any

from sqlalchemy import delete, func, select
from sqlmodel import Session

from lib.access import Viewer
from lib.segments.gathering import inputs_on
from lib.segments.rules import Axis, judged, limits_of
from lib.segments.worth import lives, shapes
from lib.store import policy
from lib.store.bulk import insert_dicts
from lib.store.doors import audit
from lib.store.models import Account, AccountSegment, Assignment, Person, SegmentChange, Task
from lib.words import say

DOCUMENTS = ("segments", "plans", "tiers", "vip", "health")
WAKE_UP = "wake_up"


def record_segments(session: Session, viewer: Viewer, day: date) -> int:
    """Judge every account on a morning and keep the verdicts; how many values changed.

    Done again it gives the same rows. A morning before the newest one that was judged changes nothing.
    Called by the daily run inside its transaction.
    """
    table = AccountSegment.__table__
    newest = session.execute(select(func.max(table.c.computed_on))).scalar()
    if newest is not None and newest > day:
        return 0
    again = newest == day  # only then it matters whether the sentences are the same
    columns = (table.c.account_id, table.c.axis, table.c.value, table.c.since)
    stored = session.execute(select(*columns, *([table.c.reason] if again else [])))
    held = {(row[0], row[1]): row[2:] for row in stored}
    bodies = {name: policy.values(name, day, session) for name in DOCUMENTS}
    limits, months = limits_of(bodies), bodies["segments"]["price"]["months"]
    rows: list[dict[str, Any]] = []
    changes: list[dict[str, Any]] = []
    for account_id, inputs in inputs_on(session.connection(), day, limits, months, viewer.zone):
        for axis, verdict in judged(inputs, limits, day).items():
            known = held.get((account_id, str(axis)))
            stays = known is not None and known[0] == verdict.value
            rows.append({"account_id": account_id, "axis": str(axis), "value": verdict.value,
                         "reason": verdict.reason, "since": known[1] if stays else day,
                         "computed_on": day})  # fmt: skip
            if known is not None and not stays:
                changes.append({"account_id": account_id, "axis": str(axis), "old": known[0],
                                "new": verdict.value, "reason": verdict.reason,
                                "changed_on": day})  # fmt: skip
    _add_worth(session, rows, day)
    same = again and len(rows) == len(held) and not changes and all(
        held[r["account_id"], r["axis"]][2] == r["reason"] for r in rows
    )  # fmt: skip
    if not same:
        session.execute(delete(AccountSegment))
        insert_dicts(session, table, rows)
        insert_dicts(session, SegmentChange.__table__, changes)
        told = {"day": day, "rows": len(rows), "changed": len(changes)}
        audit(session, viewer, "account_segment", None, new=told)
    return len(changes) if held else len(rows)


def _add_worth(session: Session, rows: list[dict[str, Any]], day: date) -> None:
    """The lifetime value of each customer, kept with the reason of its value band."""
    bands = [row for row in rows if row["axis"] == str(Axis.VALUE)]
    found = lives(session.connection(), day)
    shaped = shapes(found, {row["account_id"]: row["value"] for row in bands}, session, day)
    for row in bands:
        life, here = found[row["account_id"]]
        told = shaped[row["value"]].told(life) if here else {}
        if told:
            row["reason"] = row["reason"] | {"worth": told}


def wake_dormant(session: Session, viewer: Viewer, day: date) -> int:
    """A task for the account manager of every account that fell dormant, once each time; how many are new.

    The key holds the day it fell dormant. Accounts that left or are on trial are let be.
    """
    s = AccountSegment
    have = set(session.execute(select(Task.dedupe_key).where(Task.kind == WAKE_UP)).scalars())
    rows = session.execute(
        select(s.account_id, s.since, Person.id.label("owner"), Person.language, Account.name,
               Account.name_zh)
        .join(Account, Account.id == s.account_id)
        .join(Assignment, Assignment.account_id == s.account_id)
        .join(Person, Person.id == Assignment.person_id)
        .where(s.axis == str(Axis.ACTIVITY), s.value == "dormant", Account.status == "active")
        .where(Assignment.duty == "owner", Assignment.until.is_(None))
        .order_by(s.account_id)
    )  # fmt: skip
    new = []
    for row in rows:
        key = f"{WAKE_UP}:{row.account_id}:{row.since.isoformat()}"
        if key in have:
            continue
        name = (row.name_zh if row.language == "zh-CN" else None) or row.name
        new.append({
            "account_id": row.account_id, "owner_id": row.owner, "kind": WAKE_UP, "due_on": day,
            "title": say(row.language, "segments-task-wake-up", account=name), "status": "open",
            "dedupe_key": key, "created_at": viewer.now, "closed_at": None, "version": 1,
        })  # fmt: skip
    if new:
        insert_dicts(session, Task.__table__, new)
        audit(session, viewer, "task", None, new={"kind": WAKE_UP, "raised": len(new)})
    return len(new)
