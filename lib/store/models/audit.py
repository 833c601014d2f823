"""The append-only record of changes and the outbox."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from lib.store.models.base import Table, instant, json, refers, row_id


class AuditEntry(Table, table=True):
    """Who changed what, when, from where and by which command; triggers refuse update and delete.

    Entries form chains: one a stream, which is the account's id, or 0 for people, policy and the rest.
    `digest` covers the entry's values and `previous`, the digest before it (see store.chain).
    """

    __tablename__ = "audit_entry"
    __table_args__ = (Index("uq_audit_entry_position", "stream", "position", unique=True),)

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
    address: str | None = Field(default=None, max_length=64)
    stream: int | None = None
    position: int | None = None
    previous: str | None = Field(default=None, max_length=64)
    digest: str | None = Field(default=None, max_length=64)


class AuditHead(Table, table=True):
    """The newest entry of a stream, locked while the next one is written; `sealed` is how far seals reach."""

    __tablename__ = "audit_head"

    stream: int = row_id()
    position: int = 0
    digest: str = Field(max_length=64)
    sealed: int = 0


class AuditSeal(Table, table=True):
    """A day's heads, chained: whoever knows one seal can tell whether anything before it was rewritten."""

    __tablename__ = "audit_seal"

    number: int = row_id()
    sealed_on: date
    sealed_at: datetime = instant()
    heads: list = json()  # [stream, position, digest] of every stream that grew since the seal before
    previous: str = Field(max_length=64)
    digest: str = Field(max_length=64)


class PersonalValue(Table, table=True):
    """A contact's personal value as the audit mentions it: the entry keeps only the token.

    The token is the digest of salt and text, so a changed text shows; erasing empties both for good.
    """

    __tablename__ = "personal_value"

    token: str = Field(primary_key=True, max_length=64)
    contact_id: int = Field(index=True)
    salt: str | None = Field(default=None, max_length=32)
    text: str | None = Field(default=None, max_length=1000)
    erased_at: datetime | None = instant(default=None)


class ErasedContact(Table, table=True):
    """A contact who was erased at the person's request: digests of the key and the e-mail address, so that
    a later import does not bring the person back, and nothing that names them."""

    __tablename__ = "erased_contact"

    contact_id: int = row_id()
    key_digest: str = Field(max_length=64, index=True)
    email_digest: str | None = Field(default=None, max_length=64, index=True)
    erased_at: datetime = instant()


class CostRead(Table, table=True):
    """A person saw the cost or margin of a record on a day: on record once, whatever the number of clicks."""

    __tablename__ = "cost_read"
    __table_args__ = (UniqueConstraint("person_id", "table_name", "row_id", "day"),)

    id: int | None = row_id()
    person_id: int = refers("person.id", index=False)
    table_name: str = Field(max_length=64)
    row_id: int
    day: date


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
