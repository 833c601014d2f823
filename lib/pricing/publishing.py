"""Publishes the next version of a price book from a table of changes, and takes back one not yet valid."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import delete, select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict, Invalid, NotFound
from lib.pricing.books import Look, effect, held
from lib.pricing.commands import shipped_books, write_version
from lib.pricing.comparing import Change, compare
from lib.pricing.exchange import merged, read_rows, rows_of
from lib.pricing.price_book import BookDraft
from lib.store.database import reading
from lib.store.doors import audit, command, query
from lib.store.models import PriceBook, PriceBundle, PriceItem, QuoteVersion

TEXT_MAX = 1000
_TOLD = 40  # changes an audit entry names one by one


@command("pricing.publish_version", permission="policy.write")
def publish_version(
    session: Session, viewer: Viewer, book_id: int, *,
    rows: Sequence[tuple[int, Mapping[str, str]]], valid_from: date, reason: str, feedback: str = "",
    drop_absent: bool = False, skip_faulty: bool = False,
) -> int:  # fmt: skip
    """The next version: the newest one, `book_id`, with what the rows change; the new version's id.

    Issued quotes and drafts keep the version they were made with. Faulty rows refuse the whole table unless
    `skip_faulty`; then the book keeps what they would have changed. Raises NotFound, Conflict when a newer
    version exists, Invalid for no change, no reason or a start in the past.
    """
    book = _newest(session, book_id)
    _check(viewer, book, valid_from, reason, feedback)
    before = held(session, book_id)
    found = read_rows(rows, before.items, before.bundles)
    if found.faults and not skip_faulty:
        raise Invalid("book_rows_faulty", count=len({fault.line for fault in found.faults}))
    items, bundles = merged(before.items, before.bundles, found, drop_absent=drop_absent)
    draft = BookDraft(book.code, book.currency, book.name_en, book.name_zh, valid_from, items, bundles)
    return _write(session, viewer, book, draft, reason, feedback)


@command("pricing.publish_shipped", permission="policy.write")
def publish_shipped(
    session: Session, viewer: Viewer, book_id: int, *, valid_from: date, reason: str, feedback: str = ""
) -> int:
    """The book as the desk ships it, as the next version; the new version's id. Raises as publish_version."""
    book = _newest(session, book_id)
    _check(viewer, book, valid_from, reason, feedback)
    shipped = shipped_of(book.code, book.currency)
    draft = BookDraft(book.code, book.currency, shipped.name_en, shipped.name_zh, valid_from, shipped.items,
                      shipped.bundles)  # fmt: skip
    return _write(session, viewer, book, draft, reason, feedback)


@query("pricing.preview_shipped", permission="policy.write")
def preview_shipped(viewer: Viewer, book_id: int) -> Look:
    """What the book as shipped by now would change in this version. Raises NotFound."""
    with reading() as connection:
        before = held(connection, book_id)
    shipped = shipped_of(before.code, before.currency)
    changes = compare(rows_of(before.items, before.bundles), rows_of(shipped.items, shipped.bundles))
    return Look(changes, (), len(shipped.items), (), effect(viewer, before.code, before.currency), ())


def shipped_of(code: str, currency: str) -> BookDraft:
    """The shipped document of one book. Raises NotFound."""
    for draft in shipped_books():
        if (draft.code, draft.currency) == (code, currency):
            return draft
    raise NotFound()


@command("pricing.withdraw_version", permission="policy.write")
def withdraw_version(session: Session, viewer: Viewer, book_id: int) -> None:
    """Take back the newest version while its first day lies ahead and no quote uses it.

    Raises NotFound, Conflict.
    """
    book = _newest(session, book_id)
    used = session.execute(select(QuoteVersion.id).where(QuoteVersion.book_id == book_id).limit(1)).first()
    if book.number == 1 or book.valid_from <= viewer.today or used:
        raise Conflict("book_holds_already", number=book.number)
    audit(session, viewer, "price_book", book.id,
          old={"number": book.number, "valid_from": book.valid_from, "reason": book.reason},
          new={"number": book.number - 1})  # fmt: skip
    for table in (PriceItem, PriceBundle):
        session.execute(delete(table).where(table.book_id == book_id))
    session.execute(delete(PriceBook).where(PriceBook.id == book_id))


def _newest(session: Session, book_id: int) -> PriceBook:
    """The version, locked, when nothing newer exists."""
    book = session.get(PriceBook, book_id)
    if book is None:
        raise NotFound()
    versions = select(PriceBook).where(PriceBook.code == book.code, PriceBook.currency == book.currency)
    newest = session.execute(versions.order_by(PriceBook.number.desc()).limit(1).with_for_update()).scalars()
    if newest.one().id != book_id:
        raise Conflict("book_changed", number=book.number)
    return book


def _check(viewer: Viewer, book: PriceBook, valid_from: date, reason: str, feedback: str) -> None:
    if not reason.strip() or len(reason) > TEXT_MAX or len(feedback) > TEXT_MAX:
        raise Invalid("book_needs_reason", limit=TEXT_MAX)
    if valid_from < viewer.today:
        raise Invalid("book_starts_in_past", date=viewer.today)
    if valid_from < book.valid_from:
        raise Invalid("book_starts_too_early", date=book.valid_from)


def _write(
    session: Session, viewer: Viewer, book: PriceBook, draft: BookDraft, reason: str, feedback: str
) -> int:
    before = held(session, book.id)
    changes = compare(rows_of(before.items, before.bundles), rows_of(draft.items, draft.bundles))
    if not changes:
        raise Invalid("book_same")
    made = write_version(session, draft, number=book.number + 1, now=viewer.now, person_id=viewer.person_id,
                         reason=reason.strip(), feedback=feedback.strip() or None)  # fmt: skip
    audit(session, viewer, "price_book", made.id,
          old={"number": book.number} | _told(changes, "old"),
          new={"number": made.number, "valid_from": draft.valid_from} | _told(changes, "new"),
          reason=reason.strip())  # fmt: skip
    return made.id


def _told(changes: Sequence[Change], side: str) -> dict[str, str | int]:
    """The first changes by item and value; how many there are."""
    told = {f"{one.code}.{one.field}": getattr(one, side) for one in changes[:_TOLD]}
    return told | ({"changes": len(changes)} if side == "new" else {})
