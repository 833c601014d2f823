"""The health score of each account by day, and what its account manager thinks of it."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field

from lib.store.models.base import Table, Versioned, instant, json, refers, row_id
from lib.store.types import RowId


class HealthDay(Table, table=True):
    """The score of one account in the morning of `day`, from what was dated before it.

    `raw` is the weighted sum H before caps, `score` what is shown (both with one decimal; empty without
    enough data), `cap` the reason code of a cap. Each component is 0 to 100, empty without data. `coverage`
    is the share of the weights that has data. `weights` are the weights in force that morning by component,
    `facts` the numbers behind each component. Derived: a day computed again replaces its row.
    """

    __tablename__ = "health_day"
    __table_args__ = (Index("ix_health_day_day", "day"),)

    account_id: int = Field(foreign_key="account.id", primary_key=True, sa_type=RowId)
    day: date = Field(primary_key=True)
    score: float | None = None
    raw: float | None = None
    cap: str | None = Field(default=None, max_length=16)  # alert cancelled ended
    coverage: float = 0.0
    activity: float | None = None
    breadth: float | None = None
    sentiment: float | None = None
    commercial: float | None = None
    support: float | None = None
    relationship: float | None = None
    weights: dict = json()
    facts: dict = json()
    recorded_at: datetime = instant()


class AccountSentiment(Versioned, Table, table=True):
    """What the account manager thinks of an account: good, mixed or poor, with a note. The newest row that
    was not withdrawn holds; nothing of it goes into the score."""

    __tablename__ = "account_sentiment"

    id: int | None = row_id()
    account_id: int = refers("account.id")
    value: str = Field(max_length=8)  # good mixed poor
    note: str = Field(max_length=1000)
    set_on: date
    person_id: int = refers("person.id", index=False)
    set_at: datetime = instant()
    withdrawn_at: datetime | None = instant(default=None)
