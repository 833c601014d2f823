"""Accepted quotes as far as they hold prices still, for the wings that price and that publish price books."""

from datetime import datetime

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.engine import Connection
from sqlmodel import Session

from lib.store.models import PriceBook, Quote, QuoteVersion


def accepted(
    source: Session | Connection, code: str, currency: str, *narrowed: ColumnElement[bool],
    known_at: datetime | None = None,
) -> list[Row]:  # fmt: skip
    """account_id, quote, book_id, book_number, starts_on, term_months, ends_on, price_lock_until of every
    accepted version on a book, the oldest version of the book first."""
    v, b = QuoteVersion, PriceBook
    wanted = (
        select(Quote.account_id, Quote.number.label("quote"), b.id.label("book_id"),
               b.number.label("book_number"), v.starts_on, v.term_months, v.ends_on, v.price_lock_until)
        .join(v, v.quote_id == Quote.id)
        .join(b, b.id == v.book_id)
        .where(v.status == "accepted", b.code == code, b.currency == currency, *narrowed)
        .order_by(b.number, v.id)
    )  # fmt: skip
    return list(source.execute(wanted if known_at is None else wanted.where(v.accepted_at <= known_at)))
