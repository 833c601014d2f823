"""The customer says yes: an issued quote becomes a contract with its subscriptions, in one transaction."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from lib.access import Viewer
from lib.concessions.granting import grant
from lib.errors import Conflict
from lib.flows.deal_benefits import fulfil
from lib.flows.deal_contract import close
from lib.offers.taking import take_slots
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
from lib.store.doors import command
from lib.store.forms import earlier_result, remember
from lib.store.models import Quote, QuoteVersion, Renewal


@command("quotes.accept", permission="quote.issue", subject="quote")
def accept_quote(
    session: Session, viewer: Viewer, quote_id: int, seen_version: int, *, evidence: Mapping[str, Any],
    form_key: str | None = None,
) -> int:  # fmt: skip
    """Write the contract of a quote the customer accepted, with the proof of it; the contract's id.

    ARR is the quote's, to the cent. A linked renewal is closed as renewed and the contract it came from hands
    over on the new start; a quote that amends changes the running contract. `evidence` as
    evidence.read_evidence takes it. Raises Conflict for a quote that is not out, or whose last day is over in
    the zone of its paper, Invalid without proof.
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
    closed = close(session, viewer, quote, version, renewal, kept.signed_on)
    contract = closed.contract
    grant(session, viewer, quote_id=quote.id, contract_id=contract.id, starts_on=version.starts_on,
          ends_on=contract.ends_on)  # fmt: skip
    if renewal is not None and renewal.stage in OPEN and not closed.amends:
        close_as_renewed(session, viewer, renewal.id, version.arr_minor)
    fulfil(session, viewer, quote, version, closed)
    told(session, viewer, quote, version.revision, Step.ACCEPTED)
    record(session, viewer, quote, version, contract=contract.id, arr_minor=version.arr_minor, reason=late)
    return contract.id
