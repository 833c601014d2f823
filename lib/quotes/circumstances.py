"""Reads what a quote meets beside its price: the account's rules, the request, its review, the policy."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select
from sqlalchemy.engine import Connection
from sqlmodel import Session

from lib.access import Viewer
from lib.quotes.clearance import Pack, Request, Review, Rules, pack_of, rights_of
from lib.quotes.matrix import Facts
from lib.quotes.rules import EDITABLE
from lib.store import policy
from lib.store.models import (
    Account,
    AccountRule,
    ComplianceReview,
    Invoice,
    Payment,
    Person,
    Promise,
    Quote,
    QuoteConcession,
    QuoteRequest,
    QuoteVersion,
)
from lib.store.naming import spoken_name

Source = Session | Connection


@dataclass(frozen=True)
class Circumstances:
    """What a quote meets beside its price. `compliance` is the policy document of the day."""

    rules: Rules
    request: Request
    review: Review | None
    rights: list[dict[str, str]]
    region: str | None
    compliance: dict[str, Any]

    def pack(self, items: set[str], today: date) -> Pack | None:
        needed = self.rules.iso27001_required or self.request.iso27001_required
        return pack_of(self.compliance, items, needed, today)


def circumstances_of(source: Source, viewer: Viewer, quote: Quote) -> Circumstances:
    """Everything at once; the caller has scoped the quote."""
    held = policy.values("compliance", viewer.today, source)
    region = source.execute(select(Account.region).where(Account.id == quote.account_id)).scalar()
    return Circumstances(
        rules_of(source, viewer, quote.account_id), request_of(source, quote),
        review_of(source, viewer, quote.id), rights_of(held, region), region, held,
    )  # fmt: skip


def facts_of(source: Source, quote: Quote) -> Facts:
    """What the approval matrix looks at beside the price and the form."""
    row = source.execute(
        select(Account.tier, AccountRule.tender_required, QuoteRequest.flags)
        .outerjoin(AccountRule, AccountRule.account_id == Account.id)
        .outerjoin(QuoteRequest, QuoteRequest.quote_id == quote.id)
        .where(Account.id == quote.account_id)
    ).one()
    return Facts(row.tier, bool(row.tender_required), len(row.flags or ()), owed_minor=_owed(source, quote),
                 given=given_beside(source, quote.id))  # fmt: skip


def _owed(source: Source, quote: Quote) -> int | None:
    """What the account's open invoices in the quote's currency still ask for; None where no invoice of
    anybody is known."""
    i, p, v = Invoice, Payment, QuoteVersion
    if source.execute(select(i.id).limit(1)).first() is None:
        return None
    currency = select(v.currency).where(v.quote_id == quote.id).order_by(v.revision.desc()).limit(1)
    mine = i.account_id == quote.account_id, i.status == "open", i.currency == currency.scalar_subquery()
    asked = source.execute(select(func.sum(i.amount_minor)).where(*mine)).scalar() or 0
    paid = select(func.sum(p.amount_minor)).join(i, i.id == p.invoice_id).where(*mine)
    paid = source.execute(paid.where(p.currency == i.currency)).scalar() or 0
    return max(int(asked - paid), 0)


def given_beside(source: Source, quote_id: int) -> tuple[tuple[str, ...], ...]:
    """The concessions of a quote as texts: code, list value, cost, quantity, note, competitor, and what comes
    back for it: kind, words, day. Part of what an approval is given for."""
    c = QuoteConcession
    rows = source.execute(
        select(c.code, c.list_minor, c.cost_minor, c.quantity, c.note, c.competitor, c.give_code, c.give_text,
               c.give_due_on)
        .where(c.quote_id == quote_id)
        .order_by(c.id)
    )  # fmt: skip
    return tuple(tuple("" if value is None else str(value) for value in row) for row in rows)


def rules_of(source: Source, viewer: Viewer, account_id: int) -> Rules:
    """What holds for an account; nothing where nobody ever set it."""
    row = source.execute(
        select(*AccountRule.__table__.columns).where(AccountRule.account_id == account_id)
    ).first()
    if row is None:
        return Rules()
    blocked_on = row.blocked_at and row.blocked_at.astimezone(ZoneInfo(viewer.zone)).date()
    return Rules(row.tender_required, row.iso27001_required, blocked_on, row.blocked_reason, row.version)


def request_of(source: Source, quote: Quote) -> Request:
    """The request behind a quote; whoever made the quote answers for it until somebody else does."""
    row = source.execute(
        select(*QuoteRequest.__table__.columns).where(QuoteRequest.quote_id == quote.id)
    ).first()
    if row is None:
        return Request(quote.created_by)
    return Request(
        row.owner_id or quote.created_by, row.channel, tuple(row.flags or ()), row.iso27001_required,
        row.tender_proof, row.tender_proof_on, row.fit_review_on, tuple(row.promises or ()), row.version,
    )  # fmt: skip


def review_of(source: Source, viewer: Viewer, quote_id: int) -> Review | None:
    """The last review of a quote's red flags."""
    r = ComplianceReview
    row = source.execute(
        select(r.flags, r.cleared, r.reason, spoken_name(viewer, Person).label("person"))
        .join(Person, Person.id == r.person_id)
        .where(r.quote_id == quote_id)
        .order_by(r.id.desc())
        .limit(1)
    ).first()
    return row and Review(frozenset(row.flags), row.cleared, row.reason, row.person)


def awaiting_review(source: Source) -> list[int]:
    """The quotes still in the house whose red flags nobody has reviewed as they stand; unscoped."""
    flagged = source.execute(
        select(QuoteRequest.quote_id, QuoteRequest.flags)
        .join(Quote, Quote.id == QuoteRequest.quote_id)
        .where(QuoteRequest.flags.is_not(None), Quote.status.in_(EDITABLE))
    )
    found = {row.quote_id: set(row.flags) for row in flagged if row.flags}
    reviews = select(ComplianceReview.quote_id, ComplianceReview.flags).order_by(ComplianceReview.id)
    seen = {row.quote_id: set(row.flags) for row in source.execute(reviews)}
    return [quote_id for quote_id, flags in found.items() if not flags <= seen.get(quote_id, set())]


def printable_promises(source: Source, account_id: int) -> list[Any]:
    """Open promises to an account that may stand on a paper: of the catalogue, or approved.

    Rows with id, what, code and due_on, by date.
    """
    p = Promise
    return list(
        source.execute(
            select(p.id, p.what, p.code, p.due_on)
            .where(p.account_id == account_id, p.status == "open")
            .where(or_(p.code.is_not(None), p.approved_at.is_not(None)))
            .order_by(p.due_on, p.id)
        )
    )
