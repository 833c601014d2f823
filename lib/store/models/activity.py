"""Who used the product when, what the desk made of it, and the alerts that follow."""

from datetime import date, datetime

from sqlalchemy import Index, Integer, LargeBinary, UniqueConstraint, text
from sqlmodel import Field

from lib.store.models.base import Dated, Table, Versioned, instant, json, refers, row_id
from lib.store.types import RowId


class User(Versioned, Table, table=True):
    """A seat holder at the customer. kind: human or service; `automated_since` is set once and kept."""

    __tablename__ = "seat_user"

    id: int | None = row_id()
    external_id: str = Field(max_length=255, unique=True)
    account_id: int = refers("account.id")
    name: str | None = Field(default=None, max_length=255)
    role: str | None = Field(default=None, max_length=64)
    kind: str = Field(default="human", max_length=16)
    created_on: date | None = None
    automated_since: date | None = None


class UserDay(Table, table=True):
    """One user with at least one event on one local day of the customer."""

    __tablename__ = "user_day"
    __table_args__ = (Index("ix_user_day_account_day", "account_id", "day"),)

    user_id: int = Field(foreign_key="seat_user.id", primary_key=True, sa_type=RowId)
    day: date = Field(primary_key=True)
    account_id: int = refers("account.id", index=False)
    events: int = 1


class AccountDay(Table, table=True):
    """Activity of an account on one day: active human users and all events.

    `named` is false where the source knows no users; then `active_users` came from the file
    (or stands for at least one).
    """

    __tablename__ = "account_day"
    __table_args__ = (Index("ix_account_day_day", "day"),)

    account_id: int = Field(foreign_key="account.id", primary_key=True, sa_type=RowId)
    day: date = Field(primary_key=True)
    active_users: int = 0
    events: int = 0
    named: bool = True


class ActivitySheet(Table, table=True):
    """One day of many accounts out of account_day, packed for the daily run (activity.sheets).

    Triggers remove the sheet of each row that changes; nothing is lost when it goes.
    """

    __tablename__ = "activity_sheet"

    day: date = Field(primary_key=True)
    block: int = Field(primary_key=True, sa_type=Integer)
    cells: bytes = Field(sa_type=LargeBinary)


class FeatureDay(Table, table=True):
    """Use of one feature on one day, as the source counts it."""

    __tablename__ = "feature_day"
    __table_args__ = (Index("ix_feature_day_account", "account_id", "day"),)

    id: int | None = row_id()
    external_id: str = Field(max_length=255, unique=True)
    account_id: int = refers("account.id", index=False)
    subscription_id: int | None = refers("subscription.id", nullable=True)
    day: date
    feature: str = Field(max_length=255)
    uses: int = 0
    seconds: int | None = None
    errors: int | None = None
    is_beta: bool = False


class ActivityScore(Dated, Table, table=True):
    """The evaluation of one account on one day: the numbers behind alert, health and ranking."""

    __tablename__ = "activity_score"
    __table_args__ = (Index("ix_activity_score_day", "day"),)

    account_id: int = Field(foreign_key="account.id", primary_key=True, sa_type=RowId)
    day: date = Field(primary_key=True)  # the last day with data that was used
    observed_28: float | None = None
    expected_28: float | None = None
    ratio_28: float | None = None
    ratio_7: float | None = None
    expected_7: float | None = None
    mood_7: float | None = None
    sigma: float | None = None
    risk: float | None = None  # 0 to 100: how likely nobody comes back, and its parts in points
    risk_silence: float | None = None
    risk_level: float | None = None
    risk_fall: float | None = None  # none where there is no past to compare with
    breaches: bool = False  # rules 1 to 5 hold on this day
    calm_days: int = 0  # days in a row on which an open alert would resolve


class ChurnAlert(Dated, Table, table=True):
    """An alert of the activity rules. One open alert per account and kind; evidence is kept as it was.

    status: new, contacted, snoozed, resolved, dismissed, lost.
    """

    __tablename__ = "churn_alert"
    __table_args__ = (
        UniqueConstraint("account_id", "kind", "opened_on"),
        Index(
            "uq_churn_alert_open", "account_id", "kind", unique=True,
            sqlite_where=text("resolved_on IS NULL"), postgresql_where=text("resolved_on IS NULL"),
        ),
    )  # fmt: skip

    id: int | None = row_id()
    account_id: int = refers("account.id")
    kind: str = Field(default="activity", max_length=16)  # activity onboarding watch
    status: str = Field(
        default="new", max_length=16, index=True
    )  # new contacted snoozed resolved dismissed lost
    level: str = Field(max_length=16)  # critical high medium
    severity: float  # ranking number at opening
    opened_on: date = Field(index=True)
    resolved_on: date | None = None
    snoozed_until: date | None = None
    quiet_until: date | None = None  # no new alert of this kind before (cool-down or dismissed as expected)
    evidence: dict = json()  # numbers and users that justified opening
    current: dict | None = json(default=None)  # the same, of the last evaluated day
    cause: str | None = Field(default=None, max_length=64)
    verdict: str | None = Field(default=None, max_length=16)  # real false known
    closing_touch_id: int | None = refers("touch.id", nullable=True, index=False)
    closed_by: int | None = refers("person.id", nullable=True, index=False)
    closed_at: datetime | None = instant(default=None)


class AlertEvent(Table, table=True):
    """What happened to an alert, in order."""

    __tablename__ = "alert_event"

    id: int | None = row_id()
    alert_id: int = refers("churn_alert.id")
    happened_at: datetime = instant()
    person_id: int | None = refers("person.id", nullable=True, index=False)
    what: str = Field(max_length=24)
    details: dict | None = json(default=None)


class MarkedEvent(Table, table=True):
    """Something charts mark: a promo window, a holiday, an incident. Shown, never used to decide."""

    __tablename__ = "marked_event"
    __table_args__ = (UniqueConstraint("code", "starts_on"),)

    id: int | None = row_id()
    code: str = Field(max_length=64)  # double_11, black_friday, spring_festival, incident …
    kind: str = Field(max_length=16)
    starts_on: date
    ends_on: date
    label: str | None = Field(default=None, max_length=255)


class DayRun(Table, table=True):
    """One evaluated day: who runs it now, how far it got, when it was finished."""

    __tablename__ = "day_run"

    day: date = Field(primary_key=True)
    status: str = Field(max_length=16)  # running done failed
    step: str | None = Field(default=None, max_length=64)
    share: float = 0.0
    started_at: datetime = instant()
    heartbeat_at: datetime = instant()
    finished_at: datetime | None = instant(default=None)
    runner: str = Field(max_length=64)
    reference: str | None = Field(default=None, max_length=16)
