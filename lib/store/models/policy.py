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
    feedback: str | None = Field(default=None, max_length=1000)  # what customers or figures said before it


class PolicyReview(Table, table=True):
    """A signed review of the policy: who looked through it for a quarter, and what the figures said then."""

    __tablename__ = "policy_review"

    id: int | None = row_id()
    quarter: str = Field(max_length=6, unique=True)  # 2026Q4
    person_id: int = refers("person.id", index=False)
    signed_at: datetime = instant()
    next_on: date
    note: str = Field(max_length=4000)
    figures: dict = json()  # what lay on the table: key figures by currency, surveys, losses, decisions
    changes: list = json(default_factory=list)  # document and number of each version since the last review


class DeskState(Table, table=True):
    """Facts about the store itself: whether it holds demo data, which company it belongs to."""

    __tablename__ = "desk_state"

    name: str = Field(primary_key=True, max_length=64)
    value: dict = json()
    set_at: datetime = instant()
