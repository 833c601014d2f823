"""Prices agreed with one account: what holds, agreeing on one, ending it and taking the end back."""

from datetime import date, timedelta
from decimal import Decimal

import pandas as pd
from sqlalchemy import or_, select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Invalid, NotFound
from lib.money import minor_digits, parse_decimal
from lib.store.database import read_frame
from lib.store.doors import audit, command, query
from lib.store.forms import earlier_result, remember
from lib.store.models import Account, ContractedPrice, Person, PriceBook, PriceItem
from lib.store.naming import spoken_name
from lib.store.scope import load, of_visible_accounts

REASON_MAX, REFERENCE_MAX, PLACES = 4000, 255, 6


@query("pricing.contracted_prices", permission="quote.read")
def contracted_prices(
    viewer: Viewer, *, account_id: int | None = None, book_code: str | None = None,
    currency: str | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Agreed prices of visible accounts, those that hold longest first; taken back ones are left out.

    id, version, account_id, account, book_code, item_code, name_en, name_zh, list_price (of the version that
    holds today, Decimal), price, currency, valid_from, valid_until, reason, reference, by.
    """
    c, b = ContractedPrice, PriceBook
    newest = (
        select(b.id)
        .where(b.code == c.book_code, b.currency == c.currency, b.valid_from <= viewer.today)
        .order_by(b.number.desc())
        .limit(1)
        .correlate(c)
        .scalar_subquery()
    )
    statement = (
        select(c.id, c.version, c.account_id, spoken_name(viewer, Account).label("account"), c.book_code,
               c.item_code, PriceItem.name_en, PriceItem.name_zh, PriceItem.list_price, c.price, c.currency,
               c.valid_from, c.valid_until, c.reason, c.reference, spoken_name(viewer, Person).label("by"))
        .join(Account, Account.id == c.account_id)
        .join(Person, Person.id == c.created_by)
        .join(PriceItem, (PriceItem.book_id == newest) & (PriceItem.code == c.item_code), isouter=True)
        .where(of_visible_accounts(viewer, c.account_id),
               or_(c.valid_until.is_(None), c.valid_until >= c.valid_from))
        .order_by(c.valid_until.desc().nulls_first(), c.valid_from.desc(), c.id)
    )  # fmt: skip
    for column, wanted in ((c.account_id, account_id), (c.book_code, book_code), (c.currency, currency)):
        statement = statement if wanted is None else statement.where(column == wanted)
    return read_frame(statement)


@query("pricing.accounts_to_agree", permission="price.agree")
def accounts_to_agree(viewer: Viewer, search: str = "", limit: int = 50) -> dict[int, str]:
    """The viewer's accounts whose name matches, by name: id -> name."""
    wanted = select(Account.id, spoken_name(viewer, Account).label("account")).where(
        of_visible_accounts(viewer, Account.id), Account.status != "churned"
    )
    if search.strip():
        names = (
            column.icontains(search.strip(), autoescape=True) for column in (Account.name, Account.name_zh)
        )
        wanted = wanted.where(or_(*names))
    found = read_frame(wanted.order_by(Account.name, Account.id).limit(limit))
    return dict(zip(found.id.astype(int), found.account, strict=True))


@command("pricing.agree_price", permission="price.agree", subject="account")
def agree_price(
    session: Session, viewer: Viewer, account_id: int, *, book_code: str, currency: str, item_code: str,
    price: str, valid_from: date, valid_until: date | None = None, reason: str, reference: str,
    form_key: str | None = None,
) -> int:  # fmt: skip
    """A price the account pays for one item instead of list price and steps; its id.

    `reference` names the paper it stands in. Quotes made from then on take it; issued ones stay as they are.
    Raises NotFound, Invalid for a price that is none, days in the wrong order, days another agreed price of
    this item covers, or a missing reason or reference.
    """
    content = {"account": account_id, "book": book_code, "currency": currency, "item": item_code,
               "price": price, "from": valid_from, "until": valid_until}  # fmt: skip
    if done := earlier_result(session, viewer, form_key, content):
        return done["id"]
    load(session, viewer, Account, account_id)
    _known(session, viewer, book_code, currency, item_code)
    if not reason.strip() or not reference.strip():
        raise Invalid("contracted_needs_evidence")
    if len(reason) > REASON_MAX or len(reference) > REFERENCE_MAX:
        raise Invalid("contracted_text_long", limit=REFERENCE_MAX)
    if valid_until is not None and valid_until < valid_from:
        raise Invalid("contracted_days", date=valid_from)
    _refuse_overlap(session, account_id, book_code, currency, item_code, valid_from, valid_until)
    agreed = ContractedPrice(
        account_id=account_id, book_code=book_code, item_code=item_code, currency=currency,
        price=_price(price), valid_from=valid_from, valid_until=valid_until, reason=reason.strip(),
        reference=reference.strip(), created_by=viewer.person_id, created_at=viewer.now,
    )  # fmt: skip
    session.add(agreed)
    session.flush()
    audit(session, viewer, "contracted_price", agreed.id, account_id=account_id,
          new={"item_code": item_code, "price": agreed.price, "currency": currency, "valid_from": valid_from,
               "valid_until": valid_until, "reference": agreed.reference}, reason=agreed.reason)  # fmt: skip
    remember(session, viewer, form_key, content, {"id": agreed.id})
    return agreed.id


@command("pricing.end_price", permission="price.agree", subject="contracted_price")
def end_price(
    session: Session, viewer: Viewer, contracted_price_id: int, seen_version: int, *, last_day: date | None
) -> int:
    """The last day an agreed price holds; None opens it again, the day before its first takes it back.

    The row's new version. Raises NotFound, Conflict, Invalid for a day further back, or days that another
    agreed price covers.
    """
    agreed = load(session, viewer, ContractedPrice, contracted_price_id, seen_version)
    if last_day is not None and last_day < agreed.valid_from - timedelta(days=1):
        raise Invalid("contracted_days", date=agreed.valid_from)
    if last_day is None or last_day >= agreed.valid_from:
        _refuse_overlap(session, agreed.account_id, agreed.book_code, agreed.currency, agreed.item_code,
                        agreed.valid_from, last_day, agreed.id)  # fmt: skip
    audit(session, viewer, "contracted_price", agreed.id, account_id=agreed.account_id,
          old={"valid_until": agreed.valid_until}, new={"valid_until": last_day})  # fmt: skip
    agreed.valid_until = last_day
    session.flush()
    return agreed.version


def _known(session: Session, viewer: Viewer, book_code: str, currency: str, item_code: str) -> None:
    """The item stands in the version that holds today, at a price of its own."""
    minor_digits(currency)
    book = select(PriceBook.id).where(PriceBook.code == book_code, PriceBook.currency == currency,
                                      PriceBook.valid_from <= viewer.today)  # fmt: skip
    found = session.execute(book.order_by(PriceBook.number.desc()).limit(1)).scalar()
    if found is None:
        raise NotFound()
    item = select(PriceItem.unit).where(PriceItem.book_id == found, PriceItem.code == item_code)
    if session.execute(item).scalar() in (None, "share"):
        raise Invalid("item_unknown", item=item_code)


def _price(text: str) -> Decimal:
    price = parse_decimal(text)
    if price < 0 or -price.as_tuple().exponent > PLACES:
        raise Invalid("contracted_price_wrong", places=PLACES)
    return price


def _refuse_overlap(
    session: Session, account_id: int, book_code: str, currency: str, item_code: str, first: date,
    last: date | None, own_id: int | None = None,
) -> None:  # fmt: skip
    c = ContractedPrice
    held = select(c.valid_from, c.valid_until).where(
        c.account_id == account_id, c.book_code == book_code, c.currency == currency,
        c.item_code == item_code, c.id != (own_id or 0),
        or_(c.valid_until.is_(None), c.valid_until >= c.valid_from),
        or_(c.valid_until.is_(None), c.valid_until >= first),
    )  # fmt: skip
    if last is not None:
        held = held.where(c.valid_from <= last)
    if other := session.execute(held.limit(1)).first():
        raise Invalid("contracted_overlaps", date=other.valid_from)
