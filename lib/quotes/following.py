"""Follows quotes that are out: what tools tell of them, and a second offer where a view led to nothing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict, NotFound
from lib.quotes.event_file import ROWS_MAX
from lib.quotes.funnel import Source, Step, read_event, task_key, wants_second_offer
from lib.quotes.proving import told
from lib.quotes.rules import ISSUED, QuoteStatus
from lib.store import policy
from lib.store.database import reading
from lib.store.doors import audit, command, query, try_one
from lib.store.models import Assignment, Person, Quote, QuoteEvent, QuoteVersion, Task
from lib.store.scope import of_visible_accounts
from lib.words import say

SECOND_OFFER, ANSWER = "second_offer", "quote_answer"


def raise_second_offers(session: Session, viewer: Viewer, today: date) -> int:
    """A task for whoever looks after the account of every quote that was viewed some days ago and is still
    out; how many are new. One a revision, so that a second run adds nothing."""
    held = policy.values("papers", today, session)["second_offer"]
    since = viewer.now - timedelta(days=held["days"])
    viewed = select(QuoteEvent.quote_id).where(
        QuoteEvent.kind == Step.VIEWED, QuoteEvent.happened_at <= since
    )
    out = session.execute(
        select(Quote.id, Quote.account_id, Quote.title, Quote.created_by, QuoteVersion.revision)
        .join(QuoteVersion, QuoteVersion.quote_id == Quote.id)
        .where(QuoteVersion.status == QuoteStatus.SENT, Quote.id.in_(viewed))
        .order_by(Quote.id)
    ).all()
    if not out:
        return 0
    ids = [row.id for row in out]
    told_of = _events(session, ids)
    have = set(session.execute(select(Task.dedupe_key).where(Task.kind == SECOND_OFFER)).scalars())
    due = today + timedelta(days=held["due_days"])
    raised = 0
    for row in out:
        events = told_of[row.id, row.revision]
        key = task_key(SECOND_OFFER, row.id, row.revision)
        if key not in have and wants_second_offer(events, held["days"], viewer.now):
            _task(session, viewer, row, SECOND_OFFER, key, due)
            raised += 1
    if raised:
        audit(session, viewer, "task", None, new={"kind": SECOND_OFFER, "raised": raised})
    return raised


def _events(session: Session, quote_ids: list[int]) -> dict[tuple[int, int], list[tuple[str, datetime]]]:
    e = QuoteEvent
    found: dict[tuple[int, int], list[tuple[str, datetime]]] = defaultdict(list)
    rows = session.execute(
        select(e.quote_id, e.revision, e.kind, e.happened_at).where(e.quote_id.in_(quote_ids))
    )
    for row in rows:
        found[row.quote_id, row.revision].append((row.kind, row.happened_at))
    return found


def _task(session: Session, viewer: Viewer, quote: Any, kind: str, key: str, due: date) -> None:
    """For the account's owner, else for whoever made the quote; in their language."""
    holder = select(Person.id, Person.language)
    owner = holder.join(Assignment, Assignment.person_id == Person.id).where(
        Assignment.account_id == quote.account_id, Assignment.duty == "owner", Assignment.until.is_(None)
    )
    person = session.execute(owner.limit(1)).first()
    person = person or session.execute(holder.where(Person.id == quote.created_by)).one()
    title = say(person.language, f"quotes-task-{kind.replace('_', '-')}", quote=quote.title)
    session.add(Task(account_id=quote.account_id, owner_id=person.id, kind=kind, title=title, due_on=due,
                     dedupe_key=key, created_at=viewer.now))  # fmt: skip


@command("quotes.take_event", permission="day.run")
def take_told(session: Session, viewer: Viewer, values: Mapping[str, Any]) -> int:
    """One event of a signed webhook; see take_event."""
    return take_event(session, viewer, Source.HOOK, values)


@command("quotes.import_events", permission="quote.write")
def import_events(session: Session, viewer: Viewer, rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Events of a file, all in one transaction: stored, known already, refused (no quote of the viewer's)."""
    counted = {"stored": 0, "known": 0, "refused": 0}
    for values in rows[:ROWS_MAX]:
        fault = try_one(session, partial(take_event, session, viewer, Source.FILE, values))
        counted["stored" if fault is None else "known" if isinstance(fault, Conflict) else "refused"] += 1
    return counted


@query("quotes.known_events", permission="quote.write")
def known_events(viewer: Viewer, ids: Sequence[str]) -> set[str]:
    """Which of these events of a file were told before, about quotes the viewer sees."""
    keys = {f"{Source.FILE}:{one}": one for one in ids}
    e = QuoteEvent
    told_before = (
        select(e.dedupe_key)
        .join(Quote, Quote.id == e.quote_id)
        .where(e.dedupe_key.in_(list(keys)), of_visible_accounts(viewer, Quote.account_id))
    )
    with reading() as connection:
        return {keys[key] for key in connection.execute(told_before).scalars()}


def take_event(session: Session, viewer: Viewer, source: Source, values: Mapping[str, Any]) -> int:
    """One event as a tool tells it, stored; its id. A yes or a no from outside becomes a task: the desk keeps
    no acceptance without its proof.

    Raises Invalid, NotFound for an unknown number or revision or a quote that is not the viewer's, Conflict
    for an event that was told before.
    """
    said = read_event(values, viewer.now)
    mine = of_visible_accounts(viewer, Quote.account_id)
    quote = session.execute(select(Quote).where(Quote.number == said["number"], mine)).scalars().first()
    issued = select(QuoteVersion.revision).where(
        QuoteVersion.quote_id == (quote.id if quote else 0), QuoteVersion.status.in_(ISSUED)
    )
    revisions = list(session.execute(issued.order_by(QuoteVersion.revision)).scalars())
    revision = said["revision"] or (revisions[-1] if revisions else 0)
    if quote is None or revision not in revisions:
        raise NotFound()
    key = f"{source}:{said['key']}"
    if session.execute(select(QuoteEvent.id).where(QuoteEvent.dedupe_key == key)).first():
        raise Conflict("quote_event_known", id=said["key"])
    row = told(session, viewer, quote, revision, said["kind"], source, key=key, note=said["note"],
               happened_at=said["happened_at"])  # fmt: skip
    audit(session, viewer, "quote_event", row.id, account_id=quote.account_id,
          new={"quote": quote.number, "kind": said["kind"], "source": source})  # fmt: skip
    if said["kind"] in (Step.ACCEPTED, Step.DECLINED) and quote.status == QuoteStatus.SENT:
        _answer(session, viewer, quote, revision)
    return row.id


def _answer(session: Session, viewer: Viewer, quote: Quote, revision: int) -> None:
    key = task_key(ANSWER, quote.id, revision)
    if session.execute(select(Task.id).where(Task.dedupe_key == key)).first() is None:
        _task(session, viewer, quote, ANSWER, key, viewer.today)
