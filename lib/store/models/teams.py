"""The team itself: skill levels, hours, certificates, goals, internal requests, meetings, handovers."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from lib.store.models.base import Table, Versioned, instant, json, refers, row_id


class StaffProfile(Versioned, Table, table=True):
    """What the team knows of one person: skill level, languages, and when they work in which zone.

    `hours`: weekday ("0" is Monday) to [first, last] minute of the day; empty where nothing was said.
    `languages`: codes with commas. The level's past stands in StaffLevel.
    """

    __tablename__ = "staff_profile"

    id: int | None = row_id()
    person_id: int = refers("person.id", index=False, unique=True)
    level: str | None = Field(default=None, max_length=16)  # junior intermediate senior
    review_on: date | None = None
    languages: str | None = Field(default=None, max_length=64)
    zone: str | None = Field(default=None, max_length=64)
    hours: dict | None = json(default=None)
    updated_at: datetime = instant()


class StaffLevel(Table, table=True):
    """One decision about somebody's skill level. Never altered."""

    __tablename__ = "staff_level"

    id: int | None = row_id()
    person_id: int = refers("person.id")
    level: str = Field(max_length=16)
    basis: str = Field(max_length=16)  # annual project other
    decided_on: date
    review_on: date | None = None
    reason: str = Field(max_length=1000)
    decided_by: int = refers("person.id", index=False)
    recorded_at: datetime = instant()


class StaffRecord(Versioned, Table, table=True):
    """A certificate somebody holds, time they spent learning (`minutes`), or a win they are named for, with
    the reason."""

    __tablename__ = "staff_record"

    id: int | None = row_id()
    person_id: int = refers("person.id")
    kind: str = Field(max_length=16)  # certificate course exchange win
    title: str = Field(max_length=255)
    on_day: date
    expires_on: date | None = None
    minutes: int | None = None
    reason: str | None = Field(default=None, max_length=1000)
    noted_by: int = refers("person.id", index=False)
    noted_at: datetime = instant()
    withdrawn_at: datetime | None = instant(default=None)


class StaffGoal(Versioned, Table, table=True):
    """What one member of the team is to reach, how it is measured, and by when."""

    __tablename__ = "staff_goal"

    id: int | None = row_id()
    person_id: int = refers("person.id")
    title: str = Field(max_length=255)
    measure: str | None = Field(default=None, max_length=255)
    due_on: date
    state: str = Field(default="open", max_length=16)  # open met missed dropped
    set_by: int = refers("person.id", index=False)
    set_at: datetime = instant()
    closed_at: datetime | None = instant(default=None)


class InternalRequest(Versioned, Table, table=True):
    """What somebody needs from a colleague of another field, from an account, a quote or a case or none."""

    __tablename__ = "internal_request"
    __table_args__ = (Index("ix_internal_request_open", "owner_id", "state", "due_on"),)

    id: int | None = row_id()
    department: str = Field(max_length=16)
    # request: something is needed; suggestion: something could be better, and is tracked to its answer
    kind: str = Field(default="request", max_length=16, sa_column_kwargs={"server_default": "request"})
    title: str = Field(max_length=255)
    detail: str | None = Field(default=None, max_length=2000)
    account_id: int | None = refers("account.id", nullable=True)
    quote_id: int | None = refers("quote.id", nullable=True, index=False)
    case_id: int | None = refers("service_case.id", nullable=True, index=False)
    raised_by: int = refers("person.id")
    owner_id: int = refers("person.id", index=False)
    due_on: date
    state: str = Field(default="open", max_length=16)  # open working answered closed
    answer: str | None = Field(default=None, max_length=2000)
    raised_at: datetime = instant()
    since: datetime = instant()  # when the present state began
    closed_at: datetime | None = instant(default=None)


class RequestStep(Table, table=True):
    """One step of an internal request. Never altered: from these its ageing is told."""

    __tablename__ = "request_step"

    id: int | None = row_id()
    request_id: int = refers("internal_request.id")
    state: str = Field(max_length=16)
    person_id: int = refers("person.id", index=False)
    happened_at: datetime = instant()
    comment: str | None = Field(default=None, max_length=2000)


class TeamMeeting(Table, table=True):
    """The record of a review across departments. Never altered."""

    __tablename__ = "team_meeting"

    id: int | None = row_id()
    held_on: date = Field(index=True)
    title: str = Field(max_length=255)
    departments: str | None = Field(default=None, max_length=255)
    attendees: str = Field(max_length=1000)
    decisions: str = Field(max_length=4000)
    award: str | None = Field(default=None, max_length=255)
    next_on: date | None = None
    written_by: int = refers("person.id")
    written_at: datetime = instant()


class BookHandover(Versioned, Table, table=True):
    """A book that changed hands: between whom, which accounts. Its brief is read anew when it is opened."""

    __tablename__ = "book_handover"
    __table_args__ = (CheckConstraint("from_id <> to_id", name="two_people"),)

    id: int | None = row_id()
    form_key: str = Field(max_length=64, unique=True)
    from_id: int = refers("person.id")
    to_id: int = refers("person.id")
    by_id: int = refers("person.id", index=False)
    handed_at: datetime = instant()
    accounts: list = json()
    undone_at: datetime | None = instant(default=None)
