"""Price books, contracted prices, quotes and their frozen versions, approvals, numbers."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint, text
from sqlmodel import Field

from lib.store.models.base import Table, Versioned, exact, instant, json, minor, refers, row_id
from lib.store.types import Minor


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
    reason: str | None = Field(default=None, max_length=1000)  # why it was published
    feedback: str | None = Field(default=None, max_length=1000)  # what was heard before


class PriceItem(Table, table=True):
    """A priced item. `tiers` is a list of {"from": n, "unit": "12.34", "flat": "5"} for stepped prices, else
    null. What is empty follows from group and unit (see pricing.price_book.Item)."""

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
    kind: str | None = Field(default=None, max_length=16)  # plan module seat usage service gift
    tier_mode: str | None = Field(default=None, max_length=16)  # volume graduated package
    package_size: Decimal | None = exact(default=None)  # units in a package; a started one counts whole
    free_units: Decimal | None = exact(default=None)  # come before the first package
    method: str | None = Field(default=None, max_length=16)  # percent_of_total cost_plus value_based
    markup: Decimal | None = exact(default=None)  # cost_plus: share on top of the cost
    named: dict | None = json(
        default=None
    )  # percent_of_total: {"items": […], "groups": […]}; null: all others
    tax_category: str | None = Field(default=None, max_length=16)
    regions: list | None = json(default=None)  # countries it may be sold to; null: everywhere
    value_added: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    plan_tier: str | None = Field(default=None, max_length=16)  # free basic premium enterprise
    partner: str | None = Field(default=None, max_length=255)  # whose product it is; null: our own
    partner_share: Decimal | None = exact(default=None)  # what the partner gets of the net price
    delivery: str | None = Field(default=None, max_length=16)  # remote on_site self_service
    quota: dict | None = json(default=None)  # what it holds a month: {"users": 5, "api_calls": 10000}
    inclusions: list | None = json(default=None)  # [{"en": …, "zh-CN": …}]


class PriceBundle(Table, table=True):
    """Items of a book version sold together: a saving on each part, or one price a month for all."""

    __tablename__ = "price_bundle"
    __table_args__ = (UniqueConstraint("book_id", "code"),)

    id: int | None = row_id()
    book_id: int = refers("price_book.id", index=False)
    code: str = Field(max_length=64)
    position: int = 0
    name_en: str = Field(max_length=255)
    name_zh: str = Field(max_length=255)
    parts: list = json()  # [{"item": code, "quantity": "1"}]
    saving: Decimal | None = exact(default=None)  # share off every part
    fixed_price: Decimal | None = exact(default=None)  # a month, for one of the bundle


class ContractedPrice(Versioned, Table, table=True):
    """What an account pays for an item by contract, instead of its list price and volume steps."""

    __tablename__ = "contracted_price"

    id: int | None = row_id()
    account_id: int = refers("account.id")
    book_code: str = Field(max_length=64)
    item_code: str = Field(max_length=64)
    currency: str = Field(max_length=3)
    price: Decimal = exact()  # per unit of the item
    tiers: list | None = json(default=None)
    valid_from: date
    valid_until: date | None = None  # the last day it holds
    reason: str = Field(max_length=4000)
    reference: str | None = Field(default=None, max_length=255)  # the paper it was agreed in
    contract_id: int | None = refers("contract.id", nullable=True)
    created_by: int = refers("person.id", index=False)
    created_at: datetime = instant()


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
    tax_mode: str | None = Field(default=None, max_length=16)  # added, or excluded and said so
    tax_minor: int = minor(default=0, sa_column_kwargs={"server_default": "0"})
    gift_minor: int = minor(default=0, sa_column_kwargs={"server_default": "0"})  # gifts at list value
    choices: dict | None = json(default=None)  # how it is priced, see pricing.choices.Choices
    ends_on: date | None = None  # a common end with a running contract (its last day); null: the term's end
    co_term_contract_id: int | None = refers("contract.id", nullable=True)
    amends_contract_id: int | None = refers("contract.id", nullable=True)
    price_lock_until: date | None = None  # last day without a price rise
    net_days: int | None = None  # days to pay
    payment_terms: dict | None = json(default=None)  # {"instalments": 4, "credit_limit_minor": 0, …}
    clauses: list | None = json(default=None)  # [{"code": …, "text_en": …, "text_zh": …}]
    industry: str | None = Field(default=None, max_length=64)
    size_band: str | None = Field(default=None, max_length=16)
    template_code: str | None = Field(default=None, max_length=64)
    scenario_set: str | None = Field(
        default=None, max_length=32, index=True
    )  # scenarios side by side share it
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
    label: str | None = Field(default=None, max_length=255)  # whose line it is: a department
    gift: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    gift_minor: int = minor(default=0, sa_column_kwargs={"server_default": "0"})  # a gift's list value
    contracted: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    price: Decimal | None = exact(default=None)  # a price of its own per unit, instead of the list price
    premium: Decimal | None = exact(default=None)  # value premium, a share on top
    premium_reason: str | None = Field(default=None, max_length=255)
    bundle_code: str | None = Field(default=None, max_length=64)
    offer_code: str | None = Field(default=None, max_length=64)
    named: dict | None = json(default=None)  # percent of total: instead of what the item names
    ramp: list | None = json(default=None)  # [{"year": 1, "quantity": "10", "price": "12"}]
    starts_on: date | None = None  # a period of its own; both days belong to it
    ends_on: date | None = None
    proration: str | None = Field(default=None, max_length=16)  # the convention of the factor beside it
    proration_numerator: int | None = Field(default=None, sa_type=Minor)
    proration_denominator: int | None = Field(default=None, sa_type=Minor)
    proration_factor: Decimal | None = exact(default=None)  # months
    tax_category: str | None = Field(default=None, max_length=16)
    tax_rate: Decimal | None = exact(default=None)


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
