"""Reads the proposals: the list of a book, those of one account, how they were taken, accounts alike."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pandas as pd
from sqlalchemy import case, func, select

from lib.access import Viewer
from lib.growth.advice import Advice, advise
from lib.growth.gathering import seat_plan_of
from lib.growth.recording import documents_on, limits_of, limits_on
from lib.growth.rules import Hits, Kind, SeatPlan, Status
from lib.money import minor_digits
from lib.segments.rules import monthly_sales
from lib.store import policy
from lib.store.database import read_frame, read_one, reading
from lib.store.doors import query
from lib.store.models import Account, Assignment, Person, Subscription, Suggestion
from lib.store.naming import spoken_name
from lib.store.scope import of_visible_accounts, visible_accounts
from lib.store.worth import arr, running

VIEWS = ("open", "held", "accepted", "dismissed", "lapsed")
COLUMNS = ("id", "version", "account_id", "account", "kind", "target", "evidence", "status", "opened_on",
           "ends_on", "currency", "change_minor", "reason", "decided_by", "decided_at")  # fmt: skip
ALIKE = 5


@dataclass(frozen=True)
class Graded:
    """How proposals were taken: `kinds` by kind, `all` together, the benchmarks of the policy (claimed
    figures of others, not ours), from how many decisions on a rate says something, and what the open ones
    would add to ARR by currency, in minor units."""

    kinds: dict[str, Hits]
    all: Hits
    benchmarks: dict[str, Decimal]
    least_decided: int
    gain: dict[str, int]


@query("growth.list", permission="account.read")
def suggestions(
    viewer: Viewer, view: str = "open", kind: str | None = None, scope: str = "mine", limit: int | None = None
) -> pd.DataFrame:
    """id, version, account_id, account, kind, target, evidence, status, opened_on, ends_on, currency,
    change_minor, reason, decided_by (name), decided_at; open ones that move money first, then those that end
    first; decided ones newest first.

    scope: mine (accounts the viewer owns, backs up or sells to) or all that are visible.
    """
    s = Suggestion
    unknown = case((s.change_minor.is_(None), 1), else_=0)
    order = (
        (unknown, s.ends_on, s.kind, s.id)
        if view in (Status.OPEN, Status.HELD)
        else (s.decided_at.desc(), s.id.desc())
    )
    wanted = _rows(viewer).where(s.status == (view if view in VIEWS else Status.OPEN)).order_by(*order)
    if kind:
        wanted = wanted.where(s.kind == kind)
    if scope == "mine":
        mine = select(Assignment.account_id).where(
            Assignment.person_id == viewer.person_id, Assignment.until.is_(None)
        )
        wanted = wanted.where(s.account_id.in_(mine))
    return _whole(read_frame(wanted.limit(limit) if limit else wanted))


@query("growth.of_account", permission="account.read", subject="account")
def of_account(viewer: Viewer, account_id: int) -> pd.DataFrame:
    """The columns of `suggestions`: open ones first, then the decided, newest first."""
    s = Suggestion
    first = case((s.status == Status.OPEN, 0), else_=1)
    wanted = _rows(viewer).where(s.account_id == account_id, s.status != Status.LAPSED)
    return _whole(read_frame(wanted.order_by(first, s.decided_at.desc(), s.id)))


def _whole(frame: pd.DataFrame) -> pd.DataFrame:
    """Missing values as None: a sum that is not known is no number of any kind."""
    return frame.astype(object).where(frame.notna(), None)


def _rows(viewer: Viewer):  # noqa: ANN202 - a select
    s = Suggestion
    return (
        select(
            s.id, s.version, s.account_id, spoken_name(viewer, Account).label("account"), s.kind, s.target,
            s.evidence, s.status, s.opened_on, s.ends_on, s.currency, s.change_minor, s.reason,
            spoken_name(viewer, Person).label("decided_by"), s.decided_at,
        )
        .join(Account, Account.id == s.account_id)
        .outerjoin(Person, Person.id == s.decided_by)
        .where(visible_accounts(viewer))
    )  # fmt: skip


@query("growth.hits", permission="account.read")
def graded(viewer: Viewer, since: date | None = None) -> Graded:
    """How the proposals to the visible accounts were taken, those opened from `since` on."""
    s = Suggestion
    wanted = select(s.kind, s.status, func.count()).where(of_visible_accounts(viewer, s.account_id))
    if since:
        wanted = wanted.where(s.opened_on >= since)
    with reading() as connection:
        found = {(row[0], row[1]): row[2] for row in connection.execute(wanted.group_by(s.kind, s.status))}
        added = select(s.currency, func.sum(s.change_minor)).where(
            s.status == Status.OPEN, s.change_minor.is_not(None), of_visible_accounts(viewer, s.account_id)
        )
        gain = {row[0]: int(row[1]) for row in
                connection.execute(added.group_by(s.currency).order_by(s.currency))}  # fmt: skip
        measure = policy.values("growth", viewer.today, connection)["measure"]
    states = (Status.ACCEPTED, Status.DISMISSED, Status.OPEN)
    kinds = {str(kind): Hits(*(found.get((kind, state), 0) for state in states)) for kind in Kind}
    whole = Hits(*(sum(getattr(one, name) for one in kinds.values()) for name in Hits.__annotations__))
    marks = {name: Decimal(measure[name]) for name in ("acceptance", "next_product", "match")}
    return Graded(kinds, whole, marks, int(measure["least_decided"]), gain)


@query("growth.seat_plan", permission="account.read", subject="account")
def seat_plan(viewer: Viewer, account_id: int) -> SeatPlan | None:
    """The seats a renewal quote of the account starts with; None where nobody is known to be active, or the
    account is not the viewer's."""
    with reading() as connection:
        there = select(Account.id).where(Account.id == account_id, visible_accounts(viewer))
        if read_one(there, connection) is None:
            return None
        return seat_plan_of(connection, account_id, viewer.today, limits_on(connection, viewer.today))


@query("growth.advice", permission="account.read", subject="account")
def advice(viewer: Viewer, account_id: int) -> Advice:
    """The stage of the customer with what it needs, and content for its category; nothing for an account
    that is not the viewer's."""
    a = Account
    wanted = select(a.industry, a.currency, a.monthly_sales_minor, a.annual_revenue_minor)
    with reading() as connection:
        one = read_one(wanted.where(a.id == account_id, visible_accounts(viewer)), connection)
        if one is None:
            return Advice()
        sales, _estimated = monthly_sales(one.monthly_sales_minor, one.annual_revenue_minor)
        held = documents_on(connection, viewer.today)
        return advise(one.industry, sales, one.currency, minor_digits(one.currency), limits_of(held),
                      held["growth"])  # fmt: skip


@query("growth.alike", permission="account.read", subject="account")
def alike(viewer: Viewer, account_id: int, limit: int = ALIKE) -> pd.DataFrame:
    """account_id, account, region, industry, plan, seats, currency, arr_minor, products (sorted) of the
    accounts most like one: same industry counts 3, region 2, plan 2, seats within a third either way 2;
    largest ARR first among equals. Only accounts with at least two marks in common; the account is left out.
    """
    a = Account
    columns = ["account_id", "account", "region", "industry", "plan", "seats", "currency", "arr_minor",
               "products"]  # fmt: skip
    with reading() as connection:
        one = read_one(
            select(a.region, a.industry, a.plan, a.seats).where(a.id == account_id, visible_accounts(viewer)),
            connection,
        )
        if one is None:
            return pd.DataFrame(columns=columns)
        marks = [(a.industry, one.industry, 3), (a.region, one.region, 2), (a.plan, one.plan, 2)]
        points = [case((column == value, weight), else_=0) for column, value, weight in marks if value]
        if one.seats:
            near = a.seats.between(one.seats * 2 // 3, one.seats * 4 // 3)
            points.append(case((near, 2), else_=0))
        if not points:
            return pd.DataFrame(columns=columns)
        score = sum(points[1:], points[0])
        found = read_frame(
            select(a.id.label("account_id"), spoken_name(viewer, a).label("account"), a.region, a.industry,
                   a.plan, a.seats, a.currency, arr(viewer.today).label("arr_minor"))
            .where(a.id != account_id, a.status == "active", score >= 4, visible_accounts(viewer))
            .order_by(score.desc(), arr(viewer.today).desc(), a.id)
            .limit(limit),
            connection,
        )  # fmt: skip
        held: dict[int, set[str]] = {}
        for row in connection.execute(
            select(Subscription.account_id, Subscription.product)
            .where(Subscription.account_id.in_([int(i) for i in found["account_id"]]), running(viewer.today))
            .where(Subscription.product.is_not(None))
        ):
            held.setdefault(row[0], set()).add(row[1])
    return found.assign(products=[sorted(held.get(int(i), ())) for i in found["account_id"]])
