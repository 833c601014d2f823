"""A quote beside another one, or its next revision: the same lines and terms, or other ones."""

from datetime import timedelta

from sqlmodel import Session

from lib.access import Viewer
from lib.quotes.circumstances import given_beside, request_of
from lib.quotes.evaluation import evaluate
from lib.quotes.loading import basis_of, lines_of, newest, stored_form
from lib.quotes.matrix import Facts
from lib.quotes.rules import QuoteForm
from lib.quotes.window_offers import without_closed
from lib.quotes.writing import record, write_form
from lib.store.models import Quote, QuoteRequest, QuoteVersion


def copy_of(
    session: Session, viewer: Viewer, source: Quote, version: QuoteVersion, *, form: QuoteForm | None = None
) -> Quote:
    """A draft beside a quote that says the same, or what `form` says."""
    made = Quote(account_id=source.account_id, renewal_id=source.renewal_id,
                 title=form.title if form else source.title,
                 created_by=viewer.person_id, created_at=viewer.now, updated_at=viewer.now,
                 editors=sorted({viewer.person_id, *source.editors}))  # fmt: skip
    session.add(made)
    session.flush()
    add_version(session, viewer, made, version, revision=1, form=form)
    if flags := request_of(session, source).flags:  # a copy is no way round a review
        session.add(QuoteRequest(quote_id=made.id, flags=list(flags)))
    record(session, viewer, made, newest(session, made.id), copied_from=source.id)
    return made


def add_version(
    session: Session, viewer: Viewer, quote: Quote, source: QuoteVersion, *, revision: int,
    form: QuoteForm | None = None,
) -> QuoteVersion:  # fmt: skip
    """A draft revision that says what `source` or `form` says, priced by the same book version."""
    basis = basis_of(session, source.book_id, viewer.today, account_id=quote.account_id, now=viewer.now)
    form = without_closed(form or stored_form(quote, source, lines_of(session, source.id)), basis.offers)
    version = QuoteVersion(quote_id=quote.id, revision=revision, book_id=source.book_id,
                           currency=source.currency, starts_on=form.starts_on, edited_by=viewer.person_id,
                           valid_until=form.valid_until)  # fmt: skip
    session.add(version)
    session.flush()
    facts = Facts(given=given_beside(session, quote.id))
    write_form(session, version, form, evaluate(form, basis, quote.account_id, facts=facts))
    version.valid_until = max(form.valid_until, viewer.today + timedelta(days=basis.validity_days))
    session.flush()
    return version
