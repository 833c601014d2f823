"""Moves a draft to a newer version of its price book, or to the book's other currencies, and back."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict, Invalid, NotFound
from lib.quotes.circumstances import facts_of
from lib.quotes.commands import keep_form
from lib.quotes.evaluation import Basis, evaluate
from lib.quotes.loading import basis_of, lines_of, open_quote, stored_form
from lib.quotes.queries import load_quote
from lib.quotes.rebooking import Target, line_changes, moved
from lib.quotes.rules import EDITABLE, QuoteForm, read_form
from lib.quotes.window_offers import without_closed
from lib.quotes.writing import record
from lib.store.database import engine
from lib.store.doors import command, query
from lib.store.models import PriceBook, Quote, QuoteConcession, QuoteVersion


def _current(session: Session, viewer: Viewer, code: str) -> dict[str, PriceBook]:
    """The version of each currency of a book that holds today."""
    newer = aliased(PriceBook)
    latest = (
        select(func.max(newer.number))
        .where(newer.code == PriceBook.code, newer.currency == PriceBook.currency)
        .where(newer.valid_from <= viewer.today)
        .correlate(PriceBook)
        .scalar_subquery()
    )
    rows = session.execute(
        select(PriceBook)
        .where(PriceBook.code == code, PriceBook.number == latest)
        .order_by(PriceBook.currency)
    )
    return {book.currency: book for book in rows.scalars()}


@query("quotes.books_to_move", permission="quote.read", subject="quote")
def books_to_move(viewer: Viewer, quote_id: int) -> dict[str, int]:
    """Where a quote that is still in the house could move, by currency: a newer version of its own book, and
    the other currencies of that book. Empty once it is out. NotFound."""
    with Session(engine()) as session:
        _row, version, _account, _asked = load_quote(session, viewer, quote_id)
        if version.status not in EDITABLE:
            return {}
        own = session.get(PriceBook, version.book_id)
        held = _current(session, viewer, own.code)
        return {
            currency: book.id for currency, book in held.items()
            if currency != own.currency or book.number > own.number
        }  # fmt: skip


@query("quotes.try_book", permission="quote.read", subject="quote")
def try_book(viewer: Viewer, quote_id: int, book_id: int) -> Target:
    """What the stored draft would come to in another version or currency of its book; nothing is written.

    Raises NotFound, Invalid where it cannot be priced there.
    """
    with Session(engine()) as session:
        quote, version, _account, _asked = load_quote(session, viewer, quote_id)
        book, before, after = _both(session, viewer, quote, version, book_id)
        form = without_closed(stored_form(quote, version, lines_of(session, version.id)), before.offers)
        found = moved(form, before, after)
        facts = facts_of(session, quote)
        old = evaluate(form, before, quote.account_id, facts=facts).priced.without_cost()
        new = evaluate(_open(found.form, after), after, quote.account_id, facts=facts).priced.without_cost()
        lines = line_changes(form, old, new, found.absent)
        return Target(book.id, book.number, book.currency, book.valid_from, found, old, new, lines)


def _both(
    session: Session, viewer: Viewer, quote: Quote, version: QuoteVersion, book_id: int
) -> tuple[PriceBook, Basis, Basis]:
    """The other book version, and what the quote is priced from there and here. NotFound unless it is one of
    the same book that holds by now."""
    own = session.get(PriceBook, version.book_id)
    book = session.get(PriceBook, book_id) if type(book_id) is int else None
    if book is None or book.code != own.code or book.valid_from > viewer.today:
        raise NotFound()
    before, after = (
        basis_of(session, one, viewer.today, account_id=quote.account_id, now=viewer.now)
        for one in (own.id, book.id)
    )
    return book, before, after


def _open(form: QuoteForm, basis: Basis) -> QuoteForm:
    return without_closed(form, basis.offers)


@command("quotes.move_book", permission="quote.write", subject="quote")
def move_book(
    session: Session, viewer: Viewer, quote_id: int, seen_version: int, *, book_id: int, drop: bool = False,
    values: Mapping[str, Any] | None = None, lines: Sequence[Mapping[str, Any]] = (),
) -> int:  # fmt: skip
    """Price the draft from another version or currency of its book; the quote's new version. Nothing is
    converted, and no approval is kept: none was given for these prices.

    `drop` takes out what has no price there and what was typed in the old currency; without it such a draft
    stays where it is. With `values` and `lines` it becomes that form (the way back). Raises NotFound,
    Conflict, Invalid naming what stands in the way.
    """
    quote, version = open_quote(session, viewer, quote_id, seen_version)
    if version.status not in EDITABLE:
        raise Conflict("quote_frozen", status=version.status)
    book, before, after = _both(session, viewer, quote, version, book_id)
    if book.currency != version.currency:
        _refuse_concessions(session, quote, version.currency)
    if values is None:
        form = _carried(quote, version, lines_of(session, version.id), before, after, drop)
    else:
        form = read_form(values, lines, after.items, months=after.terms.months, today=viewer.today,
                         longest_days=after.longest_days)  # fmt: skip
    old = {"book": before.book, "net_minor": version.net_minor, "hash": version.content_hash,
           "status": version.status}  # fmt: skip
    version.book_id, version.currency = book.id, book.currency
    keep_form(session, viewer, quote, version, _open(form, after), after)
    record(session, viewer, quote, version, old=old, book=after.book, net_minor=version.net_minor,
           hash=version.content_hash)  # fmt: skip
    return quote.version


def _carried(
    quote: Quote, version: QuoteVersion, lines: list, before: Basis, after: Basis, drop: bool
) -> QuoteForm:
    found = moved(stored_form(quote, version, lines), before, after)
    if found.loses and not drop:
        raise Invalid("quote_move_loses", items=", ".join((*found.absent, *found.bundles, *found.typed)))
    return found.form


def _refuse_concessions(session: Session, quote: Quote, currency: str) -> None:
    """What is given beside the price is worth so much in one currency; a person puts it down anew."""
    c = QuoteConcession
    held = select(func.count()).select_from(c).where(
        c.quote_id == quote.id, c.status == "offered", c.currency == currency,
        (c.cost_minor > 0) | (c.list_minor > 0),
    )  # fmt: skip
    if count := session.execute(held).scalar_one():
        raise Invalid("quote_move_concessions", count=count, currency=currency)
