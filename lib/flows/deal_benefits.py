"""What a closed deal sets going: the movement of ARR, the benefits it promised, the next renewal."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict, NotFound
from lib.flows.deal_contract import Closed
from lib.fulfilment.opening import Order, note_movement, open_benefits
from lib.fulfilment.rules import Kind, Promised, promised
from lib.renewals.opening import follow_contract, open_for
from lib.renewals.rules import Stage
from lib.store.doors import audit, command
from lib.store.forms import earlier_result, remember
from lib.store.models import (
    Contract,
    PriceItem,
    Quote,
    QuoteVersion,
    Renewal,
    RenewalPayment,
    Subscription,
)
from lib.store.scope import load


def fulfil(
    session: Session, viewer: Viewer, quote: Quote, version: QuoteVersion, closed: Closed
) -> None:  # fmt: skip
    """Everything that follows the contract, in the transaction of the acceptance."""
    contract = closed.contract
    if not (closed.amends and closed.before == closed.after):
        note_movement(
            session, viewer, account_id=quote.account_id, contract_id=contract.id, quote_id=quote.id,
            currency=version.currency, before=closed.before, after=closed.after, renews=closed.renews,
            effective_on=version.starts_on, key=f"quote:{quote.id}",
        )  # fmt: skip
    _open(session, viewer, quote, version, contract.id)
    if closed.amends:
        follow_contract(session, viewer, contract)
    else:
        open_for(session, viewer, contract)


def _open(session: Session, viewer: Viewer, quote: Quote, version: QuoteVersion, contract_id: int) -> int:
    order = Order(quote.account_id, f"{quote.number}-{version.revision}", version.currency, contract_id,
                  quote.renewal_id, version.id)  # fmt: skip
    return open_benefits(session, viewer, order, promised(version.snapshot, _quotas(session, version)))


def _quotas(session: Session, version: QuoteVersion) -> dict[str, Any]:
    found = select(PriceItem.code, PriceItem.quota).where(
        PriceItem.book_id == version.book_id, PriceItem.quota.is_not(None)
    )
    return dict(tuple(row) for row in session.execute(found))


@command("fulfilment.mark_paid", permission="renewal.move", subject="renewal")
def mark_paid(
    session: Session, viewer: Viewer, renewal_id: int, seen_version: int, *, paid_on: date,
    form_key: str | None = None,
) -> int:  # fmt: skip
    """A signed renewal is paid: every benefit it promised becomes a line; how many are new.

    Those of its accepted quote, which may be there already; without one, those of the periods that run on.
    Raises NotFound, Conflict for a renewal that is not signed or is marked already.
    """
    content = {"renewal": renewal_id, "paid_on": str(paid_on)}
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["benefits"]
    renewal = load(session, viewer, Renewal, renewal_id, seen_version)
    if renewal.stage != Stage.SIGNED:
        raise Conflict("renewal_not_signed")
    if paid_on > viewer.today:
        raise Conflict("renewal_paid_later")
    marked = select(RenewalPayment.id).where(RenewalPayment.renewal_id == renewal_id)
    if session.execute(marked).first():
        raise Conflict("renewal_is_paid")
    found = _accepted(session, renewal_id)
    if found is None:
        order, lines = _running_on(session, renewal)
        made = open_benefits(session, viewer, order, lines)
        number = order.number
    else:
        quote, version = found
        made = _open(session, viewer, quote, version, renewal.contract_id)
        number = f"{quote.number}-{version.revision}"
    row = RenewalPayment(renewal_id=renewal.id, account_id=renewal.account_id, order_number=number,
                         paid_on=paid_on, person_id=viewer.person_id, recorded_at=viewer.now)  # fmt: skip
    session.add(row)
    session.flush()
    audit(session, viewer, "renewal_payment", row.id, account_id=renewal.account_id,
          new={"order": number, "paid_on": paid_on, "benefits": made})  # fmt: skip
    remember(session, viewer, form_key, content, {"benefits": made})
    return made


def _accepted(session: Session, renewal_id: int) -> tuple[Quote, QuoteVersion] | None:
    found = (
        select(Quote, QuoteVersion)
        .join(QuoteVersion, QuoteVersion.quote_id == Quote.id)
        .where(Quote.renewal_id == renewal_id, QuoteVersion.status == "accepted")
        .order_by(QuoteVersion.revision.desc())
        .limit(1)
    )
    row = session.execute(found).first()
    return (row[0], row[1]) if row else None


def _running_on(session: Session, renewal: Renewal) -> tuple[Order, list[Promised]]:
    """A renewal without a quote promises what its contract's periods give, from its date on."""
    contract = session.get(Contract, renewal.contract_id)
    if contract is None:
        raise NotFound()
    order = Order(renewal.account_id, f"R-{renewal.id}", renewal.currency, contract.id, renewal.id)
    periods = select(Subscription).where(
        Subscription.contract_id == contract.id, Subscription.is_trial.is_(False)
    )
    lines = [
        Promised(f"period:{row.id}", None, Kind.SUBSCRIPTION, (row.plan or row.product or "plan")[:64],
                 (row.product or contract.product_line)[:255], (row.product or contract.product_line)[:255],
                 max(row.starts_on, renewal.due_on), row.ends_on, row.seats,
                 "seat_month" if row.seats else None, row.arr_minor,
                 share=str(row.discount) if row.discount and row.discount > Decimal(0) else None)
        for row in session.execute(periods.order_by(Subscription.id)).scalars()
        if row.ends_on is None or row.ends_on > renewal.due_on
    ]  # fmt: skip
    return order, lines or [
        Promised("contract", None, Kind.SUBSCRIPTION, "contract", contract.product_line[:255],
                 contract.product_line[:255], renewal.due_on, contract.ends_on, contract.seats, None,
                 contract.arr_minor)
    ]  # fmt: skip
