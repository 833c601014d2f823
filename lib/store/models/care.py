"""What is said and promised: touches, notes and their amendments, promises, tasks."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from lib.store.models.base import Table, Versioned, instant, json, refers, row_id
from lib.store.types import RowId


class Touch(Table, table=True):
    """A contact with the customer that took place. The index answers "when did we last speak"."""

    __table_args__ = (Index("ix_touch_account_time", "account_id", "happened_at"),)

    id: int | None = row_id()
    external_id: str | None = Field(default=None, max_length=255, unique=True)
    account_id: int = refers("account.id", index=False)
    contact_id: int | None = refers("contact.id", nullable=True, index=False)
    person_id: int | None = refers("person.id", nullable=True, index=False)
    channel: str = Field(max_length=16)  # call wechat email meeting visit other
    happened_at: datetime = instant(index=True)
    summary: str
    two_way: bool = True
    created_at: datetime = instant()


class Note(Table, table=True):
    """A negotiation note. Never altered: a later thought is an amendment."""

    id: int | None = row_id()
    external_id: str | None = Field(default=None, max_length=255, unique=True)
    account_id: int = refers("account.id")
    renewal_id: int | None = refers("renewal.id", nullable=True, index=False)
    author_id: int = refers("person.id", index=False)
    written_at: datetime = instant(index=True)
    text: str
    shared: bool = False  # may the customer see it
    tag: str | None = Field(default=None, max_length=24)  # which buyer script it was; see negotiation.rules


class NoteAmendment(Table, table=True):
    __tablename__ = "note_amendment"

    id: int | None = row_id()
    note_id: int = refers("note.id")
    author_id: int = refers("person.id", index=False)
    written_at: datetime = instant()
    text: str


class Promise(Versioned, Table, table=True):
    """A commitment with an owner, a date and, once kept, its proof."""

    __table_args__ = (
        Index(
            "ix_promise_open", "account_id", "due_on",
            sqlite_where=text("status = 'open'"), postgresql_where=text("status = 'open'"),
        ),
    )  # fmt: skip

    id: int | None = row_id()
    account_id: int = refers("account.id")
    note_id: int | None = refers("note.id", nullable=True, index=False)
    owner_id: int = refers("person.id")
    what: str = Field(max_length=1000)
    due_on: date = Field(index=True)
    status: str = Field(default="open", max_length=16)  # open kept dropped
    proof: str | None = Field(default=None, max_length=1000)
    closed_at: datetime | None = instant(default=None)
    created_at: datetime = instant()
    code: str | None = Field(default=None, max_length=64)  # its entry in the catalogue of promises
    approved_by: int | None = None  # who allowed a promise in free words
    approved_at: datetime | None = instant(default=None)


class Task(Versioned, Table, table=True):
    """Work on somebody's list, from a rule or a person; `dedupe_key` keeps a rule from repeating itself.

    A snoozed or blocked task stays open. `run_id` and `step` name the playbook run it is a step of, `mode`
    whether a person or a template does it. `evidence` is what the desk saw that closed it; `before` holds
    the state before the last act, for one undo. No constraint on `run_id`: runs are never deleted.
    """

    id: int | None = row_id()
    account_id: int | None = refers("account.id", nullable=True)
    owner_id: int | None = refers("person.id", nullable=True)
    kind: str = Field(max_length=32)
    title: str | None = Field(default=None, max_length=1000)
    due_on: date = Field(index=True)
    status: str = Field(default="open", max_length=16)  # open done dropped
    dedupe_key: str = Field(max_length=255, unique=True)
    created_at: datetime = instant()
    closed_at: datetime | None = instant(default=None)
    title_zh: str | None = Field(default=None, max_length=1000)  # where a rule wrote it in both languages
    run_id: int | None = Field(default=None, index=True, sa_type=RowId)
    step: str | None = Field(default=None, max_length=64)
    origin: str | None = Field(default=None, max_length=16)  # hand play; empty for rules of a wing
    mode: str | None = Field(default=None, max_length=16)  # personal template
    snoozed_until: date | None = None
    blocked_reason: str | None = Field(default=None, max_length=1000)
    reason: str | None = Field(default=None, max_length=1000)  # of the last snooze, skip or handing over
    note: str | None = Field(default=None, max_length=2000)
    evidence: str | None = Field(default=None, max_length=255)  # code|day|detail, see playbooks.rules
    done_by: int | None = None
    before: dict | None = json(default=None)
