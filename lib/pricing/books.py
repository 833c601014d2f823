"""Reads price books for their page: every version, what one holds, what differs, what a change touches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import func, or_, select
from sqlalchemy.engine import Connection
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import NotFound
from lib.imports.source import Fault
from lib.pricing.comparing import Change, compare
from lib.pricing.exchange import COSTS, merged, read_rows, rows_of
from lib.pricing.locks import running
from lib.pricing.price_book import (
    Bundle,
    Item,
    bundle_from_row,
    check_bundles,
    check_items,
    item_from_row,
)
from lib.pricing.upload import read_upload
from lib.store import price_locks
from lib.store.costs import on_record
from lib.store.database import read_frame, reading
from lib.store.doors import query
from lib.store.models import (
    Account,
    ContractedPrice,
    Person,
    PriceBook,
    PriceBundle,
    PriceItem,
    Quote,
    QuoteVersion,
)
from lib.store.naming import spoken_name
from lib.store.scope import of_visible_accounts

OPEN = ("draft", "pending_approval", "approved")
Rows = Sequence[tuple[int, Mapping[str, str]]]


@dataclass(frozen=True)
class Contents:
    """What one version holds. Without `costs` every cost, markup and partner share is blank."""

    book_id: int
    code: str
    currency: str
    number: int
    items: tuple[Item, ...]
    bundles: tuple[Bundle, ...]
    costs: bool

    @property
    def rows(self) -> list[dict[str, str]]:
        """As text, without the columns the reader may not see."""
        hidden = () if self.costs else COSTS
        found = rows_of(self.items, self.bundles)
        return [{name: cell for name, cell in row.items() if name not in hidden} for row in found]

    @property
    def by_code(self) -> dict[str, Item]:
        return {item.code: item for item in self.items}


@dataclass(frozen=True)
class Effect:
    """What uses the book: quotes not yet issued, running prices agreed with accounts, accounts whose prices
    are locked."""

    quotes: int
    contracted: int
    locked: int = 0


@dataclass(frozen=True)
class Look:
    """What a table would change, before anything is written."""

    changes: tuple[Change, ...]
    faults: tuple[Fault, ...]
    read: int
    unread: tuple[str, ...]
    effect: Effect
    rows: tuple[tuple[int, dict[str, str]], ...]

    @property
    def faulty(self) -> int:
        """Rows that would not be taken."""
        return len({fault.line for fault in self.faults})


@query("pricing.book_versions", permission="quote.read")
def book_versions(viewer: Viewer) -> pd.DataFrame:
    """Every version of every book, the newest of each first: id, code, currency, number, name_en, name_zh,
    valid_from, published_at, by, reason, feedback."""
    b = PriceBook
    return read_frame(
        select(b.id, b.code, b.currency, b.number, b.name_en, b.name_zh, b.valid_from, b.published_at,
               spoken_name(viewer, Person).label("by"), b.reason, b.feedback)
        .join(Person, Person.id == b.published_by, isouter=True)
        .order_by(b.code, b.currency.desc(), b.number.desc())
    )  # fmt: skip


@query("pricing.contents", permission="quote.read")
def contents(viewer: Viewer, book_id: int) -> Contents:
    """The items and bundles of one version; with costs only for viewers who may see them."""
    with reading() as connection:
        found = held(connection, book_id)
    if viewer.may("cost.read") and on_record(viewer, PriceBook, [book_id]):
        return found
    bare = tuple(item.without_cost() for item in found.items)
    return Contents(book_id, found.code, found.currency, found.number, bare, found.bundles, False)


def held(source: Session | Connection, book_id: int) -> Contents:
    """The version as stored, costs included; for commands and for queries that hide them. NotFound."""
    book = source.execute(select(*PriceBook.__table__.columns).where(PriceBook.id == book_id)).first()
    if book is None:
        raise NotFound()
    items, bundles = (
        source.execute(
            select(*table.__table__.columns).where(table.book_id == book_id).order_by(table.position)
        ).all()
        for table in (PriceItem, PriceBundle)
    )
    return Contents(book.id, book.code, book.currency, book.number, tuple(map(item_from_row, items)),
                    tuple(map(bundle_from_row, bundles)), True)  # fmt: skip


@query("pricing.book_changes", permission="quote.read")
def book_changes(viewer: Viewer, old_id: int, new_id: int) -> tuple[Change, ...]:
    """What the second version changed against the first."""
    old, new = contents(viewer, old_id), contents(viewer, new_id)
    hidden = set() if old.costs and new.costs else set(COSTS)
    found = compare(rows_of(old.items, old.bundles), rows_of(new.items, new.bundles))
    return tuple(change for change in found if change.field not in hidden)


@query("pricing.effect", permission="policy.write")
def effect(viewer: Viewer, code: str, currency: str) -> Effect:
    """How many quotes not yet issued, and running agreed prices, stand on any version of the book."""
    newest = select(func.max(QuoteVersion.revision)).where(QuoteVersion.quote_id == Quote.id)
    quotes = (
        select(func.count())
        .select_from(Quote)
        .join(QuoteVersion, QuoteVersion.quote_id == Quote.id)
        .join(PriceBook, PriceBook.id == QuoteVersion.book_id)
        .where(PriceBook.code == code, PriceBook.currency == currency, Quote.status.in_(OPEN),
               QuoteVersion.revision == newest.correlate(Quote).scalar_subquery())
    )  # fmt: skip
    c = ContractedPrice
    prices = select(func.count()).where(
        c.book_code == code, c.currency == currency,
        or_(c.valid_until.is_(None), c.valid_until >= viewer.today),
    )  # fmt: skip
    with reading() as connection:
        locks = running(price_locks.accepted(connection, code, currency), viewer.today)
        return Effect(connection.execute(quotes).scalar_one(), connection.execute(prices).scalar_one(),
                      len({lock.account_id for lock in locks}))  # fmt: skip


@query("pricing.locked_accounts", permission="quote.read")
def locked_accounts(viewer: Viewer, book_code: str, currency: str) -> pd.DataFrame:
    """Visible accounts whose accepted quote holds the prices of a version of the book, whatever is published:
    account_id, account, quote, number (of the version), until; the lock that lasts longest first."""
    with reading() as connection:
        mine = of_visible_accounts(viewer, Quote.account_id)
        locks = running(price_locks.accepted(connection, book_code, currency, mine), viewer.today)
        named = select(Account.id, spoken_name(viewer, Account).label("name"))
        ids = {lock.account_id for lock in locks}
        names = dict(map(tuple, connection.execute(named.where(Account.id.in_(ids))))) if ids else {}
    rows = [(lock.account_id, names[lock.account_id], lock.quote, lock.book_number, lock.until)
            for lock in sorted(locks, key=lambda lock: lock.until, reverse=True)]  # fmt: skip
    return pd.DataFrame(rows, columns=["account_id", "account", "quote", "number", "until"])


@query("pricing.preview_rows", permission="policy.write")
def preview_rows(viewer: Viewer, book_id: int, rows: Rows, *, drop_absent: bool = False) -> Look:
    """What the rows would change in this version. Raises Invalid where the result would be no book."""
    with reading() as connection:
        before = held(connection, book_id)
    found = read_rows(rows, before.items, before.bundles)
    items, bundles = merged(before.items, before.bundles, found, drop_absent=drop_absent)
    check_items(items)
    check_bundles(bundles, items)
    changes = compare(rows_of(before.items, before.bundles), rows_of(items, bundles))
    touched = effect(viewer, before.code, before.currency)
    return Look(changes, tuple(found.faults), len(rows), (), touched, tuple((n, dict(r)) for n, r in rows))


@query("pricing.preview_file", permission="policy.write")
def preview_file(
    viewer: Viewer, book_id: int, content: bytes, name: str, *, drop_absent: bool = False
) -> Look:
    """The dry run of an uploaded file: every faulty row with its reason, and what the good ones change."""
    rows, faults, unread = read_upload(content, name)
    look = preview_rows(viewer, book_id, rows, drop_absent=drop_absent)
    every = tuple(sorted((*faults, *look.faults), key=lambda fault: fault.line))
    spoilt = len({fault.line for fault in faults})
    return Look(look.changes, every, look.read + spoilt, tuple(unread), look.effect, look.rows)
