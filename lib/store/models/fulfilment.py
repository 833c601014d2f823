"""What a closed deal promised and whether it is there: benefits, the instructions that bring them,
exceptions, paid renewals, and every movement of ARR."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from lib.store.models.base import Table, Versioned, instant, json, minor, refers, row_id


class ArrMovement(Table, table=True):
    """One movement of an account's ARR, in the currency of its contract. Never altered."""

    __tablename__ = "arr_movement"
    __table_args__ = (UniqueConstraint("dedupe_key"),)

    id: int | None = row_id()
    account_id: int = refers("account.id")
    contract_id: int | None = refers("contract.id", nullable=True, index=False)
    quote_id: int | None = refers("quote.id", nullable=True, index=False)
    kind: str = Field(max_length=16)  # new expansion contraction renewal
    currency: str = Field(max_length=3)
    before_minor: int = minor()
    after_minor: int = minor()
    effective_on: date = Field(index=True)
    recorded_at: datetime = instant()
    person_id: int = refers("person.id", index=False)
    dedupe_key: str = Field(max_length=160)


class Benefit(Versioned, Table, table=True):
    """One promised benefit of an order, tracked until somebody or the desk itself confirms it.

    `line` is the line of the accepted quote it comes from. `granted` is what was signed, `provisioned` what
    the product was told to give; both empty where nothing is counted. `expires_on` is the last day.
    """

    __table_args__ = (
        UniqueConstraint("dedupe_key"),
        CheckConstraint("granted IS NULL OR granted >= 0", name="granted_not_negative"),
    )

    id: int | None = row_id()
    account_id: int = refers("account.id")
    order_number: str = Field(max_length=64, index=True)
    contract_id: int | None = refers("contract.id", nullable=True, index=False)
    renewal_id: int | None = refers("renewal.id", nullable=True)
    quote_version_id: int | None = refers("quote_version.id", nullable=True, index=False)
    entitlement_id: int | None = refers("entitlement.id", nullable=True, index=False)
    line: int | None = None
    kind: str = Field(max_length=16)  # see fulfilment.rules.Kind
    code: str = Field(max_length=64)
    title_en: str = Field(max_length=255)
    title_zh: str = Field(max_length=255)
    unit: str | None = Field(default=None, max_length=32)
    granted: int | None = None
    provisioned: int | None = None
    share: str | None = Field(default=None, max_length=16)  # a discount's rate, as an exact share
    applies_to: list | None = json(default=None)  # [{"en": …, "zh-CN": …}]: lines a discount is on
    currency: str = Field(max_length=3)
    value_minor: int = minor(default=0)
    starts_on: date
    expires_on: date | None = None
    automatic: bool = True
    state: str = Field(default="waiting", max_length=16, index=True)  # see fulfilment.rules.State
    promised_at: datetime = instant()
    due_at: datetime = instant(index=True)  # when it is to be there, or its check to be done
    in_force_at: datetime | None = instant(default=None)
    checked_at: datetime | None = instant(default=None)
    checked_by: int | None = refers("person.id", nullable=True, index=False)
    told_at: datetime | None = instant(default=None)
    told_by: int | None = refers("person.id", nullable=True, index=False)
    dedupe_key: str = Field(max_length=160)


class FulfilmentAction(Versioned, Table, table=True):
    """An instruction to the product that brings a benefit, kept until the other end has it: it survives a
    restart and carries the same key over every attempt."""

    __tablename__ = "fulfilment_action"
    __table_args__ = (UniqueConstraint("idempotency_key"),)

    id: int | None = row_id()
    benefit_id: int = refers("benefit.id")
    account_id: int = refers("account.id")
    target: str = Field(max_length=16)  # desk file http
    payload: dict = json()
    idempotency_key: str = Field(max_length=64)
    state: str = Field(default="waiting", max_length=16, index=True)  # waiting sending done failed
    attempts: int = 0
    due_at: datetime = instant()
    claim: str | None = Field(default=None, max_length=32)
    claimed_at: datetime | None = instant(default=None)
    outcome: str | None = Field(default=None, max_length=32)
    created_at: datetime = instant()
    done_at: datetime | None = instant(default=None)


class BenefitProblem(Versioned, Table, table=True):
    """Something is wrong with a benefit: highest priority, an own clock, a cause and what was changed."""

    __tablename__ = "benefit_problem"

    id: int | None = row_id()
    account_id: int = refers("account.id")
    benefit_id: int | None = refers("benefit.id", nullable=True)
    order_number: str = Field(max_length=64)
    what: str = Field(max_length=1000)
    priority: str = Field(default="urgent", max_length=16)
    opened_by: int = refers("person.id", index=False)
    opened_at: datetime = instant(index=True)
    due_at: datetime = instant()
    cause: str | None = Field(default=None, max_length=32)  # see fulfilment.rules.CAUSES
    mended: str | None = Field(default=None, max_length=1000)  # what was done for this customer
    action: str | None = Field(default=None, max_length=1000)  # what keeps it from happening again
    action_done_at: datetime | None = instant(default=None)
    closed_at: datetime | None = instant(default=None)
    closed_by: int | None = refers("person.id", nullable=True, index=False)


class RenewalPayment(Table, table=True):
    """The mark that a renewal is paid. Never altered."""

    __tablename__ = "renewal_payment"
    __table_args__ = (UniqueConstraint("renewal_id"),)

    id: int | None = row_id()
    renewal_id: int = refers("renewal.id", index=False)
    account_id: int = refers("account.id")
    order_number: str = Field(max_length=64)
    paid_on: date
    person_id: int = refers("person.id", index=False)
    recorded_at: datetime = instant()


class RightGrant(Versioned, Table, table=True):
    """A right of a loyalty level on one account: offered by the desk itself, then held or declined. Its code
    is one of policy "fulfilment"; `expires_on` is the last day."""

    __tablename__ = "right_grant"
    __table_args__ = (UniqueConstraint("dedupe_key"),)

    id: int | None = row_id()
    account_id: int = refers("account.id")
    code: str = Field(max_length=48, index=True)
    level: str = Field(max_length=16)  # the loyalty level it was offered for
    status: str = Field(default="proposed", max_length=16, index=True)  # proposed granted declined lapsed
    proposed_at: datetime = instant()
    decided_at: datetime | None = instant(default=None)
    decided_by: int | None = refers("person.id", nullable=True, index=False)
    reason: str | None = Field(default=None, max_length=1000)
    entitlement_id: int | None = refers("entitlement.id", nullable=True, index=False)
    expires_on: date | None = None
    dedupe_key: str = Field(max_length=160)
