"""Who looks after an account: assignments end and begin, they are never rewritten."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Role, Viewer
from lib.errors import Conflict, Invalid
from lib.store.models import Assignment, Person, PersonRole

DUTIES = {"owner": Role.ACCOUNT_MANAGER, "backup": Role.ACCOUNT_MANAGER}


def hand_over(session: Session, viewer: Viewer, account_id: int, duty: str, person_id: int) -> dict[str, Any]:
    """End the current assignment of the duty and add the next; what was before, for the audit."""
    if duty not in DUTIES:
        raise Invalid("duty_unknown")
    held = {row.duty: row for row in current(session, account_id) if row.duty != "sales"}
    before = held.get(duty)
    if before is not None and before.person_id == person_id:
        raise Conflict("already_responsible")
    other = held.get("backup" if duty == "owner" else "owner")
    if other is not None and other.person_id == person_id:
        if duty == "backup":
            raise Invalid("backup_is_owner")
        end(session, viewer, other)
    if before is not None:
        end(session, viewer, before)
    session.flush()
    assign(session, viewer, account_id, duty, person_id, viewer.today)
    promoted = other is not None and other.person_id == person_id
    return {
        "duty": duty,
        "person_id": before.person_id if before else None,
        "backup_id": person_id if promoted else None,
    }


def current(session: Session, account_id: int) -> list[Assignment]:
    found = select(Assignment).where(Assignment.account_id == account_id, Assignment.until.is_(None))
    return list(session.execute(found.with_for_update()).scalars())


def end(session: Session, viewer: Viewer, row: Assignment) -> None:
    row.until, row.recorded_at, row.version = max(viewer.today, row.since), viewer.now, row.version + 1
    session.add(row)


def assign(session: Session, viewer: Viewer, account_id: int, duty: str, person_id: int, since: date) -> None:
    """Only an active person whose role fits the duty; an admin may hold an account for a while."""
    fitting = select(Person.id).join(PersonRole, PersonRole.person_id == Person.id)
    roles = [str(DUTIES[duty]), str(Role.ADMIN)]
    known = fitting.where(Person.id == person_id, Person.active, PersonRole.role.in_(roles))
    if session.execute(known).first() is None:
        raise Invalid("person_not_fit", duty=duty)
    session.add(
        Assignment(account_id=account_id, person_id=person_id, duty=duty, since=since, recorded_at=viewer.now)
    )
    session.flush()
