"""Policy is never changed in place: each change, revert and import adds versions with author and reason."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict, Invalid, NotFound
from lib.policy import files, rules, tables
from lib.policy.kinds import Entry
from lib.store import outbox, policy
from lib.store.doors import audit, command
from lib.store.models import Account, PolicyVersion


@cache
def entries() -> dict[str, dict[str, Entry]]:
    """What every value of every document is; the areas in the order readers meet them."""
    return rules.in_order(rules.read_catalogue(policy.catalogue()))


@command("policy.change", permission="policy.write")
def change(
    session: Session, viewer: Viewer, name: str, seen_number: int, changes: Mapping[str, str],
    valid_from: date, reason: str, feedback: str = "",
) -> int:  # fmt: skip
    """Set values (path -> text) of a document from a day on; the number of the new version.

    It builds on the newest version, also one whose day has not come, and so cannot hold before it.
    `feedback`: what customers or figures said before it. Raises NotFound, Conflict when `seen_number` is not
    the newest, Invalid.
    """
    newest = newest_version(session, name, seen_number)
    body = rules.with_changes(newest.body, changes, entries()[name])
    return plan(session, viewer, newest, body, valid_from, reason, feedback)


@command("policy.add_row", permission="policy.write")
def add_row(
    session: Session, viewer: Viewer, name: str, seen_number: int, path: str, texts: Mapping[str, str],
    valid_from: date, reason: str, feedback: str = "",
) -> int:  # fmt: skip
    """One row more in the table that `path` lies in, from texts by column; the number of the new version.

    Raises NotFound, Conflict, Invalid.
    """
    newest = newest_version(session, name, seen_number)
    body = tables.with_row(newest.body, name, path, texts, entries()[name])
    return plan(session, viewer, newest, body, valid_from, reason, feedback)


@command("policy.remove_row", permission="policy.write")
def remove_row(
    session: Session, viewer: Viewer, name: str, seen_number: int, path: str, valid_from: date, reason: str,
    feedback: str = "",
) -> int:  # fmt: skip
    """Take the row that `path` lies in out of its table; the number of the new version.

    Raises NotFound, Conflict, Invalid.
    """
    newest = newest_version(session, name, seen_number)
    body = tables.without_row(newest.body, name, path, entries()[name])
    return plan(session, viewer, newest, body, valid_from, reason, feedback)


def plan(
    session: Session, viewer: Viewer, newest: PolicyVersion, body: dict[str, Any], valid_from: date,
    reason: str, feedback: str,
) -> int:  # fmt: skip
    said = rules.check_plan(reason, valid_from, max(viewer.today, newest.valid_from))
    if not _add(session, viewer, newest, body, valid_from, said, rules.check_feedback(feedback)):
        raise Invalid("policy_nothing_changed")
    return newest.number + 1


@command("policy.revert", permission="policy.write")
def revert(session: Session, viewer: Viewer, name: str, seen_number: int, to_number: int, reason: str) -> int:
    """Bring the values of an earlier version back, from today on, as a new version; its number.

    A change that was planned for a later day is taken back by this. Raises NotFound, Conflict, Invalid.
    """
    newest = newest_version(session, name, seen_number)
    earlier = session.execute(
        select(PolicyVersion.body).where(PolicyVersion.name == name, PolicyVersion.number == to_number)
    ).scalar()
    if earlier is None:
        raise NotFound()
    said = rules.check_plan(reason, viewer.today, viewer.today)
    if not _add(session, viewer, newest, earlier, viewer.today, said):
        raise Invalid("policy_nothing_changed")
    return newest.number + 1


@command("policy.take_file", permission="policy.write")
def take_file(
    session: Session, viewer: Viewer, content: bytes, seen_numbers: Mapping[str, int], valid_from: date,
    reason: str, feedback: str = "",
) -> int:  # fmt: skip
    """Make every document of a policy file the newest version, all or none; how many documents changed.

    `seen_numbers` are the newest numbers the shown differences were made against. Raises NotFound, Conflict,
    Invalid; one refusal and nothing is stored.
    """
    changed, heard = 0, rules.check_feedback(feedback)
    for name, body in sorted(files.read_file(content).items()):
        if name not in entries():
            raise Invalid("policy_document_unknown", name=name[:60])
        newest = newest_version(session, name, seen_numbers.get(name, 0))
        rules.validate(name, body, entries()[name])
        if newest.body != body:
            said = rules.check_plan(reason, valid_from, max(viewer.today, newest.valid_from))
            changed += _add(session, viewer, newest, body, valid_from, said, heard)
    if not changed:
        raise Invalid("policy_nothing_changed")
    return changed


def newest_version(session: Session, name: str, seen_number: int) -> PolicyVersion:
    """The newest version of a document, locked. Raises NotFound, Conflict."""
    statement = select(PolicyVersion).where(PolicyVersion.name == name)
    row = session.execute(
        statement.order_by(PolicyVersion.number.desc()).limit(1).with_for_update()
    ).scalars().first()  # fmt: skip
    if row is None or name not in entries():
        raise NotFound()
    if row.number != seen_number:
        raise Conflict("changed_meanwhile", seen=seen_number, now=row.number)
    return row


def _add(
    session: Session, viewer: Viewer, newest: PolicyVersion, body: dict[str, Any], valid_from: date,
    reason: str, feedback: str | None = None,
) -> bool:  # fmt: skip
    """The next version with its audit record; False when the body is that of the newest one."""
    rules.validate(newest.name, body, entries()[newest.name])
    rules.check_figures(body, entries())
    found = rules.diff(newest.body, body)
    if not found:
        return False
    row = PolicyVersion(
        name=newest.name, number=newest.number + 1, body=body, valid_from=valid_from,
        recorded_at=viewer.now, person_id=viewer.person_id, reason=reason,
        feedback=feedback,
    )  # fmt: skip
    session.add(row)
    session.flush()
    old = {f"{newest.name}.{item.path}": item.old for item in found}
    new = {f"{newest.name}.{item.path}": item.new for item in found}
    audit(session, viewer, "policy_version", row.id, old=old,
          new=new | {"valid_from": valid_from}, reason=reason)  # fmt: skip
    if rules.concerns_customers(newest.name):
        eligible = Account.is_vip if newest.name == "vip" else None
        outbox.put_owners(session, viewer, "policy", str(row.id), row_id=row.id, accounts=eligible)
    return True
