"""Which windows of the promo calendar a quote can use, and what becomes of one that has closed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy.engine import Connection
from sqlmodel import Session

from lib.offers.rules import Customer, as_offer, offered, window_of
from lib.pricing.choices import Offer
from lib.pricing.price_book import Item
from lib.quotes.rules import QuoteForm
from lib.store import promos


def offers_open(
    source: Session | Connection, account_id: int | None, at: datetime | None, currency: str,
    items: Mapping[str, Item],
) -> dict[str, Offer]:  # fmt: skip
    """The offers an account has at a moment, by code; none without an account or a moment. A gift is an item
    of the book, by code or name; one that is none of them cannot stand on a quote."""
    if account_id is None or at is None:
        return {}
    windows = [window_of(row) for row in promos.windows(source, at)]
    held = promos.standing(source, account_id) if windows else None
    if held is None:
        return {}
    found = (as_offer(w, _named(w.gift, items)) for w in offered(windows, Customer(**held), at, currency))
    return {offer.code: offer for offer in found if offer.rate or offer.free_months or offer.gift}


def _named(gift: str | None, items: Mapping[str, Item]) -> str | None:
    wanted = (gift or "").casefold()
    for code, item in items.items():
        if wanted in (code.casefold(), item.name_en.casefold(), item.name_zh.casefold()):
            return code
    return None


def without_closed(form: QuoteForm, offers: dict[str, Offer]) -> QuoteForm:
    """A stored draft as it is offered now: lines lose an offer that has closed, and its gifts go. Handing it
    in, or sending it, asks for the same and refuses what is still named on a line."""
    if all(line.more.offer_code in (None, *offers) for line in form.lines):
        return form
    lines = tuple(
        line if line.more.offer_code in (None, *offers) else
        replace(line, more=replace(line.more, offer_code=None))
        for line in form.lines
        if not line.more.gift or line.more.offer_code in (None, *offers)
    )  # fmt: skip
    return replace(form, lines=lines)
