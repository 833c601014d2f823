"""Reads the health of one account: today's card, its past, and what changed between two days."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import select
from sqlalchemy.engine import Connection

from lib.access import Viewer
from lib.health import rules, ways
from lib.health.fresh import freshness
from lib.health.gathering import caps
from lib.health.grading import AHEAD, Grade, grade
from lib.health.recording import graded_on
from lib.health.rules import PARTS, Band, Limits, Step
from lib.health.world import caps_only
from lib.store import policy
from lib.store.database import parts as pieces
from lib.store.database import read_frame, read_one, reading
from lib.store.doors import query
from lib.store.models import Account, AccountSentiment, HealthDay, Person
from lib.store.naming import spoken_name
from lib.store.outcomes import outcomes
from lib.store.scope import admit, visible_accounts

COMPARED_DAYS = 28  # the card says what moved since then


@dataclass(frozen=True)
class OpinionView:
    """What an account manager thinks of the account: value good, mixed or poor."""

    id: int
    version: int
    value: str
    note: str
    set_on: date
    person: str
    person_zh: str | None


@dataclass(frozen=True)
class Change:
    """How the shown score moved between two stored mornings: `steps` add up to `total` exactly."""

    first: date
    last: date
    total: float
    steps: list[Step]
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True)
class Card:
    """The newest score. `parts` and `points` by component: 0 to 100, and what it adds to 70 (only those with
    data), `fresh` the day of the newest row behind each; `raw` = 70 + all points; `score` after the cap of
    this moment. Without `day` nothing was computed.
    """

    day: date | None
    computed_at: datetime | None
    score: float | None
    raw: float | None
    cap: str | None
    band: Band
    coverage: float
    parts: dict[str, float | None]
    points: dict[str, float]
    weights: dict[str, float]
    facts: dict[str, Any]
    way: ways.Way | None
    change: Change | None
    opinion: OpinionView | None
    limits: Limits
    missing: list[str] = field(default_factory=list)
    fresh: dict[str, date | None] = field(default_factory=dict)


@query("health.card", permission="account.read", subject="account")
def card(viewer: Viewer, account_id: int) -> Card:
    """The newest health of an account and how it comes about. Raises NotFound."""
    with reading() as connection:
        admit(viewer, account_id, connection)
        limits = rules.limits_of(policy.values("health", viewer.today, connection))
        opinion = _opinion(account_id, connection)
        row = _stored(account_id, viewer.today, connection)
        if row is None:
            nothing = dict.fromkeys(map(str, PARTS))
            return Card(None, None, None, None, None, Band.NO_DATA, 0.0, nothing, {}, limits.weights, {},
                        None, None, opinion, limits, list(nothing))  # fmt: skip
        now = caps(caps_only(connection, viewer.today, viewer.zone, account_id), *_moment(viewer.today))
        row["cap"] = now.get(0)
        row["score"] = rules.capped(row["raw"], row["cap"], limits)
        earlier = _stored(account_id, row["day"] - timedelta(days=COMPARED_DAYS), connection)
        fresh = freshness(account_id, viewer.zone, connection)
    parts = {str(p): row[p] for p in PARTS}
    known = row["raw"] is not None
    points = rules.contributions(parts, row["weights"], row["raw"], limits.neutral) if known else {}
    return Card(
        day=row["day"], computed_at=row["recorded_at"], score=row["score"], raw=row["raw"], cap=row["cap"],
        band=rules.band(row["score"], limits), coverage=row["coverage"], parts=parts, points=points,
        weights=row["weights"], facts=row["facts"],
        way=ways.nearest(parts, row["weights"], row["facts"], row["raw"], limits) if known else None,
        change=_between(earlier, row, limits), opinion=opinion, limits=limits,
        missing=[name for name, value in parts.items() if value is None], fresh=fresh,
    )  # fmt: skip


@query("health.history", permission="account.read", subject="account")
def history(viewer: Viewer, account_id: int, days: int = 365) -> pd.DataFrame:
    """day, score, raw, cap, coverage of each stored morning, oldest first. Raises NotFound."""
    with reading() as connection:
        admit(viewer, account_id, connection)
        h = HealthDay
        return read_frame(
            select(h.day, h.score, h.raw, h.cap, h.coverage)
            .where(h.account_id == account_id, h.day > viewer.today - timedelta(days=days))
            .where(h.day <= viewer.today)
            .order_by(h.day),
            connection,
        )


@query("health.change", permission="account.read", subject="account")
def change(viewer: Viewer, account_id: int, first: date, last: date) -> Change | None:
    """What moved the score between the mornings `first` and `last`, each the newest stored one up to it.

    None when one of them has no score. Raises NotFound.
    """
    with reading() as connection:
        admit(viewer, account_id, connection)
        limits = rules.limits_of(policy.values("health", viewer.today, connection))
        before, after = (_stored(account_id, day, connection) for day in (first, last))
    return None if after is None else _between(before, after, limits)


@query("health.limits", permission="account.read")
def limits_today(viewer: Viewer) -> Limits:
    """The policy the score is computed by today: weights, bands, what each part costs."""
    return rules.limits_of(policy.values("health", viewer.today))


@query("health.grades", permission="kpi.read")
def grades(viewer: Viewer) -> list[Grade]:
    """How the scores 180, 90 and 60 days before past renewals and losses ranked those that were lost, over
    the accounts of the viewer. Only mornings that are stored count; none is computed here."""
    with reading() as connection:
        limits = rules.limits_of(policy.values("health", viewer.today, connection))
        rows = _graded(viewer, connection, AHEAD)
    return [grade(found, ahead, limits) for ahead, found in rows.items()]


@query("health.graded_rows", permission="kpi.read")
def graded_rows(viewer: Viewer, ahead: int = 90) -> pd.DataFrame:
    """The rows behind one horizon, the lowest score first: account_id, account, due_on (the day it was
    decided), day (of the score), score, band, lost, source (renewal, event, period), and each part."""
    with reading() as connection:
        limits = rules.limits_of(policy.values("health", viewer.today, connection))
        found = _graded(viewer, connection, [ahead])[ahead]
        named = read_frame(
            select(Account.id.label("account_id"), spoken_name(viewer, Account).label("account"))
            .where(visible_accounts(viewer)),
            connection,
        )  # fmt: skip
    found = found[found["score"].notna()].merge(named.astype({"account_id": "int64"}), on="account_id")
    bands = [str(rules.band(score, limits)) for score in found["score"]]
    return found.assign(band=bands).sort_values("score", kind="stable", ignore_index=True)


def _graded(viewer: Viewer, connection: Connection, wanted: Sequence[int]) -> dict[int, pd.DataFrame]:
    """By horizon: every past decision with the stored score of the weekly morning so many days before it."""
    h = HealthDay
    past = outcomes(connection, viewer, viewer.today).rename(columns={"day": "due_on"})
    asked = {n: past.assign(day=[graded_on(day, n) for day in past["due_on"]]) for n in wanted}
    days = sorted({day for rows in asked.values() for day in rows["day"]})
    accounts = set(past["account_id"])
    columns = (h.account_id, h.day, h.score, *(getattr(h, p) for p in PARTS))
    stored = [
        read_frame(
            select(*columns)
            .join(Account, Account.id == h.account_id)
            .where(visible_accounts(viewer), h.day.in_(part)),
            connection,
        )
        for part in pieces(days, 400)
    ]
    if not stored:
        nothing = pd.DataFrame(columns=["account_id", "due_on", "day", "lost", "source", "score", *PARTS])
        return dict.fromkeys(wanted, nothing)
    known = pd.concat(stored, ignore_index=True).astype({"account_id": "int64"})
    known = known[known["account_id"].isin(accounts)]
    return {n: rows.merge(known, on=["account_id", "day"]) for n, rows in asked.items()}


def _moment(today: date) -> tuple[int, int]:
    """This very moment, for `caps`: what happened today counts."""
    return today.toordinal(), today.toordinal() + 1


def _between(before: dict[str, Any] | None, after: dict[str, Any], limits: Limits) -> Change | None:
    if before is None or before["score"] is None or after["score"] is None:
        return None
    if before["day"] >= after["day"]:
        return None
    total, steps = rules.change(before, after, limits.neutral)
    return Change(before["day"], after["day"], total, steps, before, after)


def _stored(account_id: int, day: date, connection: Connection) -> dict[str, Any] | None:
    """The newest stored morning up to a day."""
    table = HealthDay.__table__
    wanted = select(*table.c).where(table.c.account_id == account_id, table.c.day <= day)
    row = connection.execute(wanted.order_by(table.c.day.desc()).limit(1)).mappings().first()
    return None if row is None else dict(row)


def _opinion(account_id: int, connection: Connection) -> OpinionView | None:
    s = AccountSentiment
    row = read_one(
        select(s.id, s.version, s.value, s.note, s.set_on, Person.name, Person.name_zh)
        .join(Person, Person.id == s.person_id)
        .where(s.account_id == account_id, s.withdrawn_at.is_(None))
        .order_by(s.id.desc())
        .limit(1),
        connection,
    )
    return None if row is None else OpinionView(*row)
