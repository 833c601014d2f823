"""What an import brings goes on record: an entry for each new and changed row and link, in bulk.

Activity, usage, invoices, payments and the product's own users are too many and come again and again: for
them the entry of the run stands, with its counts and the file's digest; their changes are on record still.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.imports.judge import Judged
from lib.store import chain
from lib.store.database import parts
from lib.store.doors import plain

DAILY = frozenset(("user_day", "account_day", "feature_day"))  # counts of a day, kept by the file itself
BY_THE_RUN = DAILY | {"invoice", "payment", "seat_user"}
# What people wrote stands in the record itself, once.
LONG_TEXTS = frozenset(("text", "summary", "comment", "subject", "account_id"))
LINKS = ("parent", "owner", "backup", "sales", "manager", "role")


def entry(
    session: Session,
    viewer: Viewer,
    table: str,
    row_id: int | None,
    account_id: int | None,
    *,
    old: dict[str, Any] | None = None,
    new: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """One audit entry as chain.note takes it."""
    return {
        "happened_at": viewer.now, "person_id": viewer.person_id, "acting_as": viewer.acting_as,
        "address": viewer.address, "command": session.info.get("command", "?"), "table_name": table,
        "row_id": row_id, "account_id": account_id, "old": plain(old), "new": plain(new), "reason": None,
    }  # fmt: skip


def note_new(session: Session, viewer: Viewer, judged: Judged) -> None:
    """An entry for each new row: what the file said of it, its links among it."""
    table, store = judged.table, judged.batch.store
    if table.name in BY_THE_RUN or not judged.inserts:
        return
    named = [n for n in store if n not in LONG_TEXTS]
    linked = judged.links.wanted if judged.links else {}
    ids = _ids(session, judged)
    accounts = store.get("account_id")
    entries = []
    for at in judged.inserts:
        new = {n: v for n in named if (v := store[n][at]) is not None}
        new |= {n: v for n in LINKS if n in linked and (v := linked[n][at]) is not None}
        row_id = ids[store["external_id"][at]]
        account_id = row_id if table.name == "account" else accounts and accounts[at]
        entries.append(entry(session, viewer, table.name, row_id, account_id, new=new))
    chain.note(session, entries)


def _ids(session: Session, judged: Judged) -> dict[str, int]:
    key, found = judged.table.c.external_id, {}
    for wanted in parts(judged.batch.store["external_id"][i] for i in judged.inserts):
        found |= dict(session.execute(select(key, judged.table.c.id).where(key.in_(wanted))).all())
    return found


def note_changes(session: Session, viewer: Viewer, judged: Judged) -> None:
    """An entry with old and new values for each changed row."""
    if judged.table.name in DAILY:
        return
    accounts = judged.batch.store.get("account_id")
    chain.note(session, [
        entry(
            session, viewer, judged.table.name, c.row.id,
            c.row.id if judged.table.name == "account" else accounts and accounts[c.position],
            old=c.old, new=c.new,
        )
        for c in judged.changes
    ])  # fmt: skip


def note_links(session: Session, viewer: Viewer, judged: Judged, own: dict[str, int]) -> None:
    """An entry for each link of a row that was there before: parent, manager, role, who looks after it."""
    linked, of_accounts = judged.links, judged.table.name == "account"
    entries = []
    for position, names in sorted(linked.differs.items()):
        row_id = own[judged.batch.store["external_id"][position]]
        held = linked.current.get(row_id, {})
        for name in sorted(names):
            old = ", ".join(sorted(held.get(name, ()))) or None
            sides = {"old": {name: old}, "new": {name: linked.wanted[name][position]}}
            account_id = row_id if of_accounts else None
            entries.append(entry(session, viewer, judged.table.name, row_id, account_id, **sides))
    chain.note(session, entries)


def note_people(session: Session, viewer: Viewer, ids: dict[str, int], role: str) -> None:
    """An entry for each person a file named and nobody knew."""
    rows: Iterable = sorted(ids.items())
    chain.note(session, [
        entry(session, viewer, "person", i, None, new={"external_id": key, "role": role}) for key, i in rows
    ])  # fmt: skip
