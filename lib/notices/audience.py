"""Whether a person hears of something: asked as that person, through the scope, when the message leaves.

What is over by then (an alert that ended, a promise kept) is left out.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Row, and_, func, or_, select
from sqlalchemy.engine import Connection

from lib.access import Role, Viewer
from lib.notices.rules import Kind
from lib.quotes.approvals import level_of, may_decide
from lib.store.database import parts, reading
from lib.store.doors import query
from lib.store.models import (
    Account,
    Assignment,
    ChurnAlert,
    Notice,
    Person,
    Promise,
    Quote,
    QuoteVersion,
    Renewal,
    Task,
)
from lib.store.naming import spoken_name
from lib.store.scope import of_visible_accounts
from lib.store.stand_ins import stood_in_for


def in_scope(connection: Connection, viewer: Viewer, scope: str, account_id: ColumnElement) -> ColumnElement:
    """The accounts a person wants to hear of, always inside what they may see.

    mine: assigned to them or to somebody they stand in for; for whoever sees their own book alone, all of
    it. team: what they see as a lead, or the accounts of their team and their reports. all: all they see.
    """
    visible = of_visible_accounts(viewer, account_id)
    sees_all = viewer.may("account.all")
    if scope == "all" or (not sees_all and (scope == "team" or Role.TEAM_LEAD not in viewer.roles)):
        return visible
    held = select(Assignment.account_id).where(Assignment.until.is_(None))
    if scope == "mine":
        away = stood_in_for(connection, [viewer.person_id], viewer.today).get(viewer.person_id, set())
        return and_(visible, account_id.in_(held.where(Assignment.person_id.in_({viewer.person_id, *away}))))
    team = select(Person.team).where(Person.id == viewer.person_id).scalar_subquery()
    people = select(Person.id).where(
        or_(Person.manager_id == viewer.person_id, Person.id == viewer.person_id, Person.team == team)
    )
    return and_(visible, account_id.in_(held.where(Assignment.person_id.in_(people))))


@query("notices.accounts_in_scope", permission="today.read")
def accounts_in_scope(viewer: Viewer, account_ids: Sequence[int], scope: str) -> set[int]:
    """Which of these accounts are in a scope of the viewer."""
    found: set[int] = set()
    with reading() as connection:
        rows = in_scope(connection, viewer, scope, Account.id)
        for part in parts(account_ids):
            found |= set(connection.execute(select(Account.id).where(Account.id.in_(part), rows)).scalars())
    return found


@query("notices.heard", permission="today.read")
def heard(viewer: Viewer, notice_ids: Sequence[int], scope: str = "mine") -> list[Row]:
    """id, kind, account_id, row_id, account (its name in the viewer's language) of the notices the viewer
    hears of, by id."""
    n = Notice
    with reading() as connection:
        seen = or_(n.account_id.is_(None), of_visible_accounts(viewer, n.account_id))
        to_them = or_(n.person_id.is_(None), n.person_id == viewer.person_id)
        rows = connection.execute(
            select(n.id, n.kind, n.account_id, n.row_id, spoken_name(viewer, Account).label("account"))
            .outerjoin(Account, Account.id == n.account_id)
            .where(n.id.in_([int(i) for i in notice_ids]), seen, to_them)
            .order_by(n.id)
        ).fetchall()
        kept: list[Row] = []
        for kind in {row.kind for row in rows}:
            of_kind = [row for row in rows if row.kind == kind]
            open_ones = _open(connection, viewer, scope, kind, [row.row_id for row in of_kind])
            kept += [row for row in of_kind if open_ones is None or row.row_id in open_ones]
    return sorted(kept, key=lambda row: row.id)


def _open(
    connection: Connection, viewer: Viewer, scope: str, kind: str, ids: Sequence[int]
) -> set[int] | None:
    """The rows of a kind that still stand and concern the viewer; None where there is nothing to look at."""
    a, p, r, t = ChurnAlert, Promise, Renewal, Task
    if kind == Kind.ALERT and viewer.may("alert.read"):
        found = select(a.id).where(
            a.id.in_(ids), a.resolved_on.is_(None), a.level == "critical",
            a.status.in_(["new", "contacted"]), in_scope(connection, viewer, scope, a.account_id),
        )  # fmt: skip
    elif kind == Kind.NOTICE_DATE and viewer.may("renewal.read"):
        found = select(r.id).where(
            r.id.in_(ids), r.closed_on.is_(None), r.notice_on >= viewer.today,
            in_scope(connection, viewer, scope, r.account_id),
        )  # fmt: skip
    elif kind == Kind.PROMISE:
        found = select(p.id).where(p.id.in_(ids), p.status == "open", p.owner_id == viewer.person_id)
    elif kind == Kind.TASK:
        found = select(t.id).where(t.id.in_(ids), t.status == "open", t.owner_id == viewer.person_id)
    elif kind == Kind.APPROVAL:
        return _decidable(connection, viewer, ids)
    else:
        return None if kind in (Kind.HANDOVER, Kind.POLICY, Kind.WINDOW) else set()
    return set(connection.execute(found).scalars())


def _decidable(connection: Connection, viewer: Viewer, ids: Sequence[int]) -> set[int]:
    """Quotes that wait, within the viewer's level; nobody decides about what they had a hand in."""
    if not viewer.may("quote.approve"):
        return set()
    away = stood_in_for(connection, [viewer.person_id], viewer.today).get(viewer.person_id, ())
    rows = connection.execute(
        select(Quote.id, Quote.created_by, Quote.editors, QuoteVersion.edited_by)
        .join(QuoteVersion, QuoteVersion.quote_id == Quote.id)
        .where(Quote.id.in_(ids), Quote.status == "pending_approval")
        .where(QuoteVersion.status == "pending_approval")
        .where(func.coalesce(QuoteVersion.approver_level, 1) <= level_of(viewer.roles))
    )
    return {
        row.id for row in rows
        if may_decide(viewer.person_id, [row.created_by, row.edited_by, *(row.editors or ())], away)
    }  # fmt: skip
