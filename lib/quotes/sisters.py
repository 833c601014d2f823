"""What sister accounts of one parent hold by now: departments that buy together reach a volume together."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, or_, select
from sqlalchemy.engine import Connection
from sqlmodel import Session

from lib.pricing.proration import add_months
from lib.store.models import Account, PriceBook, Quote, QuoteLine, QuoteVersion


def volumes_beside(
    source: Session | Connection, account_id: int | None, book_code: str, today: date,
    known_at: datetime | None = None,
) -> dict[str, Decimal]:  # fmt: skip
    """Quantities by item on accepted quotes whose term runs today, of the parent of an account and of the
    parent's other accounts. What was accepted after `known_at` does not count; what is merely offered never
    does."""
    own = None if account_id is None else source.execute(
        select(Account.id, Account.parent_id).where(Account.id == account_id)
    ).first()  # fmt: skip
    if own is None:
        return {}
    head = own.parent_id or own.id
    v, line = QuoteVersion, QuoteLine
    newest = select(func.max(v.id)).where(v.quote_id == Quote.id, v.status == "accepted")
    accepted = (
        select(line.item_code, line.quantity, v.starts_on, v.term_months, v.ends_on)
        .join(v, v.id == line.quote_version_id)
        .join(Quote, Quote.id == v.quote_id)
        .join(Account, Account.id == Quote.account_id)
        .join(PriceBook, PriceBook.id == v.book_id)
        .where(or_(Account.parent_id == head, Account.id == head), Account.id != own.id)
        .where(v.id == newest.correlate(Quote).scalar_subquery(), PriceBook.code == book_code)
        .where(v.starts_on <= today, line.gift.is_(False))
    )
    if known_at is not None:
        accepted = accepted.where(v.accepted_at <= known_at)
    found: dict[str, Decimal] = {}
    for row in source.execute(accepted):
        over = add_months(row.starts_on, row.term_months)
        if today < over if row.ends_on is None else today <= row.ends_on:
            found[row.item_code] = found.get(row.item_code, Decimal(0)) + row.quantity
    return found
