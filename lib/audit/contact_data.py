"""All that the desk holds of one contact, and what an erasure would take away and leave."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.engine import Connection
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import NotFound
from lib.imports.source import excerpt
from lib.store.database import parts, reading
from lib.store.doors import query
from lib.store.models import (
    Account,
    AuditEntry,
    Contact,
    ImportProblem,
    ImportRun,
    ManualValue,
    Note,
    NoteAmendment,
    PersonalValue,
    Promise,
    Quote,
    QuoteVersion,
    Survey,
    Touch,
)
from lib.store.personal import PERSONAL, token_in
from lib.store.scope import of_visible_accounts

Rows = list[dict[str, Any]]
Reader = Connection | Session


@dataclass(frozen=True)
class ContactData:
    """What the desk holds of a contact, by part: lists of plain rows.

    record: the contact itself; history: field, text, happened_at, command of the record of changes; touches
    and surveys: what is linked to the contact; mentions: texts of the account that name them; corrections and
    problems: what imports said of them; papers: number, revision, issued_at of papers that name them;
    drafts: ids of quotes in work that are addressed to them.
    """

    contact_id: int
    account_id: int
    account: str
    name: str
    version: int
    erased: bool
    record: Rows
    history: Rows
    touches: Rows
    surveys: Rows
    mentions: Rows
    corrections: Rows
    problems: Rows
    papers: Rows
    drafts: Rows

    PARTS = (
        "record",
        "history",
        "touches",
        "surveys",
        "mentions",
        "corrections",
        "problems",
        "papers",
        "drafts",
    )


@query("audit.contact_data", permission="contact.erase", subject="contact")
def contact_data(viewer: Viewer, contact_id: int) -> ContactData:
    """Everything there is; raises NotFound. Nothing goes on record: see commands for the export."""
    with reading() as connection:
        return gather(connection, viewer, contact_id)


def gather(connection: Reader, viewer: Viewer, contact_id: int) -> ContactData:
    c = Contact.__table__
    mine = select(*c.c, Account.name.label("its_account")).join(Account, Account.id == c.c.account_id)
    mine = mine.where(c.c.id == contact_id, of_visible_accounts(viewer, c.c.account_id))
    row = connection.execute(mine).first() if isinstance(contact_id, int) else None
    if row is None:
        raise NotFound()
    record = {n: getattr(row, n) for n in c.columns.keys()}  # noqa: SIM118 - a collection of columns
    known = known_texts(connection, contact_id)
    return ContactData(
        contact_id, row.account_id, row.its_account, row.name, row.version, row.erased_at is not None,
        record=[record], history=_history(connection, contact_id),
        touches=_rows(connection, _linked(Touch, contact_id, "channel", "happened_at", "summary")),
        surveys=_rows(connection, _linked(Survey, contact_id, "kind", "score", "comment", "answered_at")),
        mentions=_mentions(connection, row.account_id, {row.name, row.email} - {None, "–"}),
        corrections=_rows(connection, _corrections(contact_id)),
        problems=[p for wanted in parts(known) for p in _rows(connection, problems_naming(wanted))],
        papers=_papers(connection, row.account_id, row.name, row.email),
        drafts=_rows(connection, select(QuoteVersion.quote_id, QuoteVersion.revision).where(
            QuoteVersion.contact_id == contact_id, QuoteVersion.issued_at.is_(None))),
    )  # fmt: skip


def known_texts(connection: Reader, contact_id: int) -> set[str]:
    """Every text that ever named the contact, as it is now and as the record of changes keeps it, and the
    excerpts of these that an import's problem would hold."""
    c, v = Contact.__table__, PersonalValue.__table__
    row = connection.execute(select(*(c.c[n] for n in sorted(PERSONAL))).where(c.c.id == contact_id)).one()
    kept = connection.execute(select(v.c.text).where(v.c.contact_id == contact_id)).scalars()
    texts = {text for text in (*row, *kept) if text and text != "–"}
    return texts | {excerpt(text) or "" for text in texts}


def _rows(connection: Reader, statement: Select) -> Rows:
    return [dict(row._mapping) for row in connection.execute(statement)]


def _linked(model: Any, contact_id: int, *names: str) -> Select:
    return (
        select(model.id, *(getattr(model, n) for n in names))
        .where(model.contact_id == contact_id)
        .order_by(model.id)
    )


def _corrections(contact_id: int) -> Select:
    m = ManualValue
    return select(m.field, m.imported_text, m.set_at).where(m.table_name == "contact", m.row_id == contact_id)


def problems_naming(texts: list[str]) -> Select:
    p = ImportProblem
    kept = p.details["kept"].as_string()
    wanted = select(p.id, p.run_id, p.line, p.field, p.code, p.value, p.details)
    wanted = wanted.join(ImportRun, ImportRun.id == p.run_id)
    return wanted.where(ImportRun.kind == "contacts", or_(p.value.in_(texts), kept.in_(texts))).order_by(p.id)


def _history(connection: Reader, contact_id: int) -> Rows:
    """Each personal text of the record of changes, with the entry that mentions it."""
    e, v = AuditEntry, PersonalValue
    texts = dict(connection.execute(select(v.token, v.text).where(v.contact_id == contact_id)).all())
    told = select(e.happened_at, e.command, e.old, e.new).where(
        e.table_name == "contact", e.row_id == contact_id
    )
    return [
        {"field": name, "text": texts[token], "happened_at": row.happened_at, "command": row.command}
        for row in connection.execute(told.order_by(e.id))
        for side in (row.old, row.new)
        for name, value in (side or {}).items()
        if (token := token_in(value)) and texts.get(token) is not None
    ]


def _mentions(connection: Reader, account_id: int, names: set[str]) -> Rows:
    """Notes, amendments, promises and touches of the account whose text has the name or address in it."""
    if not names:
        return []

    def naming(kind: str, column: Any, row_id: Any, at: Any, *where: Any) -> Rows:
        holds = or_(*(column.contains(name, autoescape=True) for name in sorted(names)))
        found = select(row_id.label("id"), at.label("written_at"), column.label("text")).where(holds, *where)
        return [{"kind": kind} | row for row in _rows(connection, found.order_by(row_id))]

    a = NoteAmendment
    of_account = a.note_id.in_(select(Note.id).where(Note.account_id == account_id))
    return [
        *naming("note", Note.text, Note.id, Note.written_at, Note.account_id == account_id),
        *naming("amendment", a.text, a.id, a.written_at, of_account),
        *naming("promise", Promise.what, Promise.id, Promise.created_at, Promise.account_id == account_id),
        *naming("touch", Touch.summary, Touch.id, Touch.happened_at, Touch.account_id == account_id),
    ]


def _papers(connection: Reader, account_id: int, name: str, email: str | None) -> Rows:
    """Issued papers that name the contact; they are what was sent, byte for byte, and stay."""
    v = QuoteVersion
    wanted = (
        select(Quote.number, v.revision, v.issued_at, v.snapshot)
        .join(v, v.quote_id == Quote.id)
        .where(Quote.account_id == account_id, v.issued_at.is_not(None))
        .order_by(v.id)
    )
    found = []
    for row in connection.execute(wanted):
        customer = (row.snapshot or {}).get("customer") or {}
        named = str(customer.get("contact", "")).startswith(name) or (
            email and customer.get("email") == email
        )
        if named:
            found.append({"number": row.number, "revision": row.revision, "issued_at": row.issued_at})
    return found


@query("audit.find_contacts", permission="contact.erase")
def find_contacts(viewer: Viewer, search: str, limit: int = 20) -> dict[int, str]:
    """Contacts whose name or e-mail address has the text in it: id -> "name · account", by name; none for
    fewer than two characters."""
    text = search.strip()
    if len(text) < 2:
        return {}
    holds = or_(*(column.icontains(text, autoescape=True) for column in (Contact.name, Contact.email)))
    statement = (
        select(Contact.id, Contact.name, Account.name.label("account"))
        .join(Account, Account.id == Contact.account_id)
        .where(holds, Contact.erased_at.is_(None), of_visible_accounts(viewer, Contact.account_id))
        .order_by(Contact.name, Contact.id)
        .limit(limit)
    )
    with reading() as connection:
        return {row.id: f"{row.name} · {row.account}" for row in connection.execute(statement)}


def plain_rows(rows: Iterable[dict[str, Any]]) -> Rows:
    """Rows with instants, days and decimals as text, for JSON."""
    simple = (str, int, float, bool, type(None), list, dict)
    return [{n: v if isinstance(v, simple) else v.isoformat() if hasattr(v, "isoformat") else str(v)
             for n, v in row.items()} for row in rows]  # fmt: skip
