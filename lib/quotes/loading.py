"""Reads what quotes are made of, for commands and queries of this wing: book, policy, versions, lines."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import NotFound
from lib.pricing.price_book import Item, tiers_from_rows
from lib.pricing.terms import read_terms
from lib.quotes.approvals import read_guardrails
from lib.quotes.evaluation import Basis
from lib.quotes.rules import LineForm, QuoteForm
from lib.store import policy
from lib.store.models import PriceBook, PriceItem, Quote, QuoteLine, QuoteVersion
from lib.store.scope import load


def basis_of(
    source: Session | Connection, book_id: int, today: date, known_at: datetime | None = None
) -> Basis:
    """The book version with the policy that holds today; with `known_at`, as it was known at that moment.

    Raises NotFound for an unknown book.
    """
    book = source.execute(select(*PriceBook.__table__.columns).where(PriceBook.id == book_id)).first()
    if book is None:
        raise NotFound()
    items = select(*PriceItem.__table__.columns).where(PriceItem.book_id == book_id)
    rules = policy.values("quotes", today, source, known_at)
    return Basis(
        book.id, book.code, book.number, book.name_en, book.name_zh, book.currency,
        {row.code: _item(row) for row in source.execute(items.order_by(PriceItem.position))},
        read_terms(policy.values("pricing", today, source, known_at)),
        read_guardrails(rules, policy.values("approvals", today, source, known_at)),
        rules["validity"]["longest_days"], rules["validity"]["days"], rules["tax"], rules["number"]["prefix"],
    )  # fmt: skip


def _item(row: object) -> Item:
    return Item(row.code, row.group_code, row.name_en, row.name_zh, row.unit, row.recurring, row.list_price,
                row.unit_cost, tiers_from_rows(row.tiers))  # fmt: skip


def open_quote(
    session: Session, viewer: Viewer, quote_id: int, seen_version: int | None
) -> tuple[Quote, QuoteVersion]:
    """The quote to change, through the scope and locked, with its newest revision. NotFound, Conflict."""
    quote = load(session, viewer, Quote, quote_id, seen_version)
    return quote, newest(session, quote.id)


def newest(session: Session, quote_id: int) -> QuoteVersion:
    versions = select(QuoteVersion).where(QuoteVersion.quote_id == quote_id)
    return session.execute(versions.order_by(QuoteVersion.revision.desc()).limit(1)).scalars().one()


def lines_of(session: Session, version_id: int) -> list[QuoteLine]:
    found = select(QuoteLine).where(QuoteLine.quote_version_id == version_id)
    return list(session.execute(found.order_by(QuoteLine.position)).scalars())


def stored_form(quote: Quote, version: QuoteVersion, lines: list[QuoteLine]) -> QuoteForm:
    """What the store holds, in the form a person would have sent."""
    return QuoteForm(
        quote.title, version.language, version.starts_on, version.term_months, version.prepaid,
        version.discount, version.justification, version.valid_until, version.discovery or {},
        tuple(LineForm(line.item_code, line.quantity, line.discount) for line in lines),
        version.contact_id,
    )  # fmt: skip
