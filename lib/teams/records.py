"""Reads what the team asked of each other and wrote down: requests, ageing, meetings, handovers, peaks."""

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

import pandas as pd
from sqlalchemy import case, or_, select, true
from sqlalchemy.sql import func

from lib.access import Viewer
from lib.errors import NotFound
from lib.store.database import read_frame, read_one, reading
from lib.store.doors import query
from lib.store.models import (
    Account,
    BookHandover,
    Case,
    InternalRequest,
    Person,
    Quote,
    RequestStep,
    TeamMeeting,
)
from lib.store.naming import spoken_name
from lib.store.scope import of_visible_accounts, visible_ids
from lib.teams import loading, rules
from lib.teams.requests import seen

PEAK_DAYS = 182  # half a year of cases says when people are needed
REQUESTS = [
    "id", "version", "kind", "department", "title", "detail", "account_id", "account", "raised_by", "raiser",
    "owner_id", "owner", "due_on", "state", "answer", "raised_at", "since", "is_late", "quote_id", "case_id",
]  # fmt: skip


@query("teams.requests", permission="request.write")
def requests(viewer: Viewer, account: int | None = None) -> pd.DataFrame:
    """REQUESTS: what the viewer, those they lead or their accounts are part of; late ones first, then by due
    date, closed ones last. The account's name only where the viewer sees the account."""
    r = InternalRequest
    raiser, owner = Person.__table__.alias("raiser"), Person.__table__.alias("owner")
    shown = true() if viewer.may("account.all") else r.account_id.in_(visible_ids(viewer))
    is_late = (r.state.in_(["open", "working"])) & (r.due_on < viewer.today)
    statement = (
        select(r.id, r.version, r.kind, r.department, r.title, r.detail,
               case((shown, r.account_id)).label("account_id"),
               case((shown, spoken_name(viewer, Account))).label("account"), r.raised_by,
               spoken_name(viewer, raiser.c).label("raiser"), r.owner_id,
               spoken_name(viewer, owner.c).label("owner"), r.due_on, r.state, r.answer, r.raised_at, r.since,
               case((is_late, True), else_=False).label("is_late"), r.quote_id, r.case_id)
        .outerjoin(Account, Account.id == r.account_id)
        .join(raiser, raiser.c.id == r.raised_by)
        .join(owner, owner.c.id == r.owner_id)
        .where(seen(viewer))
        .order_by(case((r.state == "closed", 2), (is_late, 0), else_=1), r.due_on, r.id)
    )  # fmt: skip
    if account is not None:
        statement = statement.where(r.account_id == account)
    return read_frame(statement)


@query("teams.request_steps", permission="request.write", subject="internal_request")
def request_steps(viewer: Viewer, internal_request_id: int) -> pd.DataFrame:
    """state, by, happened_at, comment: the way of one request, oldest first. Raises NotFound."""
    with reading() as connection:
        there = select(InternalRequest.id).where(InternalRequest.id == internal_request_id, seen(viewer))
        if read_one(there, connection) is None:
            raise NotFound()
        return read_frame(
            select(RequestStep.state, spoken_name(viewer, Person).label("by"), RequestStep.happened_at,
                   RequestStep.comment)
            .join(Person, Person.id == RequestStep.person_id)
            .where(RequestStep.request_id == internal_request_id)
            .order_by(RequestStep.id), connection,
        )  # fmt: skip


@query("teams.ageing", permission="request.write")
def ageing(viewer: Viewer) -> pd.DataFrame:
    """state, now (how many are in it), median_days and longest_days over all that passed through it, slow
    (longer there by now than the policy allows): the requests the viewer sees, in the order of the states.
    """
    with reading() as connection:
        by = loading.limits(viewer, connection)
        found = (
            select(RequestStep.request_id, RequestStep.state, RequestStep.happened_at)
            .join(InternalRequest, InternalRequest.id == RequestStep.request_id)
            .where(seen(viewer))
            .order_by(RequestStep.id)
        )
        steps = [tuple(row) for row in connection.execute(found)]
        open_ones = connection.execute(
            select(InternalRequest.state, InternalRequest.since).where(
                seen(viewer), InternalRequest.state != "closed"
            )
        ).fetchall()
    spent = rules.ages(steps, viewer.now)
    slow = timedelta(days=by.slow_days)
    rows = [
        {"state": state, "now": sum(o.state == state for o in open_ones),
         "median_days": rules.middle(spent.get(state, [])),
         "longest_days": max(spent.get(state, []), default=None),
         "slow": sum(o.state == state and viewer.now - o.since > slow for o in open_ones)}
        for state in ("open", "working", "answered")
    ]  # fmt: skip
    return pd.DataFrame(rows)


@query("teams.possible_owners", permission="request.write")
def possible_owners(viewer: Viewer) -> dict[int, str]:
    """id -> name of the active colleagues an internal request may go to, by name."""
    name = spoken_name(viewer, Person)
    found = select(Person.id, name.label("name")).where(Person.active, loading.staff())
    with reading() as connection:
        return {row.id: row.name for row in connection.execute(found.order_by(name, Person.id))}


@query("teams.sources", permission="request.write", subject="account")
def sources(viewer: Viewer, account_id: int) -> dict[str, dict[int, str]]:
    """quote and case of one account, each id -> title, newest first: what a request can come from.

    Raises NotFound.
    """
    with reading() as connection:
        there = select(Account.id).where(Account.id == account_id, of_visible_accounts(viewer, Account.id))
        if read_one(there, connection) is None:
            raise NotFound()
        quotes = select(Quote.id, func.coalesce(Quote.number, Quote.title)).where(
            Quote.account_id == account_id
        )
        cases = select(Case.id, func.coalesce(Case.subject, Case.external_id)).where(
            Case.account_id == account_id
        )
        return {
            "quote": dict(connection.execute(quotes.order_by(Quote.id.desc()).limit(50)).all()),
            "case": dict(connection.execute(cases.order_by(Case.opened_at.desc()).limit(50)).all()),
        }


@query("teams.meetings", permission="team.read")
def meetings(viewer: Viewer) -> pd.DataFrame:
    """id, held_on, title, departments, attendees, decisions, award, next_on, by: records of review meetings
    written by the viewer, their lead or those they lead, all of them for who leads everybody; newest first.
    """
    t = TeamMeeting
    lead = select(Person.manager_id).where(Person.id == viewer.person_id).scalar_subquery()
    people = select(Person.id).where(loading.team(viewer))
    return read_frame(
        select(t.id, t.held_on, t.title, t.departments, t.attendees, t.decisions, t.award, t.next_on,
               spoken_name(viewer, Person).label("by"))
        .join(Person, Person.id == t.written_by)
        .where(or_(t.written_by.in_(people), t.written_by == lead))
        .order_by(t.held_on.desc(), t.id.desc())
    )  # fmt: skip


@query("teams.handovers", permission="team.read")
def handovers(viewer: Viewer) -> pd.DataFrame:
    """id, handed_at, giver, taker, by, accounts (number), is_undone: books that changed hands, as
    far as the viewer sees them (loading.handovers); newest first."""
    h = BookHandover
    giver, taker, by = (Person.__table__.alias(name) for name in ("giver", "taker", "mover"))
    frame = read_frame(
        select(h.id, h.handed_at, spoken_name(viewer, giver.c).label("giver"),
               spoken_name(viewer, taker.c).label("taker"), spoken_name(viewer, by.c).label("by"),
               h.accounts, h.undone_at)
        .join(giver, giver.c.id == h.from_id)
        .join(taker, taker.c.id == h.to_id)
        .join(by, by.c.id == h.by_id)
        .where(loading.handovers(viewer))
        .order_by(h.handed_at.desc(), h.id.desc())
    )  # fmt: skip
    frame["is_undone"] = frame.pop("undone_at").notna()
    frame["accounts"] = [len(ids) for ids in frame["accounts"]]
    return frame


@dataclass(frozen=True)
class Peaks:
    """When cases of the viewer's accounts came in since `since`: seven rows (Monday first) of 24 hours in
    the viewer's zone, and of those how many fell outside the team's hours."""

    grid: list[list[int]]
    total: int
    outside: int


@query("teams.peaks", permission="team.read")
def peaks(viewer: Viewer) -> Peaks:
    """By weekday and hour over the last PEAK_DAYS; see Peaks."""
    since = viewer.now - timedelta(days=PEAK_DAYS)
    with reading() as connection:
        by = loading.limits(viewer, connection)
        found = select(Case.opened_at).where(
            Case.opened_at >= since,
            Case.opened_at <= viewer.now,
            of_visible_accounts(viewer, Case.account_id),
        )
        moments = connection.execute(found).scalars().all()
    zone = ZoneInfo(viewer.clock_zone)
    local = [at.astimezone(zone) for at in moments]
    grid = rules.peaks((at.weekday(), at.hour) for at in local)
    inside = sum(at.weekday() < 5 and by.start <= at.hour < by.end for at in local)
    return Peaks(grid, len(local), len(local) - inside)
