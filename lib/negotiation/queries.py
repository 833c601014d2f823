"""Reads what was said: notes with their amendments, touches, and what a note can be about."""

from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Select, case, func, literal, null, or_, select, union_all

from lib.access import Viewer
from lib.errors import NotFound
from lib.store.database import read_frame, read_one
from lib.store.doors import query
from lib.store.models import (
    Account,
    Contact,
    Note,
    NoteAmendment,
    Person,
    Quote,
    QuoteVersion,
    Renewal,
    Touch,
)
from lib.store.naming import spoken_name
from lib.store.scope import count_rows, of_visible_accounts, visible_accounts

PAGE = 20  # notes shown at once
EXPORT_ROWS = 100_000


@query("negotiation.accounts", permission="note.read")
def accounts(viewer: Viewer, search: str = "", limit: int = 50) -> pd.DataFrame:
    """id, name, name_zh: accounts to talk about, those with the newest notes first, then by name.

    `search` is a part of a name in either language or of the account's own number.
    """
    newest = select(func.max(Note.written_at)).where(Note.account_id == Account.id).scalar_subquery()
    statement = select(Account.id, Account.name, Account.name_zh).where(visible_accounts(viewer))
    if search.strip():
        statement = statement.where(_holds(search, Account.name, Account.name_zh, Account.external_id))
    order = (case((newest.is_(None), 1), else_=0), newest.desc(), Account.name, Account.id)
    return read_frame(statement.order_by(*order).limit(limit))


@query("negotiation.account", permission="note.read", subject="account")
def account(viewer: Viewer, account_id: int) -> Any:
    """id, name, name_zh, language, currency of one account as a row. Raises NotFound."""
    row = read_one(
        select(Account.id, Account.name, Account.name_zh, Account.language, Account.currency)
        .where(Account.id == account_id, visible_accounts(viewer))
    )  # fmt: skip
    if row is None:
        raise NotFound()
    return row


@query("negotiation.note_count", permission="note.read", subject="account")
def note_count(viewer: Viewer, account_id: int, search: str = "", shared: bool | None = None) -> int:
    """How many notes match; for the line that says how many more there are."""
    return read_one(count_rows(_notes(viewer, account_id, search, shared)))[0]


@query("negotiation.notes", permission="note.read", subject="account")
def notes(
    viewer: Viewer,
    account_id: int | None = None,
    search: str = "",
    shared: bool | None = None,
    limit: int = PAGE,
) -> pd.DataFrame:
    """One row per note and amendment: note_id, part (note, amendment), account_id, account, author,
    written_at (UTC), text, shared, tag.

    Newest note first, each followed by its amendments in the order they were written. `search` finds any
    part of a note's or an amendment's text, from one character on; `limit` counts notes.
    """
    wanted = _notes(viewer, account_id, search, shared).limit(limit).subquery()
    author = spoken_name(viewer, Person).label("author")
    account = spoken_name(viewer, Account).label("account")
    first = select(
        Note.id.label("note_id"), literal("note").label("part"), literal(0).label("position"),
        Note.account_id, account, author, Note.written_at, Note.text,
        Note.shared, Note.tag, Note.written_at.label("noted_at"),
    )  # fmt: skip
    later = select(
        Note.id, literal("amendment"), NoteAmendment.id, Note.account_id, account, author,
        NoteAmendment.written_at, NoteAmendment.text, Note.shared, null(), Note.written_at,
    ).join(NoteAmendment, NoteAmendment.note_id == Note.id)  # fmt: skip
    first = first.join(Person, Person.id == Note.author_id)
    later = later.join(Person, Person.id == NoteAmendment.author_id)
    parts = [
        part.join(Account, Account.id == Note.account_id).where(Note.id.in_(select(wanted.c.id)))
        for part in (first, later)
    ]
    thread = union_all(*parts).subquery()
    statement = select(thread).order_by(thread.c.noted_at.desc(), thread.c.note_id.desc(), thread.c.position)
    return read_frame(statement).drop(columns=["position", "noted_at"])


def _notes(viewer: Viewer, account_id: int | None, search: str, shared: bool | None) -> Select:
    statement = select(Note.id).where(of_visible_accounts(viewer, Note.account_id))
    if account_id is not None:
        statement = statement.where(Note.account_id == account_id)
    if shared is not None:
        statement = statement.where(Note.shared.is_(shared))
    if search.strip():
        amended = select(NoteAmendment.note_id).where(_holds(search, NoteAmendment.text))
        statement = statement.where(or_(_holds(search, Note.text), Note.id.in_(amended)))
    return statement.order_by(Note.written_at.desc(), Note.id.desc())


def _holds(search: str, *columns: Any) -> ColumnElement[bool]:
    """Any of the columns holds the text literally (% and _ are no wildcards), large and small alike."""
    wanted = search.strip()
    return or_(*(column.icontains(wanted, autoescape=True) for column in columns))


@query("negotiation.touches", permission="note.read", subject="account")
def touches(viewer: Viewer, account_id: int, limit: int = 50) -> pd.DataFrame:
    """id, happened_at (UTC), channel, contact, person, summary, two_way; newest first."""
    return read_frame(
        select(
            Touch.id, Touch.happened_at, Touch.channel, Contact.name.label("contact"),
            spoken_name(viewer, Person).label("person"), Touch.summary, Touch.two_way,
        )
        .outerjoin(Contact, Contact.id == Touch.contact_id)
        .outerjoin(Person, Person.id == Touch.person_id)
        .where(Touch.account_id == account_id, of_visible_accounts(viewer, Touch.account_id))
        .order_by(Touch.happened_at.desc(), Touch.id.desc())
        .limit(limit)
    )  # fmt: skip


@query("negotiation.contacts", permission="note.read", subject="account")
def contacts(viewer: Viewer, account_id: int) -> pd.DataFrame:
    """id, name, title, is_sponsor: active people at the customer, the sponsor first."""
    return read_frame(
        select(Contact.id, Contact.name, Contact.title, Contact.is_sponsor)
        .where(Contact.account_id == account_id, Contact.active)
        .where(of_visible_accounts(viewer, Contact.account_id))
        .order_by(Contact.is_sponsor.desc(), Contact.name, Contact.id)
    )


@query("negotiation.open_renewals", permission="note.read", subject="account")
def open_renewals(viewer: Viewer, account_id: int) -> pd.DataFrame:
    """id, due_on, stage, currency, base_minor: renewals a note can be about, the next one first."""
    return read_frame(
        select(Renewal.id, Renewal.due_on, Renewal.stage, Renewal.currency, Renewal.base_minor)
        .where(Renewal.account_id == account_id, Renewal.closed_on.is_(None))
        .where(of_visible_accounts(viewer, Renewal.account_id))
        .order_by(Renewal.due_on, Renewal.id)
    )


@query("negotiation.latest_quotes", permission="quote.read", subject="account")
def latest_quotes(viewer: Viewer, account_id: int, limit: int = 5) -> pd.DataFrame:
    """id, label (number, before it has one the title), revision, status, currency, net_minor,
    effective_discount (share), valid_until; newest first."""
    of_quote = QuoteVersion.quote_id == Quote.id
    newest = select(func.max(QuoteVersion.revision)).where(of_quote).correlate(Quote).scalar_subquery()
    return read_frame(
        select(
            Quote.id, func.coalesce(Quote.number, Quote.title).label("label"), QuoteVersion.revision,
            Quote.status, QuoteVersion.currency,
            QuoteVersion.net_minor, QuoteVersion.effective_discount, QuoteVersion.valid_until,
        )
        .join(QuoteVersion, of_quote & (QuoteVersion.revision == newest))
        .where(Quote.account_id == account_id, of_visible_accounts(viewer, Quote.account_id))
        .order_by(Quote.created_at.desc(), Quote.id.desc())
        .limit(limit)
    )  # fmt: skip
