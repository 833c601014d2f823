"""Concessions put onto a quote and taken off again: what is given is part of what is approved."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from lib.access import Viewer
from lib.concessions import offering
from lib.errors import Conflict
from lib.quotes.commands import keep_form
from lib.quotes.loading import basis_of, lines_of, open_quote, stored_form
from lib.quotes.rules import EDITABLE
from lib.quotes.writing import record
from lib.store.doors import command
from lib.store.forms import earlier_result, remember
from lib.store.models import Quote, QuoteConcession, QuoteVersion
from lib.store.scope import load


@command("concessions.add", permission="quote.write", subject="quote")
def add(
    session: Session, viewer: Viewer, quote_id: int, code: str, values: Mapping[str, Any],
    form_key: str | None = None,
) -> int:  # fmt: skip
    """Put a concession of the library onto a quote that is still in the house (see rules.check); its id. One
    without a return is kept and flagged; an approval given before is void.

    Raises Invalid, Conflict for a quote that is out, NotFound.
    """
    content = {"quote": quote_id, "code": code} | dict(values)
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    quote, version = _editable(session, viewer, quote_id)
    made = offering.put(session, viewer, quote, version, code, values)
    _judge_anew(session, viewer, quote, version)
    remember(session, viewer, form_key, content, {"id": made})
    return made


@command("concessions.remove", permission="quote.write", subject="quote_concession")
def remove(session: Session, viewer: Viewer, quote_concession_id: int, seen_version: int) -> None:
    """Take a concession off a quote that is still in the house. Raises Conflict, NotFound."""
    row = load(session, viewer, QuoteConcession, quote_concession_id, seen_version)
    quote, version = _editable(session, viewer, row.quote_id)
    offering.take_off(session, viewer, row)
    _judge_anew(session, viewer, quote, version)


def _editable(session: Session, viewer: Viewer, quote_id: int) -> tuple[Quote, QuoteVersion]:
    quote, version = open_quote(session, viewer, quote_id, None)
    if version.status not in EDITABLE:
        raise Conflict("concession_not_draft")
    return quote, version


def _judge_anew(session: Session, viewer: Viewer, quote: Quote, version: QuoteVersion) -> None:
    """The quote with its new hash; back to draft unless its approval covers that as well."""
    basis = basis_of(session, version.book_id, viewer.today, account_id=quote.account_id, now=viewer.now)
    form = stored_form(quote, version, lines_of(session, version.id))
    old = {"hash": version.content_hash, "status": version.status}
    keep_form(session, viewer, quote, version, form, basis)
    record(session, viewer, quote, version, old=old, hash=version.content_hash)
