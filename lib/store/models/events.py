"""Events for VIP customers: what is held when, who was invited, who said yes and who came."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from lib.store.models.base import Table, Versioned, instant, refers, row_id


class VipEvent(Versioned, Table, table=True):
    """An event customers are invited to. `seats`: how many may say yes; null: as many as wish."""

    __tablename__ = "vip_event"

    id: int | None = row_id()
    kind: str = Field(max_length=24)  # see events.rules.KINDS
    name: str = Field(max_length=120)
    place: str | None = Field(default=None, max_length=120)
    held_on: date = Field(index=True)
    seats: int | None = None
    status: str = Field(default="planned", max_length=16)  # planned cancelled
    reason: str | None = Field(default=None, max_length=1000)
    created_by: int = refers("person.id", index=False)
    created_at: datetime = instant()


class EventGuest(Versioned, Table, table=True):
    """A contact of an account invited to an event; once each.

    status: invited, accepted, declined, attended, missed.
    """

    __tablename__ = "event_guest"
    __table_args__ = (UniqueConstraint("event_id", "contact_id"),)

    id: int | None = row_id()
    event_id: int = refers("vip_event.id")
    account_id: int = refers("account.id")
    contact_id: int = refers("contact.id")
    status: str = Field(default="invited", max_length=16)
    invited_on: date
    answered_on: date | None = None
    invited_by: int = refers("person.id", index=False)
