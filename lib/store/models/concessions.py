"""Concessions on quotes: what was given beside the price, what the customer gives for it, whether it came."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from lib.store.models.base import Table, Versioned, exact, instant, minor, refers, row_id


class QuoteConcession(Versioned, Table, table=True):
    """One concession of a quote by its code in policy "concessions", with what it costs us and what it is
    worth to the customer, in minor units of `currency`.

    status: offered (on a quote that is not accepted), granted, ended. `give_status` follows the return: none
    was agreed (missing), open, received, waived, lapsed.
    """

    __tablename__ = "quote_concession"

    id: int | None = row_id()
    account_id: int = refers("account.id")
    quote_id: int = refers("quote.id")
    code: str = Field(max_length=48)
    note: str | None = Field(default=None, max_length=1000)
    currency: str = Field(max_length=3)
    cost_minor: int = minor(default=0)
    list_minor: int = minor(default=0)
    quantity: int | None = None  # effort days, seats, credit days: what the entry counts
    competitor: str | None = Field(default=None, max_length=120)
    owner_id: int = refers("person.id")
    give_code: str | None = Field(default=None, max_length=32)
    give_text: str | None = Field(default=None, max_length=1000)
    give_due_on: date | None = None
    status: str = Field(default="offered", max_length=16, index=True)
    give_status: str = Field(default="missing", max_length=16)
    granted_on: date | None = None
    lapses_on: date | None = None  # with the renewal of the contract; granted anew or gone
    entitlement_id: int | None = refers("entitlement.id", nullable=True, index=False)
    contract_id: int | None = refers("contract.id", nullable=True, index=False)
    settled_on: date | None = None
    evidence: str | None = Field(default=None, max_length=1000)
    created_by: int = refers("person.id", index=False)
    created_at: datetime = instant()


class VolumeDeal(Versioned, Table, table=True):
    """A volume the customer committed to for a benefit, followed by its invoices from `starts_on` up to, not
    including, `ends_on`.

    status: running, met, missed, ended (before its time, with the reason).
    """

    __tablename__ = "volume_deal"
    __table_args__ = (
        CheckConstraint("ends_on > starts_on", name="ends_after_start"),
        CheckConstraint("committed_minor > 0", name="commits_something"),
    )

    id: int | None = row_id()
    account_id: int = refers("account.id")
    owner_id: int = refers("person.id")
    currency: str = Field(max_length=3)
    committed_minor: int = minor()
    rate: Decimal = exact(default=Decimal(0))  # share off in return
    benefit: str = Field(max_length=1000)
    starts_on: date
    ends_on: date
    status: str = Field(default="running", max_length=16, index=True)
    reason: str | None = Field(default=None, max_length=1000)
    created_by: int = refers("person.id", index=False)
    created_at: datetime = instant()
