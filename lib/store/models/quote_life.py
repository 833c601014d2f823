"""What happened to an issued quote outside the desk, and the proof that the customer accepted it."""

from datetime import date, datetime

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlmodel import Field

from lib.store.models.base import Table, Versioned, instant, refers, row_id


class QuoteEvent(Table, table=True):
    """One step of an issued revision on its way to the customer. Never altered; told once, by its key."""

    __tablename__ = "quote_event"
    __table_args__ = (UniqueConstraint("dedupe_key"),)

    id: int | None = row_id()
    quote_id: int = refers("quote.id")
    revision: int
    kind: str = Field(max_length=16)  # see quotes.funnel.Step
    source: str = Field(max_length=16)  # desk, hand, file, webhook
    happened_at: datetime = instant()
    recorded_at: datetime = instant()
    person_id: int | None = refers("person.id", nullable=True, index=False)  # empty: a tool told the desk
    dedupe_key: str = Field(max_length=160)
    note: str | None = Field(default=None, max_length=1000)


class QuoteEvidence(Table, table=True):
    """What shows that the customer said yes to exactly this content: a signed file, an order number or an
    e-mail, with who signed and when. Never altered."""

    __tablename__ = "quote_evidence"

    id: int | None = row_id()
    quote_version_id: int = refers("quote_version.id")
    kind: str = Field(max_length=16)  # see quotes.evidence.Kind
    signer: str = Field(max_length=255)  # the customer's name for it
    signed_on: date
    reference: str | None = Field(default=None, max_length=255)
    file_name: str | None = Field(default=None, max_length=255)
    media_type: str | None = Field(default=None, max_length=32)
    content: bytes | None = Field(default=None, sa_type=LargeBinary)
    sha256: str | None = Field(default=None, max_length=64)
    content_hash: str = Field(max_length=64)  # of the revision that was accepted
    late_reason: str | None = Field(default=None, max_length=1000)  # accepted after its last day
    recorded_by: int = refers("person.id", index=False)
    recorded_at: datetime = instant()


class QuoteMail(Versioned, Table, table=True):
    """An e-mail with a quote's paper on its way: planned with its record, handed over outside of it."""

    __tablename__ = "quote_mail"

    id: int | None = row_id()
    quote_version_id: int = refers("quote_version.id")
    contact_id: int = refers("contact.id", index=False)
    state: str = Field(default="waiting", max_length=16)  # waiting sending sent failed
    outcome: str | None = Field(default=None, max_length=32)
    message_key: str = Field(max_length=64)
    person_id: int = refers("person.id", index=False)
    created_at: datetime = instant()
    claim: str | None = Field(default=None, max_length=16)  # of the sender that has it now
    claimed_at: datetime | None = instant(default=None)
    sent_at: datetime | None = instant(default=None)
