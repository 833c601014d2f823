"""What the demo agreed with two accounts, and the prices of the next quarter, published ahead."""

from datetime import date, datetime, timedelta

from sqlalchemy import select

from lib.access import Viewer
from lib.demo.cast import material
from lib.people.identity import viewer_of
from lib.pricing import contracted, publishing
from lib.store.database import read_one, reading
from lib.store.models import Account, Person, PersonRole, PriceBook, PriceItem

SINCE, AHEAD, CHANGED_AGO = timedelta(days=40), timedelta(days=33), timedelta(days=5)
BOOK, RAISED, AGREED = "saas", ("support", "onboarding"), "api"


def keep_prices(now: datetime, today: date) -> None:
    """Two prices below the list by 15% in the accounts' own currency, and one version that holds later."""
    leader, admin = (_first(role, now) for role in ("leadership", "admin"))
    if leader is None or admin is None:
        return
    words = material("texts")["prices"]
    at = {"en": 0, "zh-CN": 1}[leader.language]
    with reading() as connection:
        prices = select(PriceBook.currency, PriceBook.id, PriceItem.code, PriceItem.list_price).join(
            PriceItem, PriceItem.book_id == PriceBook.id
        )
        held = connection.execute(prices.where(PriceBook.code == BOOK, PriceBook.number == 1)).all()
        accounts = connection.execute(
            select(Account.id, Account.currency).where(Account.is_vip).order_by(Account.id).limit(2)
        ).all()
    lists = {(row.currency, row.code): row.list_price for row in held}
    for account in accounts:
        contracted.agree_price(
            leader, account.id, book_code=BOOK, currency=account.currency, item_code=AGREED,
            price=str((lists[account.currency, AGREED] * 85 / 100).quantize(1)), valid_from=today - SINCE,
            reason=words["agreed_why"][at], reference=f"{words['reference'][at]} {account.id:04d}",
        )  # fmt: skip
    usd = next(row.id for row in held if row.currency == "USD")
    rows = [(place, {"code": code, "list_price": str((lists["USD", code] * 107 / 100).quantize(1))})
            for place, code in enumerate(RAISED, start=1)]  # fmt: skip
    why, heard = words["raised_why"][at], words["raised_heard"][at]
    publishing.publish_version(admin, usd, rows=rows, valid_from=today + AHEAD, reason=why, feedback=heard)


def _first(role: str, now: datetime) -> Viewer | None:
    found = read_one(
        select(Person.id)
        .join(PersonRole, PersonRole.person_id == Person.id)
        .where(PersonRole.role == role, Person.active)
        .order_by(Person.id)
    )
    return viewer_of(found[0], now - CHANGED_AGO) if found else None
