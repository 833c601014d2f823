"""Reads the list of accounts, its counts and choices, and one account's head."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.engine import Connection

from lib.access import Viewer
from lib.accounts import listing
from lib.accounts.listing import Filters
from lib.accounts.rules import BY_RANK, Spans, Standing, reasons
from lib.store import policy
from lib.store.database import parts, read_frame, read_one, reading
from lib.store.doors import query
from lib.store.models import Account, AccountDay, AccountTag, Assignment, Person
from lib.store.scope import visible_accounts
from lib.store.worth import arr

SORTS = ("status", "name", "arr", "renews_on", "tier", "region", "health")
WEEKS = 12
_TAGS = select(AccountTag.account_id, AccountTag.tag).order_by(AccountTag.id)
PAGE_MAX = 500
COLUMNS = (
    "id", "name", "name_zh", "key", "tier", "region", "arr_minor", "currency", "renews_on", "owner",
    "owner_zh", "standing", "reason", "reason_count", "reason_on", "health",
)  # fmt: skip
_LAST_ACTIVE = select(AccountDay.account_id, func.max(AccountDay.day)).group_by(AccountDay.account_id)


def spans(viewer: Viewer, connection: Connection | None = None) -> Spans:
    """The day counts of the policy that holds today."""
    bands = policy.values("health", viewer.today, connection)["bands"]
    ends = {name: bands[name] for name in ("watch_from", "healthy_from")}
    standing = policy.values("standing", viewer.today, connection)
    return Spans(**standing, **ends, health_cap=bands["cap"])


@query("accounts.account_page", permission="account.read")
def account_page(
    viewer: Viewer,
    search: str = "",
    status: str | None = None,
    tier: str | None = None,
    region: str | None = None,
    owner: str = "all",
    renews_within: int | None = None,
    health: str | None = None,
    tag: str | None = None,
    segment: str | None = None,
    sort: str = "status",
    descending: bool = False,
    page: int = 1,
    size: int = 50,
) -> tuple[pd.DataFrame, int]:
    """One page of the list and how many accounts match.

    id, name, name_zh, key (its id in the source), tier, region, arr_minor, currency, renews_on, owner,
    owner_zh, standing (critical watch no_data healthy former), reason (a Reason), reason_count and reason_on
    (what the reason's sentence needs), health (0 to 100 after caps, missing without data), weekly (active
    users in each of the last 12 weeks, oldest first; empty without data).
    The order "status" is worst first, then ARR; amounts are only ever compared within one currency.
    """
    filters = Filters(search, status, tier, region, owner, renews_within, health, tag, segment)
    size = min(max(size, 1), PAGE_MAX)
    with reading() as connection:
        days = spans(viewer, connection)
        ranked = _ranked(viewer, filters, days, sort, descending)
        cut = ranked.limit(size).offset((max(page, 1) - 1) * size)
        rows = connection.execute(cut).fetchall()
        frame = _told(rows, viewer.today, days, connection)
        frame["weekly"] = pd.Series(_weekly(list(frame["id"]), viewer.today, connection), dtype="object")
        return frame, rows[0].matches if rows else _count(viewer, filters, connection)


@query("accounts.account_rows", permission="export.run")
def account_rows(
    viewer: Viewer, filters: Filters, sort: str = "status", descending: bool = False
) -> pd.DataFrame:
    """Every row that matches, for an export: the columns of `account_page` without `weekly`, and tags."""
    with reading() as connection:
        days = spans(viewer, connection)
        ranked = _ranked(viewer, filters, days, sort, descending)
        frame = _told(connection.execute(ranked).fetchall(), viewer.today, days, connection)
        held: dict[int, list[str]] = {}
        tagged = _in_chunks(_TAGS, AccountTag.account_id, [int(i) for i in frame["id"]], connection)
        for account_id, tag in tagged:
            held.setdefault(account_id, []).append(tag)
        frame["tags"] = [", ".join(held.get(int(i), ())) for i in frame["id"]]
        return frame


@query("accounts.status_counts", permission="account.read")
def status_counts(viewer: Viewer, filters: Filters) -> pd.DataFrame:
    """standing, currency, accounts, arr_minor: counts under the filters, whatever status is chosen.

    Former accounts are among them. ARR is summed per currency, never across.
    """
    with reading() as connection:
        found = listing.flags(viewer, spans(viewer, connection))
        columns = (found.rank.label("rank"), Account.currency, arr(viewer.today).label("arr"))
        wide = replace(filters, status=listing.ANY)
        rows = found.joined(select(*columns)).where(*listing.matching(viewer, wide, found)).subquery()
        group = (rows.c.rank, rows.c.currency)
        sums = (func.count().label("accounts"), func.sum(rows.c.arr).label("arr_minor"))
        frame = read_frame(select(*group, *sums).group_by(*group).order_by(*group), connection)
    frame.insert(0, "standing", [str(BY_RANK[r]) for r in frame.pop("rank")])
    return frame


@query("accounts.choices", permission="account.read")
def choices(viewer: Viewer) -> dict[str, list[str]]:
    """The tiers and regions that occur in the viewer's book, for the filters."""
    with reading() as connection:
        return {
            name: list(
                connection.execute(
                    select(column)
                    .where(visible_accounts(viewer), column.is_not(None))
                    .distinct()
                    .order_by(column)
                ).scalars()
            )
            for name, column in (("tier", Account.tier), ("region", Account.region))
        }


@query("accounts.data_through", permission="account.read")
def data_through(viewer: Viewer) -> date | None:
    """The last day with any activity in the store, at most today; None before the first import."""
    return last_data_day(viewer.today)


def last_data_day(today: date, connection: Connection | None = None) -> date | None:
    return read_one(select(func.max(AccountDay.day)).where(AccountDay.day <= today), connection)[0]


def _ranked(viewer: Viewer, filters: Filters, days: Spans, sort: str, descending: bool) -> Select:
    """id, rank and the flags behind it, in order; what only the shown rows need is looked up afterwards."""
    found = listing.flags(viewer, days)
    return (
        found.joined(select(Account.id, *found.columns, func.count().over().label("matches")))
        .where(*listing.matching(viewer, filters, found))
        .order_by(*_order(found, viewer.today, sort, descending), Account.id)
    )


def _order(found: listing.Flags, today: date, sort: str, descending: bool) -> list[ColumnElement]:
    """Missing values stand last in both directions; an unknown order is the standard one. Amounts are
    compared within a currency only."""
    worth = arr(today)
    keys = {
        "name": func.lower(Account.name), "arr": worth, "renews_on": listing.renews_on(),
        "tier": Account.tier, "region": Account.region, "health": found.score,
    }  # fmt: skip
    if sort not in keys:
        return [found.rank.desc() if descending else found.rank, Account.currency, worth.desc().nulls_last()]
    turned = keys[sort].desc().nulls_last() if descending else keys[sort].asc().nulls_last()
    return [Account.currency, turned] if sort == "arr" else [turned]


def _count(viewer: Viewer, filters: Filters, connection: Connection) -> int:
    """How many match, for a page past the end."""
    found = listing.flags(viewer, spans(viewer, connection))
    statement = found.joined(select(func.count(Account.id)))
    return connection.execute(statement.where(*listing.matching(viewer, filters, found))).scalar_one()


def _told(rows: Sequence[Any], today: date, days: Spans, connection: Connection) -> pd.DataFrame:
    """The ranked rows with their details, status word and main reason."""
    found = _in_chunks(_details(today), Account.id, [row.id for row in rows], connection)
    details = {row[0]: row for row in found}
    silent = [row.id for row in rows if BY_RANK[row.rank] == Standing.NO_DATA]
    last = dict(_in_chunks(_LAST_ACTIVE, AccountDay.account_id, silent, connection))
    told = [(*details[row.id], *_reason(row, today, days, last.get(row.id)), row.score) for row in rows]
    return pd.DataFrame(told, columns=COLUMNS).astype({"id": "Int64", "arr_minor": "Int64"})


def _details(today: date) -> Select:
    return (
        select(
            Account.id, Account.name, Account.name_zh, Account.external_id, Account.tier, Account.region,
            arr(today), Account.currency, listing.renews_on(), Person.name, Person.name_zh,
        )
        .outerjoin(
            Assignment,
            and_(
                Assignment.account_id == Account.id, Assignment.duty == "owner", Assignment.until.is_(None)
            ),
        )
        .outerjoin(Person, Person.id == Assignment.person_id)
    )  # fmt: skip


def _reason(
    row: Any, today: date, days: Spans, last_active_on: date | None
) -> tuple[str, str, float, date | None]:
    """standing, main reason, and the count and day its sentence needs."""
    standing = BY_RANK[row.rank]
    former, silent = standing == Standing.FORMER, standing == Standing.NO_DATA
    found = listing.signs(row, today, days, former=former, silent=silent, last_active_on=last_active_on)
    main, count, day = reasons(found)[0]
    return str(standing), str(main), count, day


def _in_chunks(
    statement: Select, column: ColumnElement[int], ids: Sequence[int], connection: Connection
) -> list[Any]:
    """Rows for these accounts; in pieces, because a statement takes a bounded number of values."""
    found: list[Any] = []
    for some in parts(ids, PAGE_MAX):
        found += [tuple(row) for row in connection.execute(statement.where(column.in_(some)))]
    return found


def _weekly(ids: Sequence[int], today: date, connection: Connection) -> list[list[int]]:
    """Active users summed per week for the rows of one page, weeks ending on the last day with data."""
    last = last_data_day(today, connection)
    if last is None or not ids:
        return [[] for _ in ids]
    first = last - timedelta(days=7 * WEEKS - 1)
    weeks = [
        func.sum(case((AccountDay.day.between(a, a + timedelta(days=6)), AccountDay.active_users), else_=0))
        for a in (first + timedelta(days=7 * n) for n in range(WEEKS))
    ]
    statement = (
        select(AccountDay.account_id, *weeks)
        .where(AccountDay.day.between(first, last))
        .group_by(AccountDay.account_id)
    )
    rows = _in_chunks(statement, AccountDay.account_id, [int(i) for i in ids], connection)
    sums = {row[0]: [int(week) for week in row[1:]] for row in rows}
    return [sums.get(int(i), []) for i in ids]
