"""One query per kind: the viewer's rows with all columns an import of that kind understands."""

from collections.abc import Callable

import pandas as pd
from sqlalchemy import ColumnElement, Integer, Select, and_, select, true
from sqlalchemy.orm import aliased

from lib.access import Viewer
from lib.errors import Invalid
from lib.imports.fields import Field
from lib.imports.kinds import KINDS, Kind
from lib.store.database import read_frame
from lib.store.doors import query
from lib.store.models import (
    Account,
    AccountDay,
    Assignment,
    Contact,
    Invoice,
    Person,
    PersonRole,
    Subscription,
    User,
    metadata,
)
from lib.store.scope import of_visible_accounts, visible_accounts

ACCOUNT_DAYS = "account_days"  # activity of accounts whose source knows no users
EXPORTS = (*KINDS, ACCOUNT_DAYS)
_REFERRED = {
    "accounts": Account, "people": Person, "contacts": Contact, "invoices": Invoice,
    "subscriptions": Subscription, "users": User,
}  # fmt: skip


@query("exports.export", permission="export.run")
def export(viewer: Viewer, kind: str) -> pd.DataFrame:
    """The fields of lib.imports.kinds by their names, references as keys; money as `*_minor` (minor units)
    beside `currency`; `ends_on` is the first day no longer covered. Sorted by key, so that equal stores
    give equal files. Raises Invalid("export_kind_unknown").

    `activity` are user days; `account_days` the days of accounts without known users.
    """
    if kind == ACCOUNT_DAYS:
        return _whole(_account_days(viewer))
    if kind not in KINDS:
        raise Invalid("export_kind_unknown", kind=kind, kinds=", ".join(EXPORTS))
    return _whole(_statement(viewer, KINDS[kind]))


def _whole(statement: Select) -> pd.DataFrame:
    """The rows, with whole numbers whole also beside missing ones: 12 seats are never 12.0."""
    frame = read_frame(statement)
    for position, column in enumerate(statement.selected_columns):
        if isinstance(column.type, Integer) and frame.dtypes.iloc[position].kind in "fO":
            frame.isetitem(position, frame.iloc[:, position].astype("Int64"))
    return frame


def _statement(viewer: Viewer, kind: Kind) -> Select:
    table = metadata.tables[kind.table]
    columns: list[ColumnElement] = []
    joins: list[tuple[object, ColumnElement]] = []
    for item in kind.fields:
        if item.name in _ELSEWHERE:
            columns.append(_ELSEWHERE[item.name](kind).label(item.name))
        elif item.refers and item.column in table.c:
            other = aliased(_REFERRED[item.refers])
            joins.append((other, other.id == table.c[item.column]))
            columns.append(other.external_id.label(item.name))
        elif item.column in table.c:
            columns.append(table.c[item.column].label(_named(item)))
    if "currency" in table.c and "currency" not in {c.name for c in columns}:
        columns.append(table.c.currency)
    statement = select(*columns).select_from(table)
    for other, link in joins:
        statement = statement.outerjoin(other, link)
    return statement.where(_mine(viewer, kind)).order_by(*(table.c[name] for name in kind.key))


def _named(item: Field) -> str:
    return item.column if item.type == "money" else item.name


def _mine(viewer: Viewer, kind: Kind) -> ColumnElement[bool]:
    table = metadata.tables[kind.table]
    if kind.name == "people":
        return table.c.external_id != "technical"
    if kind.name == "accounts":
        return visible_accounts(viewer)
    if kind.name == "payments":
        invoices = select(Invoice.id).where(of_visible_accounts(viewer, Invoice.account_id))
        return true() if viewer.may("account.all") else table.c.invoice_id.in_(invoices)
    mine = of_visible_accounts(viewer, table.c.account_id)
    return and_(mine, table.c.removed_at.is_(None)) if "removed_at" in table.c else mine


def _duty(duty: str) -> Callable[[Kind], ColumnElement]:
    """The key of who holds a duty; of several sellers the first."""

    def column(_kind: Kind) -> ColumnElement:
        return (
            select(Person.external_id)
            .join(Assignment, Assignment.person_id == Person.id)
            .where(Assignment.account_id == Account.id, Assignment.duty == duty, Assignment.until.is_(None))
            .order_by(Assignment.id)
            .limit(1)
            .correlate(Account.__table__)
            .scalar_subquery()
        )

    return column


def _role(kind: Kind) -> ColumnElement:
    """A person's own role for people; for users the column of that name."""
    if kind.name != "people":
        return metadata.tables[kind.table].c.role
    importable = KINDS["people"].field("role").choices
    return (
        select(PersonRole.role)
        .where(PersonRole.person_id == Person.id, PersonRole.role.in_(importable))
        .order_by(PersonRole.id)
        .limit(1)
        .correlate(Person.__table__)
        .scalar_subquery()
    )


_ELSEWHERE: dict[str, Callable[[Kind], ColumnElement]] = {
    "owner": _duty("owner"), "backup": _duty("backup"), "sales": _duty("sales"), "role": _role,
}  # fmt: skip


def _account_days(viewer: Viewer) -> Select:
    return (
        select(
            Account.external_id.label("account"), AccountDay.day, AccountDay.events, AccountDay.active_users
        )
        .join(Account, Account.id == AccountDay.account_id)
        .where(~AccountDay.named, of_visible_accounts(viewer, AccountDay.account_id))
        .order_by(Account.external_id, AccountDay.day)
    )
