"""What an account must respect, what is asked of a quote beside its price, and who reviewed it."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from lib.store.models.base import Table, Versioned, instant, json, refers, row_id


class AccountRule(Versioned, Table, table=True):
    """What holds for every quote to an account; an account without a row has none of it."""

    __tablename__ = "account_rule"
    __table_args__ = (UniqueConstraint("account_id"),)

    id: int | None = row_id()
    account_id: int = refers("account.id", index=False)
    tender_required: bool = False
    iso27001_required: bool = False
    blocked_at: datetime | None = instant(default=None)
    blocked_by: int | None = refers("person.id", nullable=True, index=False)
    blocked_reason: str | None = Field(default=None, max_length=1000)


class QuoteRequest(Versioned, Table, table=True):
    """The request behind a quote: who answers for it, how it came, red flags, proof of process, fit review.

    Its own version: working on it never disturbs somebody who is editing the quote's lines.
    """

    __tablename__ = "quote_request"
    __table_args__ = (UniqueConstraint("quote_id"),)

    id: int | None = row_id()
    quote_id: int = refers("quote.id", index=False)
    owner_id: int | None = refers("person.id", nullable=True, index=False)  # empty: who made the quote
    channel: str | None = Field(default=None, max_length=16)  # see quotes.clearance.Channel
    flags: list | None = json(default=None)  # red flags that are set
    iso27001_required: bool = False
    tender_proof: str | None = Field(default=None, max_length=1000)
    tender_proof_on: date | None = None
    fit_review_on: date | None = Field(default=None, index=True)
    promises: list | None = json(default=None)  # ids of promises to print
    substitutes: dict | None = json(default=None)  # characters without a glyph: what is printed instead


class ComplianceReview(Table, table=True):
    """A review of a quote's red flags, bound to the flags it looked at. Never altered."""

    __tablename__ = "compliance_review"

    id: int | None = row_id()
    quote_id: int = refers("quote.id")
    person_id: int = refers("person.id", index=False)
    flags: list = json()
    cleared: bool
    reason: str = Field(max_length=4000)
    reviewed_at: datetime = instant()
