"""Exports and erases one contact's data; the record of changes stays whole, and says so itself."""

from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session

from lib.access import Viewer
from lib.audit.contact_data import ContactData, gather, known_texts, problems_naming
from lib.errors import Conflict, Invalid
from lib.store.database import parts
from lib.store.doors import audit, command
from lib.store.models import (
    Contact,
    ErasedContact,
    ImportProblem,
    ManualValue,
    PersonalValue,
    QuoteVersion,
)
from lib.store.personal import key_digest
from lib.store.scope import load

NOBODY = "–"  # what stands for the name of somebody who was erased
REASON_MAX = 4000


@command("audit.export_contact", permission="contact.erase", subject="contact")
def export_contact(session: Session, viewer: Viewer, contact_id: int) -> ContactData:
    """All that the desk holds of a contact, for a file to hand over; goes on record. Raises NotFound."""
    found = gather(session, viewer, contact_id)
    audit(session, viewer, "contact", contact_id, account_id=found.account_id, new={"exported": True})
    return found


@command("audit.erase_contact", permission="contact.erase", subject="contact")
def erase_contact(session: Session, viewer: Viewer, contact_id: int, seen_version: int, reason: str) -> int:
    """Empty a contact for good: the row, every text the record of changes keeps of them, corrections,
    excerpts in reports of imports, and their place in quotes that are still in work. How many texts went.

    Issued papers, and what people wrote in notes and touches, stay: they are what was sent and said. Raises
    NotFound, Conflict when the contact changed since or is erased already, Invalid without a reason.
    """
    row = load(session, viewer, Contact, contact_id, seen_version)
    if row.erased_at is not None:
        raise Conflict("contact_erased")
    why = reason.strip()
    if not why or len(why) > REASON_MAX:
        raise Invalid("erase_reason", limit=REASON_MAX)
    texts = known_texts(session, contact_id)
    session.add(
        ErasedContact(contact_id=contact_id, key_digest=key_digest(row.external_id), erased_at=viewer.now,
                      email_digest=key_digest(row.email) if row.email else None)
    )  # fmt: skip
    _empty(row, viewer)
    gone = {
        "values": _forget_texts(session, viewer, contact_id),
        "problems": _forget_excerpts(session, texts),
    }
    mine = ManualValue.table_name == "contact", ManualValue.row_id == contact_id
    gone["corrections"] = session.execute(delete(ManualValue).where(*mine)).rowcount
    addressed = QuoteVersion.contact_id == contact_id, QuoteVersion.issued_at.is_(None)
    gone["drafts"] = session.execute(update(QuoteVersion).where(*addressed).values(contact_id=None)).rowcount
    audit(session, viewer, "contact", contact_id, account_id=row.account_id,
          new={"erased": True, **gone}, reason=why)  # fmt: skip
    return gone["values"]


def _empty(row: Contact, viewer: Viewer) -> None:
    row.name, row.external_id = NOBODY, f"erased-{row.id}"
    row.title = row.email = row.phone = row.language = None
    row.is_sponsor = row.active = False
    row.version, row.erased_at = row.version + 1, viewer.now


def _forget_texts(session: Session, viewer: Viewer, contact_id: int) -> int:
    held = PersonalValue.contact_id == contact_id, PersonalValue.text.is_not(None)
    emptied = update(PersonalValue).where(*held).values(text=None, salt=None, erased_at=viewer.now)
    return session.execute(emptied).rowcount


def _forget_excerpts(session: Session, texts: set[str]) -> int:
    """Excerpts and kept values in reports of imports of contacts that name the person."""
    gone = 0
    for wanted in parts(texts):
        for problem in session.execute(problems_naming(wanted)).all():
            details: dict[str, Any] | None = problem.details
            if details and "kept" in details:
                details = details | {"kept": NOBODY}
            cleared = update(ImportProblem).where(ImportProblem.id == problem.id)
            session.execute(cleared.values(value=None, details=details))
            gone += 1
    return gone
