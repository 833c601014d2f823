"""What leaves the house: issuing a quote with number, snapshot and paper; the next revision of one."""

from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict, NotAllowed
from lib.quotes import commands, document, snapshot
from lib.quotes.circumstances import (
    Circumstances,
    circumstances_of,
    facts_of,
    given_beside,
    printable_promises,
)
from lib.quotes.clearance import Pack, checks, stop_of
from lib.quotes.completeness import gaps
from lib.quotes.copying import add_version
from lib.quotes.evaluation import Basis, Evaluation, evaluate
from lib.quotes.findings import Level
from lib.quotes.funnel import Step
from lib.quotes.loading import as_issued, basis_of, lines_of, open_quote, stored_form
from lib.quotes.matrix import Facts
from lib.quotes.parties import customer, options, paper_zone, substitutes_of, supplier
from lib.quotes.proving import told
from lib.quotes.requesting import covers
from lib.quotes.requests import date_fit_review
from lib.quotes.requirements import require_complete, require_open, require_passable
from lib.quotes.rules import REVISABLE, QuoteStatus, may_move
from lib.quotes.window_offers import without_closed
from lib.quotes.writing import (
    add_editor,
    draw_number,
    judge_stored,
    record,
    set_status,
    touch,
)
from lib.store.doors import command
from lib.store.models import Person, PersonRole, Quote, QuoteDecision, QuoteVersion


@command("quotes.issue", permission="quote.issue", subject="quote")
def issue_quote(session: Session, viewer: Viewer, quote_id: int, seen_version: int) -> str:
    """Give an approved quote its number, freeze what it says and make its paper; the number.

    Everything is decided again here, inside the transaction: prices, limits, whether the approval still
    covers exactly this content, and what else has to be settled (see clearance.checks). Raises Conflict,
    Invalid, NotAllowed; then no number was used.
    """
    quote, version = open_quote(session, viewer, quote_id, seen_version)
    if not may_move(version.status, QuoteStatus.SENT):
        raise Conflict("quote_cannot_move", current=version.status, target=str(QuoteStatus.SENT))
    basis = basis_of(session, version.book_id, viewer.today, account_id=quote.account_id, now=viewer.now)
    result = judge_stored(session, quote, version, basis)
    require_complete(version, result, basis, viewer)
    require_approval(session, quote, version, result, basis)
    around = circumstances_of(session, viewer, quote)
    _require_clear(around, describe(session, viewer, quote, version, basis, result, around))
    date_fit_review(session, quote, version, around.compliance["fit_review"]["months"])
    if quote.number is None:
        quote.number = draw_number(session, basis.prefix, viewer.today.year)
    version.issued_at = viewer.now
    set_status(quote, version, QuoteStatus.SENT, viewer)
    version.snapshot = describe(session, viewer, quote, version, basis, result, around)
    version.pdf = document.render(version.snapshot)
    told(session, viewer, quote, version.revision, Step.SENT)
    record(session, viewer, quote, version, number=quote.number, hash=version.content_hash)
    return quote.number


def _require_clear(around: Circumstances, said: dict[str, Any]) -> None:
    """Raises NotAllowed for the first thing that keeps a quote in the house."""
    stop = stop_of(checks(around.rules, around.request, around.review, None, gaps(said)))
    if stop is None:
        return
    if stop.code == "blocked":
        require_open(around.rules)
    raise NotAllowed(f"quote_{stop.code}", **{k: str(v) for k, v in stop.values.items()})


def require_approval(
    session: Session, quote: Quote, version: QuoteVersion, result: Evaluation, basis: Basis
) -> None:
    """Beyond the rules only what everybody the chain asks agreed to, for this content, may leave. Raises
    NotAllowed."""
    require_passable(result.decision)
    if covers(session, quote, version, result, basis):
        return
    if covers(session, quote, version, result, basis, strict=False):
        raise NotAllowed("quote_four_eyes")
    raise NotAllowed("quote_needs_approval", rule=result.decision.reasons[0].rule)


def require_released(session: Session, viewer: Viewer, quote: Quote, version: QuoteVersion) -> None:
    """Raises NotAllowed for a quote that is out without having been issued, or without the approvals the
    rules of that moment asked for. What an earlier desk priced otherwise is taken as its paper says."""
    if version.issued_at is None or version.pdf is None or not version.snapshot:
        raise NotAllowed("quote_not_released")
    day = version.issued_at.astimezone(ZoneInfo(viewer.zone)).date()
    basis = basis_of(session, version.book_id, day, version.issued_at, account_id=quote.account_id)
    basis = as_issued(basis, version)
    form = stored_form(quote, version, lines_of(session, version.id))
    facts = Facts(given=given_beside(session, quote.id))
    result = evaluate(form, basis, quote.account_id, facts=facts)
    if version.snapshot.get("hash") != version.content_hash:
        raise Conflict("quote_content_changed")
    asks = result.hash == version.content_hash and result.decision.level is Level.APPROVE
    if asks and not covers(session, quote, version, result, basis):
        raise NotAllowed("quote_needs_approval", rule=result.decision.reasons[0].rule)


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
    session: Session, viewer: Viewer, quote: Quote, version: QuoteVersion, basis: Basis, result: Evaluation,
    around: Circumstances,
) -> dict[str, Any]:  # fmt: skip
    """The snapshot of a revision as it stands; issued when it has an issue time, else a draft."""
    form = stored_form(quote, version, lines_of(session, version.id))
    heading = snapshot.Heading(
        number=quote.number if version.issued_at else None,
        revision=version.revision,
        replaces=_replaced(session, version),
        issued_at=version.issued_at.isoformat() if version.issued_at else None,
        saved_at=quote.updated_at.isoformat(),
        zone=paper_zone(session, viewer, quote.account_id),
        hash=result.hash,
        supplier=supplier(session, viewer, quote),
        customer=customer(session, quote.account_id, version.contact_id),
        approvals=_approvals(session, viewer, version, result.hash),
    )
    pack = around.pack({line.item_code for line in form.lines}, viewer.today)
    extras = snapshot.Extras(
        around.rights, pack and _pack_text(pack), _promises(session, quote, around),
        options=options(session, quote, version), substitutes=substitutes_of(session, quote.id),
    )  # fmt: skip
    return snapshot.build(form, result.priced, basis, heading, extras)


def _pack_text(pack: Pack) -> dict[str, Any]:
    until = pack.valid_until.isoformat() if pack.valid_until else None
    return {"name": pack.name, "valid_until": until, "state": pack.state}


def _promises(session: Session, quote: Quote, around: Circumstances) -> list[dict[str, Any]]:
    """The chosen promises as the customer reads them; one that may no longer be printed is left out."""
    texts = around.compliance["promises"]
    return [
        {"en": texts.get(row.code, {}).get("en", row.what), "due_on": row.due_on.isoformat(),
         "zh-CN": texts.get(row.code, {}).get("zh", row.what)}
        for row in printable_promises(session, quote.account_id)
        if row.id in around.request.promises
    ]  # fmt: skip


def draft_paper(session: Session, viewer: Viewer, quote: Quote, version: QuoteVersion) -> bytes:
    """A revision that is not issued, as a draft paper at today's rules."""
    return document.render(draft_snapshot(session, viewer, quote, version))


def draft_snapshot(session: Session, viewer: Viewer, quote: Quote, version: QuoteVersion) -> dict[str, Any]:
    """What a revision that is not issued says at today's rules."""
    basis = basis_of(session, version.book_id, viewer.today, account_id=quote.account_id, now=viewer.now)
    form = without_closed(stored_form(quote, version, lines_of(session, version.id)), basis.offers)
    result = evaluate(form, basis, quote.account_id, facts=facts_of(session, quote))
    around = circumstances_of(session, viewer, quote)
    return describe(session, viewer, quote, version, basis, result, around)


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


def _approvals(session: Session, viewer: Viewer, version: QuoteVersion, printed: str) -> list[dict[str, Any]]:
    """Who submitted, approved and issued: names, roles and times, never a comment or a rule. Only approvals
    given for the very content that is printed."""
    steps = []
    if version.submitted_at:
        steps.append(("submitted", version.edited_by, None, version.submitted_at))
    given = select(QuoteDecision).where(
        QuoteDecision.quote_version_id == version.id,
        QuoteDecision.content_hash == printed,
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


# The command behind each step of a quote's life inside this wing; see rules.steps_for.
BY_STEP = {
    "submit": commands.submit_quote, "issue": issue_quote, "revise": revise_quote,
    "copy": commands.copy_quote, "withdraw": commands.withdraw_quote, "decline": commands.decline_quote,
}  # fmt: skip
