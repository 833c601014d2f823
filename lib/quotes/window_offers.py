"""Which windows of the promo calendar a quote can use, and what becomes of one that has closed."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.engine import Connection
from sqlmodel import Session

from lib.offers.rules import Customer, as_offer, offered, window_of
from lib.pricing.choices import Offer
from lib.quotes.rules import QuoteForm
from lib.store import promos


def offers_open(
    source: Session | Connection, account_id: int | None, at: datetime | None, currency: str
) -> dict[str, Offer]:
    """The offers an account has at a moment, by code; none without an account or a moment."""
    if account_id is None or at is None:
        return {}
    windows = [window_of(row) for row in promos.windows(source, at)]
    held = promos.standing(source, account_id) if windows else None
    if held is None:
        return {}
    return {w.code: as_offer(w) for w in offered(windows, Customer(**held), at, currency) if w.rate}


def without_closed(form: QuoteForm, offers: dict[str, Offer]) -> QuoteForm:
    """A stored draft as it is offered now: lines lose an offer that has closed. Handing it in, or sending
    it, asks for the same and refuses what is still named on a line."""
    if all(line.more.offer_code in (None, *offers) for line in form.lines):
        return form
    lines = tuple(
        line if line.more.offer_code in (None, *offers) else
        replace(line, more=replace(line.more, offer_code=None))
        for line in form.lines
    )  # fmt: skip
    return replace(form, lines=lines)
