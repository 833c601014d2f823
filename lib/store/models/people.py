"""People of the desk: who they are to the identity provider, their roles, sign-ins and stand-ins."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from lib.store.models.base import Table, Versioned, instant, refers, row_id


class Person(Versioned, Table, table=True):
    """Someone who works with the desk, or the technical person behind the command line.

    `issuer` and `subject` are the identity provider's names for them; the e-mail address is a label.
    `zone` and `currency` are preferences: what clock times are shown in, what sums are asked for first.
    Sign-ins from before `valid_after` are refused. `verified_email` is what the provider vouched for at the
    last sign-in: the one address messages go to.
    """

    __table_args__ = (Index("uq_person_identity", "issuer", "subject", unique=True),)

    id: int | None = row_id()
    external_id: str = Field(max_length=255, unique=True)
    name: str = Field(max_length=255)
    name_zh: str | None = Field(default=None, max_length=255)
    email: str | None = Field(default=None, max_length=255)
    team: str | None = Field(default=None, max_length=255)
    manager_id: int | None = refers("person.id", nullable=True)
    language: str = Field(default="en", max_length=8)
    active: bool = True
    created_at: datetime = instant()
    issuer: str | None = Field(default=None, max_length=255)
    subject: str | None = Field(default=None, max_length=255)
    zone: str | None = Field(default=None, max_length=64)
    currency: str | None = Field(default=None, max_length=3)
    valid_after: datetime | None = instant(default=None)
    signed_in_at: datetime | None = instant(default=None)
    verified_email: str | None = Field(default=None, max_length=255)


class PersonRole(Table, table=True):
    """A role a person holds, and where it came from (hand, import, demo, local, mapped, system).

    A mapped role follows the provider's groups; the same role given by hand stands beside it and stays.
    """

    __tablename__ = "person_role"
    __table_args__ = (UniqueConstraint("person_id", "role", "origin"),)

    id: int | None = row_id()
    person_id: int = refers("person.id", index=False)
    role: str = Field(max_length=32)
    origin: str = Field(default="hand", max_length=16)


class SignIn(Table, table=True):
    """One sign-in: known by the digest of its ID token's claims, ended by sign-out, an admin or a limit."""

    __tablename__ = "sign_in"

    id: int | None = row_id()
    person_id: int = refers("person.id")
    digest: str = Field(max_length=64, unique=True)
    started_at: datetime = instant()  # when the provider issued the token
    seen_at: datetime = instant()  # the last click, to the minute
    ended_at: datetime | None = instant(default=None)
    ended_by: str | None = Field(default=None, max_length=16)  # person admin
    address: str | None = Field(default=None, max_length=64)


class Delegation(Versioned, Table, table=True):
    """While `from_id` is away, `to_id` sees and works their book; `ends_on` is exclusive."""

    __table_args__ = (
        CheckConstraint("ends_on > starts_on", name="ends_after_start"),
        CheckConstraint("from_id <> to_id", name="two_people"),
    )

    id: int | None = row_id()
    from_id: int = refers("person.id")
    to_id: int = refers("person.id")
    starts_on: date
    ends_on: date
    reason: str | None = Field(default=None, max_length=1000)
    created_by: int = refers("person.id", index=False)
    created_at: datetime = instant()
    ended_at: datetime | None = instant(default=None)  # taken back before its end


class RecentItem(Table, table=True):
    """What a person opened last, newest first; one row a person and record."""

    __tablename__ = "recent_item"
    __table_args__ = (UniqueConstraint("person_id", "page", "row_id"),)

    id: int | None = row_id()
    person_id: int = refers("person.id", index=False)
    page: str = Field(max_length=32)
    row_id: int
    opened_at: datetime = instant()
