"""The promo calendar: windows with their terms, who applied and who took a slot, promotions of rivals."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from lib.store.models.base import Table, Versioned, exact, instant, json, minor, refers, row_id


class PromoWindow(Versioned, Table, table=True):
    """A window of offers. It is open from `opens_at` up to, not including, `closes_at`; `zone` is the one its
    days are told in. Published ones keep their terms: a change is another window.

    markets (countries or regions), segments (values of any axis) and tiers: null holds for everybody.
    """

    __tablename__ = "promo_window"
    __table_args__ = (
        CheckConstraint("closes_at > opens_at", name="ends_after_start"),
        CheckConstraint("slots IS NULL OR slots > 0", name="slots_positive"),
    )

    id: int | None = row_id()
    code: str = Field(max_length=48, unique=True)
    kind: str = Field(max_length=24)  # double_eleven black_friday quarter_end anniversary season custom
    name_en: str = Field(max_length=120)
    name_zh: str = Field(max_length=120)
    zone: str = Field(max_length=64)
    apply_from: date  # accounts can apply from this day on, before the window opens
    opens_at: datetime = instant(index=True)
    closes_at: datetime = instant()
    markets: list | None = json(default=None)
    segments: list | None = json(default=None)
    tiers: list | None = json(default=None)
    rate: Decimal = exact(default=Decimal(0))  # share off
    items: list | None = json(default=None)  # codes of items; null: everything that recurs
    gift: str | None = Field(default=None, max_length=255)
    free_months: int = 0
    budget_minor: int | None = minor(default=None)  # discounts given in it together, most
    currency: str = Field(default="USD", max_length=3)
    slots: int | None = None
    status: str = Field(default="draft", max_length=16, index=True)  # draft published withdrawn
    created_by: int = refers("person.id", index=False)
    created_at: datetime = instant()
    published_by: int | None = refers("person.id", nullable=True, index=False)
    published_at: datetime | None = instant(default=None)
    withdrawn_at: datetime | None = instant(default=None)
    reason: str | None = Field(default=None, max_length=1000)  # why it was withdrawn


class PromoClaim(Versioned, Table, table=True):
    """An account in a window: queued since `applied_at`, or with a slot since it accepted a quote.

    One row per account and window.
    """

    __tablename__ = "promo_claim"
    __table_args__ = (
        UniqueConstraint("window_id", "account_id"),
        Index("ix_promo_claim_place", "window_id", "status", "applied_at"),
    )

    id: int | None = row_id()
    window_id: int = refers("promo_window.id", index=False)
    account_id: int = refers("account.id")
    status: str = Field(default="queued", max_length=16)  # queued taken withdrawn
    applied_at: datetime = instant()
    applied_by: int = refers("person.id", index=False)
    quote_id: int | None = refers("quote.id", nullable=True, index=False)
    taken_at: datetime | None = instant(default=None)
    given_minor: int = minor(default=0)  # discount the window gave it, in the window's currency


class RivalPromo(Versioned, Table, table=True):
    """A promotion of a competitor, noted by hand, with the answer that was prepared for it."""

    __tablename__ = "rival_promo"

    id: int | None = row_id()
    rival: str = Field(max_length=120)
    what: str = Field(max_length=1000)
    starts_on: date
    ends_on: date | None = None
    response: str | None = Field(default=None, max_length=1000)
    window_id: int | None = refers("promo_window.id", nullable=True, index=False)
    status: str = Field(default="watching", max_length=16)  # watching answered over
    source: str | None = Field(default=None, max_length=255)
    noted_by: int = refers("person.id", index=False)
    noted_at: datetime = instant()
