"""A quote for a renewal starts with the seats its customer uses, and says on record where they come from."""

from dataclasses import replace
from decimal import Decimal
from inspect import unwrap

from sqlmodel import Session

from lib.access import Viewer
from lib.growth.gathering import seat_plan_of
from lib.growth.phrases import seats_told
from lib.growth.recording import limits_on
from lib.growth.rules import SeatPlan
from lib.quotes.commands import create_quote
from lib.quotes.evaluation import evaluate
from lib.quotes.loading import basis_of, open_quote, stored_form
from lib.quotes.rules import LineForm
from lib.quotes.writing import record, write_form
from lib.store.doors import command

SEATS = "seats"  # the group of the price book whose item is a seat


@command("quotes.start", permission="quote.write", subject="account")
def start_quote(
    session: Session, viewer: Viewer, account_id: int, *, book_id: int | None = None,
    renewal_id: int | None = None, title: str = "", form_key: str | None = None,
) -> int:  # fmt: skip
    """A new quote as `quotes.create` makes it; for a renewal with a line of the seats in use and their
    growth, where people are known. Raises as `quotes.create`."""
    quote_id = unwrap(create_quote)(
        session, viewer, account_id, book_id=book_id, renewal_id=renewal_id, title=title, form_key=form_key
    )
    plan = renewal_id and seat_plan_of(
        session.connection(), account_id, viewer.today, limits_on(session, viewer.today)
    )
    if plan:
        _propose(session, viewer, quote_id, plan)
    return quote_id


def _propose(session: Session, viewer: Viewer, quote_id: int, plan: SeatPlan) -> None:
    """Only into a quote that was made right now: one whose form was sent twice may have been worked on."""
    quote, version = open_quote(session, viewer, quote_id, None)
    basis = basis_of(session, version.book_id, viewer.today, account_id=quote.account_id, now=viewer.now)
    item = next((one for one in basis.items.values() if one.group == SEATS), None)
    if item is None or quote.version > 1 or quote.created_at != viewer.now:
        return
    line = LineForm(item.code, Decimal(plan.seats))
    form = replace(stored_form(quote, version, []), lines=(line,))
    result = evaluate(form, basis, quote.account_id)
    write_form(session, version, form, result)
    record(session, viewer, quote, version, seats=plan.seats, net_minor=version.net_minor,
           reason=seats_told(plan, viewer.language))  # fmt: skip
