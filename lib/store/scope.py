"""Which rows a viewer sees: one where-clause, shared by every query, load and export."""

from typing import TypeVar

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true
from sqlalchemy.engine import Connection
from sqlmodel import Session

from lib.access import Role, Viewer
from lib.errors import Conflict, NotFound
from lib.store.guards import FROZEN
from lib.store.models import Account, Assignment, Quote

T = TypeVar("T")


def visible_accounts(viewer: Viewer) -> ColumnElement[bool]:
    """True for the accounts of the viewer's book.

    Leadership, approvers, admin and the command line see all; account managers the accounts they own or
    back up, team leads also those of their reports; sales those assigned to them or for which they wrote a
    quote. Whoever stands in for somebody sees that person's accounts as well, whatever their duty.
    """
    if viewer.may("account.all"):
        return true()
    duties = []
    if viewer.roles & {Role.ACCOUNT_MANAGER, Role.TEAM_LEAD}:
        duties += ["owner", "backup"]
    if Role.SALES in viewer.roles:
        duties += ["sales"]
    holds = and_(Assignment.person_id == viewer.person_id, Assignment.duty.in_(duties))
    if viewer.books:
        holds = or_(holds, Assignment.person_id.in_(viewer.books))
    # Only the account comes from outside: a query that joins quotes or assignments keeps its own.
    mine = (
        exists()
        .where(Assignment.account_id == Account.id, Assignment.until.is_(None), holds)
        .correlate(Account)
    )
    if Role.SALES not in viewer.roles:
        return mine
    quoted = exists().where(Quote.account_id == Account.id, Quote.created_by == viewer.person_id)
    quoted = quoted.correlate(Account)
    return or_(mine, quoted)


def visible_ids(viewer: Viewer) -> Select:
    """The ids of the visible accounts, for `X.account_id.in_(…)`."""
    return select(Account.id).where(visible_accounts(viewer))


def of_visible_accounts(viewer: Viewer, account_id: ColumnElement[int]) -> ColumnElement[bool]:
    """The row filter for a table that has an account id; costs nothing for viewers who see all."""
    if viewer.may("account.all"):
        return true()
    return account_id.in_(visible_ids(viewer))


def admit(viewer: Viewer, account_id: int, connection: Connection) -> None:
    """Raises NotFound unless the account is there and the viewer's."""
    known = select(Account.id).where(Account.id == account_id, visible_accounts(viewer))
    if connection.execute(known).first() is None:
        raise NotFound()


def load(session: Session, viewer: Viewer, model: type[T], row_id: int, seen_version: int | None = None) -> T:
    """The row to change, locked, through the scope. `model` is Account or has an `account_id`.

    Raises NotFound when it is not there or not the viewer's, Conflict when the viewer saw another version.
    """
    column = model.id if model is Account else model.account_id
    statement = select(model).where(model.id == row_id, of_visible_accounts(viewer, column))
    if (
        model.__tablename__ not in FROZEN
    ):  # what never changes needs no lock, and the desk has no right to one
        statement = statement.with_for_update()
    row = session.execute(statement).scalars().first() if type(row_id) is int else None
    if row is None:
        raise NotFound()
    if seen_version is not None and row.version != seen_version:
        raise Conflict("changed_meanwhile", seen=seen_version, now=row.version)
    return row


def count_rows(statement: Select) -> Select:
    return select(func.count()).select_from(statement.order_by(None).subquery())


__all__ = ["count_rows", "load", "of_visible_accounts", "visible_accounts", "visible_ids"]
