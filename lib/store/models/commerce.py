"""What customers pay for: subscriptions, the contracts they form, invoices, payments, opportunities."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from lib.store.models.base import Dated, Table, exact, instant, json, minor, refers, row_id


class Subscription(Dated, Table, table=True):
    """One period of one product. `ends_on` is the first day no longer covered, empty while open-ended.

    `mrr_minor` is the list MRR of the source; `discount` the share taken off it (0 to 1).
    ARR = 12 x MRR x (1 - discount), rounded once per subscription.
    """

    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("seats IS NULL OR seats >= 0", name="seats_not_negative"),
        # The account list sums ARR for every account it ranks: the index alone answers.
        Index(
            "ix_subscription_arr", "account_id", "currency", "starts_on", "ends_on", "is_trial", "arr_minor"
        ),
    )  # fmt: skip

    id: int | None = row_id()
    external_id: str = Field(max_length=255, unique=True)
    account_id: int = refers("account.id", index=False)
    contract_id: int | None = refers("contract.id", nullable=True)
    product: str | None = Field(default=None, max_length=255)
    product_line: str | None = Field(default=None, max_length=255)
    plan: str | None = Field(default=None, max_length=64)
    starts_on: date = Field(index=True)
    ends_on: date | None = Field(default=None, index=True)
    seats: int | None = None
    currency: str = Field(default="USD", max_length=3)
    mrr_minor: int = minor()
    arr_minor: int = minor()
    discount: Decimal = exact(default=Decimal(0))
    billing: str = Field(default="annual", max_length=16)  # monthly quarterly half_year annual multi_year
    auto_renews: bool | None = None
    is_trial: bool = False
    upgraded: bool = False
    downgraded: bool = False
    churned: bool = False
    source: str = Field(default="hand", max_length=64)


class Contract(Dated, Table, table=True):
    """A continuous stretch of subscription periods of one account, product line and currency.

    kind: fixed (ends on `ends_on`), evergreen (renews itself; `ends_on` is the next anniversary),
    month_to_month (no renewal; the customer can leave on `can_leave_on`), trial (nothing paid in it),
    ended, void (its periods now belong to another contract; kept for what refers to it).
    """

    __table_args__ = (UniqueConstraint("account_id", "product_line", "currency", "starts_on"),)

    id: int | None = row_id()
    external_id: str | None = Field(default=None, max_length=255, unique=True)
    account_id: int = refers("account.id")
    product_line: str = Field(default="", max_length=255)
    kind: str = Field(default="fixed", max_length=16, index=True)
    starts_on: date
    ends_on: date | None = Field(default=None, index=True)
    can_leave_on: date | None = None
    notice_days: int = 30
    auto_renews: bool | None = None
    currency: str = Field(default="USD", max_length=3)
    arr_minor: int = minor(default=0)
    seats: int | None = None
    signed_on: date | None = None
    reactivates: bool = False  # starts after a gap longer than the policy allows: a return after churn
    source: str = Field(default="joined", max_length=64)  # joined from subscriptions, import, hand, quote


class Invoice(Dated, Table, table=True):
    id: int | None = row_id()
    external_id: str = Field(max_length=255, unique=True)
    account_id: int = refers("account.id")
    issued_on: date
    due_on: date | None = None
    currency: str = Field(default="USD", max_length=3)
    amount_minor: int = minor()
    status: str = Field(default="open", max_length=16)  # open paid void
    source: str = Field(default="import", max_length=64)


class Payment(Table, table=True):
    id: int | None = row_id()
    external_id: str = Field(max_length=255, unique=True)
    invoice_id: int = refers("invoice.id")
    paid_on: date
    currency: str = Field(default="USD", max_length=3)
    amount_minor: int = minor()


class Opportunity(Dated, Table, table=True):
    """A sales opportunity of a source CRM; an open one may lack an account."""

    id: int | None = row_id()
    external_id: str = Field(max_length=255, unique=True)
    account_id: int | None = refers("account.id", nullable=True)
    person_id: int | None = refers("person.id", nullable=True)
    product: str | None = Field(default=None, max_length=255)
    stage: str = Field(max_length=64, index=True)
    engaged_on: date | None = None
    closed_on: date | None = Field(default=None, index=True)
    currency: str = Field(default="USD", max_length=3)
    value_minor: int | None = minor(default=None)


class ChurnEvent(Table, table=True):
    """A loss (or return) as the source reports it."""

    __tablename__ = "churn_event"

    id: int | None = row_id()
    external_id: str = Field(max_length=255, unique=True)
    account_id: int = refers("account.id")
    happened_on: date = Field(index=True)
    reason: str | None = Field(default=None, max_length=64)
    currency: str = Field(default="USD", max_length=3)
    refund_minor: int | None = minor(default=None)
    is_reactivation: bool = False
    comment: str | None = None


class Renewal(Dated, Table, table=True):
    """The opportunity to renew one contract end; `due_on` is the contract's end."""

    __table_args__ = (
        UniqueConstraint("contract_id", "due_on"),
        Index(
            "ix_renewal_open", "account_id", "due_on", "notice_on",
            sqlite_where=text("closed_on IS NULL"), postgresql_where=text("closed_on IS NULL"),
        ),
    )  # fmt: skip

    id: int | None = row_id()
    contract_id: int = refers("contract.id", index=False)
    account_id: int = refers("account.id")
    due_on: date = Field(index=True)
    opens_on: date
    notice_on: date | None = None
    stage: str = Field(default="to_contact", max_length=24, index=True)
    category: str = Field(default="pipeline", max_length=16)  # omitted pipeline best_case commit closed
    currency: str = Field(default="USD", max_length=3)
    base_minor: int = minor()  # ARR that comes due
    expected_minor: int = minor()  # ARR expected to renew
    lost_reason: str | None = Field(default=None, max_length=64)
    closed_on: date | None = None


class RenewalMove(Table, table=True):
    """One step of a renewal through its stages."""

    __tablename__ = "renewal_move"

    id: int | None = row_id()
    renewal_id: int = refers("renewal.id")
    from_stage: str | None = Field(default=None, max_length=24)
    to_stage: str = Field(max_length=24)
    person_id: int | None = refers("person.id", nullable=True, index=False)
    moved_at: datetime = instant()
    comment: str | None = Field(default=None, max_length=2000)
    details: dict | None = json(default=None)
