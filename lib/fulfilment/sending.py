"""The outbox of instructions: claims one, keeps how it went. What a sender that died held is taken over."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlmodel import Session

from lib.access import Viewer
from lib.fulfilment import rules
from lib.fulfilment.adapter import SENT, Target
from lib.fulfilment.opening import clocks_of, give
from lib.fulfilment.rules import State
from lib.store.claiming import next_due, take
from lib.store.database import reading
from lib.store.doors import audit, command, query
from lib.store.models import Benefit, FulfilmentAction

A = FulfilmentAction


@dataclass(frozen=True)
class Claimed:
    """An instruction in the hands of one sender."""

    id: int
    claim: str
    target: str
    key: str
    payload: dict[str, Any]


def _due(viewer: Viewer) -> Select:
    dead = viewer.now - timedelta(minutes=rules.CLAIM_MINUTES)
    ready = or_(and_(A.state == "waiting", A.due_at <= viewer.now),
                and_(A.state == "sending", A.claimed_at <= dead))  # fmt: skip
    return select(A.id).where(A.target != Target.DESK, ready).order_by(A.due_at, A.id)


@query("fulfilment.due", permission="day.run")
def due(viewer: Viewer) -> int | None:
    """The next instruction a sender may take, or None: a look that takes no lock."""
    with reading() as connection:
        return connection.execute(_due(viewer).limit(1)).scalar()


@command("fulfilment.claim", permission="day.run")
def claim(session: Session, viewer: Viewer) -> Claimed | None:
    """One instruction for this sender alone, or None."""
    row = next_due(session, A, _due(viewer))
    token = row and take(session, viewer, row, attempts=row.attempts + 1)
    return token and Claimed(row.id, token, row.target, row.idempotency_key, row.payload)


@command("fulfilment.finish", permission="day.run")
def finish(session: Session, viewer: Viewer, action_id: int, claim: str, outcome: str) -> str:
    """How it went, kept by the sender that holds the claim; the instruction's state now. A lost claim
    changes nothing."""
    row = session.execute(select(A).where(A.id == action_id).with_for_update()).scalars().first()
    if row is None or row.claim != claim or row.state != "sending":
        return "lost"
    row.claim, row.outcome, row.version = None, outcome, row.version + 1
    if outcome != SENT:
        again = rules.next_try(viewer.now, row.attempts) if outcome != "rejected" else None
        if again is not None:
            row.state, row.due_at = "waiting", again
            return row.state
    row.state, row.done_at = ("done" if outcome == SENT else "failed"), viewer.now
    benefit = session.execute(select(Benefit).where(Benefit.id == row.benefit_id).with_for_update())
    _settle(session, viewer, benefit.scalars().one(), row)
    return row.state


def _settle(session: Session, viewer: Viewer, benefit: Benefit, action: FulfilmentAction) -> None:
    old, benefit.version = benefit.state, benefit.version + 1
    if action.state == "done":
        give(session, viewer, benefit, clocks_of(viewer, session))
    elif benefit.state == State.WAITING:
        benefit.state = State.FAILED
    audit(session, viewer, "benefit", benefit.id, account_id=benefit.account_id, old={"state": old},
          new={"state": benefit.state, "outcome": action.outcome, "attempts": action.attempts})  # fmt: skip
