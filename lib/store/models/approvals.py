"""Requests for approval: what was asked, its steps and votes, what was asked back; drafts of policies."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from lib.store.models.base import Table, Versioned, instant, json, refers, row_id


class QuoteApproval(Versioned, Table, table=True):
    """One request, bound to the content it was made for. At most one a quote is open."""

    __tablename__ = "quote_approval"
    __table_args__ = (
        Index("quote_approval_one_open", "quote_id", unique=True,
              sqlite_where=text("closed_at IS NULL"), postgresql_where=text("closed_at IS NULL")),
    )  # fmt: skip

    id: int | None = row_id()
    quote_id: int = refers("quote.id")
    quote_version_id: int = refers("quote_version.id")
    content_hash: str = Field(max_length=64)
    content: dict = json()  # what was asked about, as it was hashed
    tested: dict = json()  # measure:rule -> the value it was tested on
    findings: list = json()  # rule, kind, level, limit of what spoke
    state: str = Field(default="open", max_length=16)  # open asked approved rejected void
    asked_by: int = refers("person.id", index=False)
    asked_at: datetime = instant()
    closed_at: datetime | None = instant(default=None)


class QuoteApprovalStep(Table, table=True):
    """One step of a request's chain."""

    __tablename__ = "quote_approval_step"

    id: int | None = row_id()
    approval_id: int = refers("quote_approval.id")
    place: int
    level: int
    mode: str = Field(max_length=8)
    need: int
    hours: int
    escalate: int
    rules: list = json()
    state: str = Field(default="waiting", max_length=16)  # waiting open done void
    opened_at: datetime | None = instant(default=None)
    escalated_at: datetime | None = instant(default=None)
    closed_at: datetime | None = instant(default=None)


class QuoteVote(Table, table=True):
    """Who decided which step by which decision; one a person and step."""

    __tablename__ = "quote_vote"
    __table_args__ = (UniqueConstraint("step_id", "person_id"),)

    id: int | None = row_id()
    step_id: int = refers("quote_approval_step.id", index=False)
    decision_id: int = refers("quote_decision.id", index=False)
    person_id: int = refers("person.id", index=False)
    level: int  # the level they decided at


class QuoteRefusal(Table, table=True):
    """Why a quote was refused, as a code, and what would do instead."""

    __tablename__ = "quote_refusal"

    id: int | None = row_id()
    decision_id: int = refers("quote_decision.id")
    code: str = Field(max_length=32)
    alternative: str = Field(max_length=4000)


class QuoteQuestion(Table, table=True):
    """What an approver asked the author before deciding, and what was answered."""

    __tablename__ = "quote_question"

    id: int | None = row_id()
    approval_id: int = refers("quote_approval.id")
    answers: int | None = None  # the question this answers; empty for a question
    person_id: int = refers("person.id", index=False)
    text: str = Field(max_length=4000)
    said_at: datetime = instant()


class PolicyDraft(Versioned, Table, table=True):
    """A policy document somebody is working on and nobody is bound by yet."""

    __tablename__ = "policy_draft"

    id: int | None = row_id()
    name: str = Field(max_length=64, unique=True)
    based_on: int  # the number of the version it was begun from
    body: dict = json()
    person_id: int = refers("person.id", index=False)
    saved_at: datetime = instant()
