"""The outbox of quotes' e-mails: claims one, keeps how it went. What a sender that died held is taken over.

At least once: a letter whose sender died between handing it over and noting so goes out again as the same
message, under the same Message-ID and with the same bytes.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import Select, and_, or_, select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import DeskError
from lib.quotes.funnel import Step
from lib.quotes.mailing import FAILED, SENDING, SENT, WAITING, ready
from lib.quotes.proving import told
from lib.store.claiming import next_due, take
from lib.store.database import reading
from lib.store.doors import audit, command, query
from lib.store.models import Quote, QuoteMail, QuoteVersion

TAKEN_UP_MINUTES = 5  # a sender that says nothing for so long has died
M = QuoteMail


@dataclass(frozen=True)
class Claimed:
    """A letter in the hands of one sender: the whole message, and to whom."""

    id: int
    claim: str
    key: str
    content: bytes
    to: str


def _due(viewer: Viewer) -> Select:
    dead = viewer.now - timedelta(minutes=TAKEN_UP_MINUTES)
    return select(M.id).where(
        or_(M.state == WAITING, and_(M.state == SENDING, or_(M.claimed_at.is_(None), M.claimed_at <= dead)))
    ).order_by(M.id)  # fmt: skip


@query("quotes.due_mail", permission="day.run")
def due(viewer: Viewer) -> int | None:
    """The next letter a sender may take, or None: a look that takes no lock."""
    with reading() as connection:
        return connection.execute(_due(viewer).limit(1)).scalar()


@command("quotes.claim_mail", permission="day.run")
def claim(session: Session, viewer: Viewer) -> Claimed | None:
    """One letter for this sender alone, as it is now; None when there is none, another one was quicker, or
    the quote may no longer go out: then the letter has failed, with the reason."""
    row = next_due(session, M, _due(viewer))
    token = row and take(session, viewer, row)
    if token is None:
        return None
    session.refresh(row)
    version, quote = _of(session, row)
    try:
        letter = ready(session, viewer, quote, version, row.person_id)
        content = letter.file(row.created_at, row.message_key)
    except DeskError as error:
        _finish(session, viewer, row, quote, error.code)
        return None
    return Claimed(row.id, token, row.message_key, content, letter.letter.to)


@command("quotes.finish_mail", permission="day.run")
def finish(session: Session, viewer: Viewer, mail_id: int, claim: str, outcome: str) -> str:
    """How it went, kept by the sender that holds the claim; a letter that left is a step of the quote's way.
    The letter's state now; a lost claim changes nothing."""
    row = session.execute(select(M).where(M.id == mail_id).with_for_update()).scalars().first()
    if row is None or row.claim != claim or row.state != SENDING:
        return "lost"
    version, quote = _of(session, row)
    if outcome == SENT:
        row.sent_at = viewer.now
        seller = replace(viewer, person_id=row.person_id)
        told(session, seller, quote, version.revision, Step.SENT, key=f"mail:{row.message_key}")
    return _finish(session, viewer, row, quote, outcome)


def _finish(session: Session, viewer: Viewer, row: QuoteMail, quote: Quote, outcome: str) -> str:
    row.state, row.outcome = (SENT if outcome == SENT else FAILED), outcome[:32]
    row.claim, row.version = None, row.version + 1
    session.flush()
    audit(session, viewer, "quote_mail", row.id, account_id=quote.account_id,
          old={"state": SENDING}, new={"state": row.state, "outcome": row.outcome})  # fmt: skip
    return row.state


def _of(session: Session, row: QuoteMail) -> tuple[QuoteVersion, Quote]:
    version = session.get(QuoteVersion, row.quote_version_id)
    return version, session.get(Quote, version.quote_id)
