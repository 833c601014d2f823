"""Changes to quotes before they leave the house: create, save, submit, decide, withdraw."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict, Invalid, NotFound
from lib.quotes.approvals import deciding_role
from lib.quotes.circumstances import facts_of, rules_of
from lib.quotes.copying import copy_of
from lib.quotes.deciders import require_free_eyes
from lib.quotes.evaluation import Basis, check_amended, evaluate
from lib.quotes.funnel import Step
from lib.quotes.loading import basis_of, lines_of, open_quote, stored_form
from lib.quotes.proving import told
from lib.quotes.refusals import read_refusal
from lib.quotes.requesting import ask, asks_anew, close, covers, stays_approved, vote
from lib.quotes.requirements import require_complete, require_open, require_passable
from lib.quotes.rules import (
    EDITABLE,
    TEXT_MAX,
    TITLE_MAX,
    QuoteForm,
    QuoteStatus,
    read_form,
)
from lib.quotes.writing import (
    add_editor,
    judge_stored,
    record,
    set_status,
    touch,
    write_form,
)
from lib.store import outbox
from lib.store.doors import command
from lib.store.forms import earlier_result, remember
from lib.store.models import (
    Account,
    Contact,
    PriceBook,
    Quote,
    QuoteDecision,
    QuoteRefusal,
    QuoteVersion,
    Renewal,
)
from lib.store.scope import load
from lib.words import say


@command("quotes.create", permission="quote.write", subject="account")
def create_quote(
    session: Session, viewer: Viewer, account_id: int, *, book_id: int | None = None,
    renewal_id: int | None = None, title: str = "", form_key: str | None = None,
) -> int:  # fmt: skip
    """An empty draft for an account, from the book in the account's currency; the quote's id.

    With `renewal_id` it starts on the renewal's due day. The same form sent twice makes one quote.
    Raises NotFound for an account, renewal or book that is not there, Invalid for a long title.
    """
    content = {"account": account_id, "book": book_id, "renewal": renewal_id, "title": title}
    done = earlier_result(session, viewer, form_key, content)
    if done is not None:
        return done["id"]
    account = load(session, viewer, Account, account_id)
    renewal = _renewal(session, viewer, account_id, renewal_id)
    book = book_id or _book_for(session, viewer, account.currency)
    basis = basis_of(session, book, viewer.today, account_id=account_id, now=viewer.now)
    starts_on = renewal.due_on if renewal and renewal.due_on > viewer.today else viewer.today
    if len(title) > TITLE_MAX:
        raise Invalid("quote_field_title", limit=TITLE_MAX)
    named = title.strip() or say(account.language, "quotes-default-title", name=basis.book_code)
    quote = Quote(account_id=account_id, renewal_id=renewal_id, title=named, created_by=viewer.person_id,
                  editors=[viewer.person_id], created_at=viewer.now, updated_at=viewer.now)  # fmt: skip
    session.add(quote)
    session.flush()
    version = QuoteVersion(quote_id=quote.id, book_id=basis.book_id, currency=basis.currency,
                           starts_on=starts_on, edited_by=viewer.person_id,
                           valid_until=viewer.today + timedelta(days=basis.validity_days))  # fmt: skip
    version.content_hash = evaluate(stored_form(quote, version, []), basis, account_id).hash
    session.add(version)
    record(session, viewer, quote, version, title=quote.title, book=basis.book)
    remember(session, viewer, form_key, content, {"id": quote.id})
    return quote.id


def _renewal(session: Session, viewer: Viewer, account_id: int, renewal_id: int | None) -> Renewal | None:
    if renewal_id is None:
        return None
    renewal = load(session, viewer, Renewal, renewal_id)
    if renewal.account_id != account_id:
        raise NotFound()
    return renewal


def _book_for(session: Session, viewer: Viewer, currency: str) -> int:
    """The newest SaaS book in the account's currency, else in USD."""
    books = select(PriceBook.id, PriceBook.currency).where(
        PriceBook.code == "saas", PriceBook.valid_from <= viewer.today
    )
    found = {row.currency: row.id for row in session.execute(books.order_by(PriceBook.number))}
    book_id = found.get(currency) or found.get("USD")
    if book_id is None:
        raise NotFound()
    return book_id


@command("quotes.save_draft", permission="quote.write", subject="quote")
def save_draft(
    session: Session, viewer: Viewer, quote_id: int, seen_version: int, *,
    values: Mapping[str, Any], lines: Sequence[Mapping[str, Any]],
) -> int:  # fmt: skip
    """Write a form and its lines and price them; the quote's new version.

    Any change sends the quote back to draft; an approval holds only for the content it was given for.
    `values`: title, language, starts_on, term_months, prepaid, discount, justification, valid_until,
    discovery, contact_id (optional). `lines`: item_code, quantity, discount. Raises NotFound, Conflict,
    Invalid.
    """
    quote, version = open_quote(session, viewer, quote_id, seen_version)
    if version.status not in EDITABLE:
        raise Conflict("quote_frozen", status=version.status)
    basis = basis_of(session, version.book_id, viewer.today, account_id=quote.account_id, now=viewer.now)
    form = read_form(values, lines, basis.items, months=basis.terms.months, today=viewer.today,
                     longest_days=basis.longest_days)  # fmt: skip
    check_amended(form, basis)
    form = _addressed(session, quote, version, form)
    if form == stored_form(quote, version, lines_of(session, version.id)):
        now = evaluate(form, basis, quote.account_id, facts=facts_of(session, quote))
        if now.hash == version.content_hash:  # else prices have moved on under an untouched form
            return quote.version
    old = {"net_minor": version.net_minor, "hash": version.content_hash, "status": version.status}
    keep_form(session, viewer, quote, version, form, basis)
    record(session, viewer, quote, version, old=old, net_minor=version.net_minor, hash=version.content_hash)
    return quote.version


def _addressed(session: Session, quote: Quote, version: QuoteVersion, form: QuoteForm) -> QuoteForm:
    """A newly chosen recipient brings their language; a paper in another one can be chosen afterwards."""
    if form.contact_id is None or form.contact_id == version.contact_id:
        return form
    found = session.execute(
        select(Contact.language).where(
            Contact.id == form.contact_id, Contact.account_id == quote.account_id, Contact.active
        )
    ).first()
    if found is None:
        raise Invalid("quote_field_contact_id")
    return replace(form, language=found.language or form.language)


def keep_form(
    session: Session, viewer: Viewer, quote: Quote, version: QuoteVersion, form: QuoteForm, basis: Basis
) -> None:
    """An approval outlives a change that is no worse for us; a request that waits for one never does."""
    result = evaluate(form, basis, quote.account_id, facts=facts_of(session, quote))
    quote.title = form.title
    write_form(session, version, form, result)
    version.edited_by = viewer.person_id
    add_editor(quote, viewer)
    close(session, viewer, quote.id)
    kept = version.status == QuoteStatus.APPROVED and stays_approved(session, quote, version, result, basis)
    if version.status == QuoteStatus.DRAFT or kept:
        touch(quote, viewer)
    else:
        set_status(quote, version, QuoteStatus.DRAFT, viewer)


@command("quotes.submit", permission="quote.submit", subject="quote")
def submit_quote(session: Session, viewer: Viewer, quote_id: int, seen_version: int) -> str:
    """Hand a complete draft in; the state it is in now: approved, or pending_approval.

    Where the rules changed since, also what waits or was approved, as it is: whom they ask now is asked anew.
    Raises Invalid naming what is missing (lines, discovery, justification, validity), NotAllowed for a
    blocked account, NotFound, Conflict.
    """
    quote, version = open_quote(session, viewer, quote_id, seen_version)
    require_open(rules_of(session, viewer, quote.account_id))
    basis = basis_of(session, version.book_id, viewer.today, account_id=quote.account_id, now=viewer.now)
    result = judge_stored(session, quote, version, basis)
    require_complete(version, result, basis, viewer)
    require_passable(result.decision)
    add_editor(quote, viewer)
    asks = not covers(session, quote, version, result, basis)
    target = QuoteStatus.PENDING if asks else QuoteStatus.APPROVED
    if version.status != QuoteStatus.DRAFT and not asks_anew(session, quote, version, result, basis):
        raise Conflict("quote_cannot_move", current=version.status, target=str(target))
    version.approver_level = None
    close(session, viewer, quote.id)
    if version.status == target:
        touch(quote, viewer)
    else:
        set_status(quote, version, target, viewer)
    version.submitted_at = viewer.now
    if asks:
        ask(session, viewer, quote, version, result, basis)
    rules = [finding.rule for finding in result.decision.reasons]
    record(session, viewer, quote, version, rules=rules, hash=version.content_hash)
    if asks:
        outbox.put(session, viewer, "approval", f"{quote.id}:{version.id}:{quote.version}",
                   account_id=quote.account_id, row_id=quote.id)  # fmt: skip
    return quote.status


@command("quotes.approve", permission="quote.approve", subject="quote")
def approve_quote(
    session: Session, viewer: Viewer, quote_id: int, seen_version: int, *, reason: str = ""
) -> None:
    """Agree to exactly what the quote says now; it is approved once everybody its chain asks has agreed.

    Raises NotAllowed for whoever had a hand in any revision or stands in for somebody who had, and for an
    approver whose level does not reach so far; the refusal names the level and who holds it.
    """
    quote, version = open_quote(session, viewer, quote_id, seen_version)
    if version.status != QuoteStatus.PENDING:  # a draft nobody handed in cannot be approved either
        raise Conflict("quote_cannot_move", current=version.status, target=str(QuoteStatus.APPROVED))
    require_free_eyes(session, viewer, quote)
    basis = basis_of(session, version.book_id, viewer.today, account_id=quote.account_id, now=viewer.now)
    result = judge_stored(session, quote, version, basis)
    require_passable(result.decision)
    given = _decision(viewer, version, "approved", reason)
    if vote(session, viewer, quote, version, result, basis, given):
        set_status(quote, version, QuoteStatus.APPROVED, viewer)
    else:
        touch(quote, viewer)
    record(session, viewer, quote, version, decision="approved", hash=version.content_hash,
           reason=given.reason)  # fmt: skip


@command("quotes.reject", permission="quote.approve", subject="quote")
def reject_quote(
    session: Session, viewer: Viewer, quote_id: int, seen_version: int, *, reason: str, code: str = "",
    alternative: str = "",
) -> None:  # fmt: skip
    """Refuse, with the reason the asker reads, its code and what would do instead.

    Raises Invalid without a reason, for an unknown code, and for a code without an alternative.
    """
    quote, version = open_quote(session, viewer, quote_id, seen_version)
    if not reason.strip():
        raise Invalid("quote_needs_reason")
    said = read_refusal(code, alternative)
    set_status(quote, version, QuoteStatus.REJECTED, viewer)
    given = _decision(viewer, version, "rejected", reason)
    session.add(given)
    session.flush()
    if said is not None:
        session.add(QuoteRefusal(decision_id=given.id, code=said.code, alternative=said.alternative))
    close(session, viewer, quote.id, "rejected")
    record(session, viewer, quote, version, decision="rejected", hash=version.content_hash,
           reason=given.reason, **(vars(said) if said else {}))  # fmt: skip


def _decision(viewer: Viewer, version: QuoteVersion, decision: str, reason: str) -> QuoteDecision:
    if len(reason) > TEXT_MAX:
        raise Invalid("quote_field_reason", limit=TEXT_MAX)
    return QuoteDecision(
        quote_version_id=version.id, person_id=viewer.person_id, role=str(deciding_role(viewer.roles)),
        decision=decision, reason=reason.strip() or None, content_hash=version.content_hash,
        decided_at=viewer.now,
    )  # fmt: skip


@command("quotes.withdraw", permission="quote.write", subject="quote")
def withdraw_quote(
    session: Session, viewer: Viewer, quote_id: int, seen_version: int, *, reason: str = ""
) -> None:
    """Take a quote back; an issued one keeps its number and paper."""
    quote, version = open_quote(session, viewer, quote_id, seen_version)
    set_status(quote, version, QuoteStatus.WITHDRAWN, viewer)
    close(session, viewer, quote.id)
    record(session, viewer, quote, version, reason=reason.strip() or None)


@command("quotes.decline", permission="quote.issue", subject="quote")
def decline_quote(session: Session, viewer: Viewer, quote_id: int, seen_version: int, *, reason: str) -> None:
    """Write down that the customer said no, and why."""
    quote, version = open_quote(session, viewer, quote_id, seen_version)
    if not reason.strip():
        raise Invalid("quote_needs_reason")
    set_status(quote, version, QuoteStatus.DECLINED, viewer)
    told(session, viewer, quote, version.revision, Step.DECLINED)
    record(session, viewer, quote, version, reason=reason.strip())


@command("quotes.copy", permission="quote.write", subject="quote")
def copy_quote(session: Session, viewer: Viewer, quote_id: int, seen_version: int | None = None) -> int:
    """A new draft for the same account with the same lines; the new id. No approval travels along."""
    source, version = open_quote(session, viewer, quote_id, seen_version)
    return copy_of(session, viewer, source, version).id
