"""What a person put aside on their Today."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field

from lib.store.models.base import Table, Versioned, instant, json, refers, row_id


class CardSnooze(Versioned, Table, table=True):
    """An account's card that one person does not see until a day.

    `seen` is what the card showed: each record it spoke of with its status word; anything new or worse wakes
    it before. `ended_at` when it was woken by hand or replaced.
    """

    __tablename__ = "card_snooze"
    __table_args__ = (Index("ix_card_snooze_person_account", "person_id", "account_id"),)

    id: int | None = row_id()
    account_id: int = refers("account.id")
    person_id: int = refers("person.id", index=False)
    until: date
    reason: str = Field(max_length=500)
    seen: dict = json()
    created_at: datetime = instant()
    ended_at: datetime | None = instant(default=None)
