"""Writes the blocks of an account's page that people fill in: entitlements, integrations, departments, goals,
roadmap requests, team; and the account's profile with its tags. Every change can be taken back."""

from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.accounts import fields, manual, portrait_rules
from lib.accounts.fields import FIELDS
from lib.errors import Conflict, Invalid, NotFound
from lib.store import personal
from lib.store.doors import audit, command, plain
from lib.store.forms import earlier_result, remember
from lib.store.models import (
    Account,
    AccountProfile,
    AccountTag,
    AuditEntry,
    CustomerGoal,
    Department,
    Entitlement,
    Integration,
    Person,
    Referral,
    RoadmapRequest,
    TeamRole,
)
from lib.store.scope import load

MODELS: dict[str, Any] = {
    model.__tablename__: model
    for model in (
        Entitlement,
        Integration,
        Department,
        CustomerGoal,
        RoadmapRequest,
        Referral,
        TeamRole,
    )  # fmt: skip
}
PROFILE = "account_profile"
_CHECKS = {
    "entitlement": portrait_rules.check_entitlement, "integration": portrait_rules.check_no_secret,
}  # fmt: skip


@command("accounts.add_item", permission="account.write", subject="account")
def add_item(
    session: Session, viewer: Viewer, account_id: int, block: str, form_key: str, values: dict[str, Any]
) -> int:
    """A row in a block of the account's page; its id. `block` is a table of fields.ITEMS.

    The same form sent twice gives the same id. Raises NotFound, Invalid.
    """
    content = {"account": account_id, "block": block, "values": plain(values)}
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    load(session, viewer, Account, account_id)
    clean = _clean(session, block, values, whole=True)
    own = {"external_id": f"hand-{form_key[:32]}", "created_at": viewer.now} if block == "entitlement" else {}
    row = _model(block)(account_id=account_id, updated_at=viewer.now, **own, **clean)
    session.add(row)
    session.flush()
    audit(session, viewer, block, row.id, account_id=account_id, new=clean | {"_version": 1})
    remember(session, viewer, form_key, content, {"id": row.id})
    return row.id


@command("accounts.correct_item", permission="account.write", subject="account")
def correct_item(
    session: Session,
    viewer: Viewer,
    account_id: int,
    block: str,
    row_id: int,
    seen_version: int,
    values: dict[str, Any],
) -> int:
    """Change fields of a row; its new version. Raises NotFound, Invalid, and Conflict for a stale version."""
    row = _load(session, viewer, account_id, block, row_id, seen_version)
    clean = _clean(session, block, values, known=row.model_dump())
    changed = {name: value for name, value in clean.items() if getattr(row, name) != value}
    return _write(session, viewer, block, row, changed) if changed else row.version


@command("accounts.remove_item", permission="account.write", subject="account")
def remove_item(
    session: Session, viewer: Viewer, account_id: int, block: str, row_id: int, seen_version: int
) -> int:
    """Take a row out of its block; it can be put back. Its new version."""
    row = _load(session, viewer, account_id, block, row_id, seen_version)
    return _write(session, viewer, block, row, {"removed": True})


@command("accounts.set_profile", permission="account.write", subject="account")
def set_profile(
    session: Session, viewer: Viewer, account_id: int, seen_version: int, values: dict[str, Any]
) -> int:
    """Change fields of the profile and, as `tags` in one line, the tags; its new version. `seen_version` is 0
    while the account has no profile."""
    load(session, viewer, Account, account_id)
    row = _profile(session, viewer, account_id)
    if (row.version if row.id else 0) != seen_version:
        raise Conflict("changed_meanwhile", seen=seen_version, now=row.version)
    asked = dict(values)
    tags = asked.pop("tags", None)
    changed = {n: v for n, v in fields.clean(PROFILE, asked).items() if getattr(row, n) != v}
    if tags is not None:
        told = fields.check(fields.TAGS, tags) or ""
        if portrait_rules.tags_of(told) != tags_held(session, account_id):
            changed["tags"] = ", ".join(portrait_rules.tags_of(told))
    if not changed:
        return row.version if row.id else 0
    return _write(session, viewer, PROFILE, row, changed, version=row.version + 1 if row.id else 1)


def tags_held(session: Session, account_id: int) -> list[str]:
    found = select(AccountTag.tag).where(AccountTag.account_id == account_id).order_by(AccountTag.id)
    return list(session.execute(found).scalars())


def add_tag(session: Session, viewer: Viewer, account_id: int, tag: str) -> bool:
    """One more tag, for a flow that has its own transaction; False when the account has it already."""
    held = tags_held(session, account_id)
    if tag in held:
        return False
    portrait_rules.tags_of(", ".join([*held, tag]))
    session.add(AccountTag(account_id=account_id, tag=tag))
    audit(session, viewer, "account_tag", None, account_id=account_id, new={"tag": tag})
    return True


def drop_tag(session: Session, viewer: Viewer, account_id: int, tag: str) -> None:
    found = select(AccountTag).where(AccountTag.account_id == account_id, AccountTag.tag == tag)
    for row in session.execute(found).scalars():
        session.delete(row)
        audit(session, viewer, "account_tag", None, account_id=account_id, old={"tag": tag})


def undo(session: Session, viewer: Viewer, account_id: int, entry: AuditEntry) -> int:
    """Take the newest change of a row or of the profile back; the new version."""
    if entry.table_name == PROFILE:
        row = _profile(session, viewer, account_id)
    else:
        row = session.get(_model(entry.table_name), entry.row_id)
    if row is None or row.id is None or row.version != (entry.new or {}).get("_version"):
        raise Conflict("nothing_to_undo")
    if entry.old is None:  # it was added
        return _write(session, viewer, entry.table_name, row, {"removed": True})
    before = personal.resolved(session, entry.old)
    known = {field.name for field in FIELDS[entry.table_name]}
    restored = {n: manual.typed(entry.table_name, n, v) if n in known else v for n, v in before.items()}
    return _write(session, viewer, entry.table_name, row, restored)


def _model(block: str) -> Any:
    if block not in MODELS:
        raise Invalid("field_not_open", field=str(block))
    return MODELS[block]


def _load(
    session: Session, viewer: Viewer, account_id: int, block: str, row_id: int, seen_version: int
) -> Any:
    """The row, through its account: one answer for what is gone, foreign or never was."""
    row = load(session, viewer, _model(block), row_id, seen_version)
    if row.account_id != account_id or row.removed_at is not None:
        raise NotFound()
    return row


def _profile(session: Session, viewer: Viewer, account_id: int) -> AccountProfile:
    found = select(AccountProfile).where(AccountProfile.account_id == account_id).with_for_update()
    row = session.execute(found).scalars().first()
    return row or AccountProfile(account_id=account_id, updated_at=viewer.now)


def _clean(
    session: Session, block: str, values: dict[str, Any], *, whole: bool = False, known: dict | None = None
) -> dict[str, Any]:
    """The values as they may be stored. Raises Invalid."""
    _model(block)
    required = {f.name: None for f in FIELDS[block] if f.required} if whole else {}
    clean = fields.clean(block, required | values)
    if check := _CHECKS.get(block):
        check((known or {}) | clean)
    if "person_id" in clean:
        there = select(Person.id).where(Person.id == clean["person_id"], Person.active)
        if session.execute(there).first() is None:
            raise Invalid("field_choice", field="person_id")
    return clean


def _write(
    session: Session, viewer: Viewer, table: str, row: Any, changed: dict[str, Any], version: int = 0
) -> int:
    """Write the changes with their record; `removed` and `tags` are no columns."""
    old: dict[str, Any] = {}
    for name, value in changed.items():
        if name == "removed":
            old[name] = row.removed_at is not None
            row.removed_at = viewer.now if value else None
        elif name == "tags":
            old[name] = ", ".join(tags_held(session, row.account_id))
            _set_tags(session, row.account_id, value)
        else:
            old[name] = getattr(row, name)
            setattr(row, name, value)
    row.version, row.updated_at = version or row.version + 1, viewer.now
    session.add(row)
    session.flush()
    new = changed | {"_version": row.version}
    audit(session, viewer, table, row.id, account_id=row.account_id, old=old, new=new)
    return row.version


def _set_tags(session: Session, account_id: int, line: str) -> None:
    for row in session.execute(select(AccountTag).where(AccountTag.account_id == account_id)).scalars():
        session.delete(row)
    session.flush()
    for tag in portrait_rules.tags_of(line):
        session.add(AccountTag(account_id=account_id, tag=tag))
        session.flush()
