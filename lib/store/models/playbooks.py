"""Playbooks as versions, their runs on accounts, milestones reached, trials, demos and surprise gifts."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from lib.store.models.base import Table, Versioned, instant, json, minor, refers, row_id


class PlaybookVersion(Table, table=True):
    """One published version of a playbook; never altered, a change is the next number. `body` as in
    data/playbooks."""

    __tablename__ = "playbook_version"
    __table_args__ = (UniqueConstraint("code", "number"),)

    id: int | None = row_id()
    code: str = Field(max_length=48)
    number: int = 1
    body: dict = json()
    author_id: int | None = refers("person.id", nullable=True, index=False)
    published_at: datetime = instant()
    reason: str | None = Field(default=None, max_length=1000)


class PlaybookRun(Versioned, Table, table=True):
    """A playbook at work on one account, by the version that held when it began.

    `dedupe_key` keeps a trigger from starting it twice; `anchors` are the dates its steps were last counted
    from. `subject_id` is the alert, renewal or quote that started it. `before` holds what a cancelling ended.
    """

    __tablename__ = "playbook_run"
    __table_args__ = (Index("ix_playbook_run_account", "account_id", "code", "started_on"),)

    id: int | None = row_id()
    account_id: int = refers("account.id", index=False)
    code: str = Field(max_length=48)
    number: int
    trigger: str = Field(max_length=24)
    subject_id: int | None = None
    started_on: date
    anchors: dict = json(default_factory=dict)
    dedupe_key: str = Field(max_length=255, unique=True)
    status: str = Field(default="running", max_length=16, index=True)  # running done cancelled
    reason: str | None = Field(default=None, max_length=1000)
    started_by: int | None = refers("person.id", nullable=True, index=False)
    started_at: datetime = instant()
    closed_at: datetime | None = instant(default=None)
    before: dict | None = json(default=None)


class AccountMilestone(Table, table=True):
    """A milestone of onboarding that the account's use reached, with the numbers that say so."""

    __tablename__ = "account_milestone"
    __table_args__ = (UniqueConstraint("account_id", "code"),)

    id: int | None = row_id()
    account_id: int = refers("account.id", index=False)
    code: str = Field(max_length=48)
    reached_on: date
    numbers: dict = json(default_factory=dict)
    recorded_at: datetime = instant()


class AccountTrial(Versioned, Table, table=True):
    """A trial with what the customer wants to see in it; `outcome` is open, met or missed."""

    __tablename__ = "account_trial"

    id: int | None = row_id()
    account_id: int = refers("account.id")
    starts_on: date
    ends_on: date
    criteria: str = Field(max_length=2000)
    outcome: str = Field(default="open", max_length=16)
    converted_on: date | None = None
    note: str | None = Field(default=None, max_length=2000)
    person_id: int = refers("person.id", index=False)
    created_at: datetime = instant()


class AccountDemo(Versioned, Table, table=True):
    """A one-to-one demo: offered, accepted, held with whom, or declined."""

    __tablename__ = "account_demo"

    id: int | None = row_id()
    account_id: int = refers("account.id")
    status: str = Field(default="offered", max_length=16)  # offered accepted held declined
    offered_on: date
    held_on: date | None = None
    attendees: str | None = Field(default=None, max_length=1000)
    person_id: int = refers("person.id", index=False)
    created_at: datetime = instant()


class AccountGift(Table, table=True):
    """A surprise for an account; part of its yearly budget. Never altered."""

    __tablename__ = "account_gift"

    id: int | None = row_id()
    account_id: int = refers("account.id")
    kind: str = Field(max_length=24)  # feature expert event other
    what: str = Field(max_length=500)
    given_on: date
    currency: str = Field(default="USD", max_length=3)
    cost_minor: int = minor(default=0)
    person_id: int = refers("person.id", index=False)
    created_at: datetime = instant()
