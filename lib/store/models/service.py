"""The service side as sources report it: cases and surveys."""

from datetime import datetime
from decimal import Decimal

from sqlmodel import Field

from lib.store.models.base import Table, exact, instant, refers, row_id


class Case(Table, table=True):
    """A support ticket."""

    __tablename__ = "service_case"

    id: int | None = row_id()
    external_id: str = Field(max_length=255, unique=True)
    account_id: int | None = refers("account.id", nullable=True)
    subject: str | None = Field(default=None, max_length=1000)
    category: str | None = Field(default=None, max_length=64)
    priority: str | None = Field(default=None, max_length=16)
    channel: str | None = Field(default=None, max_length=16)
    opened_at: datetime = instant(index=True)
    closed_at: datetime | None = instant(default=None)
    first_response_minutes: int | None = None
    resolution_hours: Decimal | None = exact(default=None)
    satisfaction: Decimal | None = exact(default=None)  # 1 to 5
    escalated: bool = False
    reopened: int = 0


class Survey(Table, table=True):
    """One answer: kind nps (0 to 10) or csat (1 to 5)."""

    id: int | None = row_id()
    external_id: str = Field(max_length=255, unique=True)
    account_id: int = refers("account.id")
    contact_id: int | None = refers("contact.id", nullable=True, index=False)
    kind: str = Field(max_length=8)
    score: Decimal = exact()
    comment: str | None = None
    answered_at: datetime = instant(index=True)
