"""What a customer does beside us: the other suppliers in play, and why a lost one left."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from lib.store.models.base import Table, Versioned, instant, refers, row_id
from lib.store.types import RowId


class RivalSuppliers(Versioned, Table, table=True):
    """How many other suppliers an account talks to, and their names; one row an account, kept up to date."""

    __tablename__ = "rival_suppliers"
    __table_args__ = (CheckConstraint("suppliers >= 0", name="suppliers_not_negative"),)

    id: int | None = row_id()
    account_id: int = Field(foreign_key="account.id", unique=True, sa_type=RowId)
    suppliers: int = 0
    names: str | None = Field(default=None, max_length=1000)
    noted_on: date
    person_id: int = refers("person.id", index=False)
    updated_at: datetime = instant()


class LossReason(Versioned, Table, table=True):
    """Why a customer left, asked after the loss: a code of the renewals' reasons and what they said."""

    __tablename__ = "loss_reason"
    __table_args__ = (UniqueConstraint("account_id", "lost_on"),)

    id: int | None = row_id()
    account_id: int = refers("account.id", index=False)
    lost_on: date
    reason: str = Field(max_length=24)
    comment: str | None = Field(default=None, max_length=1000)
    person_id: int = refers("person.id", index=False)
    recorded_at: datetime = instant()
    kept_by: str | None = Field(default=None, max_length=16)  # what would have kept them
    returns: str | None = Field(default=None, max_length=16)  # would they come back
    rating: str | None = Field(default=None, max_length=16)  # how satisfied they were, 1 to 5
    went_to: str | None = Field(default=None, max_length=255)
