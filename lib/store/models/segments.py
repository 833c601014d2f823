"""Where each account stands on six independent axes, and how that changed."""

from datetime import date

from sqlalchemy import Index
from sqlmodel import Field

from lib.store.models.base import Table, json, refers, row_id
from lib.store.types import RowId


class AccountSegment(Table, table=True):
    """The value of one account on one axis (see segments.rules.Axis), with the numbers it was judged by.

    `since` is the day it took this value, `computed_on` the morning it was last confirmed.
    """

    __tablename__ = "account_segment"
    __table_args__ = (Index("ix_account_segment_value", "axis", "value"),)

    account_id: int = Field(foreign_key="account.id", primary_key=True, sa_type=RowId)
    axis: str = Field(primary_key=True, max_length=16)
    value: str = Field(max_length=32)
    reason: dict = json()
    since: date
    computed_on: date


class SegmentChange(Table, table=True):
    """A value that became another one on a morning; `reason` as of then."""

    __tablename__ = "segment_change"
    __table_args__ = (Index("ix_segment_change_account", "account_id", "changed_on"),)

    id: int | None = row_id()
    account_id: int = refers("account.id", index=False)
    axis: str = Field(max_length=16)
    old: str = Field(max_length=32)
    new: str = Field(max_length=32)
    reason: dict = json()
    changed_on: date
