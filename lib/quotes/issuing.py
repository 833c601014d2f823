"""What leaves the house: issuing a quote with number, snapshot and paper; the next revision of one."""

from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict, NotAllowed
from lib.quotes import document, snapshot
from lib.quotes.approvals import Level, may_decide
from lib.quotes.commands import add_version, require_complete
from lib.quotes.evaluation import Basis, Evaluation, evaluate
from lib.quotes.loading import basis_of, lines_of, open_quote, stored_form
from lib.quotes.rules import REVISABLE, QuoteStatus, may_move
from lib.quotes.writing import (
    add_editor,
    approval_of,
    draw_number,
    judge_stored,
    record,
    set_status,
    touch,
)
from lib.settings import settings
from lib.store.doors import command
from lib.store.models import Account, Contact, Person, PersonRole, Quote, QuoteDecision, QuoteVersion


@command("quotes.issue", permission="quote.issue", subject="quote")
def issue_quote(session: Session, viewer: Viewer, quote_id: int, seen_version: int) -> str:
    """Give an approved quote its number, freeze what it says and make its paper; the number.

    Everything is decided again here, inside the transaction: prices, limits, and whether the approval
    still covers exactly this content. Raises Conflict, Invalid, NotAllowed; then no number was used.
    """
    quote, version = open_quote(session, viewer, quote_id, seen_version)
    if not may_move(version.status, QuoteStatus.SENT):
        raise Conflict("quote_cannot_move", current=version.status, target=str(QuoteStatus.SENT))
    basis = basis_of(session, version.book_id, viewer.today)
    result = judge_stored(session, quote, version, basis)
    require_complete(version, result, basis, viewer)
    _require_approval(session, quote, version, result)
    if quote.number is None:
        quote.number = draw_number(session, basis.prefix, viewer.today.year)
    version.issued_at = viewer.now
    set_status(quote, version, QuoteStatus.SENT, viewer)
    version.snapshot = describe(session, viewer, quote, version, basis, result)
    version.pdf = document.render(version.snapshot)
    record(session, viewer, quote, version, number=quote.number, hash=version.content_hash)
    return quote.number


def _require_approval(session: Session, quote: Quote, version: QuoteVersion, result: Evaluation) -> None:
    """Above the limits only what another person approved, for this very content, may leave."""
    if result.decision.level is not Level.APPROVE:
        return
    approval = approval_of(session, version)
    if approval is None:
        raise NotAllowed("quote_needs_approval", rule=result.decision.reasons[0].rule)
    if not may_decide(approval.person_id, [quote.created_by, *quote.editors]):
        raise NotAllowed("quote_four_eyes")


@command("quotes.revise", permission="quote.write", subject="quote")
def revise_quote(session: Session, viewer: Viewer, quote_id: int, seen_version: int) -> int:
    """The next revision of an issued quote, as a draft that says the same; its number.

    A revision that was out with the customer is replaced; a declined or expired one stays what it is.
    No approval travels along. Raises Conflict for a quote that was never issued or is settled.
    """
    quote, version = open_quote(session, viewer, quote_id, seen_version)
    if version.status not in REVISABLE:
        raise Conflict("quote_not_revisable", status=version.status)
    if version.status == QuoteStatus.SENT:
        set_status(quote, version, QuoteStatus.REPLACED, viewer)
    made = add_version(session, viewer, quote, version, revision=version.revision + 1)
    quote.status = made.status
    add_editor(quote, viewer)
    touch(quote, viewer)
    record(session, viewer, quote, made, replaces=version.revision)
    return made.revision


def describe(
    session: Session, viewer: Viewer, quote: Quote, version: QuoteVersion, basis: Basis, result: Evaluation
) -> dict[str, Any]:
    """The snapshot of a revision as it stands; issued when it has an issue time, else a draft."""
    form = stored_form(quote, version, lines_of(session, version.id))
    heading = snapshot.Heading(
        number=quote.number if version.issued_at else None,
        revision=version.revision,
        replaces=_replaced(session, version),
        issued_at=version.issued_at.isoformat() if version.issued_at else None,
        saved_at=quote.updated_at.isoformat(),
        zone=viewer.zone,
        hash=result.hash,
        supplier=_supplier(session, quote),
        customer=_customer(session, quote.account_id),
        approvals=_approvals(session, viewer, version),
    )
    return snapshot.build(form, result.priced, basis, heading)


def draft_paper(session: Session, viewer: Viewer, quote: Quote, version: QuoteVersion) -> bytes:
    """A revision that is not issued, as a draft paper at today's rules."""
    basis = basis_of(session, version.book_id, viewer.today)
    result = evaluate(stored_form(quote, version, lines_of(session, version.id)), basis, quote.account_id)
    return document.render(describe(session, viewer, quote, version, basis, result))


def _replaced(session: Session, version: QuoteVersion) -> dict[str, Any] | None:
    earlier = select(QuoteVersion).where(
        QuoteVersion.quote_id == version.quote_id,
        QuoteVersion.revision < version.revision,
        QuoteVersion.issued_at.is_not(None),
    )
    found = session.execute(earlier.order_by(QuoteVersion.revision.desc()).limit(1)).scalars().first()
    if found is None:
        return None
    return {"revision": found.revision, "issued_on": found.issued_at.date().isoformat()}


def _supplier(session: Session, quote: Quote) -> dict[str, Any]:
    seller = session.get(Person, quote.created_by)
    return {
        "names": {"en": settings().company_en, "zh-CN": settings().company_zh},
        "contact": seller.name,
        "email": seller.email,
    }


def _customer(session: Session, account_id: int) -> dict[str, Any]:
    account = session.get(Account, account_id)
    people = select(Contact).where(Contact.account_id == account_id, Contact.active)
    contact = session.execute(
        people.order_by(Contact.is_sponsor.desc(), Contact.id).limit(1)
    ).scalars().first()  # fmt: skip
    name = account.legal_name or account.name
    return {
        "names": {"en": name, "zh-CN": account.name_zh or name},
        "place": ", ".join(part for part in (account.city, account.country) if part),
        "contact": ", ".join(part for part in (contact.name, contact.title) if part) if contact else "",
        "email": (contact.email or "") if contact else "",
        "phone": (contact.phone or "") if contact else "",
    }


def _approvals(session: Session, viewer: Viewer, version: QuoteVersion) -> list[dict[str, Any]]:
    """Who submitted, approved and issued: names, roles and times, never a comment or a rule."""
    steps = []
    if version.submitted_at:
        steps.append(("submitted", version.edited_by, None, version.submitted_at))
    given = select(QuoteDecision).where(
        QuoteDecision.quote_version_id == version.id,
        QuoteDecision.content_hash == version.content_hash,
        QuoteDecision.decision == "approved",
    )
    for decision in session.execute(given.order_by(QuoteDecision.id)).scalars():
        steps.append(("approved", decision.person_id, decision.role, decision.decided_at))
    if version.issued_at:
        steps.append(("released", viewer.person_id, None, version.issued_at))
    return [
        {"decision": decision, "person": session.get(Person, person_id).name,
         "role": role or _role_of(session, person_id), "at": at.isoformat()}
        for decision, person_id, role, at in steps
    ]  # fmt: skip


def _role_of(session: Session, person_id: int) -> str:
    held = select(PersonRole.role).where(PersonRole.person_id == person_id).order_by(PersonRole.id).limit(1)
    return session.execute(held).scalars().first() or "account_manager"
