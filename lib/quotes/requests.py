"""Changes to what surrounds a quote: red flags and their review, the request's owner and channel, proof of
process, fit review, promises to print."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict, Invalid, NotAllowed
from lib.pricing.proration import add_months
from lib.quotes.circumstances import printable_promises
from lib.quotes.clearance import PROOF_MAX, REASON_MAX, Channel, read_flags
from lib.quotes.deciders import require_free_eyes
from lib.quotes.fonts import unprintable
from lib.quotes.rules import EDITABLE, QuoteStatus
from lib.store.doors import audit, command
from lib.store.forms import earlier_result, remember
from lib.store.models import (
    Account,
    Assignment,
    ComplianceReview,
    Person,
    Quote,
    QuoteRequest,
    QuoteVersion,
    Task,
)
from lib.store.scope import load
from lib.words import say

FIT_REVIEW = "fit_review"
SUBSTITUTE_MAX = 20  # characters in the place of one
LONGEST_AHEAD = timedelta(days=5 * 366)


def request_row(
    session: Session, viewer: Viewer, quote_id: int, seen: int | None
) -> tuple[Quote, QuoteRequest]:
    """The quote through the scope and its request, made where there is none. NotFound, Conflict."""
    quote = load(session, viewer, Quote, quote_id)
    row = session.execute(
        select(QuoteRequest).where(QuoteRequest.quote_id == quote_id).with_for_update()
    ).scalars().first()  # fmt: skip
    now = row.version if row else 0
    if seen is not None and seen != now:
        raise Conflict("changed_meanwhile", seen=seen, now=now)
    if row is None:
        row = QuoteRequest(quote_id=quote_id, version=0)
        session.add(row)
        session.flush()
    return quote, row


def _keep(
    session: Session, viewer: Viewer, quote: Quote, row: QuoteRequest, values: dict[str, Any], **more: Any
) -> None:
    """Write what differs, with its audit record; nothing where nothing does."""
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not changed:
        return
    old = {name: getattr(row, name) for name in changed}
    for name, value in changed.items():
        setattr(row, name, value)
    row.version += 1
    audit(session, viewer, "quote_request", quote.id, account_id=quote.account_id, old=old, new=changed,
          **more)  # fmt: skip


@command("quotes.set_flags", permission="compliance.mark", subject="quote")
def set_flags(
    session: Session, viewer: Viewer, quote_id: int, seen_version: int, *, form_key: str | None = None,
    **ticked: bool,
) -> None:  # fmt: skip
    """Set the red flags that are ticked (names of clearance.Flag). Any of them stops the quote until a
    compliance review clears it.

    Taking a flag away is a reviewer's matter, and never that of whoever made the quote. Raises NotAllowed,
    NotFound, Conflict, Invalid.
    """
    del form_key  # the version of the request is what a second click meets
    flags = read_flags(name for name, on in ticked.items() if on)
    quote, row = request_row(session, viewer, quote_id, seen_version)
    if set(row.flags or ()) - set(flags):
        if not viewer.may("compliance.review"):
            raise NotAllowed("quote_flag_stays")
        require_free_eyes(session, viewer, quote)
    _keep(session, viewer, quote, row, {"flags": flags})


@command("quotes.review_flags", permission="compliance.review", subject="quote")
def review_flags(
    session: Session, viewer: Viewer, quote_id: int, seen_version: int, reason: str, cleared: bool = False,
    form_key: str | None = None,
) -> int:  # fmt: skip
    """Record what a review of the red flags found, with its reason; the review's id.

    It holds for the flags set now. Raises NotAllowed for whoever had a hand in the quote, Invalid without a
    reason or without a flag.
    """
    content = {"quote": quote_id, "seen": seen_version, "reason": reason, "cleared": cleared}
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    quote, row = request_row(session, viewer, quote_id, seen_version)
    if not row.flags:
        raise Invalid("quote_flags_none")
    require_free_eyes(session, viewer, quote)
    review = ComplianceReview(quote_id=quote_id, person_id=viewer.person_id, flags=list(row.flags),
                              cleared=bool(cleared), reason=told(reason), reviewed_at=viewer.now)  # fmt: skip
    session.add(review)
    session.flush()
    new = {"cleared": review.cleared, "flags": review.flags}
    audit(session, viewer, "compliance_review", review.id, account_id=quote.account_id, new=new,
          reason=review.reason)  # fmt: skip
    remember(session, viewer, form_key, content, {"id": review.id})
    return review.id


def told(reason: str) -> str:
    """The trimmed reason. Raises Invalid for an empty or overlong one, or one with control characters."""
    said = " ".join(reason.split()) if isinstance(reason, str) else ""
    if not said:
        raise Invalid("quote_needs_reason")
    if len(said) > REASON_MAX or not said.isprintable():
        raise Invalid("quote_field_proof", limit=REASON_MAX)
    return said


@command("quotes.set_request", permission="quote.write", subject="quote")
def set_request(
    session: Session, viewer: Viewer, quote_id: int, seen_version: int, *, owner_id: int | None = None,
    channel: str | None = None, iso27001_required: bool = False, proof: str = "",
    proof_on: date | None = None, fit_review_on: date | None = None, form_key: str | None = None,
) -> None:  # fmt: skip
    """Who answers for the request, how it came, whether ISO 27001 is asked for, the proof of process with its
    date, and when somebody looks whether the deal still fits.

    Raises NotFound, Conflict, Invalid (an owner who is gone, an unknown channel, a proof without its date).
    """
    del form_key
    quote, row = request_row(session, viewer, quote_id, seen_version)
    if owner_id is not None and not _is_active(session, owner_id):
        raise Invalid("quote_owner")
    if channel is not None and channel not in set(Channel):
        raise Invalid("quote_channel")
    said = " ".join((proof or "").split())
    if len(said) > PROOF_MAX or not (said.isprintable() or not said):
        raise Invalid("quote_field_proof", limit=PROOF_MAX)
    if said and (proof_on is None or proof_on > viewer.today):
        raise Invalid("quote_proof_date")
    if fit_review_on is not None and fit_review_on > viewer.today + LONGEST_AHEAD:
        raise Invalid("quote_fit_date")
    values = {
        "owner_id": owner_id, "channel": channel, "iso27001_required": bool(iso27001_required),
        "tender_proof": said or None, "tender_proof_on": proof_on if said else None,
        "fit_review_on": fit_review_on,
    }  # fmt: skip
    _keep(session, viewer, quote, row, values)


def _is_active(session: Session, person_id: int) -> bool:
    found = select(Person.id).where(Person.id == person_id, Person.active)
    return isinstance(person_id, int) and session.execute(found).first() is not None


@command("quotes.choose_promises", permission="quote.write", subject="quote")
def choose_promises(
    session: Session, viewer: Viewer, quote_id: int, seen_version: int, *, form_key: str | None = None,
    **ticked: bool,
) -> None:  # fmt: skip
    """The promises its paper prints, ticked as promise_<id>.

    Raises Invalid for one that is neither of the catalogue nor approved.
    """
    del form_key
    chosen = {name.removeprefix("promise_") for name, on in ticked.items() if on}
    quote, row = request_row(session, viewer, quote_id, seen_version)
    allowed = {str(promise.id): promise.id for promise in printable_promises(session, quote.account_id)}
    if chosen - set(allowed):
        raise Invalid("quote_promise_loose")
    _keep(session, viewer, quote, row, {"promises": sorted(allowed[name] for name in chosen)})


@command("quotes.replace_characters", permission="quote.write", subject="quote")
def replace_characters(
    session: Session, viewer: Viewer, quote_id: int, seen_version: int, *, form_key: str | None = None,
    **typed: str,
) -> None:  # fmt: skip
    """What the paper prints for characters no font has, typed as code_<number> each; on record.

    Nothing is dropped by leaving a field empty: that character then still stops the paper. Raises Conflict
    for a quote that has left, Invalid for a replacement that cannot be printed either.
    """
    del form_key
    quote, row = request_row(session, viewer, quote_id, seen_version)
    if quote.status not in EDITABLE:
        raise Conflict("quote_frozen", status=quote.status)
    chosen = {chr(int(name.removeprefix("code_"))): " ".join(text.split()) for name, text in typed.items()
              if name.removeprefix("code_").isdigit() and text.strip()}  # fmt: skip
    if any(len(text) > SUBSTITUTE_MAX or unprintable(text) for text in chosen.values()):
        raise Invalid("quote_substitute", limit=SUBSTITUTE_MAX)
    _keep(session, viewer, quote, row, {"substitutes": (row.substitutes or {}) | chosen or None})


@command("quotes.review_fit", permission="quote.write", subject="quote")
def review_fit(
    session: Session, viewer: Viewer, quote_id: int, seen_version: int, *, reason: str, next_on: date,
    form_key: str | None = None,
) -> None:  # fmt: skip
    """Record that somebody looked whether the deal still fits, what they found, and when to look again.

    Its open tasks are done with it. Raises Invalid (no finding, a date that is not ahead).
    """
    del form_key
    quote, row = request_row(session, viewer, quote_id, seen_version)
    if next_on <= viewer.today or next_on > viewer.today + LONGEST_AHEAD:
        raise Invalid("quote_fit_date")
    _keep(session, viewer, quote, row, {"fit_review_on": next_on}, reason=told(reason))
    session.execute(
        update(Task)
        .where(Task.kind == FIT_REVIEW, Task.status == "open")
        .where(Task.dedupe_key.startswith(f"{FIT_REVIEW}:{quote_id}:", autoescape=True))
        .values(status="done", closed_at=viewer.now, version=Task.version + 1)
    )


def date_fit_review(session: Session, quote: Quote, version: QuoteVersion, months: int) -> None:
    """A quote that leaves carries the day of its fit review, where nobody set another one."""
    row = session.execute(select(QuoteRequest).where(QuoteRequest.quote_id == quote.id)).scalars().first()
    if row is None:
        row = QuoteRequest(quote_id=quote.id)
        session.add(row)
    if row.fit_review_on is None:
        row.fit_review_on = add_months(version.starts_on, months)


def raise_fit_reviews(session: Session, viewer: Viewer, today: date) -> int:
    """A task for the account manager of every accepted quote whose fit review is due; how many are new.

    Called by the daily run inside its transaction; the key holds quote and date, so that a second run adds
    nothing.
    """
    have = set(session.execute(select(Task.dedupe_key).where(Task.kind == FIT_REVIEW)).scalars())
    due = session.execute(
        select(Quote.id, Quote.account_id, Quote.title, QuoteRequest.fit_review_on, Person.id.label("owner"),
               Person.language)
        .join(QuoteRequest, QuoteRequest.quote_id == Quote.id)
        .join(Account, Account.id == Quote.account_id)
        .join(Assignment, Assignment.account_id == Account.id)
        .join(Person, Person.id == Assignment.person_id)
        .where(Quote.status == QuoteStatus.ACCEPTED, QuoteRequest.fit_review_on <= today)
        .where(Assignment.duty == "owner", Assignment.until.is_(None), Account.status != "churned")
        .order_by(Quote.id)
    )  # fmt: skip
    raised = 0
    for row in due.all():
        key = f"{FIT_REVIEW}:{row.id}:{row.fit_review_on.isoformat()}"
        if key in have:
            continue
        title = say(row.language, "quotes-fit-task", quote=row.title)
        session.add(Task(account_id=row.account_id, owner_id=row.owner, kind=FIT_REVIEW, title=title,
                         due_on=row.fit_review_on, dedupe_key=key, created_at=viewer.now))  # fmt: skip
        raised += 1
    if raised:
        audit(session, viewer, "task", None, new={"kind": FIT_REVIEW, "raised": raised})
    return raised


# The command behind each small form of a quote; see compliance_texts.quote_forms.
BY_FORM = {
    "flags": set_flags, "review": review_flags, "request": set_request, "promises": choose_promises,
    "fit": review_fit, "characters": replace_characters,
}  # fmt: skip
