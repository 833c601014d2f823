"""Reads of the record of changes: all of it for auditors, an account's and a quote's for others."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
from sqlalchemy import ColumnElement, Select, and_, or_, select, true
from sqlalchemy.engine import Connection

from lib.access import Viewer
from lib.audit import rules
from lib.errors import NotFound
from lib.store import personal
from lib.store.database import read_frame, reading
from lib.store.doors import REGISTER, query
from lib.store.models import (
    Account,
    AuditEntry,
    Contract,
    Invoice,
    Opportunity,
    Person,
    Quote,
    QuoteVersion,
    Renewal,
    Subscription,
)
from lib.store.naming import spoken_name
from lib.store.scope import count_rows, of_visible_accounts

COLUMNS = ["id", "happened_at", "person", "acting_as", "command", "table_name", "row_id", "account_id",
           "account", "currency", "changes", "reason", "address", "stream", "position", "digest"]  # fmt: skip
MOST = 50_000  # entries of one answer: what an export holds
e = AuditEntry


@dataclass(frozen=True)
class Filters:
    """What is searched for; None or empty leaves a filter out. `first` and `last` are days in the viewer's
    zone, both included; `kind` is one of rules.KINDS."""

    person_id: int | None = None
    account_id: int | None = None
    kind: str | None = None
    command: str | None = None
    first: date | None = None
    last: date | None = None


def day_before(viewer: Viewer, days: int) -> date:
    """The day so many days before the viewer's own today."""
    return viewer.now.astimezone(ZoneInfo(viewer.clock_zone)).date() - timedelta(days=days)


def _wanted(viewer: Viewer, filters: Filters) -> Select:
    """Entries that match; those of accounts outside the viewer's book are never among them."""
    mine = or_(e.account_id.is_(None), of_visible_accounts(viewer, e.account_id))
    found = [true() if viewer.may("account.all") else mine]
    zone = ZoneInfo(viewer.clock_zone)
    for column, value in ((e.person_id, filters.person_id), (e.account_id, filters.account_id),
                          (e.command, filters.command)):  # fmt: skip
        if value is not None:
            found.append(column == value)
    if filters.kind:
        commands = (d.name for d in REGISTER.values() if d.kind == "command")
        found.append(e.command.in_(rules.of_kind(filters.kind, commands)))
    if filters.first:
        found.append(e.happened_at >= datetime.combine(filters.first, time(), zone))
    if filters.last:
        found.append(e.happened_at < datetime.combine(filters.last + timedelta(days=1), time(), zone))
    return _entries(viewer).where(*found)


def _entries(viewer: Viewer) -> Select:
    return (
        select(e.id, e.happened_at, spoken_name(viewer, Person).label("person"), e.acting_as, e.command,
               e.table_name, e.row_id, e.account_id, spoken_name(viewer, Account).label("account"), e.old,
               e.new, e.reason, e.address, e.stream, e.position, e.digest)
        .outerjoin(Person, Person.id == e.person_id)
        .outerjoin(Account, Account.id == e.account_id)
    )  # fmt: skip


def _read(viewer: Viewer, statement: Select, connection: Connection, limit: int, offset: int) -> pd.DataFrame:
    """Entries newest first, with what names contacts and people put in place of tokens and ids."""
    page = statement.order_by(e.id.desc()).limit(min(limit, MOST)).offset(offset)
    rows = connection.execute(page).fetchall()
    texts = personal.texts(connection, [side for row in rows for side in (row.old, row.new)])
    people = _people(connection, viewer, rows)
    money = _currencies(connection, rows)
    made = {"changes": lambda row: _changes(viewer, row, texts, people),
            "currency": lambda row: money.get((row.table_name, row.row_id))}  # fmt: skip
    shown = [[made[n](row) if n in made else getattr(row, n) for n in COLUMNS] for row in rows]
    return pd.DataFrame(shown, columns=COLUMNS)


def _changes(viewer: Viewer, row: object, texts: dict, people: dict[int, str]) -> list[rules.Change]:
    def spoken(name: str, value: object) -> object:
        if token := personal.token_in(value):
            return texts[token] if texts[token] is not None else personal.ERASED
        return people.get(value, value) if name in rules.PEOPLE and isinstance(value, int) else value

    return [rules.Change(c.field, spoken(c.field, c.old), spoken(c.field, c.new))
            for c in rules.changes(row.old, row.new, with_costs=viewer.may("cost.read"))]  # fmt: skip


def _people(connection: Connection, viewer: Viewer, rows: list) -> dict[int, str]:
    ids = {v for row in rows for side in (row.old, row.new) if side
           for n, v in side.items() if n in rules.PEOPLE and isinstance(v, int)}  # fmt: skip
    if not ids:
        return {}
    named = select(Person.id, spoken_name(viewer, Person)).where(Person.id.in_(ids))
    return dict(connection.execute(named).all())


def _currencies(connection: Connection, rows: list) -> dict[tuple[str, int], str]:
    """The currency of each record whose entry names an amount: (table, row id) -> code."""
    found: dict[tuple[str, int], str] = {}
    for table, (key, column) in _CURRENCY.items():
        ids = {r.row_id for r in rows if r.table_name == table and r.row_id is not None and _has_money(r)}
        if ids:
            told = connection.execute(select(key, column).where(key.in_(ids))).all()
            found |= {(table, row_id): code for row_id, code in told}
    return found


def _has_money(row: Any) -> bool:
    return any(name.endswith("_minor") for side in (row.old, row.new) for name in side or ())


_CURRENCY = {
    "account": (Account.id, Account.currency), "contract": (Contract.id, Contract.currency),
    "invoice": (Invoice.id, Invoice.currency), "opportunity": (Opportunity.id, Opportunity.currency),
    "renewal": (Renewal.id, Renewal.currency), "quote": (QuoteVersion.quote_id, QuoteVersion.currency),
    "subscription": (Subscription.id, Subscription.currency),
}  # fmt: skip


@query("audit.entries", permission="audit.read")
def entries(viewer: Viewer, filters: Filters, limit: int = 50, offset: int = 0) -> pd.DataFrame:
    """The record of changes, newest first: COLUMNS. `currency` is the record's own, where an entry names an
    amount; `changes` are rules.Change by field, costs only for those
    who may see them; person and account are names, account_id is missing for what concerns no account;
    happened_at in UTC; at most MOST rows."""
    with reading() as connection:
        return _read(viewer, _wanted(viewer, filters), connection, limit, offset)


@query("audit.count", permission="audit.read")
def count(viewer: Viewer, filters: Filters) -> int:
    """How many entries match."""
    return int(read_frame(count_rows(_wanted(viewer, filters).with_only_columns(e.id))).iloc[0, 0])


@query("audit.people", permission="audit.read")
def people(viewer: Viewer) -> dict[int, str]:
    """Everybody who may have left an entry, by name: id -> name."""
    with reading() as connection:
        rows = connection.execute(select(Person.id, spoken_name(viewer, Person).label("name"))).all()
    return dict(sorted(rows, key=lambda row: row[1].casefold()))


@query("audit.find_accounts", permission="audit.read")
def find_accounts(
    viewer: Viewer, search: str, account_id: int | None = None, limit: int = 20
) -> dict[int, str]:
    """Accounts of the viewer whose name has the text in it, and the one asked for, by name: id -> name."""
    text = search.strip()
    holds = [c.icontains(text, autoescape=True) for c in (Account.name, Account.name_zh, Account.external_id)]
    wanted = or_(*holds) if len(text) > 1 else Account.id == (account_id or 0)
    statement = select(Account.id, spoken_name(viewer, Account)).where(
        or_(wanted, Account.id == (account_id or 0)), of_visible_accounts(viewer, Account.id)
    )
    ordered = statement.order_by(Account.name, Account.id).limit(limit)
    with reading() as connection:
        return dict(connection.execute(ordered).all())


def _legible(viewer: Viewer) -> ColumnElement[bool]:
    """Entries about what the viewer may read; who looked at costs, and other such, is the auditors' alone."""
    if viewer.may("audit.read"):
        return true()
    tables = sorted(rules.readable(viewer.permissions))
    return and_(e.table_name.in_(tables), e.command != "costs.read", e.command.not_like("audit.%"))


@query("audit.of_account", permission="account.read", subject="account")
def of_account(viewer: Viewer, account_id: int, limit: int = 50, offset: int = 0) -> pd.DataFrame:
    """Who changed what on an account and everything on it, newest first: COLUMNS. Raises NotFound."""
    with reading() as connection:
        mine = select(Account.id).where(Account.id == account_id, of_visible_accounts(viewer, Account.id))
        if not isinstance(account_id, int) or connection.execute(mine).first() is None:
            raise NotFound()
        wanted = _entries(viewer).where(e.account_id == account_id, _legible(viewer))
        return _read(viewer, wanted, connection, limit, offset)


@query("audit.of_quote", permission="quote.read", subject="quote")
def of_quote(viewer: Viewer, quote_id: int, limit: int = 50, offset: int = 0) -> pd.DataFrame:
    """Who did what with a quote, newest first: COLUMNS. Raises NotFound."""
    with reading() as connection:
        mine = select(Quote.account_id).where(
            Quote.id == quote_id, of_visible_accounts(viewer, Quote.account_id)
        )
        account_id = connection.execute(mine).scalar() if isinstance(quote_id, int) else None
        if account_id is None:
            raise NotFound()
        about = e.account_id == account_id, e.table_name == "quote", e.row_id == quote_id
        return _read(viewer, _entries(viewer).where(*about, _legible(viewer)), connection, limit, offset)
