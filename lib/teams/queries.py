"""Reads the team: one row a person with load, level, satisfaction and contributions, and one person whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from lib.access import Viewer
from lib.errors import NotFound
from lib.health import rules as health
from lib.store import policy
from lib.store.database import read_frame, read_one, reading
from lib.store.doors import query
from lib.store.models import (
    Account,
    Assignment,
    Note,
    Person,
    Promise,
    RequestStep,
    StaffGoal,
    StaffLevel,
    StaffProfile,
    StaffRecord,
    Survey,
    Touch,
)
from lib.store.naming import spoken_name
from lib.teams import calling, loading, rules, zones
from lib.teams.rules import Limits

RECENT = timedelta(days=90)  # what counts as a contribution lately
YEAR = timedelta(days=365)  # learning is counted over a year
COLUMNS = [
    "id", "name", "roles", "keeps", "team", "level", "review_on", "is_due", "owned", "backed_up", "points",
    "share", "state", "below", "csat", "answers", "goals_open", "goals_met", "goals_missed", "certificates",
    "learning_hours", "contributions", "zone", "hours_a_week",
]  # fmt: skip


@dataclass(frozen=True)
class Member:
    """One person whole. `levels`, `records`, `goals` newest first; `book`: account_id, account, tier, zone,
    weight, worth, overlap (hours a week, None where the zone is unknown), slot_start, slot_end (UTC)."""

    id: int
    name: str
    languages: str | None
    zone: str
    hours: dict[str, list[int]] | None
    row: dict[str, Any]
    levels: pd.DataFrame
    records: pd.DataFrame
    goals: pd.DataFrame
    book: pd.DataFrame
    beyond: tuple[int, ...]


@query("teams.listed", permission="team.read")
def listed(viewer: Viewer) -> pd.DataFrame:
    """COLUMNS: the people the viewer leads, or the viewer alone; the fullest book first.

    roles: codes in the order of access.Role; keeps: whether they could keep a book; below: VIP accounts of
    somebody under the least level; csat: mean of the answers of accounts they owned when these came, empty
    under the least number of answers; share: of the capacity of a book.
    """
    with reading() as connection:
        return _listed(connection, viewer, loading.limits(viewer, connection))


@query("teams.due_days", permission="team.read")
def due_days(viewer: Viewer) -> int:
    """Days from today to the due date proposed for an internal request."""
    with reading() as connection:
        return loading.limits(viewer, connection).due_days


@query("teams.figures", permission="team.read")
def figures(viewer: Viewer) -> dict[str, int]:
    """capacity of a book and the least hours in common, for the page's words."""
    with reading() as connection:
        by = loading.limits(viewer, connection)
    return {"capacity": int(by.capacity), "least_overlap": by.least_overlap, "start": by.start, "end": by.end}


@query("teams.carried", permission="team.keep")
def carried(viewer: Viewer) -> dict[int, rules.Load]:
    """person -> load, for the people the viewer leads; whoever carries nothing is left out."""
    with reading() as connection:
        by = loading.limits(viewer, connection)
        mine = select(Person.id).where(loading.team(viewer))
        ids = set(connection.execute(mine).scalars())
        return {i: load for i, load in loading.loads(connection, by).items() if i in ids}


@query("teams.carried_after", permission="book.hand_over", subject="person")
def carried_after(
    viewer: Viewer, person_id: int, to_id: int, account_ids: Sequence[int] = ()
) -> rules.Load | None:
    """What the receiver would carry with these accounts of a person; None for a receiver of another team.

    Raises NotFound for a person the viewer does not lead."""
    with reading() as connection:
        by = loading.limits(viewer, connection)
        mine = select(Person.id).where(loading.team(viewer))
        ids = set(connection.execute(mine).scalars())
        if person_id not in ids:
            raise NotFound()
        if to_id not in ids:
            return None
        return loading.after(connection, by, person_id, to_id, {int(i) for i in account_ids})


@query("teams.formula", permission="team.read")
def formula(viewer: Viewer) -> tuple[dict[str, float], str]:
    """The weights of a proposal's parts by name, and the least level for VIP accounts."""
    with reading() as connection:
        by = loading.limits(viewer, connection)
    return dict(by.parts), by.vip_least


@query("teams.health_limits", permission="team.read")
def health_limits(viewer: Viewer) -> health.Limits:
    """Where the bands of health begin, for the brief."""
    with reading() as connection:
        return health.limits_of(policy.values("health", viewer.today, connection))


def _listed(connection: Connection, viewer: Viewer, by: Limits, person_id: int | None = None) -> pd.DataFrame:
    found = (
        select(Person.id, spoken_name(viewer, Person).label("name"), Person.team, Person.zone.label("own"),
               StaffProfile.level, StaffProfile.review_on, StaffProfile.zone.label("works_in"),
               StaffProfile.hours)
        .outerjoin(StaffProfile, StaffProfile.person_id == Person.id)
        .where(Person.active, loading.staff(), loading.team(viewer))
    )  # fmt: skip
    if person_id is not None:
        found = found.where(Person.id == person_id)
    people = connection.execute(found.order_by(Person.id)).fetchall()
    ids = [p.id for p in people]
    carried, roles = loading.loads(connection, by), loading.roles(connection)
    vips = _vips(connection)
    answers = _satisfaction(connection, viewer, by)
    goals, records = _goals(connection), _records(connection, viewer)
    given = _contributions(connection, viewer)
    usual = zones.office(by.start, by.end)
    rows = []
    for p in people:
        load = carried.get(p.id, rules.NOBODY)
        mean, count = answers.get(p.id, (None, 0))
        week = zones.week_of(p.hours, usual)
        rows.append({
            "id": p.id, "name": p.name, "roles": tuple(roles.get(p.id, ())),
            "keeps": bool(loading.LOOK_AFTER & set(roles.get(p.id, ()))), "team": p.team,
            "level": p.level, "review_on": p.review_on,
            "is_due": p.review_on is not None and p.review_on <= viewer.today, "owned": load.owned,
            "backed_up": load.backed_up, "points": float(load.points), "share": float(load.share),
            "state": load.state, "below": vips.get(p.id, 0) if rules.is_below(p.level, by.vip_least) else 0,
            "csat": mean if count >= by.least_answers else None, "answers": count,
            "goals_open": goals.get((p.id, "open"), 0), "goals_met": goals.get((p.id, "met"), 0),
            "goals_missed": goals.get((p.id, "missed"), 0),
            "certificates": records.get(p.id, (0, 0))[0], "learning_hours": records.get(p.id, (0, 0))[1],
            "contributions": given.get(p.id, 0), "zone": p.works_in or p.own or viewer.zone,
            "hours_a_week": sum(last - first for _, first, last in week) / 60,
        })  # fmt: skip
    frame = pd.DataFrame(rows, columns=COLUMNS).astype({"csat": "object", "level": "object"})
    frame["csat"] = [None if v is None or v != v else float(v) for v in frame["csat"]]
    frame["csat"] = frame["csat"].astype("object")
    return frame.sort_values(["share", "name"], ascending=[False, True], ignore_index=True) if ids else frame


def _vips(connection: Connection) -> dict[int, int]:
    """person -> VIP accounts they own or back up."""
    held = (
        select(Assignment.person_id, func.count(Assignment.account_id.distinct()))
        .join(Account, Account.id == Assignment.account_id)
        .where(Assignment.until.is_(None), Assignment.duty.in_(["owner", "backup"]))
        .where(Account.is_vip, Account.status != "churned")
        .group_by(Assignment.person_id)
    )
    return dict(connection.execute(held).all())


def _satisfaction(connection: Connection, viewer: Viewer, by: Limits) -> dict[int, tuple[float, int]]:
    """person -> (mean of 1 to 5, answers): answers of accounts count for who owned them on that day."""
    since = viewer.now - timedelta(days=by.csat_days)
    told = connection.execute(
        select(Survey.account_id, Survey.score, Survey.answered_at).where(
            Survey.kind == "csat", Survey.answered_at >= since, Survey.answered_at <= viewer.now
        )
    ).fetchall()
    if not told:
        return {}
    wanted = select(Survey.account_id).where(Survey.kind == "csat", Survey.answered_at >= since)
    owners: dict[int, list[tuple[date, date | None, int]]] = {}
    held = select(Assignment.account_id, Assignment.since, Assignment.until, Assignment.person_id)
    for row in connection.execute(held.where(Assignment.duty == "owner", Assignment.account_id.in_(wanted))):
        owners.setdefault(row.account_id, []).append((row.since, row.until, row.person_id))
    zone, found = ZoneInfo(viewer.zone), {}
    for account_id, score, at in told:
        day = at.astimezone(zone).date()
        for since_day, until, person_id in owners.get(account_id, ()):
            if since_day <= day and (until is None or day < until):
                found.setdefault(person_id, []).append(float(score))
                break
    return {person_id: (sum(v) / len(v), len(v)) for person_id, v in found.items()}


def _goals(connection: Connection) -> dict[tuple[int, str], int]:
    counted = select(StaffGoal.person_id, StaffGoal.state, func.count()).group_by(
        StaffGoal.person_id, StaffGoal.state
    )
    return {(person_id, state): count for person_id, state, count in connection.execute(counted)}


def _records(connection: Connection, viewer: Viewer) -> dict[int, tuple[int, float]]:
    """person -> (certificates that hold today, hours of learning within a year)."""
    held = select(StaffRecord.person_id, StaffRecord.kind, StaffRecord.on_day, StaffRecord.expires_on,
                  StaffRecord.minutes).where(StaffRecord.withdrawn_at.is_(None))  # fmt: skip
    found: dict[int, tuple[int, float]] = {}
    for row in connection.execute(held):
        certificates, hours = found.get(row.person_id, (0, 0.0))
        valid = row.kind == "certificate" and (row.expires_on is None or row.expires_on > viewer.today)
        learnt = row.minutes or 0 if row.on_day > viewer.today - YEAR else 0
        found[row.person_id] = (certificates + valid, hours + learnt / 60)
    return found


def _contributions(connection: Connection, viewer: Viewer) -> dict[int, int]:
    """person -> touches, notes, promises kept and requests answered lately."""
    since = viewer.now - RECENT
    counted = (
        select(Touch.person_id, func.count()).where(Touch.happened_at >= since).group_by(Touch.person_id),
        select(Note.author_id, func.count()).where(Note.written_at >= since).group_by(Note.author_id),
        select(Promise.owner_id, func.count())
        .where(Promise.status == "kept", Promise.closed_at >= since)
        .group_by(Promise.owner_id),
        select(RequestStep.person_id, func.count())
        .where(RequestStep.state == "answered", RequestStep.happened_at >= since)
        .group_by(RequestStep.person_id),
    )
    found: dict[int, int] = {}
    for select_ in counted:
        for person_id, count in connection.execute(select_):
            if person_id is not None:
                found[person_id] = found.get(person_id, 0) + count
    return found


@query("teams.member", permission="team.keep", subject="person")
def member(viewer: Viewer, person_id: int) -> Member:
    """Somebody the viewer leads, whole. Raises NotFound."""
    return _member(viewer, person_id)


@query("teams.own", permission="team.read")
def own(viewer: Viewer) -> Member:
    """The viewer's own record, whole. Raises NotFound for somebody without a role of the desk."""
    return _member(viewer, viewer.person_id)


def _member(viewer: Viewer, person_id: int) -> Member:
    with reading() as connection:
        by = loading.limits(viewer, connection)
        rows = _listed(connection, viewer, by, person_id)
        if rows.empty:
            raise NotFound()
        profile = read_one(
            select(StaffProfile.languages, StaffProfile.hours).where(StaffProfile.person_id == person_id),
            connection,
        )
        row = rows.iloc[0].to_dict()
        hours = profile.hours if profile else None
        book = calling.book(connection, viewer, by, person_id, row["zone"], hours)
        return Member(
            id=person_id, name=row["name"], languages=profile.languages if profile else None,
            zone=row["zone"], hours=hours, row=row,
            levels=_history(connection, viewer, person_id),
            records=read_frame(
                select(StaffRecord.id, StaffRecord.kind, StaffRecord.title, StaffRecord.on_day,
                       StaffRecord.expires_on, StaffRecord.minutes, StaffRecord.reason)
                .where(StaffRecord.person_id == person_id, StaffRecord.withdrawn_at.is_(None))
                .order_by(StaffRecord.on_day.desc(), StaffRecord.id.desc()), connection),
            goals=read_frame(
                select(StaffGoal.id, StaffGoal.version, StaffGoal.title, StaffGoal.measure, StaffGoal.due_on,
                       StaffGoal.state)
                .where(StaffGoal.person_id == person_id)
                .order_by(StaffGoal.due_on, StaffGoal.id), connection),
            book=book,
            beyond=tuple(calling.beyond(book, row, by)),
        )  # fmt: skip


def _history(connection: Connection, viewer: Viewer, person_id: int) -> pd.DataFrame:
    """decided_on, level, basis, reason, review_on, by; newest first."""
    decider = Person.__table__.alias("decider")
    return read_frame(
        select(StaffLevel.decided_on, StaffLevel.level, StaffLevel.basis, StaffLevel.reason,
               StaffLevel.review_on, spoken_name(viewer, decider.c).label("by"))
        .join(decider, decider.c.id == StaffLevel.decided_by)
        .where(StaffLevel.person_id == person_id)
        .order_by(StaffLevel.id.desc()), connection,
    )  # fmt: skip
