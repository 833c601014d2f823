"""The sender's own reads and writes: takes up what happened, claims a message, keeps how it went.

At least once: a message whose sender died between handing it over and noting so is sent again with the same
key, because a warning that never came costs more than one that came twice. Everything else is once: a claim
is a conditional update that one process wins.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import pandas as pd
from sqlalchemy import and_, or_, select, update
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict
from lib.notices import rules
from lib.notices.message import SENT
from lib.notices.rules import Kind, Limits, State
from lib.store import policy
from lib.store.claiming import next_due, take
from lib.store.database import read_frame, reading
from lib.store.doors import audit, command, query
from lib.store.models import Notice, NoticeChoice, NoticePreference, Outbox, Person

MOST_AT_ONCE = 500  # notices taken up in one go
NOTICES, DIGEST = "notices", str(Kind.DIGEST)


@dataclass(frozen=True)
class Planned:
    """A message to be: to whom, on which channel, not before when, and the notices it tells of."""

    person_id: int
    channel: str
    due_at: datetime
    items: tuple[int, ...] = ()
    kind: str = NOTICES
    key: str | None = None


@dataclass(frozen=True)
class Claimed:
    """A message in the hands of one sender."""

    id: int
    kind: str
    person_id: int
    channel: str
    key: str
    items: tuple[int, ...]
    attempts: int
    claim: str
    created_at: datetime


def limits_of(viewer: Viewer, session: Session | None = None) -> Limits:
    return Limits.of(policy.values("notices", viewer.today, session))


@query("notices.fresh", permission="day.run")
def fresh(viewer: Viewer) -> pd.DataFrame:  # noqa: ARG001 - the register wants a viewer
    """id, kind, account_id, row_id, person_id, created_at of what nobody took up yet, oldest first."""
    n = Notice
    return read_frame(
        select(n.id, n.kind, n.account_id, n.row_id, n.person_id, n.created_at)
        .where(n.taken_at.is_(None))
        .order_by(n.id)
        .limit(MOST_AT_ONCE)
    )


@query("notices.about", permission="day.run")
def about(viewer: Viewer, notice_ids: Sequence[int]) -> pd.DataFrame:  # noqa: ARG001
    """The same columns for given notices, oldest first."""
    n = Notice
    return read_frame(
        select(n.id, n.kind, n.account_id, n.row_id, n.person_id, n.created_at)
        .where(n.id.in_([int(i) for i in notice_ids][:MOST_AT_ONCE]))
        .order_by(n.id)
    )


@query("notices.wanted", permission="day.run")
def wanted(viewer: Viewer) -> pd.DataFrame:  # noqa: ARG001
    """person_id, kind, channel, scope, digest_hour, quiet_from, quiet_until, zone of everybody active who
    chose something; the hours are missing for whoever kept none."""
    c, p = NoticeChoice, NoticePreference
    return read_frame(
        select(c.person_id, c.kind, c.channel, p.scope, p.digest_hour, p.quiet_from, p.quiet_until,
               Person.zone)
        .join(Person, Person.id == c.person_id)
        .outerjoin(p, p.person_id == c.person_id)
        .where(Person.active)
        .order_by(c.person_id, c.kind, c.channel)
    )  # fmt: skip


@command("notices.take_up", permission="day.run")
def take_up(session: Session, viewer: Viewer, notice_ids: Sequence[int], planned: Sequence[Planned]) -> int:
    """The messages for these notices, in one transaction with the mark that they are taken; how many.

    What waits for the end of somebody's quiet time grows instead of multiplying. Raises
    Conflict("taken_meanwhile") when another sender was quicker; then nothing was written.
    """
    ids = [int(i) for i in notice_ids]
    taken = session.execute(
        update(Notice).where(Notice.id.in_(ids), Notice.taken_at.is_(None)).values(taken_at=viewer.now)
    ).rowcount
    if taken != len(ids):
        raise Conflict("taken_meanwhile")
    for plan in planned:
        _add(session, viewer, plan)
    return len(planned)


def _add(session: Session, viewer: Viewer, plan: Planned) -> None:
    o = Outbox
    waits = session.execute(
        select(o).where(
            o.person_id == plan.person_id, o.channel == plan.channel, o.kind == plan.kind, o.attempts == 0,
            o.state == State.WAITING, o.due_at > viewer.now,
        ).with_for_update()
    ).scalars().first()  # fmt: skip
    if waits is not None:
        kept = [*waits.payload["notices"], *plan.items]
        waits.payload, waits.version = {"notices": kept[:MOST_AT_ONCE]}, waits.version + 1
        return
    key = plan.key or rules.message_key(secrets.token_hex(16))
    session.add(Outbox(created_at=viewer.now, kind=plan.kind, payload={"notices": list(plan.items)},
                       person_id=plan.person_id, channel=plan.channel, message_key=key,
                       state=State.WAITING, due_at=plan.due_at))  # fmt: skip


@command("notices.plan_digests", permission="day.run")
def plan_digests(session: Session, viewer: Viewer, planned: Sequence[Planned]) -> int:
    """The digests that are due and that nobody planned yet; how many. One a person, channel and day."""
    keys = [plan.key for plan in planned]
    known = set(session.execute(select(Outbox.message_key).where(Outbox.message_key.in_(keys))).scalars())
    new = [plan for plan in planned if plan.key not in known]
    session.add_all(
        Outbox(created_at=viewer.now, kind=DIGEST, payload={"notices": []}, person_id=plan.person_id,
               channel=plan.channel, message_key=plan.key, state=State.WAITING, due_at=plan.due_at)
        for plan in new
    )  # fmt: skip
    return len(new)


@query("notices.planned", permission="day.run")
def planned_keys(viewer: Viewer, keys: Sequence[str]) -> set[str]:  # noqa: ARG001
    """Which of these messages are there already."""
    with reading() as connection:
        return set(
            connection.execute(select(Outbox.message_key).where(Outbox.message_key.in_(list(keys)))).scalars()
        )


@query("notices.due", permission="day.run")
def due(viewer: Viewer) -> int | None:
    """The next message a sender may take, or None: a look that takes no lock."""
    with reading() as connection:
        return connection.execute(_due(viewer, limits_of(viewer, connection)).limit(1)).scalar()


def _due(viewer: Viewer, limits: Limits):  # noqa: ANN202 - a select
    """Waiting ones whose time has come, and those whose sender was not heard of for too long."""
    dead = viewer.now - timedelta(minutes=limits.taken_up_minutes)
    return (
        select(Outbox.id)
        .where(
            or_(
                and_(Outbox.state == State.WAITING, Outbox.due_at <= viewer.now),
                and_(Outbox.state == State.SENDING, Outbox.claimed_at <= dead),
            )
        )
        .order_by(Outbox.due_at, Outbox.id)
    )


@command("notices.claim", permission="day.run")
def claim(session: Session, viewer: Viewer, message_id: int | None = None) -> Claimed | None:
    """One message for this sender alone, or None; a given one, or the next that is due."""
    limits = limits_of(viewer, session)
    ready = _due(viewer, limits)
    if message_id is not None:
        ready = ready.where(Outbox.id == message_id)
    row = next_due(session, Outbox, ready)
    if row is None:
        return None
    if row.attempts >= limits.attempts:
        _close(session, viewer, row, State.FAILED, "sender_died")
        return None
    attempts = row.attempts + 1
    if (token := take(session, viewer, row, attempts=attempts)) is None:
        return None
    return Claimed(row.id, row.kind, row.person_id, row.channel, row.message_key,
                   tuple(row.payload["notices"]), attempts, token, row.created_at)  # fmt: skip


@command("notices.finish", permission="day.run")
def finish(
    session: Session, viewer: Viewer, message_id: int, claim: str, outcome: str,
    wait_until: datetime | None = None,
) -> str:  # fmt: skip
    """How it went, kept by the sender that holds the claim; the state the message is in now.

    With `wait_until` nothing was tried: the person is not to be disturbed yet. A message that failed or left
    goes on record with its kind, channel and outcome. A claim that was lost meanwhile changes nothing.
    """
    row = session.execute(select(Outbox).where(Outbox.id == message_id).with_for_update()).scalars().first()
    if row is None or row.claim != claim or row.state != State.SENDING:
        return "lost"
    if wait_until is not None:
        _wait(row, wait_until)
        row.attempts -= 1
        return row.state
    if outcome == SENT:
        row.sent_at = viewer.now
        return _close(session, viewer, row, State.SENT, outcome)
    if outcome in rules.NOTHING:
        return _close(session, viewer, row, State.DROPPED, outcome)
    again = rules.next_attempt(viewer.now, row.attempts, outcome, limits_of(viewer, session))
    if again is None:
        return _close(session, viewer, row, State.FAILED, outcome)
    row.outcome = outcome
    _wait(row, again)
    return row.state


def _wait(row: Outbox, until: datetime) -> None:
    row.claim, row.version = None, row.version + 1
    row.state, row.due_at = State.WAITING, until


def _close(session: Session, viewer: Viewer, row: Outbox, state: State, outcome: str) -> str:
    """It left, failed or has nothing to say: on record with kind, channel, person and outcome."""
    audit(session, viewer, "outbox", row.id, old={"state": row.state},
          new={"state": state, "outcome": outcome, "kind": row.kind, "channel": row.channel,
               "person_id": row.person_id, "attempts": row.attempts})  # fmt: skip
    row.claim, row.version, row.state, row.outcome = None, row.version + 1, state, outcome
    return state
