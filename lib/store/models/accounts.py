"""Accounts, their contacts, who looks after them, and which values a person corrected by hand."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from lib.store.models.base import Dated, Table, Versioned, instant, minor, refers, row_id


class Account(Versioned, Table, table=True):
    """A paying company. `external_id` is its key in the source it was imported from, or our own."""

    __table_args__ = (CheckConstraint("seats IS NULL OR seats >= 0", name="seats_not_negative"),)

    id: int | None = row_id()
    external_id: str = Field(max_length=255, unique=True)
    name: str = Field(max_length=255, index=True)
    name_zh: str | None = Field(default=None, max_length=255)
    legal_name: str | None = Field(default=None, max_length=255)
    parent_id: int | None = refers("account.id", nullable=True)
    status: str = Field(default="active", max_length=16, index=True)  # active trial paused churned
    is_vip: bool = Field(default=True, index=True)
    tier: str | None = Field(default=None, max_length=64)
    plan: str | None = Field(default=None, max_length=64)
    region: str | None = Field(default=None, max_length=64, index=True)
    country: str | None = Field(default=None, max_length=64)
    city: str | None = Field(default=None, max_length=255)
    zone: str | None = Field(default=None, max_length=64)  # its time zone; else told from the country
    industry: str | None = Field(default=None, max_length=64)
    domain: str | None = Field(default=None, max_length=255)
    source_channel: str | None = Field(default=None, max_length=64)
    language: str = Field(default="en", max_length=8)
    currency: str = Field(default="USD", max_length=3)
    seats: int | None = None
    employees: int | None = None
    annual_revenue_minor: int | None = minor(default=None)
    stated_arr_minor: int | None = minor(default=None)  # ARR as a file states it, where no subscription does
    signed_up_on: date | None = None
    monthly_sales_minor: int | None = minor(default=None)  # what the customer sells a month, in `currency`
    funding_minor: int | None = minor(default=None)  # total funding, in `funding_currency`
    funding_currency: str | None = Field(default=None, max_length=3)
    funding_source: str | None = Field(default=None, max_length=255)
    funding_on: date | None = None  # when the funding was looked up
    following: int | None = None
    source: str = Field(default="hand", max_length=64)
    created_at: datetime = instant()
    updated_at: datetime = instant()


class Contact(Versioned, Table, table=True):
    """A person at the customer; `erased_at` once their data were erased at their request."""

    id: int | None = row_id()
    external_id: str = Field(max_length=255, unique=True)
    account_id: int = refers("account.id")
    name: str = Field(max_length=255)
    title: str | None = Field(default=None, max_length=255)
    email: str | None = Field(default=None, max_length=255)
    phone: str | None = Field(default=None, max_length=64)
    language: str | None = Field(default=None, max_length=8)
    is_sponsor: bool = False
    active: bool = True
    source: str = Field(default="hand", max_length=64)
    created_at: datetime = instant()
    erased_at: datetime | None = instant(default=None)
    kind: str | None = Field(default=None, max_length=16)  # partner: of a partner firm; else the customer's


class Assignment(Dated, Table, table=True):
    """Who looks after an account: one owner and one backup at a time, any number from sales.

    `until` is exclusive and empty while the assignment holds; a handover ends one row and adds another.
    """

    __table_args__ = (
        Index("ix_assignment_book", "person_id", "until", "account_id"),
        Index(
            "uq_assignment_current", "account_id", "duty", unique=True,
            sqlite_where=text("until IS NULL AND duty <> 'sales'"),
            postgresql_where=text("until IS NULL AND duty <> 'sales'"),
        ),
    )  # fmt: skip

    id: int | None = row_id()
    account_id: int = refers("account.id")
    person_id: int = refers("person.id", index=False)
    duty: str = Field(max_length=16)  # owner backup sales
    since: date
    until: date | None = None


class ManualValue(Table, table=True):
    """A value somebody corrected by hand: it outlives the next import, which only reports its own."""

    __tablename__ = "manual_value"
    __table_args__ = (UniqueConstraint("table_name", "row_id", "field"),)

    id: int | None = row_id()
    table_name: str = Field(max_length=64)
    row_id: int
    field: str = Field(max_length=64)
    person_id: int = refers("person.id", index=False)
    set_at: datetime = instant()
    imported_text: str | None = Field(default=None, max_length=1000)  # what the last import held
