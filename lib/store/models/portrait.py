"""What is known of an account beside its contract: entitlements, integrations, departments, goals, roadmap
requests, its team, profile, tags, and the meetings held with it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from lib.store.models.base import Table, Versioned, instant, json, refers, row_id


class _Item(Versioned):
    """A row of a block of the account's page; `removed_at` once somebody took it out, so that it can be put
    back."""

    updated_at: datetime = instant()
    removed_at: datetime | None = instant(default=None)


class Entitlement(_Item, Table, table=True):
    """What the customer may use: so much of an item in a period. Without `included` it is not counted;
    without `consumed` nobody reports it. `expires_on` is the last day."""

    __table_args__ = (
        CheckConstraint("included IS NULL OR included >= 0", name="included_not_negative"),
        CheckConstraint("consumed IS NULL OR consumed >= 0", name="consumed_not_negative"),
    )

    id: int | None = row_id()
    external_id: str = Field(max_length=255, unique=True)
    account_id: int = refers("account.id")
    item: str = Field(max_length=255)
    unit: str | None = Field(default=None, max_length=64)
    included: int | None = None
    consumed: int | None = None
    starts_on: date | None = None
    expires_on: date | None = None
    source: str = Field(default="hand", max_length=64)
    created_at: datetime = instant()


class Integration(_Item, Table, table=True):
    """A third-party service on the account: how it signs in and who looks after its keys, never a key."""

    id: int | None = row_id()
    account_id: int = refers("account.id")
    name: str = Field(max_length=255)
    category: str = Field(max_length=16)  # payment logistics marketing analytics other
    auth: str = Field(max_length=16)  # oauth api_key other_way
    keeper: str | None = Field(default=None, max_length=255)
    rotates: bool = False  # is there a plan to change its keys
    live: bool = True


class Department(_Item, Table, table=True):
    """A part of the customer that uses the product."""

    id: int | None = row_id()
    account_id: int = refers("account.id")
    name: str = Field(max_length=255)
    led_by: str | None = Field(default=None, max_length=255)
    seats: int | None = None


class CustomerGoal(_Item, Table, table=True):
    """What the customer wants to reach, how it is measured, by when."""

    __tablename__ = "customer_goal"

    id: int | None = row_id()
    account_id: int = refers("account.id")
    what: str = Field(max_length=1000)
    measure: str | None = Field(default=None, max_length=255)
    target: str | None = Field(default=None, max_length=255)
    due_on: date | None = None
    state: str = Field(default="open", max_length=16)  # open reached missed dropped


class RoadmapRequest(_Item, Table, table=True):
    """Something the product shall learn for this customer, and what they were told."""

    __tablename__ = "roadmap_request"

    id: int | None = row_id()
    account_id: int = refers("account.id")
    what: str = Field(max_length=1000)
    due_on: date | None = None
    state: str = Field(default="asked", max_length=16)  # asked planned promised shipped declined


class TeamRole(_Item, Table, table=True):
    """Somebody of ours who works for the account beside owner and backup."""

    __tablename__ = "team_role"

    id: int | None = row_id()
    account_id: int = refers("account.id")
    person_id: int = refers("person.id")
    role: str = Field(max_length=16)  # engineer expert support administrator security trainer project


class Referral(_Item, Table, table=True):
    """Somebody the customer recommended us to, or was asked to, and what came of it; reward points."""

    id: int | None = row_id()
    account_id: int = refers("account.id")
    name: str = Field(max_length=255)
    referred_on: date
    state: str = Field(default="invited", max_length=16)  # invited talking won declined
    points: int | None = None


class AccountProfile(Versioned, Table, table=True):
    """One account's ways and surroundings; an account without a row has told none of them."""

    __tablename__ = "account_profile"
    __table_args__ = (UniqueConstraint("account_id"),)

    id: int | None = row_id()
    account_id: int = refers("account.id", index=False)
    preferred_channel: str | None = Field(default=None, max_length=16)
    size_band: str | None = Field(default=None, max_length=16)  # by hand; else told by the employees
    market_risk: str | None = Field(default=None, max_length=16)  # policy logistics currency demand
    competitor: str | None = Field(default=None, max_length=255)
    journey_pain: str | None = Field(default=None, max_length=1000)
    bespoke: str | None = Field(default=None, max_length=2000)  # terms only this customer has, one a line
    updated_at: datetime = instant()


class AccountTag(Table, table=True):
    """A word of our own on an account."""

    __tablename__ = "account_tag"
    __table_args__ = (UniqueConstraint("account_id", "tag"), Index("ix_account_tag_tag", "tag", "account_id"))

    id: int | None = row_id()
    account_id: int = refers("account.id", index=False)
    tag: str = Field(max_length=32)


class Meeting(Table, table=True):
    """A meeting that took place: its touch holds when, how and what was said. Never altered.

    `contacts` and `staff` are ids of who was there, `promises` those made in it, `task_id` the next step.
    """

    id: int | None = row_id()
    account_id: int = refers("account.id")
    touch_id: int = refers("touch.id")
    contacts: list = json()
    staff: list = json()
    promises: list = json()
    task_id: int | None = refers("task.id", nullable=True, index=False)
    next_on: date | None = None
    recorded_at: datetime = instant()


__all__ = [
    "AccountProfile", "AccountTag", "CustomerGoal", "Department", "Entitlement", "Integration", "Meeting",
    "Referral", "RoadmapRequest", "TeamRole",
]  # fmt: skip
