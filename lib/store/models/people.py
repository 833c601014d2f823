"""People of the desk and the roles they hold."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from lib.store.models.base import Table, Versioned, instant, refers, row_id


class Person(Versioned, Table, table=True):
    """Someone who works with the desk, or the technical person behind the command line."""

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


class PersonRole(Table, table=True):
    """A role a person holds, and where it came from (hand, import, demo)."""

    __tablename__ = "person_role"
    __table_args__ = (UniqueConstraint("person_id", "role"),)

    id: int | None = row_id()
    person_id: int = refers("person.id", index=False)
    role: str = Field(max_length=32)
    origin: str = Field(default="hand", max_length=16)
