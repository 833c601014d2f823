"""What every table shares: an own registry with stable constraint names, ids, versions, dated facts."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import MetaData
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from lib.store.types import ExactDecimal, Json, Minor, RowId, UtcTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Table(SQLModel, registry=registry(metadata=metadata)):
    """Base of all tables. Its own registry: reloading the file in a running app must not clash.

    Rows are never validated by pydantic, so what it would need for that is not built: half of the start.
    """

    model_config = {"defer_build": True}


def row_id() -> Any:
    return Field(default=None, primary_key=True, sa_type=RowId)


def refers(to: str, *, nullable: bool = False, index: bool = True, **extra: Any) -> Any:
    """A foreign key column, indexed unless an index that starts with it exists anyway."""
    default = {"default": None} if nullable else {}
    return Field(foreign_key=to, index=index, sa_type=RowId, **default, **extra)


def minor(**extra: Any) -> Any:
    """Money in whole minor units of the row's currency."""
    return Field(sa_type=Minor, **extra)


def exact(**extra: Any) -> Any:
    return Field(sa_type=ExactDecimal, **extra)


def instant(**extra: Any) -> Any:
    return Field(sa_type=UtcTime, **extra)


def json(**extra: Any) -> Any:
    return Field(sa_type=Json, **extra)


class Versioned(SQLModel):
    """Optimistic lock: a command compares the version the person saw with the stored one."""

    version: int = Field(default=1)


class Dated(Versioned):
    """A business fact. `recorded_at` says since when the desk believes it; the state before any change
    is kept in the table's `_history` twin with the moment it was superseded (see store.facts)."""

    recorded_at: datetime = instant(index=False)


__all__ = [
    "Dated",
    "Decimal",
    "Table",
    "Versioned",
    "exact",
    "instant",
    "json",
    "metadata",
    "minor",
    "refers",
    "row_id",
]
