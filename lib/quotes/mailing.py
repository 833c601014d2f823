"""Plans e-mails of issued quotes; the recipient is looked up when the letter is made."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict, Invalid
from lib.quotes.circumstances import rules_of
from lib.quotes.loading import newest, open_quote
from lib.quotes.mail import Letter, as_file, compose
from lib.quotes.proving import require_visible
from lib.quotes.requirements import require_open
from lib.quotes.rules import QuoteStatus, holds_at
from lib.store.database import engine
from lib.store.doors import audit, command, query
from lib.store.forms import earlier_result, remember
from lib.store.models import Contact, Person, Quote, QuoteMail, QuoteVersion

WAITING, SENDING, SENT, FAILED = "waiting", "sending", "sent", "failed"


@dataclass(frozen=True)
class Ready:
    """A letter as it would go out now, with the paper of the issued revision."""

    letter: Letter
    contact_id: int
    sender: tuple[str, str]
    pdf: bytes
    name: str
    state: str | None  # of the last one that was sent through the desk

    def file(self, at: datetime, key: str) -> bytes:
        return as_file(self.letter, sender=self.sender, at=at, key=key, pdf=self.pdf, name=self.name)


@query("quotes.letter", permission="quote.issue", subject="quote")
def letter(viewer: Viewer, quote_id: int) -> Ready | None:
    """The e-mail of a quote that is out; None for one that is not, or not any more, with the customer.

    Raises NotFound, NotAllowed for a blocked account, Invalid where nobody there has an address."""
    with Session(engine()) as session:
        require_visible(session.connection(), viewer, quote_id)
        quote = session.get(Quote, quote_id)
        version = newest(session, quote_id)
        return ready(session, viewer, quote, version) if _is_out(viewer, version) else None


def _is_out(viewer: Viewer, version: QuoteVersion) -> bool:
    if version.status != QuoteStatus.SENT or version.snapshot is None:
        return False
    return holds_at(version.valid_until, version.snapshot["zone"], viewer.now)


def ready(
    session: Session, viewer: Viewer, quote: Quote, version: QuoteVersion, seller_id: int | None = None
) -> Ready:
    """The letter of the newest revision, from the viewer or whoever planned it. Raises Conflict for a quote
    that is not out, NotAllowed, Invalid."""
    require_open(rules_of(session, viewer, quote.account_id))
    if not _is_out(viewer, version):
        raise Conflict("quote_not_out", status=version.status)
    contact = _recipient(session, quote, version)
    if contact is None:
        raise Invalid("quote_mail_nobody")
    seller = session.get(Person, seller_id or viewer.person_id)
    made = compose(version.snapshot, contact.email, contact.language)
    last = _last(session, version)
    return Ready(made, contact.id, (seller.name, seller.email or "desk@vip-desk.invalid"), version.pdf,
                 f"{quote.number}-{version.revision}.pdf", last and last.state)  # fmt: skip


def _last(session: Session, version: QuoteVersion) -> QuoteMail | None:
    sent = select(QuoteMail).where(QuoteMail.quote_version_id == version.id)
    return session.execute(sent.order_by(QuoteMail.id.desc()).limit(1)).scalars().first()


@query("quotes.mail_state", permission="quote.issue", subject="quote")
def mail_state(viewer: Viewer, quote_id: int) -> str | None:
    """Where the last e-mail of the newest revision is: waiting, sending, sent or failed. Raises NotFound."""
    with Session(engine()) as session:
        require_visible(session.connection(), viewer, quote_id)
        last = _last(session, newest(session, quote_id))
        return last and last.state


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
) -> int:  # fmt: skip
    """Note that a quote's paper is to be e-mailed; a sender beside the visitors does it. The message's id.

    One that is on its way is not planned twice; one that failed is tried again as the same message.
    """
    content = {"quote": quote_id, "seen": seen_version}
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    quote, version = open_quote(session, viewer, quote_id, seen_version)
    found = ready(session, viewer, quote, version)
    row = _last(session, version)
    if row is None or row.state == SENT:
        row = QuoteMail(quote_version_id=version.id, contact_id=found.contact_id, person_id=viewer.person_id,
                        message_key=secrets.token_hex(16), created_at=viewer.now)  # fmt: skip
        session.add(row)
    elif row.state == FAILED:
        row.state, row.outcome, row.version = WAITING, None, row.version + 1
        row.contact_id, row.person_id = found.contact_id, viewer.person_id
    session.flush()
    new = {"quote": quote.number, "revision": version.revision, "contact_id": found.contact_id,
           "state": row.state}  # fmt: skip
    audit(session, viewer, "quote_mail", row.id, account_id=quote.account_id, new=new)
    remember(session, viewer, form_key, content, {"id": row.id})
    return row.id
