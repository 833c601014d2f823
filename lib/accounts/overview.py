"""Reads one account at a glance: what stands above the fold of its page."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import Select, and_, case, func, select
from sqlalchemy.engine import Connection

from lib.access import DUTY_ROLES, Viewer
from lib.accounts import listing
from lib.accounts.fields import ACCOUNT
from lib.accounts.queries import last_data_day, spans
from lib.accounts.rules import ADDED, BY_RANK, UNDOABLE, Reason, Standing, reasons
from lib.errors import NotFound
from lib.store.database import read_frame, read_one, reading
from lib.store.doors import query
from lib.store.models import (
    Account,
    AccountDay,
    Assignment,
    AuditEntry,
    Contract,
    ManualValue,
    Person,
    PersonRole,
    Promise,
    Renewal,
    Subscription,
    UserDay,
)
from lib.store.scope import visible_accounts
from lib.store.worth import running


@dataclass(frozen=True)
class Duty:
    """Somebody who looks after the account."""

    duty: str
    person_id: int
    name: str
    name_zh: str | None
    since: date


@dataclass(frozen=True)
class Head:
    """One account at a glance.

    values: the account's fields and status; arr: (currency, minor units) of current paid subscriptions,
    the account's own currency first, else its stated ARR; reasons: (Reason, count, day), the main one first;
    held: field -> what the last import holds, for values corrected by hand; undo_id: the last change, when
    it can be taken back; contact_days: after so many days without a talk a renewal counts as silent.
    """

    id: int
    version: int
    key: str
    source: str
    created_at: datetime
    updated_at: datetime
    values: dict[str, Any]
    standing: Standing
    reasons: list[tuple[Reason, int, date | None]]
    people: list[Duty]
    parent: tuple[int, str] | None
    children: int
    arr: list[tuple[str, int]]
    stated: bool
    renewal: dict[str, Any] | None
    leaves_on: date | None
    promises_open: int
    promises_overdue: int
    promises_kept: int
    people_seen: int
    data_through: date | None
    contact_days: int
    held: dict[str, str | None]
    undo_id: int | None

    def duty(self, name: str) -> Duty | None:
        return next((d for d in self.people if d.duty == name), None)


@query("accounts.account_head", permission="account.read", subject="account")
def account_head(viewer: Viewer, account_id: int) -> Head:
    """Everything above the fold of an account's page. Raises NotFound."""
    with reading() as connection:
        row = read_one(_account(account_id, viewer), connection)
        if row is None:
            raise NotFound()
        standing, why = _standing(viewer, account_id, connection)
        arr, stated = _arr(viewer, row, connection)
        promises = _promises(viewer, account_id, connection)
        return Head(
            id=row.id, version=row.version, key=row.external_id, source=row.source,
            created_at=row.created_at, updated_at=row.updated_at,
            values={name: getattr(row, name) for name in ("status", *(f.name for f in ACCOUNT))},
            standing=standing, reasons=why, people=_people(account_id, connection),
            parent=_parent(viewer, row.parent_id, connection), children=_children(viewer, row.id, connection),
            arr=arr, stated=stated, renewal=_renewal(account_id, connection),
            leaves_on=_leaves_on(viewer, account_id, connection),
            promises_open=promises[0], promises_overdue=promises[1], promises_kept=promises[2],
            people_seen=_people_seen(viewer, account_id, connection),
            data_through=last_data_day(viewer.today, connection), held=_held(account_id, connection),
            contact_days=spans(viewer, connection).contact_days,
            undo_id=_undo_id(account_id, connection),
        )  # fmt: skip


@query("accounts.possible_owners", permission="account.write")
def possible_owners(viewer: Viewer) -> pd.DataFrame:
    """id, name, name_zh: who an account can be handed to, by name; colleagues are no secret of a book."""
    fitting = select(PersonRole.person_id).where(PersonRole.role.in_(sorted(map(str, DUTY_ROLES["owner"]))))
    return read_frame(
        select(Person.id, Person.name, Person.name_zh)
        .where(Person.active, Person.id.in_(fitting))
        .order_by(case((Person.id == viewer.person_id, 0), else_=1), Person.name, Person.id)
    )


def _account(account_id: int, viewer: Viewer) -> Select:
    return select(*Account.__table__.columns).where(Account.id == account_id, visible_accounts(viewer))


def _standing(
    viewer: Viewer, account_id: int, connection: Connection
) -> tuple[Standing, list[tuple[Reason, int, date | None]]]:
    """The status word by the same pieces as the list's, and everything that speaks for it."""
    days = spans(viewer, connection)
    found = listing.flags(viewer, days)
    last_active = (
        select(func.max(AccountDay.day)).where(AccountDay.account_id == account_id).scalar_subquery()
    )
    extra = (Account.status, found.silent.label("silent"), last_active.label("last_active_on"))
    row = read_one(found.joined(select(*found.columns, *extra)).where(Account.id == account_id), connection)
    return BY_RANK[row.rank], reasons(
        listing.signs(
            row, viewer.today, days, former=row.status == "churned", silent=bool(row.silent),
            last_active_on=row.last_active_on,
        )
    )  # fmt: skip


def _people(account_id: int, connection: Connection) -> list[Duty]:
    order = case((Assignment.duty == "owner", 0), (Assignment.duty == "backup", 1), else_=2)
    rows = connection.execute(
        select(Assignment.duty, Person.id, Person.name, Person.name_zh, Assignment.since)
        .join(Person, Person.id == Assignment.person_id)
        .where(Assignment.account_id == account_id, Assignment.until.is_(None))
        .order_by(order, Assignment.since, Assignment.id)
    )
    return [Duty(*row) for row in rows]


def _parent(viewer: Viewer, parent_id: int | None, connection: Connection) -> tuple[int, str] | None:
    """The parent account, when it is the viewer's too."""
    if parent_id is None:
        return None
    row = read_one(
        select(Account.id, Account.name).where(Account.id == parent_id, visible_accounts(viewer)), connection
    )
    return tuple(row) if row else None


def _children(viewer: Viewer, account_id: int, connection: Connection) -> int:
    statement = select(func.count(Account.id)).where(
        Account.parent_id == account_id, visible_accounts(viewer)
    )
    return connection.execute(statement).scalar_one()


def _arr(viewer: Viewer, account: Any, connection: Connection) -> tuple[list[tuple[str, int]], bool]:
    """Current paid ARR per currency, the account's own first; else what is stated, and whether it was."""
    s = Subscription
    rows = connection.execute(
        select(s.currency, func.sum(s.arr_minor))
        .where(s.account_id == account.id, running(viewer.today))
        .group_by(s.currency)
        .order_by(case((s.currency == account.currency, 0), else_=1), s.currency)
    ).fetchall()
    if rows:
        return [(currency, int(total)) for currency, total in rows], False
    stated = account.stated_arr_minor
    return ([] if stated is None else [(account.currency, stated)]), stated is not None


def _promises(viewer: Viewer, account_id: int, connection: Connection) -> tuple[int, int, int]:
    """How many are open, how many of these are overdue, how many were kept."""
    still_open = Promise.status == "open"
    counts = (
        func.sum(case((still_open, 1), else_=0)),
        func.sum(case((and_(still_open, Promise.due_on < viewer.today), 1), else_=0)),
        func.sum(case((Promise.status == "kept", 1), else_=0)),
    )
    row = connection.execute(select(*counts).where(Promise.account_id == account_id)).one()
    return row[0] or 0, row[1] or 0, row[2] or 0


def _renewal(account_id: int, connection: Connection) -> dict[str, Any] | None:
    """id, due_on, notice_on, stage, currency, base_minor of the nearest open renewal."""
    r = Renewal
    row = connection.execute(
        select(r.id, r.due_on, r.notice_on, r.stage, r.currency, r.base_minor)
        .where(r.account_id == account_id, r.closed_on.is_(None))
        .order_by(r.due_on, r.id)
        .limit(1)
    ).first()
    return dict(row._mapping) if row else None


def _leaves_on(viewer: Viewer, account_id: int, connection: Connection) -> date | None:
    """The next day on which a month-to-month customer can leave."""
    statement = select(func.min(Contract.can_leave_on)).where(
        Contract.account_id == account_id, Contract.can_leave_on >= viewer.today
    )
    return connection.execute(statement).scalar()


def _people_seen(viewer: Viewer, account_id: int, connection: Connection) -> int:
    """Different users with activity in the last 28 days."""
    since = viewer.today - timedelta(days=28)
    statement = select(func.count(UserDay.user_id.distinct())).where(
        UserDay.account_id == account_id, UserDay.day >= since
    )
    return connection.execute(statement).scalar_one()


def _held(account_id: int, connection: Connection) -> dict[str, str | None]:
    statement = select(ManualValue.field, ManualValue.imported_text).where(
        ManualValue.table_name == "account", ManualValue.row_id == account_id
    )
    return dict(tuple(row) for row in connection.execute(statement))


def _undo_id(account_id: int, connection: Connection) -> int | None:
    """The newest change of the account, its contacts or its people, when it is a correction."""
    row = connection.execute(
        select(AuditEntry.id, AuditEntry.command, AuditEntry.old)
        .where(AuditEntry.account_id == account_id, AuditEntry.command.like("accounts.%"))
        .order_by(AuditEntry.id.desc())
        .limit(1)
    ).first()
    if row is None or row.command not in UNDOABLE or (row.old is None and row.command != ADDED):
        return None
    return row.id
