"""Changes accounts, contacts and who looks after an account; every change can be taken back."""

from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer, require
from lib.accounts import fields, item_commands, manual, rules
from lib.accounts.ownership import assign, current, hand_over
from lib.errors import Conflict, NotFound
from lib.store import personal
from lib.store.doors import audit, command, plain
from lib.store.forms import earlier_result, remember
from lib.store.models import Account, AuditEntry, Contact
from lib.store.scope import load, visible_accounts

__all__ = [
    "correct_account", "correct_contact", "create_account", "create_contact", "set_owner", "undo_last",
    "write_status",
]  # fmt: skip

_TABLES = {"account": Account, "contact": Contact}


@command("accounts.create_account", permission="account.write")
def create_account(
    session: Session,
    viewer: Viewer,
    form_key: str,
    values: dict[str, Any],
    owner_id: int | None = None,
    same_name_is_fine: bool = False,
) -> int:
    """A new account with its owner; its id. Without `owner_id` the viewer owns it.

    `values`: the fields of fields.ACCOUNT; money in minor units of `currency`. The same form sent twice
    gives the same id. Raises Invalid, and Conflict("account_same_name") when the viewer's book has an account
    that reads the same, unless the person says it is another company.
    """
    content = {"values": plain(values), "owner": owner_id, "same_name_is_fine": same_name_is_fine}
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    clean = fields.clean("account", {"name": None} | values)
    rules.check_account(clean, viewer.today)
    if not same_name_is_fine:
        _refuse_look_alike(session, viewer, clean["name"])
    row = Account(
        external_id=f"hand-{form_key[:32]}",
        source="hand",
        created_at=viewer.now,
        updated_at=viewer.now,
        **clean,
    )
    session.add(row)
    session.flush()
    assign(session, viewer, row.id, "owner", owner_id or viewer.person_id, viewer.today)
    audit(session, viewer, "account", row.id, account_id=row.id, new=clean)
    remember(session, viewer, form_key, content, {"id": row.id})
    return row.id


@command("accounts.correct_account", permission="account.write", subject="account")
def correct_account(
    session: Session,
    viewer: Viewer,
    account_id: int,
    seen_version: int,
    values: dict[str, Any],
    reason: str | None = None,
) -> int:
    """Change fields of an account; its new version. Unchanged values are set aside.

    On an account that an import brought, the changed fields are marked as held by hand: they outlive the
    next import. Raises NotFound, Conflict when somebody was faster, Invalid.
    """
    row = load(session, viewer, Account, account_id, seen_version)
    clean = fields.clean("account", values)
    rules.check_currency(row.model_dump(), clean, fields.MONEY)
    rules.check_account(row.model_dump() | clean, viewer.today)
    return _correct(session, viewer, "account", row, clean, reason)


@command("accounts.create_contact", permission="contact.write", subject="account")
def create_contact(
    session: Session, viewer: Viewer, account_id: int, form_key: str, values: dict[str, Any]
) -> int:
    """A person at the customer; the new id. The same form sent twice gives the same id."""
    content = {"account": account_id, "values": plain(values)}
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    load(session, viewer, Account, account_id)
    clean = fields.clean("contact", {"name": None} | values)
    rules.check_contact(clean)
    row = Contact(account_id=account_id, external_id=f"hand-{form_key[:32]}", created_at=viewer.now, **clean)
    session.add(row)
    session.flush()
    audit(session, viewer, "contact", row.id, account_id=account_id, new=clean)
    remember(session, viewer, form_key, content, {"id": row.id})
    return row.id


@command("accounts.correct_contact", permission="contact.write", subject="contact")
def correct_contact(
    session: Session,
    viewer: Viewer,
    contact_id: int,
    seen_version: int,
    values: dict[str, Any],
    reason: str | None = None,
) -> int:
    """Change fields of a contact; its new version. Marks what an import had brought, like an account's."""
    row = load(session, viewer, Contact, contact_id, seen_version)
    clean = fields.clean("contact", values)
    rules.check_contact(row.model_dump() | clean)
    return _correct(session, viewer, "contact", row, clean, reason)


@command("accounts.set_owner", permission="account.write", subject="account")
def set_owner(
    session: Session,
    viewer: Viewer,
    account_id: int,
    seen_version: int,
    person_id: int,
    duty: str = "owner",
    reason: str | None = None,
) -> int:
    """Hand an account over: the holder's assignment ends today, the next one starts; its new version.

    There is always exactly one owner. A backup who becomes the owner changes places with the former owner on
    a VIP account, where that one is fit; elsewhere they are no longer the backup. Raises
    NotFound, Conflict, Invalid (unknown duty, a person without the role, the owner as own backup).
    """
    row = load(session, viewer, Account, account_id, seen_version)
    before = hand_over(session, viewer, account_id, duty, person_id)
    row.version, row.updated_at = row.version + 1, viewer.now
    new = {"duty": duty, "person_id": person_id, "_version": row.version}
    audit(session, viewer, "assignment", None, account_id=account_id, old=before, new=new, reason=reason)
    return row.version


def write_status(
    session: Session,
    viewer: Viewer,
    account_id: int,
    seen_version: int,
    status: str,
    reason: str | None = None,
) -> int:
    """Write the state a person says the customer is in; the account's new version. Raises as a correction."""
    row = load(session, viewer, Account, account_id, seen_version)
    return _correct(session, viewer, "account", row, {"status": fields.check(fields.STATUS, status)}, reason)


@command("accounts.undo", permission="contact.write")
def undo_last(session: Session, viewer: Viewer, audit_entry_id: int) -> int:
    """Take a change back by a new correction that restores what it replaced; the new version.

    Raises NotFound for a change of a foreign account, Conflict("nothing_to_undo") when the record changed
    since or the change was no correction.
    """
    entry = session.get(AuditEntry, audit_entry_id)
    if entry is None or entry.account_id is None:
        raise NotFound()
    account = load(session, viewer, Account, entry.account_id)
    if entry.table_name != "contact":
        require(viewer, "account.write")
    if entry.command not in rules.UNDOABLE or (entry.old is None and entry.command != rules.ADDED):
        raise Conflict("nothing_to_undo")
    if entry.table_name == item_commands.PROFILE or entry.table_name in item_commands.MODELS:
        return item_commands.undo(session, viewer, account.id, entry)
    if entry.table_name == "assignment":
        return _undo_handover(session, viewer, account, entry)
    row = load(session, viewer, _TABLES[entry.table_name], entry.row_id)
    if row.version != (entry.new or {}).get("_version"):
        raise Conflict("nothing_to_undo")
    before = personal.resolved(session, entry.old)
    restored = {name: manual.typed(entry.table_name, name, text) for name, text in before.items()}
    return _correct(session, viewer, entry.table_name, row, restored, None)


def _correct(
    session: Session,
    viewer: Viewer,
    table: str,
    row: Account | Contact,
    clean: dict[str, Any],
    reason: str | None,
) -> int:
    """Write what differs, mark it, audit old and new; the version stays when nothing differs."""
    changed = {name: value for name, value in clean.items() if getattr(row, name) != value}
    if not changed:
        return row.version
    old = {name: getattr(row, name) for name in changed}
    for name, value in changed.items():
        setattr(row, name, value)
    row.version += 1
    if isinstance(row, Account):
        row.updated_at = viewer.now
    if row.source != "hand":
        manual.mark(session, viewer, table, row.id, old=old, new=changed)
    session.flush()
    account_id = row.id if isinstance(row, Account) else row.account_id
    new = changed | {"_version": row.version}
    audit(
        session,
        viewer,
        table,
        row.id,
        account_id=account_id,
        old=old,
        new=new,
        reason=fields.check(fields.WHY, reason),
    )
    return row.version


def _refuse_look_alike(session: Session, viewer: Viewer, name: str) -> None:
    """Only the viewer's own book is searched: a refusal must not tell what others have."""
    names = session.execute(select(Account.name).where(visible_accounts(viewer))).scalars()
    if any(rules.same_name(other) == rules.same_name(name) for other in names):
        raise Conflict("account_same_name", name=name)


def _undo_handover(session: Session, viewer: Viewer, account: Account, entry: AuditEntry) -> int:
    """Only the very last change can be taken back, and only when somebody held the duty before."""
    if account.version != entry.new["_version"] or entry.old["person_id"] is None:
        raise Conflict("nothing_to_undo")
    before = hand_over(session, viewer, account.id, entry.old["duty"], entry.old["person_id"])
    stands = {row.duty for row in current(session, account.id)}
    if entry.old.get("backup_id") and "backup" not in stands:
        assign(session, viewer, account.id, "backup", entry.old["backup_id"], viewer.today)
    account.version, account.updated_at = account.version + 1, viewer.now
    new = {"duty": entry.old["duty"], "person_id": entry.old["person_id"], "_version": account.version}
    audit(session, viewer, "assignment", None, account_id=account.id, old=before, new=new)
    return account.version
