"""Finds accounts, contacts, quotes and notes of the viewer's book by any part of what they are called."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd
from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import InstrumentedAttribute

from lib.access import Viewer
from lib.search import rules
from lib.store.database import engine, read_frame, reading
from lib.store.doors import query
from lib.store.models import Account, Contact, Note, NoteAmendment, Person, Quote
from lib.store.naming import spoken_name
from lib.store.scope import of_visible_accounts, visible_accounts

MOST = 10  # of each kind; whoever needs more types more


@dataclass(frozen=True)
class Found:
    """The hits of one kind, at most MOST, and how many there are in all."""

    rows: pd.DataFrame
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


@dataclass(frozen=True)
class Hits:
    """What a search found. Columns of the rows:

    accounts: id, name (in the viewer's language), key (in its source), domain,
        legal_name, status.
    contacts: id, name, title, email, active, account_id, account.
    quotes: id, number, title, status, account_id, account.
    notes: id, account_id, account, author, written_at (UTC), excerpt (one line of plain text).
    """

    accounts: Found
    contacts: Found
    quotes: Found
    notes: Found
    kinds: tuple[str, ...] = field(default=("accounts", "contacts", "quotes", "notes"))

    @property
    def total(self) -> int:
        return sum(getattr(self, kind).total for kind in self.kinds)


@query("search.find", permission="account.read")
def find(viewer: Viewer, text: str, limit: int = MOST) -> Hits:
    """Everything of the viewer's book that holds the text, large and small alike, at most `limit` (1 to 10)
    of each kind.

    Exact names come first, then beginnings, then the rest by name; notes by day, the newest first. A text
    that is too short finds nothing; quotes and notes are left out for whoever may not read them.
    """
    limit = max(1, min(limit, MOST))
    search = _Search(viewer, text, limit)
    with reading() as connection:
        return Hits(
            search.accounts(connection), search.contacts(connection),
            search.quotes(connection), search.notes(connection),
        )  # fmt: skip


class _Search:
    """One search: the patterns of its spellings and the selects of each kind."""

    def __init__(self, viewer: Viewer, text: str, limit: int) -> None:
        self.viewer, self.text, self.limit = viewer, text, limit
        self.spellings = () if rules.too_short(text) else tuple(map(rules.literal, rules.spellings(text)))
        # SQLite's LIKE folds ASCII case by itself; ILIKE there would fold both sides row by row.
        self.like = "like" if engine().dialect.name == "sqlite" else "ilike"

    def accounts(self, connection: Connection) -> Found:
        names = (Account.name, Account.name_zh, Account.domain, Account.external_id, Account.legal_name)
        shown = select(
            Account.id, spoken_name(self.viewer, Account).label("name"), Account.external_id.label("key"),
            Account.domain, Account.legal_name, Account.status,
        )  # fmt: skip
        order = (self._rank(names), case((Account.status == "churned", 1), else_=0), Account.name)
        hits = select(Account.id).where(self._holds(names), visible_accounts(self.viewer))
        return self._found(connection, hits, Account.id, order, shown)

    def contacts(self, connection: Connection) -> Found:
        names = (Contact.name, Contact.email)
        shown = select(
            Contact.id, Contact.name, Contact.title, Contact.email, Contact.active, Contact.account_id,
            spoken_name(self.viewer, Account).label("account"),
        ).join(Account, Account.id == Contact.account_id)  # fmt: skip
        order = (case((Contact.active, 0), else_=1), self._rank(names), Contact.name)
        hits = select(Contact.id).where(self._holds(names), self._mine(Contact.account_id))
        return self._found(connection, hits, Contact.id, order, shown)

    def quotes(self, connection: Connection) -> Found:
        names = (Quote.number, Quote.title)
        shown = select(
            Quote.id, Quote.number, Quote.title, Quote.status, Quote.account_id,
            spoken_name(self.viewer, Account).label("account"),
        ).join(Account, Account.id == Quote.account_id)  # fmt: skip
        order = (self._rank(names), Quote.updated_at.desc())
        hits = select(Quote.id).where(self._holds(names), self._mine(Quote.account_id))
        return self._found(connection, self._for(hits, "quote.read"), Quote.id, order, shown)

    def notes(self, connection: Connection) -> Found:
        """A note is also found by what was added to it later; the excerpt then comes from there."""
        added = self._holds((NoteAmendment.text,))
        hits = select(Note.id).where(
            or_(self._holds((Note.text,)), Note.id.in_(select(NoteAmendment.note_id).where(added))),
            self._mine(Note.account_id),
        )
        later = (
            select(func.max(NoteAmendment.text))
            .where(NoteAmendment.note_id == Note.id, added)
            .correlate(Note)
            .scalar_subquery()
        )
        shown = (
            select(
                Note.id, Note.account_id, spoken_name(self.viewer, Account).label("account"),
                spoken_name(self.viewer, Person).label("author"), Note.written_at, Note.text,
                later.label("later"),
            )
            .join(Account, Account.id == Note.account_id)
            .join(Person, Person.id == Note.author_id)
        )  # fmt: skip
        order = (Note.written_at.desc(), Note.id.desc())
        found = self._found(connection, self._for(hits, "note.read"), Note.id, order, shown)
        lines = [self._excerpt(row.text, row.later) for row in found.rows.itertuples()]
        rows = found.rows.drop(columns=["text", "later"])
        rows["excerpt"] = pd.Series(lines, index=rows.index, dtype="object")
        return Found(rows, found.total)

    def _excerpt(self, text: str, later: str | None) -> str:
        told = later if later and not rules.holds(text, self.text) else text
        return rules.excerpt(told, self.text)

    def _mine(self, account_id: ColumnElement[int]) -> ColumnElement[bool]:
        return of_visible_accounts(self.viewer, account_id)

    def _for(self, hits: Select, permission: str) -> Select:
        return hits if self.viewer.may(permission) else hits.where(literal(1) == 0)

    def _matches(self, names: Sequence[InstrumentedAttribute], shape: str) -> ColumnElement[bool]:
        """Any of the columns fits any spelling; `shape` holds a place for it, like '{}%'."""
        patterns = [shape.format(one) for one in self.spellings]
        tests = [getattr(name, self.like)(one, escape="\\") for name in names for one in patterns]
        return or_(*tests) if tests else and_(literal(1) == 0)

    def _holds(self, names: Sequence[InstrumentedAttribute]) -> ColumnElement[bool]:
        return self._matches(names, "%{}%")

    def _rank(self, names: Sequence[InstrumentedAttribute]) -> ColumnElement[int]:
        """0 exact, 1 beginning, 2 anywhere, as in rules.rank."""
        return case((self._matches(names, "{}"), 0), (self._matches(names, "{}%"), 1), else_=2)

    def _found(
        self,
        connection: Connection,
        hits: Select,
        key: InstrumentedAttribute,
        order: Sequence[ColumnElement],
        shown: Select,
    ) -> Found:
        """Ids and their number in one scan; only the rows to be shown are read whole."""
        counted = hits.add_columns(func.count().over()).order_by(*order, key).limit(self.limit)
        top = connection.execute(counted).all() if self.spellings else []
        ids = [row[0] for row in top]
        if not ids:
            return Found(pd.DataFrame(columns=shown.selected_columns.keys()), 0)
        rows = read_frame(shown.where(key.in_(ids)), connection)
        position = {one: place for place, one in enumerate(ids)}
        ordered = rows.sort_values("id", key=lambda column: column.map(position), ignore_index=True)
        return Found(ordered, top[0][1])
