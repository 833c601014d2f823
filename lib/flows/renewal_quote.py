"""A quote for a renewal starts with the seats its customer uses, and says on record where they come from; one
that changes a running contract starts today and ends with it."""

from dataclasses import replace
from decimal import Decimal
from inspect import unwrap

from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Invalid
from lib.growth.gathering import seat_plan_of
from lib.growth.phrases import seats_told
from lib.growth.recording import limits_on
from lib.growth.rules import SeatPlan
from lib.pricing.proration import whole_months
from lib.quotes.commands import create_quote
from lib.quotes.evaluation import check_amended, evaluate
from lib.quotes.loading import basis_of, open_quote, stored_form
from lib.quotes.rules import TITLE_MAX, LineForm
from lib.quotes.writing import record, write_form
from lib.store.doors import command
from lib.store.models import Account, Contract, Subscription
from lib.store.scope import load
from lib.words import say

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


@command("quotes.start_amendment", permission="quote.write", subject="subscription")
def start_amendment(
    session: Session, viewer: Viewer, subscription_id: int, *, form_key: str | None = None
) -> int:
    """A new quote that changes the contract a period belongs to, from today on, and ends with it; its id.

    Its lines say what holds from then on; what it does not name runs on. Raises NotFound, Invalid for a
    contract without an end ahead.
    """
    period = load(session, viewer, Subscription, subscription_id)
    contract = period.contract_id and load(session, viewer, Contract, period.contract_id)
    if not contract or contract.ends_on is None or contract.ends_on <= viewer.today:
        raise Invalid("quote_amends")
    account = load(session, viewer, Account, contract.account_id)
    title = say(account.language, "quotes-amends-title", line=contract.product_line)[:TITLE_MAX]
    quote_id = unwrap(create_quote)(session, viewer, account.id, title=title, form_key=form_key)
    quote, version = open_quote(session, viewer, quote_id, None)
    if quote.version > 1 or version.amends_contract_id is not None:
        return quote_id  # the same form again
    basis = basis_of(session, version.book_id, viewer.today, account_id=quote.account_id, now=viewer.now)
    left = whole_months(viewer.today, contract.ends_on)
    term = next((n for n in sorted(basis.terms.months) if n >= left[0] + (left[1] > 0)), None)
    form = stored_form(quote, version, [])
    more = replace(form.more, amends_contract_id=contract.id, co_term_contract_id=contract.id)
    form = replace(form, more=more, term_months=term or max(basis.terms.months))
    check_amended(form, basis)
    write_form(session, version, form, evaluate(form, basis, quote.account_id))
    record(session, viewer, quote, version, contract=contract.id)
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
