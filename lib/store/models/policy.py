"""Policy values as numbered versions; the newest whose `valid_from` has come holds."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from lib.store.models.base import Table, instant, json, refers, row_id


class PolicyVersion(Table, table=True):
    """One version of one policy document (shipped default, or changed by a person)."""

    __tablename__ = "policy_version"
    __table_args__ = (UniqueConstraint("name", "number"),)

    id: int | None = row_id()
    name: str = Field(max_length=64)
    number: int
    body: dict = json()
    valid_from: date
    recorded_at: datetime = instant()
    person_id: int | None = refers("person.id", nullable=True, index=False)
    reason: str | None = Field(default=None, max_length=1000)


class DeskState(Table, table=True):
    """Facts about the store itself: whether it holds demo data, which company it belongs to."""

    __tablename__ = "desk_state"

    name: str = Field(primary_key=True, max_length=64)
    value: dict = json()
    set_at: datetime = instant()
