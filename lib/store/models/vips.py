"""The VIP programme: what is known of a name, who was proposed and why, who is in and on which terms."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from lib.store.models.base import Table, Versioned, instant, json, refers, row_id


class VipProfile(Versioned, Table, table=True):
    """What only people can say of an account: is it a big name and why, who champions the product there, and
    what they say about us elsewhere. `advocacy` is a list of codes, see vips.rules.Advocacy."""

    __tablename__ = "vip_profile"

    id: int | None = row_id()
    account_id: int = refers("account.id", unique=True)
    big_name: bool = False
    big_name_reason: str | None = Field(default=None, max_length=1000)
    champion_id: int | None = refers("contact.id", nullable=True, index=False)
    advocacy: list = json(default_factory=list)
    advocacy_note: str | None = Field(default=None, max_length=1000)


class VipProposal(Versioned, Table, table=True):
    """An account that a rule proposes for the programme, with the numbers it judged by.

    status: open, accepted, refused, later (asked again on `again_on`), lapsed (the rule holds no more).
    `mark` is what has to change before the same rule proposes the account again.
    """

    __tablename__ = "vip_proposal"
    __table_args__ = (
        Index(
            "uq_vip_proposal_open", "account_id", "rule", unique=True,
            sqlite_where=text("status = 'open'"), postgresql_where=text("status = 'open'"),
        ),
    )  # fmt: skip

    id: int | None = row_id()
    account_id: int = refers("account.id")
    rule: str = Field(max_length=16)  # top_plan spend big_name funding hand
    mark: str = Field(max_length=255)
    evidence: dict = json()
    proposed_on: date
    status: str = Field(default="open", max_length=16, index=True)
    decided_by: int | None = refers("person.id", nullable=True, index=False)
    decided_at: datetime | None = instant(default=None)
    reason: str | None = Field(default=None, max_length=1000)
    again_on: date | None = None


class VipMembership(Versioned, Table, table=True):
    """A stretch of time in the programme; the one without an end holds. Ended ones are the history.

    mode: contract (a contractual SLA with `answers` to the five questions, a service level and a last day)
    or internal (white-glove care that nobody promised). `until` is the first day the SLA no longer holds.
    """

    __tablename__ = "vip_membership"
    __table_args__ = (
        Index(
            "uq_vip_membership_current", "account_id", unique=True,
            sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL"),
        ),
    )  # fmt: skip

    id: int | None = row_id()
    account_id: int = refers("account.id")
    proposal_id: int | None = refers("vip_proposal.id", nullable=True, index=False)
    rule: str = Field(max_length=16)
    mode: str = Field(max_length=16)  # contract internal
    level: str | None = Field(default=None, max_length=40)
    answers: dict | None = json(default=None)
    since: date
    until: date | None = None
    reason: str = Field(max_length=1000)
    override_reason: str | None = Field(default=None, max_length=1000)
    accepted_by: int = refers("person.id", index=False)
    accepted_at: datetime = instant()
    ended_at: datetime | None = instant(default=None)
    ended_by: int | None = refers("person.id", nullable=True, index=False)
    end_reason: str | None = Field(default=None, max_length=1000)
