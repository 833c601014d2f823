"""Price books, quotes and their frozen versions, approvals, numbers."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint
from sqlmodel import Field

from lib.store.models.base import Table, Versioned, exact, instant, json, minor, refers, row_id


class PriceBook(Table, table=True):
    """One published version of a price book; a change publishes the next version."""

    __tablename__ = "price_book"
    __table_args__ = (UniqueConstraint("code", "currency", "number"),)

    id: int | None = row_id()
    code: str = Field(max_length=64)
    number: int  # version
    currency: str = Field(max_length=3)
    name_en: str = Field(max_length=255)
    name_zh: str = Field(max_length=255)
    valid_from: date
    published_at: datetime = instant()
    published_by: int | None = refers("person.id", nullable=True, index=False)


class PriceItem(Table, table=True):
    """A priced item. `tiers` is a list of {"from": n, "unit": "12.34"} for volume prices, else null."""

    __tablename__ = "price_item"
    __table_args__ = (UniqueConstraint("book_id", "code"),)

    id: int | None = row_id()
    book_id: int = refers("price_book.id", index=False)
    code: str = Field(max_length=64)
    position: int = 0
    group_code: str = Field(default="platform", max_length=64)
    name_en: str = Field(max_length=255)
    name_zh: str = Field(max_length=255)
    unit: str = Field(max_length=32)  # month, seat_month, once, …
    recurring: bool = True
    list_price: Decimal = exact()
    unit_cost: Decimal = exact(default=Decimal(0))
    tiers: list | None = json(default=None)


class Quote(Versioned, Table, table=True):
    """A quote for one account; what it says lives in its versions."""

    id: int | None = row_id()
    account_id: int = refers("account.id")
    renewal_id: int | None = refers("renewal.id", nullable=True)
    number: str | None = Field(default=None, max_length=32, unique=True)  # drawn when issued
    title: str = Field(max_length=255)
    status: str = Field(default="draft", max_length=24, index=True)
    created_by: int = refers("person.id")
    editors: list = json(default_factory=list)  # ids of everybody who wrote in any version: none may approve
    created_at: datetime = instant()
    updated_at: datetime = instant()


class QuoteVersion(Versioned, Table, table=True):
    """What a quote says at one revision. Frozen (hash, snapshot, PDF) once it is issued."""

    __tablename__ = "quote_version"
    __table_args__ = (
        UniqueConstraint("quote_id", "revision"),
        CheckConstraint("term_months > 0", name="term_positive"),
    )

    id: int | None = row_id()
    quote_id: int = refers("quote.id", index=False)
    revision: int = 1
    status: str = Field(default="draft", max_length=24)
    book_id: int = refers("price_book.id")
    currency: str = Field(max_length=3)
    language: str = Field(default="bilingual", max_length=16)
    starts_on: date
    term_months: int = 12
    prepaid: bool = False
    discount: Decimal = exact(default=Decimal(0))  # discretionary, on the whole quote
    justification: str | None = Field(default=None, max_length=4000)
    discovery: dict | None = json(default=None)  # what the customer needs: cost, efficiency, technical
    valid_until: date
    edited_by: int = refers("person.id", index=False)
    contact_id: int | None = None  # whom the paper is addressed to; empty: the sponsor
    approver_level: int | None = None  # the approver level asked for when it was handed in
    list_minor: int = minor(default=0)
    net_minor: int = minor(default=0)
    arr_minor: int = minor(default=0)
    cost_minor: int = minor(default=0)
    effective_discount: Decimal = exact(default=Decimal(0))
    content_hash: str | None = Field(default=None, max_length=64)
    snapshot: dict | None = json(default=None)
    pdf: bytes | None = Field(default=None, sa_type=LargeBinary)
    submitted_at: datetime | None = instant(default=None)
    issued_at: datetime | None = instant(default=None)
    accepted_at: datetime | None = instant(default=None)


class QuoteLine(Table, table=True):
    __tablename__ = "quote_line"
    __table_args__ = (UniqueConstraint("quote_version_id", "position"),)

    id: int | None = row_id()
    quote_version_id: int = refers("quote_version.id", index=False)
    position: int
    item_code: str = Field(max_length=64)
    quantity: Decimal = exact()
    discount: Decimal = exact(default=Decimal(0))
    list_minor: int = minor(default=0)
    net_minor: int = minor(default=0)
    steps: list | None = json(default=None)  # the waterfall, each step with rule, input and output


class QuoteDecision(Table, table=True):
    """An approval or refusal, bound to the content it was given for."""

    __tablename__ = "quote_decision"

    id: int | None = row_id()
    quote_version_id: int = refers("quote_version.id")
    person_id: int = refers("person.id", index=False)
    role: str = Field(max_length=32)
    decision: str = Field(max_length=16)  # approved rejected
    reason: str | None = Field(default=None, max_length=4000)
    content_hash: str = Field(max_length=64)
    decided_at: datetime = instant()


class NumberSeries(Table, table=True):
    """The last number drawn of a series, for example quote/2026."""

    __tablename__ = "number_series"

    name: str = Field(primary_key=True, max_length=64)
    last: int = 0
