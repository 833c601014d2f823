"""The customer says yes: an issued quote becomes a contract with its subscriptions, in one transaction."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.concessions.granting import grant
from lib.errors import Conflict
from lib.flows.deal_benefits import fulfil
from lib.money import round_to, spread
from lib.offers.taking import take_slots
from lib.pricing.proration import add_months
from lib.quotes.evidence import REASON_MAX, one_line
from lib.quotes.funnel import Step
from lib.quotes.issuing import require_released
from lib.quotes.loading import open_quote
from lib.quotes.options import withdraw_others
from lib.quotes.proving import keep_evidence, outline, told
from lib.quotes.rules import QuoteStatus, holds_at, move
from lib.quotes.writing import record, set_status
from lib.renewals.commands import close_as_renewed
from lib.renewals.rules import OPEN
from lib.store.doors import audit, command
from lib.store.forms import earlier_result, remember
from lib.store.models import Contract, Quote, QuoteVersion, Renewal, Subscription

RATE_PLACES = 12


@command("quotes.accept", permission="quote.issue", subject="quote")
def accept_quote(
    session: Session, viewer: Viewer, quote_id: int, seen_version: int, *, evidence: Mapping[str, Any],
    form_key: str | None = None,
) -> int:  # fmt: skip
    """Write the contract of a quote the customer accepted, with the proof of it; the contract's id.

    ARR is the quote's, to the cent. A linked renewal is closed as renewed and the contract it came from hands
    over on the new start. `evidence` as evidence.read_evidence takes it. Raises Conflict for a quote that is
    not out, or whose last day is over in the zone of its paper, Invalid without proof.
    """
    content = {"quote": quote_id, "evidence": outline(evidence)}
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    quote, version = open_quote(session, viewer, quote_id, seen_version)
    over = version.status == QuoteStatus.SENT and not _holds(viewer, version)
    if over or version.status == QuoteStatus.EXPIRED:
        raise Conflict("quote_expired", date=version.valid_until)
    made = _accept(session, viewer, quote, version, evidence, None)
    remember(session, viewer, form_key, content, {"id": made})
    return made


@command("quotes.accept_late", permission="quote.accept_late", subject="quote")
def accept_late(
    session: Session, viewer: Viewer, quote_id: int, seen_version: int, *, evidence: Mapping[str, Any],
    reason: str, form_key: str | None = None,
) -> int:  # fmt: skip
    """The same after the last day of a quote: only by somebody who may, with their reason on record.

    Raises Conflict for a quote that still holds, or that ended in any way but by time.
    """
    content = {"quote": quote_id, "evidence": outline(evidence), "reason": reason}
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    quote, version = open_quote(session, viewer, quote_id, seen_version)
    if version.status == QuoteStatus.SENT and _holds(viewer, version):
        raise Conflict("quote_not_late", date=version.valid_until)
    said = one_line(reason, REASON_MAX, "quote_needs_reason")
    made = _accept(session, viewer, quote, version, evidence, said)
    remember(session, viewer, form_key, content, {"id": made})
    return made


def _holds(viewer: Viewer, version: QuoteVersion) -> bool:
    return holds_at(version.valid_until, version.snapshot["zone"], viewer.now)


def _accept(
    session: Session, viewer: Viewer, quote: Quote, version: QuoteVersion, evidence: Mapping[str, Any],
    late: str | None,
) -> int:  # fmt: skip
    """Everything the customer's yes brings, in the transaction of the command."""
    move(version.status, QuoteStatus.ACCEPTED)
    require_released(session, viewer, quote, version)
    kept = keep_evidence(session, viewer, quote, version, evidence, late)
    set_status(quote, version, QuoteStatus.ACCEPTED, viewer)
    version.accepted_at = viewer.now
    withdraw_others(session, viewer, quote, version)  # one of several options is taken, the rest is over
    take_slots(session, viewer, account_id=quote.account_id, quote_id=quote.id, currency=version.currency,
               snapshot=version.snapshot)  # fmt: skip
    renewal = session.get(Renewal, quote.renewal_id) if quote.renewal_id else None
    contract = _write_contract(session, viewer, quote, version, renewal, kept.signed_on)
    _write_subscriptions(session, viewer, quote, version, contract)
    grant(session, viewer, quote_id=quote.id, contract_id=contract.id, starts_on=version.starts_on,
          ends_on=contract.ends_on)  # fmt: skip
    if renewal is not None:
        _hand_over(session, viewer, renewal.contract_id, version.starts_on)
        if renewal.stage in OPEN:
            close_as_renewed(session, viewer, renewal.id, version.arr_minor)
    fulfil(session, viewer, quote, version, contract, renewal)
    told(session, viewer, quote, version.revision, Step.ACCEPTED)
    record(session, viewer, quote, version, contract=contract.id, arr_minor=version.arr_minor, reason=late)
    return contract.id


def _write_contract(
    session: Session, viewer: Viewer, quote: Quote, version: QuoteVersion, renewal: Renewal | None, day: date
) -> Contract:
    earlier = session.get(Contract, renewal.contract_id) if renewal else None
    line = earlier.product_line if earlier else _free_line(session, quote, version)
    monthly = version.term_months == 1
    lines = version.snapshot["lines"]
    seats = sum(int(Decimal(x["quantity"])) for x in lines if x["unit"] == "seat_month")
    contract = Contract(
        external_id=f"quote:{quote.number}:{version.revision}", account_id=quote.account_id,
        product_line=line,
        kind="month_to_month" if monthly else "fixed", starts_on=version.starts_on,
        ends_on=None if monthly else add_months(version.starts_on, version.term_months),
        can_leave_on=add_months(version.starts_on, 1) if monthly else None, auto_renews=monthly,
        currency=version.currency, arr_minor=version.arr_minor, seats=seats or None, signed_on=day,
        source="quote", recorded_at=viewer.now,
    )  # fmt: skip
    session.add(contract)
    session.flush()
    new = {"quote": quote.number, "arr_minor": version.arr_minor, "starts_on": version.starts_on}
    audit(session, viewer, "contract", contract.id, account_id=quote.account_id, new=new)
    return contract


def _free_line(session: Session, quote: Quote, version: QuoteVersion) -> str:
    """The book's name; with the quote's number where that line already has a contract from this day on."""
    name = version.snapshot["book"]["en"]
    same = select(Contract.id).where(
        Contract.account_id == quote.account_id, Contract.product_line == name,
        Contract.currency == version.currency, Contract.starts_on == version.starts_on,
    )  # fmt: skip
    return f"{name} {quote.number}" if session.execute(same).first() else name


def _write_subscriptions(
    session: Session, viewer: Viewer, quote: Quote, version: QuoteVersion, contract: Contract
) -> None:
    """One period per recurring line; their ARR adds up to the quote's exactly."""
    lines = [(n, x) for n, x in enumerate(version.snapshot["lines"], 1) if x["recurring"]]
    weights = [line["net_minor"] for _n, line in lines]
    parts = spread(version.arr_minor, weights) if lines else []
    for (number, line), arr in zip(lines, parts, strict=True):
        mrr = int(round_to(Decimal(line["list_minor"]) / version.term_months, 0))
        off = round_to(1 - Decimal(arr) / (12 * mrr), RATE_PLACES) if mrr else Decimal(0)
        session.add(
            Subscription(
                external_id=f"quote:{quote.number}:{version.revision}:{number}", account_id=quote.account_id,
                contract_id=contract.id, product=line["en"], product_line=contract.product_line,
                plan=line["code"] if line["group"] == "platform" else None, starts_on=version.starts_on,
                ends_on=contract.ends_on, currency=version.currency, mrr_minor=mrr, arr_minor=arr,
                seats=int(Decimal(line["quantity"])) if line["unit"] == "seat_month" else None,
                discount=max(off, Decimal(0)), billing="monthly" if version.term_months == 1 else "annual",
                auto_renews=contract.auto_renews, source="quote", recorded_at=viewer.now,
            )
        )  # fmt: skip


def _hand_over(session: Session, viewer: Viewer, contract_id: int, starts_on: date) -> None:
    """Periods of the renewed contract that would run past the new start end there: no ARR counts twice."""
    periods = select(Subscription).where(
        Subscription.contract_id == contract_id, Subscription.starts_on <= starts_on
    )
    for period in session.execute(periods).scalars():
        if period.ends_on is None or period.ends_on > starts_on:
            period.ends_on, period.version, period.recorded_at = starts_on, period.version + 1, viewer.now
