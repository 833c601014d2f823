"""What somebody wants to hear of, what leaves the desk because of it, and what each person chose."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from lib.store.models.base import Table, Versioned, instant, json, refers, row_id
from lib.store.types import RowId


class Notice(Table, table=True):
    """Something happened that somebody may want to hear of: written by the act itself, in its transaction.

    `row_id` is the alert, promise, quote, renewal or task it is about; `person_id` the one it is addressed
    to, none when it is for whoever looks after the account. Who hears of it is decided when it is taken up.
    """

    __table_args__ = (Index("ix_notice_waiting", "taken_at", "created_at"),)

    id: int | None = row_id()
    kind: str = Field(max_length=32)
    account_id: int | None = refers("account.id", nullable=True, index=False)
    row_id: int | None = Field(default=None, sa_type=RowId)
    person_id: int | None = refers("person.id", nullable=True, index=False)
    created_at: datetime = instant()
    dedupe_key: str = Field(max_length=255, unique=True)
    taken_at: datetime | None = instant(default=None)


class Outbox(Table, table=True):
    """One message to one person on one channel; nothing is sent inside a transaction.

    `payload` holds ids alone: words and recipient are found when it leaves. State: waiting, sending, sent,
    failed, dropped. `claim` names the sender that has it; one that died is taken up again later.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("uq_outbox_message_key", "message_key", unique=True),
        Index("ix_outbox_state_due", "state", "due_at"),
    )

    id: int | None = row_id()
    created_at: datetime = instant()
    kind: str = Field(max_length=32)  # notices digest test
    payload: dict = json()
    sent_at: datetime | None = instant(default=None)
    person_id: int | None = refers("person.id", nullable=True)
    channel: str | None = Field(default=None, max_length=32)
    message_key: str | None = Field(default=None, max_length=64)  # what a receiver tells a doubled one by
    state: str = Field(default="waiting", max_length=16, sa_column_kwargs={"server_default": "waiting"})
    due_at: datetime | None = instant(default=None)
    attempts: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    claim: str | None = Field(default=None, max_length=32)
    claimed_at: datetime | None = instant(default=None)
    outcome: str | None = Field(default=None, max_length=32)
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})


class NoticePreference(Versioned, Table, table=True):
    """When and about which accounts a person wants to hear; hours are whole ones of the person's own zone."""

    __tablename__ = "notice_preference"

    id: int | None = row_id()
    person_id: int = refers("person.id", index=False, unique=True)
    scope: str = Field(max_length=8)  # mine team all
    digest_hour: int
    quiet_from: int | None = None
    quiet_until: int | None = None


class NoticeChoice(Table, table=True):
    """A person wants to hear of one kind of thing on one channel."""

    __tablename__ = "notice_choice"
    __table_args__ = (UniqueConstraint("person_id", "kind", "channel"),)

    id: int | None = row_id()
    person_id: int = refers("person.id", index=False)
    kind: str = Field(max_length=32)
    channel: str = Field(max_length=32)
