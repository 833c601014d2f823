"""The append-only record of changes and the outbox."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from lib.store.models.base import Table, instant, json, refers, row_id


class AuditEntry(Table, table=True):
    """Who changed what, when and by which command. Triggers on both stores refuse update and delete."""

    __tablename__ = "audit_entry"

    id: int | None = row_id()
    happened_at: datetime = instant(index=True)
    person_id: int | None = refers("person.id", nullable=True)
    acting_as: str | None = Field(default=None, max_length=255)
    command: str = Field(max_length=64)
    table_name: str = Field(max_length=64)
    row_id: int | None = Field(default=None, index=True)
    account_id: int | None = Field(default=None, index=True)
    old: dict | None = json(default=None)
    new: dict | None = json(default=None)
    reason: str | None = Field(default=None, max_length=4000)


class FormKey(Table, table=True):
    """The key a form got when it was drawn: the same key and content give the same result again."""

    __tablename__ = "form_key"
    __table_args__ = (UniqueConstraint("key"),)

    id: int | None = row_id()
    key: str = Field(max_length=64)
    command: str = Field(max_length=64)
    digest: str = Field(max_length=64)
    result: dict | None = json(default=None)
    used_at: datetime = instant()


class Outbox(Table, table=True):
    """A message that waits to leave; nothing is sent inside a transaction."""

    __tablename__ = "outbox"

    id: int | None = row_id()
    created_at: datetime = instant()
    kind: str = Field(max_length=32)
    payload: dict = json()
    sent_at: datetime | None = instant(default=None)
