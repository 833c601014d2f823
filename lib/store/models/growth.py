"""What the desk proposes to change about what an account buys, and what became of each proposal."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from lib.store.models.base import Table, Versioned, instant, json, minor, refers, row_id


class Suggestion(Versioned, Table, table=True):
    """One proposal for an account: its kind and target, the numbers behind it, and the decision.

    At most one open a kind. kind: see lib.growth.rules.Kind. target: what is proposed (a number of seats, a
    plan, a product, a feature). `change_minor`: by how much ARR would change, an estimate; empty where
    nothing can be said.
    status: open accepted dismissed lapsed. `ends_on` is the last day an open one is offered.
    """

    __table_args__ = (
        Index(
            "uq_suggestion_open", "account_id", "kind", unique=True,
            sqlite_where=text("status = 'open'"), postgresql_where=text("status = 'open'"),
        ),
        Index("ix_suggestion_status", "status", "kind"),
    )  # fmt: skip

    id: int | None = row_id()
    account_id: int = refers("account.id")
    kind: str = Field(max_length=24)
    target: str = Field(max_length=255)
    evidence: dict = json()
    status: str = Field(default="open", max_length=16)
    opened_on: date
    ends_on: date
    currency: str = Field(default="USD", max_length=3)
    change_minor: int | None = minor(default=None)
    decided_by: int | None = refers("person.id", nullable=True, index=False)
    decided_at: datetime | None = instant(default=None)
    reason: str | None = Field(default=None, max_length=1000)
    task_id: int | None = refers("task.id", nullable=True, index=False)
