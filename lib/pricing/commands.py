"""Publishes price books: shipped ones on the first start, later versions by command."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Invalid, NotFound
from lib.pricing.exchange import repriced
from lib.pricing.price_book import (
    BookDraft,
    Bundle,
    Item,
    bundle_from_row,
    bundle_to_row,
    check_bundles,
    check_items,
    item_from_row,
    item_to_row,
    read_book,
)
from lib.settings import ROOT
from lib.store.doors import audit, command
from lib.store.models import PriceBook, PriceBundle, PriceItem

FOLDER = ROOT / "data" / "policy"


def shipped_books() -> list[BookDraft]:
    """Every shipped price book, one entry per currency."""
    documents = [
        tomllib.loads(p.read_text(encoding="utf-8")) for p in sorted(FOLDER.glob("pricebook-*.toml"))
    ]
    return [read_book(document, currency) for document in documents for currency in document["currencies"]]


def seed_price_books(session: Session, now: datetime) -> int:
    """Store the shipped books as version 1 where no version exists; how many were added."""
    known = {tuple(row) for row in session.execute(select(PriceBook.code, PriceBook.currency))}
    missing = [draft for draft in shipped_books() if (draft.code, draft.currency) not in known]
    for draft in missing:
        write_version(session, draft, number=1, now=now, person_id=None)
    return len(missing)


def write_version(
    session: Session, draft: BookDraft, *, number: int, now: datetime, person_id: int | None,
    reason: str | None = None, feedback: str | None = None,
) -> PriceBook:  # fmt: skip
    """One book version with its items, inside the caller's transaction."""
    check_items(draft.items)
    check_bundles(draft.bundles, draft.items)
    book = PriceBook(code=draft.code, number=number, currency=draft.currency, name_en=draft.name_en,
                     name_zh=draft.name_zh, valid_from=draft.valid_from, published_at=now,
                     published_by=person_id, reason=reason, feedback=feedback)  # fmt: skip
    session.add(book)
    session.flush()
    for position, item in enumerate(draft.items):
        session.add(PriceItem(book_id=book.id, position=position, **item_to_row(item)))
    for position, bundle in enumerate(draft.bundles):
        session.add(PriceBundle(book_id=book.id, position=position, **bundle_to_row(bundle)))
    return book


@command("pricing.publish_price_book", permission="policy.write")
def publish_price_book(
    session: Session, viewer: Viewer, code: str, currency: str, *,
    list_prices: Mapping[str, Decimal], valid_from: date,
) -> int:  # fmt: skip
    """The next version of a book with new list prices for some items; the new book's id.

    Tiers of a changed item move in proportion to its list price. Quotes keep the version they were made
    with. Raises NotFound for an unknown book, Invalid for an unknown item, a negative price or a start
    before the version it follows.
    """
    latest = _latest(session, code, currency)
    if valid_from < latest.valid_from:
        raise Invalid("book_starts_too_early", date=latest.valid_from)
    items = _items(session, latest.id)
    unknown = set(list_prices) - {item.code for item in items}
    if unknown:
        raise Invalid("item_unknown", item=min(unknown))
    changed = tuple(repriced(item, list_prices.get(item.code, item.list_price)) for item in items)
    draft = BookDraft(code, currency, latest.name_en, latest.name_zh, valid_from, changed,
                      tuple(_bundles(session, latest.id)))  # fmt: skip
    book = write_version(session, draft, number=latest.number + 1, now=viewer.now, person_id=viewer.person_id)
    before = {item.code: item.list_price for item in items if item.code in list_prices}
    audit(session, viewer, "price_book", book.id,
          old={"number": latest.number, **{k: str(v) for k, v in before.items()}},
          new={"number": book.number, **{k: str(v) for k, v in list_prices.items()}})  # fmt: skip
    return book.id


def _latest(session: Session, code: str, currency: str) -> PriceBook:
    versions = select(PriceBook).where(PriceBook.code == code, PriceBook.currency == currency)
    book = session.execute(versions.order_by(PriceBook.number.desc()).limit(1)).scalars().first()
    if book is None:
        raise NotFound()
    return book


def _items(session: Session, book_id: int) -> list[Item]:
    rows = session.execute(select(PriceItem).where(PriceItem.book_id == book_id).order_by(PriceItem.position))
    return [item_from_row(row) for row in rows.scalars()]


def _bundles(session: Session, book_id: int) -> list[Bundle]:
    held = select(PriceBundle).where(PriceBundle.book_id == book_id).order_by(PriceBundle.position)
    return [bundle_from_row(row) for row in session.execute(held).scalars()]
