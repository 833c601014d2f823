"""Changes of running subscriptions, interruptions of service, and terms they extended."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from lib.store.models.base import Table, Versioned, exact, instant, minor, refers, row_id


class SubscriptionChange(Versioned, Table, table=True):
    """An upgrade, a planned downgrade or a refund, with the figures it was decided on.

    `due_minor` is charged to the customer when positive and paid back when negative; `credit_minor` and
    `charge_minor` add up to it. The part of the cycle is kept as numerator ÷ denominator.
    """

    __tablename__ = "subscription_change"

    id: int | None = row_id()
    account_id: int = refers("account.id")
    subscription_id: int = refers("subscription.id")
    kind: str = Field(max_length=16)  # upgrade downgrade refund
    status: str = Field(default="done", max_length=16, index=True)  # planned done cancelled
    asked_on: date
    effective_on: date = Field(index=True)
    cycle_starts_on: date
    cycle_ends_on: date
    convention: str | None = Field(default=None, max_length=16)
    numerator: int | None = None
    denominator: int | None = None
    factor: Decimal | None = exact(default=None)
    currency: str = Field(max_length=3)
    old_arr_minor: int = minor()
    new_arr_minor: int = minor(default=0)
    credit_minor: int = minor(default=0)
    charge_minor: int = minor(default=0)
    due_minor: int = minor(default=0)
    plan: str | None = Field(default=None, max_length=64)  # what it is from then on; empty: as before
    seats: int | None = None
    rule: str | None = Field(default=None, max_length=24)  # why money comes back
    reason: str | None = Field(default=None, max_length=1000)
    new_subscription_id: int | None = refers("subscription.id", nullable=True, index=False)
    made_by: int = refers("person.id", index=False)
    made_at: datetime = instant()


class Outage(Versioned, Table, table=True):
    """An interruption of service for one account; `product_line` empty: all of them."""

    __tablename__ = "outage"
    __table_args__ = (CheckConstraint("ended_at > started_at", name="ends_after_start"),)

    id: int | None = row_id()
    account_id: int = refers("account.id")
    product_line: str | None = Field(default=None, max_length=255)
    started_at: datetime = instant()
    ended_at: datetime = instant()
    cause: str | None = Field(default=None, max_length=1000)
    removed: bool = False
    made_by: int = refers("person.id", index=False)
    made_at: datetime = instant()


class TermExtension(Versioned, Table, table=True):
    """The days one outage moved the end of one contract by; `undone` once the outage was removed."""

    __tablename__ = "term_extension"
    __table_args__ = (UniqueConstraint("outage_id", "contract_id"),)

    id: int | None = row_id()
    outage_id: int = refers("outage.id", index=False)
    contract_id: int = refers("contract.id")
    account_id: int = refers("account.id")
    days: int
    old_ends_on: date
    new_ends_on: date
    undone: bool = False
    made_at: datetime = instant()
