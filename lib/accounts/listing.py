"""The SQL pieces of the account list: status rank, ARR, next renewal, search and filters.

Small sets (open alerts, overdue promises, silent renewals) are joined; the rest are seeks by account, so
that 10,000 accounts are ranked without reading their history.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql import Subquery

from lib.access import Viewer
from lib.accounts.rules import RANK, Signs, Spans, Standing, has_ended, long_overdue, low, notice_near
from lib.store.database import engine
from lib.store.models import (
    Account,
    AccountDay,
    AccountSegment,
    AccountTag,
    Assignment,
    ChurnAlert,
    Contact,
    HealthDay,
    Promise,
    Renewal,
    Touch,
)
from lib.store.scope import visible_accounts

ANY = "any"  # a status filter that lets former accounts pass too
SNOOZED = 1
LEVELS = {4: "critical", 3: "high", 2: "medium", SNOOZED: "medium"}  # the weights of open alerts


@dataclass(frozen=True)
class Filters:
    """What narrows the list. `status` is a Standing, or None for every account that has not left.

    `owner` is "mine" (owner or backup), "all", or a person's id as text; `renews_within` counts days and
    takes in open renewals that are overdue. `health` is the band of the score: critical, watch, healthy, or
    no_data for accounts without one. `segment` is "axis:value", such as "stage:at_risk".
    """

    search: str = ""
    status: str | None = None
    tier: str | None = None
    region: str | None = None
    owner: str = "all"
    renews_within: int | None = None
    health: str | None = None
    tag: str | None = None
    segment: str | None = None


@dataclass(frozen=True)
class Flags:
    """The joined sets and the expressions over them that tell an account's standing."""

    alerts: Subquery
    promises: Subquery
    no_contact: Subquery
    ended: Subquery
    health: Subquery
    silent: ColumnElement[bool]
    rank: ColumnElement[int]
    spans: Spans

    def joined(self, statement: Select) -> Select:
        for subquery in (self.alerts, self.promises, self.no_contact, self.ended, self.health):
            statement = statement.outerjoin(subquery, subquery.c.account_id == Account.id)
        return statement

    @property
    def columns(self) -> tuple[ColumnElement, ...]:
        """What `signs` reads of a row, with `rank`."""
        return (
            self.rank.label("rank"), self.alerts.c.weight, self.promises.c.overdue,
            self.promises.c.overdue_since, self.no_contact.c.notice_on, self.no_contact.c.near_on,
            self.ended.c.ended_on, self.health.c.raw.label("health"), self.score.label("score"),
        )  # fmt: skip

    @property
    def score(self) -> ColumnElement[float]:
        """The shown health score: capped while a critical alert is open, a contract is over or cancelled."""
        now = or_(self.alerts.c.weight == 4, self.ended.c.ended_on.is_not(None),
                  self.health.c.cap == "cancelled")  # fmt: skip
        held = self.health.c.raw
        return case((and_(now, held > self.health.c.ceiling), self.health.c.ceiling), else_=held)


def signs(
    row: Any, today: date, spans: Spans, *, former: bool, silent: bool, last_active_on: date | None
) -> Signs:
    """A row of `Flags.columns` as what the rules judge."""
    since = row.overdue_since
    return Signs(
        former=former, alert_level=LEVELS.get(row.weight), alert_snoozed=row.weight == SNOOZED,
        overdue=row.overdue or 0, overdue_since=since,
        long_overdue=since is not None and long_overdue(since, today, spans), notice_on=row.notice_on,
        near_on=row.near_on, ended_on=row.ended_on, silent=silent, last_active_on=last_active_on,
        health=row.score, health_word=_word(row.health, spans),
    )  # fmt: skip


def _word(score: float | None, spans: Spans) -> str | None:
    if score is None or not low(score, spans.healthy_from):
        return None
    return "critical" if low(score, spans.watch_from) else "watch"


def flags(viewer: Viewer, spans: Spans) -> Flags:
    """The pieces of `rules.standing` in SQL; a test holds the two together."""
    today = viewer.today
    alerts, promises, ended = _alerts(today), _promises(today), _ended(today)
    no_contact, health = _no_contact(viewer, spans), _health(today, spans)
    since = today - timedelta(days=spans.silent_days)
    active = exists().where(AccountDay.account_id == Account.id, AccountDay.day >= since)
    rank = case(
        (Account.status == "churned", RANK[Standing.FORMER]),
        (
            or_(
                alerts.c.weight == 4, long_overdue(promises.c.overdue_since, today, spans),
                no_contact.c.near_on.is_not(None), ended.c.ended_on.is_not(None),
                low(health.c.raw, spans.watch_from),
            ),
            RANK[Standing.CRITICAL],
        ),
        (
            or_(
                alerts.c.weight.is_not(None), promises.c.overdue.is_not(None),
                no_contact.c.account_id.is_not(None), low(health.c.raw, spans.healthy_from),
            ),
            RANK[Standing.WATCH],
        ),
        (active, RANK[Standing.HEALTHY]),
        else_=RANK[Standing.NO_DATA],
    )  # fmt: skip
    return Flags(alerts, promises, no_contact, ended, health, ~active, rank, spans)


def _alerts(today: date) -> Subquery:
    """account_id, weight: 4 critical, 3 high, 2 medium, 1 snoozed; the heaviest open alert."""
    awake = or_(
        ChurnAlert.status != "snoozed", ChurnAlert.snoozed_until.is_(None), ChurnAlert.snoozed_until <= today
    )
    weight = case(
        (~awake, SNOOZED), (ChurnAlert.level == "critical", 4), (ChurnAlert.level == "high", 3), else_=2
    )
    return (
        select(ChurnAlert.account_id, func.max(weight).label("weight"))
        .where(ChurnAlert.resolved_on.is_(None))
        .group_by(ChurnAlert.account_id)
        .subquery("open_alert")
    )


def _promises(today: date) -> Subquery:
    return (
        select(
            Promise.account_id, func.count().label("overdue"), func.min(Promise.due_on).label("overdue_since")
        )
        .where(Promise.status == "open", Promise.due_on < today)
        .group_by(Promise.account_id)
        .subquery("overdue_promise")
    )


def _no_contact(viewer: Viewer, spans: Spans) -> Subquery:
    """account_id, notice_on, near_on: open renewals near their notice date that nobody was spoken to about;
    near_on is the notice date that makes it critical."""
    spoken = exists().where(
        Touch.account_id == Renewal.account_id,
        Touch.two_way,
        Touch.happened_at >= viewer.now - timedelta(days=spans.contact_days),
    )
    near = viewer.today + timedelta(days=spans.notice_window_days)
    critical = case((notice_near(Renewal.notice_on, viewer.today, spans), Renewal.notice_on))
    return (
        select(
            Renewal.account_id, func.min(Renewal.notice_on).label("notice_on"),
            func.min(critical).label("near_on"),
        )
        .where(Renewal.closed_on.is_(None), Renewal.notice_on <= near)
        .where(~has_ended(Renewal.due_on, viewer.today), ~spoken)
        .group_by(Renewal.account_id)
        .subquery("no_contact")
    )  # fmt: skip


def _ended(today: date) -> Subquery:
    """account_id, ended_on: the first day after a contract that is over while its renewal is open."""
    return (
        select(Renewal.account_id, func.min(Renewal.due_on).label("ended_on"))
        .where(Renewal.closed_on.is_(None), has_ended(Renewal.due_on, today))
        .group_by(Renewal.account_id)
        .subquery("ended_contract")
    )


def _health(today: date, spans: Spans) -> Subquery:
    """account_id, raw (the score before caps), cap, ceiling: of the newest morning that was scored."""
    newest = select(func.max(HealthDay.day)).where(HealthDay.day <= today).scalar_subquery()
    return (
        select(HealthDay.account_id, HealthDay.raw, HealthDay.cap,
               literal(float(spans.health_cap)).label("ceiling"))
        .where(HealthDay.day == newest)
        .subquery("health")
    )  # fmt: skip


def renews_on() -> ColumnElement[date]:
    """The nearest due date of the account's open renewals, overdue ones included."""
    return (
        select(func.min(Renewal.due_on))
        .where(Renewal.account_id == Account.id, Renewal.closed_on.is_(None))
        .correlate(Account)
        .scalar_subquery()
    )


def matching(viewer: Viewer, filters: Filters, found: Flags) -> list[ColumnElement[bool]]:
    """The where-clauses of the filters, the viewer's scope first."""
    rank = found.rank
    clauses: list[ColumnElement[bool]] = [visible_accounts(viewer)]
    if filters.search.strip():
        clauses.append(found_by(filters.search.strip()))
    if filters.status == Standing.FORMER:
        clauses.append(Account.status == "churned")
    elif filters.status != ANY:
        clauses.append(Account.status != "churned")
        if filters.status:
            clauses.append(rank == RANK[Standing(filters.status)])
    for column, value in ((Account.tier, filters.tier), (Account.region, filters.region)):
        if value:
            clauses.append(column == value)
    if filters.health:
        clauses.append(_in_band(found, filters.health))
    if filters.tag:
        clauses.append(Account.id.in_(select(AccountTag.account_id).where(AccountTag.tag == filters.tag)))
    if filters.segment:
        axis, _, value = filters.segment.partition(":")
        held = select(AccountSegment.account_id).where(AccountSegment.axis == axis)
        clauses.append(Account.id.in_(held.where(AccountSegment.value == value)))
    if filters.owner != "all":
        clauses.append(_looked_after_by(viewer, filters.owner))
    if filters.renews_within is not None:
        last = viewer.today + timedelta(days=filters.renews_within)
        clauses.append(
            Account.id.in_(
                select(Renewal.account_id).where(Renewal.closed_on.is_(None), Renewal.due_on <= last)
            )
        )
    return clauses


def _in_band(found: Flags, band: str) -> ColumnElement[bool]:
    score, spans = found.score, found.spans
    return {
        "critical": low(score, spans.watch_from),
        "watch": and_(~low(score, spans.watch_from), low(score, spans.healthy_from)),
        "healthy": ~low(score, spans.healthy_from),
    }.get(band, score.is_(None))


def found_by(text: str) -> ColumnElement[bool]:
    """Anywhere in either name, the domain, the key, or a contact's name or address; % and _ are letters.

    SQLite's LIKE folds ASCII case by itself; folding both sides first made the search four times slower.
    """
    folds = engine().dialect.name == "sqlite"
    pattern = "%" + re.sub(r"([%_\\])", r"\\\1", text[:255]) + "%"

    def holds(column: InstrumentedAttribute) -> ColumnElement[bool]:
        return (column.like if folds else column.ilike)(pattern, escape="\\")

    mine = (Account.name, Account.name_zh, Account.domain, Account.external_id, Account.legal_name)
    contacts = select(Contact.account_id).where(or_(holds(Contact.name), holds(Contact.email)))
    return or_(*map(holds, mine), Account.id.in_(contacts))


def _looked_after_by(viewer: Viewer, owner: str) -> ColumnElement[bool]:
    person_id = viewer.person_id if owner == "mine" else int(owner) if owner.isdecimal() else -1
    duties = ("owner", "backup", "sales") if owner == "mine" else ("owner",)
    return exists().where(
        and_(
            Assignment.account_id == Account.id,
            Assignment.person_id == person_id,
            Assignment.until.is_(None),
            Assignment.duty.in_(duties),
        )
    )
