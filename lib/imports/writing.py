"""Writes judged rows in bulk inside the caller's transaction: inserts, changes with their history, links."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlmodel import Session

from lib.access import Viewer
from lib.imports import recording
from lib.imports.existing import text_of
from lib.imports.judge import Change, Judged
from lib.imports.links import DUTIES, SELF, Linked
from lib.store import facts
from lib.store.bulk import insert_columns
from lib.store.database import parts
from lib.store.models import (
    Account,
    Assignment,
    Contract,
    Invoice,
    ManualValue,
    Opportunity,
    Person,
    PersonRole,
    Subscription,
)

_DATED = {m.__table__.name: m for m in (Subscription, Contract, Invoice, Opportunity)}
_NEW_ROLE = {"owner": "account_manager", "manager": "leadership"}


def write(session: Session, viewer: Viewer, judged: Judged) -> None:
    """Store the new rows and the changes of one chunk."""
    if judged.inserts:
        insert_columns(session, judged.table, _new_columns(viewer, judged))
        recording.note_new(session, viewer, judged)
    if judged.changes:
        _change(session, viewer, judged)
    _remember_imported(session, judged)
    if judged.links:
        _write_links(session, viewer, judged)


def _new_columns(viewer: Viewer, judged: Judged) -> dict[str, list[Any]]:
    table, store, size = judged.table, judged.batch.store, len(judged.inserts)
    taken = judged.inserts
    whole = size == judged.batch.size
    columns = {n: values if whole else [values[i] for i in taken] for n, values in store.items()}
    if "source" in table.c:
        columns["source"] = ["import"] * size
    for name in ("created_at", "updated_at", "recorded_at"):
        if name in table.c:
            columns[name] = [viewer.now] * size
    return columns


def _change(session: Session, viewer: Viewer, judged: Judged) -> None:
    """Dated rows keep their earlier state; each set of columns that differs is one statement."""
    table = judged.table
    if table.name in _DATED:
        facts.supersede_many(session, _DATED[table.name], [c.row.id for c in judged.changes], viewer.now)
    groups: dict[tuple[str, ...], list[Change]] = {}
    for change in judged.changes:
        groups.setdefault(tuple(change.new), []).append(change)
    stamps = {n: viewer.now for n in ("updated_at", "recorded_at") if n in table.c}
    for names, changes in groups.items():
        statement = update(table).values({n: bindparam(f"new_{n}") for n in names} | stamps)
        if "version" in table.c:
            statement = statement.values(version=table.c.version + 1)
        rows = [{f"new_{n}": v for n, v in c.new.items()} | _identity(judged, c) for c in changes]
        for name in ("id",) if changes[0].row.id is not None else judged.key:
            statement = statement.where(table.c[name] == bindparam(f"its_{name}"))
        session.connection().execute(statement, rows)
    session.expire_all()
    recording.note_changes(session, viewer, judged)


def _identity(judged: Judged, change: Change) -> dict[str, Any]:
    if change.row.id is not None:
        return {"its_id": change.row.id}
    return {f"its_{n}": judged.batch.store[n][change.position] for n in judged.key}


def _remember_imported(session: Session, judged: Judged) -> None:
    """Beside a value a person holds: what the last import said."""
    if not judged.kept:
        return
    table = ManualValue.__table__
    statement = (
        update(table)
        .where(table.c.table_name == judged.table.name, table.c.row_id == bindparam("its_row"),
               table.c.field == bindparam("its_field"))
        .values(imported_text=bindparam("said"))
    )  # fmt: skip
    rows = [{"its_row": row.id, "its_field": name, "said": text_of(v)} for row, name, v in judged.kept]
    session.connection().execute(statement, rows)


def _write_links(session: Session, viewer: Viewer, judged: Judged) -> None:
    linked, batch = judged.links, judged.batch
    for name, keys in linked.create.items():
        _add_people(session, viewer, keys, _NEW_ROLE[name])
    own = _ids(session, Account if batch.kind.name == "accounts" else Person, batch.store["external_id"])
    people = _ids(session, Person, {k for n in DUTIES for k in linked.wanted.get(n, []) if k})
    recording.note_links(session, viewer, judged, own)
    open_rows = sorted({*judged.inserts, *linked.differs})
    for name in linked.wanted:
        rows = [i for i in open_rows if _open(linked, name, i)]
        targets = [(own[batch.store["external_id"][i]], linked.wanted[name][i]) for i in rows]
        if name in SELF.values():
            _write_up(session, viewer, batch.kind.name, targets)
        elif name == "role":
            _write_roles(session, targets)
        else:
            _write_duty(session, viewer, name, [(a, people[k]) for a, k in targets if k in people])


def _open(linked: Linked, name: str, position: int) -> bool:
    """Whether this link of a row is to be written: it differs, or the row is new and names one."""
    if position in linked.differs:
        return name in linked.differs[position]
    return linked.wanted[name][position] is not None


def _ids(session: Session, model: type, keys: Iterable[str | None]) -> dict[str, int]:
    found: dict[str, int] = {}
    for wanted in parts({k for k in keys if k is not None}):
        found.update(
            tuple(row)
            for row in session.execute(
                select(model.external_id, model.id).where(model.external_id.in_(wanted))
            )
        )
    return found


def _add_people(session: Session, viewer: Viewer, keys: set[str], role: str) -> None:
    """People a file names and nobody knows yet, under their key as name, with the role of the duty."""
    missing = keys - _ids(session, Person, keys).keys()
    if not missing:
        return
    rows = [{"external_id": k, "name": k, "created_at": viewer.now} for k in sorted(missing)]
    session.connection().execute(insert(Person.__table__), rows)
    ids = _ids(session, Person, missing)
    roles = [{"person_id": i, "role": role, "origin": "import"} for i in ids.values()]
    session.connection().execute(insert(PersonRole.__table__), roles)
    recording.note_people(session, viewer, ids, role)


def _write_up(session: Session, viewer: Viewer, kind: str, targets: list[tuple[int, str | None]]) -> None:
    """Parents of accounts, managers of people."""
    table = (Account if kind == "accounts" else Person).__table__
    column = "parent_id" if kind == "accounts" else "manager_id"
    ids = _ids(session, Account if kind == "accounts" else Person, {k for _, k in targets})
    rows = [{"its_id": i, "up": ids.get(k)} for i, k in targets]
    if not rows:
        return
    statement = update(table).where(table.c.id == bindparam("its_id")).values({column: bindparam("up")})
    if "updated_at" in table.c:
        statement = statement.values(updated_at=viewer.now)
    session.connection().execute(statement, rows)
    session.expire_all()


def _write_roles(session: Session, targets: list[tuple[int, str | None]]) -> None:
    """A role is added, never taken: what a person was given by hand stays."""
    rows = [{"person_id": i, "role": r, "origin": "import"} for i, r in targets if r is not None]
    if rows:
        session.connection().execute(insert(PersonRole.__table__), rows)


def _write_duty(session: Session, viewer: Viewer, duty: str, targets: list[tuple[int, int]]) -> None:
    """The former owner or backup ends today; there may be several sellers."""
    if not targets:
        return
    table = Assignment.__table__
    if duty != "sales":
        for wanted in parts(account for account, _ in targets):
            held = select(table.c.id).where(
                table.c.account_id.in_(wanted), table.c.duty == duty, table.c.until.is_(None)
            )
            ids = list(session.execute(held).scalars())
            facts.supersede_many(session, Assignment, ids, viewer.now)
            for some in parts(ids):
                ending = {"until": viewer.today, "recorded_at": viewer.now, "version": table.c.version + 1}
                session.execute(update(table).where(table.c.id.in_(some)).values(ending))
    rows = [
        {"account_id": a, "person_id": p, "duty": duty, "since": viewer.today, "recorded_at": viewer.now}
        for a, p in targets
    ]
    session.connection().execute(insert(table), rows)
