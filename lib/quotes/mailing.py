"""Plans and keeps e-mails of issued quotes; the recipient is looked up when the letter is made."""

import secrets
from dataclasses import dataclass

from sqlalchemy import case, select, update
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict, Invalid, NotFound
from lib.quotes.circumstances import rules_of
from lib.quotes.commands import require_open
from lib.quotes.funnel import Step
from lib.quotes.loading import newest, open_quote
from lib.quotes.mail import Letter, as_file, compose
from lib.quotes.proving import require_visible, told
from lib.quotes.rules import QuoteStatus, holds_at
from lib.store.database import engine
from lib.store.doors import audit, command, query
from lib.store.forms import earlier_result, remember
from lib.store.models import Contact, Person, Quote, QuoteMail, QuoteVersion
from lib.store.scope import load

SENT, FAILED = "sent", "failed"


@dataclass(frozen=True)
class Ready:
    """A letter as it would go out now, with the paper of the issued revision."""

    letter: Letter
    contact_id: int
    sender: tuple[str, str]
    pdf: bytes
    name: str
    state: str | None  # of the last one that was sent through the desk

    def file(self, viewer: Viewer, key: str) -> bytes:
        return as_file(self.letter, sender=self.sender, at=viewer.now, key=key, pdf=self.pdf, name=self.name)


@query("quotes.letter", permission="quote.issue", subject="quote")
def letter(viewer: Viewer, quote_id: int) -> Ready | None:
    """The e-mail of a quote that is out; None for one that is not, or not any more, with the customer.

    Raises NotFound, NotAllowed for a blocked account, Invalid where nobody there has an address."""
    with Session(engine()) as session:
        require_visible(session.connection(), viewer, quote_id)
        quote = session.get(Quote, quote_id)
        version = newest(session, quote_id)
        return _ready(session, viewer, quote, version) if _is_out(viewer, version) else None


def _is_out(viewer: Viewer, version: QuoteVersion) -> bool:
    if version.status != QuoteStatus.SENT or version.snapshot is None:
        return False
    return holds_at(version.valid_until, version.snapshot["zone"], viewer.now)


def _ready(session: Session, viewer: Viewer, quote: Quote, version: QuoteVersion) -> Ready:
    require_open(rules_of(session, viewer, quote.account_id))
    if not _is_out(viewer, version):
        raise Conflict("quote_not_out", status=version.status)
    contact = _recipient(session, quote, version)
    if contact is None:
        raise Invalid("quote_mail_nobody")
    seller = session.get(Person, viewer.person_id)
    made = compose(version.snapshot, contact.email, contact.language)
    last = select(QuoteMail.state).where(QuoteMail.quote_version_id == version.id)
    state = session.execute(last.order_by(QuoteMail.id.desc()).limit(1)).scalar()
    return Ready(made, contact.id, (seller.name, seller.email or "desk@vip-desk.invalid"), version.pdf,
                 f"{quote.number}-{version.revision}.pdf", state)  # fmt: skip


def _recipient(session: Session, quote: Quote, version: QuoteVersion) -> Contact | None:
    """Whom the paper is addressed to, else the sponsor: active, of this account, with an address."""
    people = select(Contact).where(
        Contact.account_id == quote.account_id,
        Contact.active,
        Contact.email.is_not(None),
        Contact.email != "",
    )
    chosen = case((Contact.id == version.contact_id, 0), else_=1)
    ordered = people.order_by(chosen, Contact.is_sponsor.desc(), Contact.id)
    return session.execute(ordered.limit(1)).scalars().first()


@command("quotes.plan_mail", permission="quote.issue", subject="quote")
def plan_mail(
    session: Session, viewer: Viewer, quote_id: int, seen_version: int, *, form_key: str | None = None
) -> int:
    """Note that a quote's paper is to be e-mailed, before anything leaves; the message's id."""
    content = {"quote": quote_id, "seen": seen_version}
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    quote, version = open_quote(session, viewer, quote_id, seen_version)
    found = _ready(session, viewer, quote, version)
    row = QuoteMail(quote_version_id=version.id, contact_id=found.contact_id, person_id=viewer.person_id,
                    message_key=secrets.token_hex(16), created_at=viewer.now)  # fmt: skip
    session.add(row)
    session.flush()
    new = {"quote": quote.number, "revision": version.revision, "contact_id": found.contact_id}
    audit(session, viewer, "quote_mail", row.id, account_id=quote.account_id, new=new)
    remember(session, viewer, form_key, content, {"id": row.id})
    return row.id


def _planned(session: Session, viewer: Viewer, mail_id: int) -> tuple[QuoteMail, QuoteVersion, Quote]:
    """The message with its quote, through the scope. Raises NotFound."""
    row = session.get(QuoteMail, mail_id)
    if row is None:
        raise NotFound()
    version = session.get(QuoteVersion, row.quote_version_id)
    return row, version, load(session, viewer, Quote, version.quote_id)


@command("quotes.claim_mail", permission="quote.issue")
def claim_mail(session: Session, viewer: Viewer, mail_id: int) -> tuple[str, bytes, str] | None:
    """The whole message for one sender alone (key, bytes, recipient); None when somebody has it already.
    Raises NotFound."""
    row, version, quote = _planned(session, viewer, mail_id)
    if row.person_id != viewer.person_id:
        return None
    won = session.execute(
        update(QuoteMail)
        .where(QuoteMail.id == mail_id, QuoteMail.state == "waiting")
        .values(state="sending", version=QuoteMail.version + 1)
    ).rowcount
    if not won:
        return None
    found = _ready(session, viewer, quote, version)
    audit(session, viewer, "quote_mail", row.id, account_id=quote.account_id, new={"state": "sending"})
    return row.message_key, found.file(viewer, row.message_key), found.letter.to


@command("quotes.finish_mail", permission="quote.issue")
def finish_mail(session: Session, viewer: Viewer, mail_id: int, outcome: str) -> str:
    """How it went; a letter that left is a step of the quote's way. Its state now. Raises NotFound."""
    row, version, quote = _planned(session, viewer, mail_id)
    if row.state != "sending" or row.person_id != viewer.person_id:
        return "lost"
    row.state, row.outcome = (SENT if outcome == SENT else FAILED), outcome
    row.version += 1
    if outcome == SENT:
        row.sent_at = viewer.now
        told(session, viewer, quote, version.revision, Step.SENT, key=f"mail:{row.message_key}")
    audit(session, viewer, "quote_mail", row.id, account_id=quote.account_id,
          old={"state": "sending"}, new={"state": row.state, "outcome": outcome})  # fmt: skip
    return row.state
