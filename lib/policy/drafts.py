"""A policy document being worked on: nobody is bound by a draft until it is published as a version."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict, Invalid, NotFound
from lib.policy import rules
from lib.policy.commands import entries, newest_version, plan
from lib.store.doors import audit, command
from lib.store.models import PolicyDraft


def draft_of(session: Session, name: str) -> PolicyDraft | None:
    return session.execute(select(PolicyDraft).where(PolicyDraft.name == name)).scalars().first()


@command("policy.draft_value", permission="policy.write")
def draft_value(session: Session, viewer: Viewer, name: str, seen_number: int, path: str, text: str) -> int:
    """Set one value in the draft of a document, which begins with the newest version; the draft's version.

    Raises NotFound, Conflict when `seen_number` is not the newest version or the draft was begun from an
    earlier one, Invalid for a value that does not fit.
    """
    newest = newest_version(session, name, seen_number)
    row = draft_of(session, name)
    if row is not None and row.based_on != newest.number:
        raise Conflict("policy_draft_old", number=newest.number)
    held = row.body if row else newest.body
    body = rules.with_changes(held, {path: text}, entries()[name])
    rules.validate(name, body, entries()[name])
    if row is None:
        row = PolicyDraft(name=name, based_on=newest.number, body=body, person_id=viewer.person_id,
                          saved_at=viewer.now, version=0)  # fmt: skip
        session.add(row)
    row.body, row.person_id, row.saved_at, row.version = body, viewer.person_id, viewer.now, row.version + 1
    session.flush()
    _record(session, viewer, row, held, body)
    return row.version


@command("policy.drop_draft", permission="policy.write")
def drop_draft(session: Session, viewer: Viewer, name: str, seen_version: int) -> None:
    """Throw the draft of a document away. NotFound, Conflict."""
    row = _seen(session, name, seen_version)
    audit(session, viewer, "policy_draft", row.id, old={"name": name}, new={"dropped": True})
    session.delete(row)


@command("policy.publish_draft", permission="policy.write")
def publish_draft(
    session: Session, viewer: Viewer, name: str, seen_version: int, valid_from: date, reason: str
) -> int:
    """Make the draft the newest version of its document, from a day on; the version's number.

    Raises NotFound, Conflict for a draft somebody changed or that an own version overtook, Invalid.
    """
    row = _seen(session, name, seen_version)
    newest = newest_version(session, name, row.based_on)
    number = plan(session, viewer, newest, row.body, valid_from, reason, "")
    session.delete(row)
    return number


def _seen(session: Session, name: str, seen_version: int) -> PolicyDraft:
    row = draft_of(session, name)
    if row is None:
        raise NotFound()
    if row.version != seen_version:
        raise Conflict("changed_meanwhile", seen=seen_version, now=row.version)
    return row


def _record(
    session: Session, viewer: Viewer, row: PolicyDraft, old: dict[str, Any], new: dict[str, Any]
) -> None:
    found = rules.diff(old, new)
    if not found:
        raise Invalid("policy_nothing_changed")
    audit(session, viewer, "policy_draft", row.id, old={f"{row.name}.{c.path}": c.old for c in found},
          new={f"{row.name}.{c.path}": c.new for c in found})  # fmt: skip
