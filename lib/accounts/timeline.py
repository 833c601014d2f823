"""Reads one account's merged timeline: everything said, promised, decided and changed, newest first."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
from sqlalchemy import CompoundSelect, Select, String, and_, literal, or_, select, true, union_all
from sqlalchemy.engine import Connection
from sqlalchemy.orm import InstrumentedAttribute

from lib.access import Viewer
from lib.store.database import read_frame, reading
from lib.store.doors import query
from lib.store.models import (
    Account,
    AlertEvent,
    AuditEntry,
    Case,
    ChurnAlert,
    Invoice,
    Meeting,
    Note,
    NoteAmendment,
    Payment,
    Person,
    PlaybookRun,
    PlaybookVersion,
    Promise,
    Quote,
    QuoteDecision,
    QuoteVersion,
    Renewal,
    RenewalMove,
    Survey,
    Touch,
)
from lib.store.scope import admit

# What a reader filters by, and which kinds of lines each holds.
GROUPS: dict[str, tuple[str, ...]] = {
    "talks": ("touch", "meeting", "note", "amendment"),
    "promises": ("promise", "promise_closed"),
    "deals": ("renewal", "quote", "decision", "issued", "accepted", "payment"),
    "alerts": ("alert",),
    "plays": ("play", "play_closed"),
    "service": ("case", "case_closed", "survey"),
    "changes": ("change", "imported"),
}
KINDS = tuple(kind for kinds in GROUPS.values() for kind in kinds)
MOST = 200
PERIODS = ("30", "90", "365")  # days
_CHANGES = ("accounts.%", "contracts.%", "health.%", "bulk.%")


@query("accounts.timeline", permission="note.read", subject="account")
def timeline(
    viewer: Viewer, account_id: int, limit: int = 20, group: str | None = None, days: int | None = None
) -> pd.DataFrame:
    """happened_at (UTC), kind (one of KINDS), person and person_zh (who did it), code, text, row_id.

    code says what exactly: a channel, a stage, a decision, a command, a survey with its score, a currency;
    text is what was written, for an alert the day it is about, for a payment its minor units. Newest first.
    Raises NotFound.
    limit: how many, at most 200; group: one of GROUPS alone; days: only what happened in so many days.
    """
    limit = min(max(limit, 1), MOST)
    kinds = GROUPS.get(group or "", KINDS)
    with reading() as connection:
        admit(viewer, account_id, connection)
        rows = _everything(account_id, kinds, viewer.language).subquery()
        since = true() if days is None else rows.c.happened_at >= viewer.now - timedelta(days=days)
        statement = (
            select(
                rows.c.happened_at, rows.c.kind, Person.name.label("person"),
                Person.name_zh.label("person_zh"), rows.c.code, rows.c.text,
                rows.c.row_id,
            )
            .outerjoin(Person, Person.id == rows.c.person_id)
            .where(since)
            .order_by(rows.c.happened_at.desc(), rows.c.kind, rows.c.row_id.desc())
            .limit(limit)
        )  # fmt: skip
        found = read_frame(statement, connection)
        more = [*_paid(viewer, account_id, connection), *_answered(account_id, connection)]
    more = [row for row in more if row[1] in kinds and (days is None or (viewer.now - row[0]).days < days)]
    if not more:
        return found
    whole = pd.concat([found, pd.DataFrame(more, columns=found.columns)], ignore_index=True)
    return whole.sort_values("happened_at", ascending=False, kind="stable").head(limit)


def _paid(viewer: Viewer, account_id: int, connection: Connection) -> list[tuple]:
    """Payments as rows of the timeline, at noon of their day."""
    p, noon, zone = Payment, time(12), ZoneInfo(viewer.zone)
    found = connection.execute(
        select(p.paid_on, p.currency, p.amount_minor, p.id)
        .join(Invoice, Invoice.id == p.invoice_id)
        .where(Invoice.account_id == account_id)
        .order_by(p.paid_on.desc(), p.id.desc())
        .limit(MOST)
    )
    return [
        (datetime.combine(day, noon, zone).astimezone(UTC), "payment", None, None, currency, str(amount), i)
        for day, currency, amount, i in found
    ]


def _answered(account_id: int, connection: Connection) -> list[tuple]:
    """Answers to surveys as rows of the timeline: the kind with its score, and what was said."""
    s = Survey
    found = connection.execute(
        select(s.answered_at, s.kind, s.score, s.comment, s.id)
        .where(s.account_id == account_id)
        .order_by(s.answered_at.desc(), s.id.desc())
        .limit(MOST)
    )
    return [(at, "survey", None, None, f"{kind} {score:f}", text, i) for at, kind, score, text, i in found]


def _row(kind: str, at: InstrumentedAttribute, person: Any, code: Any, text: Any, row_id: Any) -> Select:
    """One source's columns; all sources have the same."""
    return select(
        at.label("happened_at"), literal(kind).label("kind"), _or_null(person).label("person_id"),
        _or_null(code, String).label("code"), _or_null(text, String).label("text"), row_id.label("row_id"),
    )  # fmt: skip


def _or_null(value: Any, kind: type | None = None) -> Any:
    if value is not None:
        return value
    return literal(None, kind) if kind else literal(None, Person.id.type)


def _everything(account_id: int, kinds: tuple[str, ...], language: str) -> CompoundSelect:
    """The selects of these kinds alone: what is not asked for is not read."""
    parts = (
        *_spoken(account_id), *_sold(account_id), *_watched(account_id), *_played(account_id, language),
        *_changed(account_id),
    )  # fmt: skip
    return union_all(*(part for part in parts if part.selected_columns["kind"].element.value in kinds))


def _spoken(account_id: int) -> list[Select]:
    """Touches, meetings, notes, amendments and promises."""
    a, p, m = NoteAmendment, Promise, Meeting
    met = select(m.touch_id).where(m.account_id == account_id)
    return [
        _row("touch", Touch.happened_at, Touch.person_id, Touch.channel, Touch.summary, Touch.id)
        .where(Touch.account_id == account_id, Touch.id.not_in(met)),
        _row("meeting", Touch.happened_at, Touch.person_id, Touch.channel, Touch.summary, m.id)
        .join(m, m.touch_id == Touch.id).where(m.account_id == account_id),
        _row("note", Note.written_at, Note.author_id, None, Note.text, Note.id)
        .where(Note.account_id == account_id),
        _row("amendment", a.written_at, a.author_id, None, a.text, a.id)
        .join(Note, Note.id == a.note_id).where(Note.account_id == account_id),
        _row("promise", p.created_at, p.owner_id, None, p.what, p.id).where(p.account_id == account_id),
        _row("promise_closed", p.closed_at, p.owner_id, p.status, p.what, p.id)
        .where(p.account_id == account_id, p.closed_at.is_not(None)),
    ]  # fmt: skip


def _sold(account_id: int) -> list[Select]:
    """Renewal moves, quotes and what became of them."""
    r, q, d, v = RenewalMove, Quote, QuoteDecision, QuoteVersion
    decided = _row("decision", d.decided_at, d.person_id, d.decision, q.title, q.id)
    issued = _row("issued", v.issued_at, None, q.number, q.title, q.id)
    accepted = _row("accepted", v.accepted_at, None, q.number, q.title, q.id)
    return [
        _row("renewal", r.moved_at, r.person_id, r.to_stage, r.comment, r.renewal_id)
        .join(Renewal, Renewal.id == r.renewal_id).where(Renewal.account_id == account_id),
        _row("quote", q.created_at, q.created_by, None, q.title, q.id).where(q.account_id == account_id),
        decided.join(v, v.id == d.quote_version_id).join(q, q.id == v.quote_id)
        .where(q.account_id == account_id),
        issued.join(q, q.id == v.quote_id).where(q.account_id == account_id, v.issued_at.is_not(None)),
        accepted.join(q, q.id == v.quote_id).where(q.account_id == account_id, v.accepted_at.is_not(None)),
    ]  # fmt: skip


def _watched(account_id: int) -> list[Select]:
    """What happened to alerts, and support cases."""
    e, c = AlertEvent, Case
    return [
        _row("alert", e.happened_at, e.person_id, e.what, e.details["on"].as_string(), e.alert_id)
        .join(ChurnAlert, ChurnAlert.id == e.alert_id).where(ChurnAlert.account_id == account_id),
        _row("case", c.opened_at, None, c.priority, c.subject, c.id).where(c.account_id == account_id),
        _row("case_closed", c.closed_at, None, c.priority, c.subject, c.id)
        .where(c.account_id == account_id, c.closed_at.is_not(None)),
    ]  # fmt: skip


def _played(account_id: int, language: str) -> list[Select]:
    """Playbooks begun and ended, by the name of the version that holds on the account."""
    r, v = PlaybookRun, PlaybookVersion
    name = v.body["name_zh" if language == "zh-CN" else "name_en"].as_string()
    version = and_(v.code == r.code, v.number == r.number)
    return [
        _row("play", r.started_at, r.started_by, r.trigger, name, r.id)
        .outerjoin(v, version).where(r.account_id == account_id),
        _row("play_closed", r.closed_at, None, r.status, name, r.id)
        .outerjoin(v, version).where(r.account_id == account_id, r.closed_at.is_not(None)),
    ]  # fmt: skip


def _changed(account_id: int) -> list[Select]:
    """Changes by hand, from the audit, and the account's arrival."""
    e = AuditEntry
    by_hand = or_(*(e.command.like(pattern) for pattern in _CHANGES))
    return [
        _row("change", e.happened_at, e.person_id, e.command, e.reason, e.id)
        .where(e.account_id == account_id, by_hand),
        _row("imported", Account.created_at, None, Account.source, None, Account.id)
        .where(Account.id == account_id, Account.source != "hand"),
    ]  # fmt: skip
