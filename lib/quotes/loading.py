"""Reads what quotes are made of, for commands and queries of this wing: book, policy, versions, lines."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import NotFound
from lib.offers.rules import valid_days
from lib.pricing.choices import Contracted, choices_from_row, names_from_row, ramp_from_rows
from lib.pricing.locks import raised, running
from lib.pricing.price_book import Item, bundle_from_row, item_from_row, tiers_from_rows
from lib.pricing.services import read_tenure
from lib.pricing.terms import read_terms
from lib.quotes.approvals import read_guardrails
from lib.quotes.evaluation import Agreed, Basis, Customer, Locked
from lib.quotes.forms import LineMore, QuoteMore
from lib.quotes.rules import LineForm, QuoteForm
from lib.quotes.sisters import volumes_beside
from lib.quotes.window_offers import offers_open
from lib.store import policy, price_locks
from lib.store.models import (
    Account,
    AccountSegment,
    Contract,
    ContractedPrice,
    PriceBook,
    PriceBundle,
    PriceItem,
    Quote,
    QuoteLine,
    QuoteVersion,
)
from lib.store.scope import load, of_visible_accounts


def basis_of(
    source: Session | Connection, book_id: int, today: date, known_at: datetime | None = None, *,
    account_id: int | None = None, now: datetime | None = None,
) -> Basis:  # fmt: skip
    """The book version with the policy that holds today; with `known_at`, as it was known at that moment.

    With `account_id` also what is agreed with that account, and the windows of the promo calendar that are
    open to it at `now` (or were at `known_at`). Raises NotFound for an unknown book.
    """
    book = source.execute(select(*PriceBook.__table__.columns).where(PriceBook.id == book_id)).first()
    if book is None:
        raise NotFound()
    items = select(*PriceItem.__table__.columns).where(PriceItem.book_id == book_id)
    bundles = select(*PriceBundle.__table__.columns).where(PriceBundle.book_id == book_id)
    rules, pricing, offers, value = (
        policy.values(name, today, source, known_at) for name in ("quotes", "pricing", "offers", "value")
    )
    held = {row.code: item_from_row(row) for row in source.execute(items.order_by(PriceItem.position))}
    locks = _locks(source, account_id, book, held, today, known_at)
    return Basis(
        book.id, book.code, book.number, book.name_en, book.name_zh, book.currency, held,
        read_terms(pricing, offers, value),
        read_guardrails(rules, policy.values("approvals", today, source, known_at)),
        rules["validity"]["longest_days"], _validity(source, account_id, rules, offers), rules["tax"],
        rules["number"]["prefix"],
        {row.code: bundle_from_row(row) for row in source.execute(bundles.order_by(PriceBundle.position))},
        _customer(source, account_id, book, known_at, locks),
        offers_open(source, account_id, known_at or now, book.currency, held), rules["tax_rates"],
        read_tenure(offers["tenure"]), volumes_beside(source, account_id, book.code, today, known_at),
    )  # fmt: skip


def _validity(
    source: Session | Connection, account_id: int | None, rules: Mapping[str, Any], offers: Mapping[str, Any]
) -> int:
    """Days a quote holds when nobody says otherwise: few for a customer who reacts to urgency (S0-37)."""
    s = AccountSegment
    wanted = select(s.value).where(s.account_id == account_id, s.axis == "price")
    price_class = None if account_id is None else source.execute(wanted).scalar()
    return valid_days(price_class, rules["validity"]["days"], offers["limited"]["days"])


def as_issued(basis: Basis, version: QuoteVersion) -> Basis:
    """The basis of an issued version: the end it shares with a contract is the one its paper says."""
    if version.co_term_contract_id is None or not version.snapshot:
        return basis
    shared = {version.co_term_contract_id: date.fromisoformat(version.snapshot["ends_on"])}
    ends = {**basis.customer.contract_ends, **shared}
    return replace(basis, customer=replace(basis.customer, contract_ends=ends))


def _customer(
    source: Session | Connection, account_id: int | None, book: Any, known_at: datetime | None,
    locks: tuple[Locked, ...],
) -> Customer:  # fmt: skip
    """Where the account is, since when it pays, its contracted prices for this book, its contracts' ends."""
    if account_id is None:
        return Customer()
    found = source.execute(
        select(Account.country, Account.signed_up_on).where(Account.id == account_id)
    ).first()  # fmt: skip
    if found is None:
        raise NotFound()
    c = ContractedPrice
    agreed = select(*c.__table__.columns).where(
        c.account_id == account_id, c.book_code == book.code, c.currency == book.currency
    )
    if known_at is not None:
        agreed = agreed.where(c.created_at <= known_at)
    ends = select(Contract.id, Contract.ends_on).where(
        Contract.account_id == account_id, Contract.ends_on.is_not(None), Contract.currency == book.currency
    )
    return Customer(
        found.country, found.signed_up_on,
        tuple(
            Agreed(row.item_code, Contracted(row.price, tiers_from_rows(row.tiers)), row.valid_from,
                   row.valid_until)
            for row in source.execute(agreed.order_by(c.valid_from, c.id))
        ),
        {row.id: row.ends_on - timedelta(days=1) for row in source.execute(ends)}, locks,
    )  # fmt: skip


def _locks(
    source: Session | Connection, account_id: int | None, book: Any, items: Mapping[str, Item], today: date,
    known_at: datetime | None,
) -> tuple[Locked, ...]:  # fmt: skip
    """What the account's accepted quotes hold against rises of this version of the book."""
    if account_id is None or book.number == 1:
        return ()
    rows = price_locks.accepted(source, book.code, book.currency, Quote.account_id == account_id,
                                known_at=known_at)  # fmt: skip
    found = []
    for lock in running(rows, today, before=book.number):
        then = source.execute(select(*PriceItem.__table__.columns).where(PriceItem.book_id == lock.book_id))
        if rose := raised({row.code: item_from_row(row) for row in then}, items):
            found.append(Locked(lock.until, rose))
    return tuple(found)


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
        tuple(LineForm(line.item_code, line.quantity, line.discount, _line_more(line)) for line in lines),
        version.contact_id, _more(version),
    )  # fmt: skip


def _line_more(line: QuoteLine) -> LineMore:
    return LineMore(
        line.price, line.premium or Decimal(0), line.premium_reason, bool(line.gift), line.bundle_code,
        line.offer_code, names_from_row(line.named), ramp_from_rows(line.ramp), line.starts_on, line.ends_on,
        line.proration, line.label,
    )  # fmt: skip


def _more(version: QuoteVersion) -> QuoteMore:
    clauses = version.clauses
    return QuoteMore(
        choices_from_row(version.choices), version.ends_on, version.co_term_contract_id,
        version.amends_contract_id, version.price_lock_until, version.net_days, version.payment_terms,
        None if clauses is None else tuple(clauses), version.industry, version.size_band,
        version.template_code, version.scenario_set,
    )  # fmt: skip


def seen_quote(session: Session, viewer: Viewer, quote_id: int) -> Quote:
    """A quote to read, without a lock. Raises NotFound unless it is there and the viewer's."""
    wanted = select(Quote).where(Quote.id == quote_id, of_visible_accounts(viewer, Quote.account_id))
    found = session.execute(wanted).scalars().first() if isinstance(quote_id, int) else None
    if found is None:
        raise NotFound()
    return found
