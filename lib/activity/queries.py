"""Reads alerts for the inbox, one alert with everything on its page, and the file for judging them."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from lib.access import Viewer
from lib.activity.rules import BELLS, OPEN, STATUS_WORD, AlertKind, AlertStatus, Level
from lib.errors import NotFound
from lib.store.database import read_frame, read_one, reading
from lib.store.doors import query
from lib.store.models import (
    Account,
    AccountDay,
    ActivityScore,
    AlertEvent,
    Assignment,
    ChurnAlert,
    Person,
    Renewal,
    Task,
)
from lib.store.scope import count_rows, visible_accounts
from lib.store.worth import arr

PAGE_MAX = 500
CLOSED_DAYS = 365
_LEVEL = case({str(Level.CRITICAL): 3, str(Level.HIGH): 2}, value=ChurnAlert.level, else_=1)
_RINGS = ChurnAlert.kind != AlertKind.WATCH
# An alias: the scope's own look at assignments must not fall together with this join.
_OWNING = aliased(Assignment)
_OWNS = and_(_OWNING.account_id == Account.id, _OWNING.duty == "owner", _OWNING.until.is_(None))


class View(StrEnum):
    """What the inbox shows."""

    OPEN = "open"
    SNOOZED = "snoozed"
    WATCH = "watch"
    CLOSED = "closed"


@dataclass(frozen=True)
class Counts:
    """Of the viewer's accounts. `at_stake_minor` is the ARR of accounts with an open alert, by currency."""

    critical: int
    watch: int
    new_this_week: int
    snoozed: int
    watch_list: int
    accounts: int
    at_stake_minor: dict[str, int]
    data_through: date | None


@dataclass(frozen=True)
class AlertView:
    """One alert. `evidence` justified opening it, `numbers` are those of the last evaluated day."""

    id: int
    version: int
    account_id: int
    account: str
    account_zh: str | None
    kind: str
    status: str
    level: str
    severity: float
    opened_on: date
    resolved_on: date | None
    snoozed_until: date | None
    evidence: dict[str, Any]
    current: dict[str, Any] | None
    cause: str | None
    verdict: str | None
    closer: str | None
    owner: str | None
    arr_minor: int | None
    currency: str
    notice_on: date | None

    @property
    def numbers(self) -> dict[str, Any]:
        return self.current or self.evidence

    @property
    def is_open(self) -> bool:
        return self.status in OPEN


def _in_view(view: str, today: date) -> ColumnElement[bool]:
    closed = and_(
        ChurnAlert.resolved_on.is_not(None), ChurnAlert.resolved_on >= today - timedelta(CLOSED_DAYS)
    )
    working = (AlertStatus.NEW, AlertStatus.CONTACTED)
    return {
        View.OPEN: and_(ChurnAlert.status.in_(working), _RINGS),
        View.SNOOZED: and_(ChurnAlert.status == AlertStatus.SNOOZED, _RINGS),
        View.WATCH: and_(ChurnAlert.status.in_(OPEN), ~_RINGS),
        View.CLOSED: and_(ChurnAlert.status.not_in(OPEN), closed),
    }[View(view)]


def _listed(viewer: Viewer, view: str, search: str, level: str) -> Select:
    worth = arr(viewer.today)
    alert = ChurnAlert
    statement = (
        select(
            alert.id, alert.account_id, Account.name.label("account"), Account.name_zh.label("account_zh"),
            alert.kind, alert.status, alert.level, alert.severity, alert.opened_on, alert.resolved_on,
            alert.snoozed_until, alert.cause, worth.label("arr_minor"), Account.currency,
            Person.name.label("owner"), Person.name_zh.label("owner_zh"), alert.current, alert.evidence,
        )
        .join(Account, Account.id == alert.account_id)
        .outerjoin(_OWNING, _OWNS)
        .outerjoin(Person, Person.id == _OWNING.person_id)
        .where(visible_accounts(viewer), _in_view(view, viewer.today))
    )  # fmt: skip
    if search.strip():
        like = func.lower(Account.name).contains(search.strip().lower(), autoescape=True)
        statement = statement.where(or_(like, Account.name_zh.contains(search.strip(), autoescape=True)))
    if level in set(STATUS_WORD.values()):
        statement = statement.where(alert.level.in_([k for k, word in STATUS_WORD.items() if word == level]))
    if view == View.CLOSED:
        return statement.order_by(alert.resolved_on.desc(), alert.id)
    if view == View.WATCH:
        return statement.order_by(_risk_of(alert.account_id).desc().nulls_last(), alert.id)
    return statement.order_by(
        _LEVEL.desc(), Account.currency, worth.desc().nulls_last(), alert.severity.desc(), alert.id
    )


def _risk_of(account_id: ColumnElement[int]) -> ScalarSelect[float]:
    """The account's newest risk level."""
    score = ActivityScore
    newest = select(score.risk).where(score.account_id == account_id, score.risk.is_not(None))
    return newest.order_by(score.day.desc()).limit(1).scalar_subquery()


@query("activity.alerts", permission="alert.read")
def open_alerts(
    viewer: Viewer, view: str = "open", search: str = "", level: str = "all", page: int = 1, size: int = 50
) -> tuple[pd.DataFrame, int]:
    """One page of the inbox and how many match, worst level first, then ARR at stake; the watch list by risk.

    id, account_id, account, account_zh, kind, status, level (critical high medium), severity, opened_on,
    resolved_on, snoozed_until, cause, arr_minor (of the account, in `currency`), currency, owner, owner_zh,
    numbers (the stored record of the last evaluated day: observed, expected, ratio, users …).
    `view` is a View; `level` critical, watch or all.
    """
    statement = _listed(viewer, view, search, level)
    size = min(max(size, 1), PAGE_MAX)
    with reading() as connection:
        total = connection.execute(count_rows(statement)).scalar_one()
        cut = statement.limit(size).offset((max(page, 1) - 1) * size)
        return _with_numbers(read_frame(cut, connection)), total


@query("activity.alert_rows", permission="export.run")
def alert_rows(viewer: Viewer, view: str = "open", search: str = "", level: str = "all") -> pd.DataFrame:
    """Every row that matches, for an export of the list: the columns of `open_alerts`."""
    return _with_numbers(read_frame(_listed(viewer, view, search, level)))


def _with_numbers(frame: pd.DataFrame) -> pd.DataFrame:
    """The newest record of each alert: that of the last evaluated day, else what opened it."""
    current, evidence = frame.pop("current"), frame.pop("evidence")
    newest = [now or then for now, then in zip(current, evidence, strict=True)]
    frame["numbers"] = pd.Series(newest, index=frame.index, dtype="object")
    return frame


@query("activity.counts", permission="alert.read")
def alert_counts(viewer: Viewer) -> Counts:
    """The figures above the inbox, and through which day there is activity."""
    week = viewer.today - timedelta(days=7)
    is_open = ChurnAlert.status.in_((AlertStatus.NEW, AlertStatus.CONTACTED))
    worth = arr(viewer.today)
    with reading() as connection:
        rows = connection.execute(
            select(ChurnAlert.level, ChurnAlert.status, ChurnAlert.kind, ChurnAlert.opened_on)
            .join(Account, Account.id == ChurnAlert.account_id)
            .where(visible_accounts(viewer), ChurnAlert.status.in_(OPEN))
        ).all()
        stakes = connection.execute(
            select(Account.currency, worth)
            .where(
                visible_accounts(viewer),
                Account.id.in_(select(ChurnAlert.account_id).where(is_open, _RINGS)),
            )
        ).all()  # fmt: skip
        accounts = connection.execute(
            select(func.count())
            .select_from(Account)
            .where(visible_accounts(viewer), Account.status == "active")
        ).scalar_one()
        newest = connection.execute(select(func.max(AccountDay.day))).scalar()
    ringing = [r for r in rows if r.kind != AlertKind.WATCH and r.status != AlertStatus.SNOOZED]
    at_stake: dict[str, int] = {}
    for currency, amount in stakes:
        at_stake[currency] = at_stake.get(currency, 0) + int(amount or 0)
    return Counts(
        critical=sum(STATUS_WORD[Level(r.level)] == "critical" for r in ringing),
        watch=sum(STATUS_WORD[Level(r.level)] == "watch" for r in ringing),
        new_this_week=sum(r.opened_on > week for r in ringing),
        snoozed=sum(r.status == AlertStatus.SNOOZED for r in rows if r.kind != AlertKind.WATCH),
        watch_list=sum(r.kind == AlertKind.WATCH for r in rows),
        accounts=accounts,
        at_stake_minor=at_stake,
        data_through=newest,
    )


@query("activity.alert", permission="alert.read", subject="alert")
def alert_of(viewer: Viewer, alert_id: int) -> AlertView:
    """One alert with what its page shows. Raises NotFound."""
    closer, keeper = Person.__table__.alias("closer"), Person.__table__.alias("keeper")
    notice = (
        select(func.min(Renewal.notice_on))
        .where(Renewal.account_id == Account.id, Renewal.closed_on.is_(None))
        .scalar_subquery()
    )
    alert = ChurnAlert
    row = read_one(
        select(
            alert.id, alert.version, alert.account_id, Account.name.label("account"),
            Account.name_zh.label("account_zh"), alert.kind, alert.status, alert.level, alert.severity,
            alert.opened_on, alert.resolved_on, alert.snoozed_until, alert.evidence, alert.current,
            alert.cause, alert.verdict, closer.c.name.label("closer"), keeper.c.name.label("owner"),
            arr(viewer.today).label("arr_minor"), Account.currency, notice.label("notice_on"),
        )
        .join(Account, Account.id == alert.account_id)
        .outerjoin(closer, closer.c.id == alert.closed_by)
        .outerjoin(_OWNING, _OWNS)
        .outerjoin(keeper, keeper.c.id == _OWNING.person_id)
        .where(alert.id == alert_id, visible_accounts(viewer))
    ) if isinstance(alert_id, int) else None  # fmt: skip
    if row is None:
        raise NotFound()
    return AlertView(**row._mapping)


@query("activity.alert_history", permission="alert.read", subject="account")
def alert_history(viewer: Viewer, account_id: int) -> pd.DataFrame:
    """Alerts of an account, newest first: id, kind, status, level, opened_on, resolved_on, cause, verdict."""
    alert = ChurnAlert
    return read_frame(
        select(alert.id, alert.kind, alert.status, alert.level, alert.opened_on, alert.resolved_on,
               alert.cause, alert.verdict)
        .join(Account, Account.id == alert.account_id)
        .where(alert.account_id == account_id, visible_accounts(viewer))
        .order_by(alert.opened_on.desc(), alert.id.desc())
    )  # fmt: skip


@query("activity.alert_events", permission="alert.read", subject="alert")
def alert_events(viewer: Viewer, alert_id: int) -> pd.DataFrame:
    """What happened to an alert, oldest first: happened_at, person (none: the desk), what, details."""
    return read_frame(
        select(AlertEvent.happened_at, Person.name.label("person"), AlertEvent.what, AlertEvent.details)
        .join(ChurnAlert, ChurnAlert.id == AlertEvent.alert_id)
        .join(Account, Account.id == ChurnAlert.account_id)
        .outerjoin(Person, Person.id == AlertEvent.person_id)
        .where(AlertEvent.alert_id == alert_id, visible_accounts(viewer))
        .order_by(AlertEvent.happened_at, AlertEvent.id)
    )


@query("activity.steps_done", permission="alert.read", subject="alert")
def steps_done(viewer: Viewer, alert_id: int) -> set[str]:
    """The codes of the play's steps that are ticked."""
    prefix = f"play:{alert_id}:"
    rows = read_frame(
        select(Task.dedupe_key)
        .join(Account, Account.id == Task.account_id)
        .where(visible_accounts(viewer), Task.dedupe_key.startswith(prefix), Task.status == "done")
    )
    return {key.removeprefix(prefix) for key in rows["dedupe_key"]}


@query("activity.alerts_export", permission="export.run")
def alerts_export(viewer: Viewer) -> pd.DataFrame:
    """Every alert of the two activity rules ever opened, resolved ones included, oldest first.

    account_id (the imported id), alerted_on, severity (ranking number at opening, higher is worse), kind
    (activity or onboarding), resolved_on (missing while open), who (imported user ids that fell, separated
    by ";", worst first).
    """
    alert = ChurnAlert
    rows = read_frame(
        select(Account.external_id.label("account"), alert.opened_on, alert.severity, alert.kind,
               alert.resolved_on, alert.evidence)
        .join(Account, Account.id == alert.account_id)
        .where(visible_accounts(viewer), alert.kind.in_(BELLS))
        .order_by(alert.opened_on, Account.external_id, alert.id)
    )  # fmt: skip
    who = [";".join(u["id"] for u in found.get("users", []) if u.get("down")) for found in rows["evidence"]]
    return pd.DataFrame(
        {
            "account_id": rows["account"],
            "alerted_on": rows["opened_on"],
            "severity": rows["severity"],
            "kind": rows["kind"],
            "resolved_on": rows["resolved_on"],
            "who": pd.Series(who, index=rows.index, dtype="object"),
        }
    )
