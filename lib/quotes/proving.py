"""Keeps what proves an acceptance and what is told of a quote's way; reads both for the quote's page."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict, Invalid, NotFound
from lib.quotes.evidence import Evidence, read_evidence, suffix_of
from lib.quotes.funnel import Source, Step, read_moment
from lib.quotes.loading import open_quote
from lib.quotes.rules import ISSUED, QuoteStatus
from lib.store.database import read_frame, reading
from lib.store.doors import audit, command, query
from lib.store.forms import earlier_result, remember
from lib.store.models import Person, Quote, QuoteEvent, QuoteEvidence, QuoteVersion
from lib.store.naming import spoken_name
from lib.store.scope import of_visible_accounts


def outline(evidence: Mapping[str, Any]) -> dict[str, Any]:
    """A proof without its bytes, to know a form that is sent twice."""
    content = evidence.get("content")
    digest = hashlib.sha256(content).hexdigest() if isinstance(content, bytes) else None
    return {name: str(value) for name, value in evidence.items() if name != "content"} | {"sha256": digest}


def keep_evidence(
    session: Session, viewer: Viewer, quote: Quote, version: QuoteVersion, values: Mapping[str, Any],
    late: str | None = None,
) -> Evidence:  # fmt: skip
    """Store a proof for an issued revision, bound to what the revision says. Raises Invalid."""
    # A signature bears the customer's day or the desk's: what is today in either is no mistake.
    zones = ZoneInfo(version.snapshot["zone"]), ZoneInfo(viewer.zone)
    issued, now = ([at.astimezone(z).date() for z in zones] for at in (version.issued_at, viewer.now))
    found = read_evidence(values, issued_on=min(issued), today=max(now))
    row = QuoteEvidence(
        quote_version_id=version.id, kind=found.kind, signer=found.signer, signed_on=found.signed_on,
        reference=found.reference, file_name=found.file_name, media_type=found.media_type,
        content=found.content, sha256=found.sha256, content_hash=version.content_hash, late_reason=late,
        recorded_by=viewer.person_id, recorded_at=viewer.now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    new = {"kind": found.kind, "signer": found.signer, "signed_on": found.signed_on, "sha256": found.sha256,
           "reference": found.reference, "hash": version.content_hash}  # fmt: skip
    audit(session, viewer, "quote_evidence", row.id, account_id=quote.account_id, new=new, reason=late)
    return found


@command("quotes.add_evidence", permission="quote.issue", subject="quote")
def add_evidence(
    session: Session, viewer: Viewer, quote_id: int, seen_version: int, *, evidence: Mapping[str, Any],
    form_key: str | None = None,
) -> None:  # fmt: skip
    """Another proof beside the first one, such as the signed file after the order number.

    Raises Conflict for a quote that is not accepted, Invalid.
    """
    content = {"quote": quote_id, "evidence": outline(evidence)}
    if earlier_result(session, viewer, form_key, content):
        return
    quote, version = open_quote(session, viewer, quote_id, seen_version)
    if version.status != QuoteStatus.ACCEPTED:
        raise Conflict("evidence_not_accepted", status=version.status)
    keep_evidence(session, viewer, quote, version, evidence)
    remember(session, viewer, form_key, content, {"kept": True})


def told(
    session: Session, viewer: Viewer, quote: Quote, revision: int, step: Step, source: Source = Source.DESK,
    **more: Any,
) -> QuoteEvent:  # fmt: skip
    """One step of a revision's way; its key makes what is told twice one."""
    at = more.get("happened_at", viewer.now)
    key = more.get("key") or f"{source}:{quote.id}:{revision}:{step}:{at.isoformat()}"
    row = QuoteEvent(
        quote_id=quote.id, revision=revision, kind=step, source=source, happened_at=at, dedupe_key=key,
        recorded_at=viewer.now, note=more.get("note"),
        person_id=viewer.person_id if source in (Source.DESK, Source.HAND) else None,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


@command("quotes.tell_step", permission="quote.write", subject="quote")
def tell_step(
    session: Session, viewer: Viewer, quote_id: int, *, kind: str, happened_at: datetime | None = None,
    note: str = "", form_key: str | None = None,
) -> int:  # fmt: skip
    """What the seller heard of an issued quote: the customer opened or viewed it; the event's id.

    A yes or a no is more than an event and has its own form. Raises Conflict for a quote that is not out,
    Invalid for another step or a time that is still to come.
    """
    content = {"quote": quote_id, "kind": kind, "at": happened_at, "note": note}
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    quote, version = open_quote(session, viewer, quote_id, None)
    if version.status not in ISSUED:
        raise Conflict("quote_not_out", status=version.status)
    step = _by_hand(kind)
    at = read_moment(happened_at or viewer.now, viewer.now)
    row = told(session, viewer, quote, version.revision, step, Source.HAND, happened_at=at,
               note=" ".join(note.split())[:1000] or None)  # fmt: skip
    audit(session, viewer, "quote_event", row.id, account_id=quote.account_id,
          new={"quote": quote.number, "kind": step, "source": Source.HAND, "happened_at": at})  # fmt: skip
    remember(session, viewer, form_key, content, {"id": row.id})
    return row.id


def _by_hand(kind: str) -> Step:
    if kind not in (Step.OPENED, Step.VIEWED):
        raise Invalid("quote_event_kind")
    return Step(kind)


@dataclass(frozen=True)
class Life:
    """What happened to a quote since it left: events (revision, kind, source, happened_at, person, note),
    oldest first, and proofs (id, revision, kind, signer, signed_on, reference, file_name, size, sha256,
    late_reason, recorded_at, person)."""

    events: pd.DataFrame
    proofs: pd.DataFrame


@query("quotes.life", permission="quote.read", subject="quote")
def life(viewer: Viewer, quote_id: int) -> Life:
    """The way of one quote and what proves its acceptance. Raises NotFound."""
    e, p, v = QuoteEvent, QuoteEvidence, QuoteVersion
    with reading() as connection:
        require_visible(connection, viewer, quote_id)
        events = read_frame(
            select(e.revision, e.kind, e.source, e.happened_at, spoken_name(viewer, Person).label("person"),
                   e.note)
            .outerjoin(Person, Person.id == e.person_id)
            .where(e.quote_id == quote_id)
            .order_by(e.happened_at, e.id),
            connection,
        )  # fmt: skip
        proofs = read_frame(
            select(p.id, v.revision, p.kind, p.signer, p.signed_on, p.reference, p.file_name, p.media_type,
                   p.sha256, p.late_reason, p.recorded_at, spoken_name(viewer, Person).label("person"))
            .join(v, v.id == p.quote_version_id)
            .join(Person, Person.id == p.recorded_by)
            .where(v.quote_id == quote_id)
            .order_by(p.id),
            connection,
        )  # fmt: skip
    return Life(events, proofs)


def require_visible(connection: Any, viewer: Viewer, quote_id: int) -> None:
    mine = select(Quote.id).where(Quote.id == quote_id, of_visible_accounts(viewer, Quote.account_id))
    if not isinstance(quote_id, int) or connection.execute(mine).first() is None:
        raise NotFound()


def proof_name(sha256: str, media: str | None, mark: str) -> str:
    """What a proof's file is saved as: named by the desk, never by who sent it."""
    return f"proof-{sha256[:12]}-{mark}.{suffix_of(media)}"


@query("quotes.proof", permission="quote.read", subject="quote")
def proof(viewer: Viewer, quote_id: int, evidence_id: int) -> bytes:
    """The file of a proof, byte for byte. Raises NotFound."""
    p, v = QuoteEvidence, QuoteVersion
    with reading() as connection:
        require_visible(connection, viewer, quote_id)
        row = connection.execute(
            select(p.content)
            .join(v, v.id == p.quote_version_id)
            .where(p.id == evidence_id, v.quote_id == quote_id, p.content.is_not(None))
        ).first()
    if row is None:
        raise NotFound()
    return row.content
