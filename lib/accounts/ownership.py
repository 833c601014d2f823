"""Who looks after an account: assignments end and begin, they are never rewritten.

One owner and one backup, two people, each active and of a fitting role; the store itself refuses a second
owner or backup (uq_assignment_current).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from lib.access import DUTY_ROLES, Viewer
from lib.errors import Conflict, Invalid
from lib.store import cover, outbox
from lib.store.database import parts
from lib.store.models import Account, Assignment, Person, PersonRole

DUTIES = ("owner", "backup")


def hand_over(session: Session, viewer: Viewer, account_id: int, duty: str, person_id: int) -> dict[str, Any]:
    """End the current assignment of the duty and add the next; what was before, for the audit.

    On a VIP account whose backup becomes the owner the two change places, as long as the former owner is
    fit for it: an account that is covered stays covered.
    """
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
    outbox.put(session, viewer, "handover", f"{account_id}:{duty}:{viewer.now.isoformat()}",
               account_id=account_id, person_id=person_id)  # fmt: skip
    promoted = other is not None and other.person_id == person_id
    stays = promoted and before is not None and must_be_covered(session, account_id)
    if stays and is_fit(session, before.person_id, "backup"):
        assign(session, viewer, account_id, "backup", before.person_id, viewer.today)
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
    require_fit(session, person_id, duty)
    session.add(
        Assignment(account_id=account_id, person_id=person_id, duty=duty, since=since, recorded_at=viewer.now)
    )
    session.flush()


def must_be_covered(session: Session, account_id: int) -> bool:
    """VIP accounts have an owner and a backup, until they leave."""
    vip = select(Account.id).where(Account.id == account_id, Account.is_vip, Account.status != "churned")
    return session.execute(vip).first() is not None


def covered(session: Session, account_ids: Iterable[int]) -> set[int]:
    """Those of the accounts that must have an owner and a backup and have both, active and fit."""
    owner, backup = cover.fit("owner"), cover.fit("backup")
    found: set[int] = set()
    for part in parts(sorted(account_ids)):
        both = (
            select(Account.id)
            .join(owner, owner.c.account_id == Account.id)
            .join(backup, backup.c.account_id == Account.id)
            .where(Account.id.in_(part), Account.is_vip, Account.status != "churned")
        )
        found |= set(session.execute(both).scalars())
    return found


def is_fit(session: Session, person_id: int, duty: str) -> bool:
    """Whether somebody is active and their role fits the duty."""
    fitting = select(Person.id).join(PersonRole, PersonRole.person_id == Person.id)
    roles = sorted(map(str, DUTY_ROLES[duty]))
    known = fitting.where(Person.id == person_id, Person.active, PersonRole.role.in_(roles))
    return session.execute(known).first() is not None


def require_fit(session: Session, person_id: int, duty: str) -> None:
    """Raises Invalid("person_not_fit") for somebody who is off or whose role does not fit the duty."""
    if not is_fit(session, person_id, duty):
        raise Invalid("person_not_fit", duty=duty)


def duties_of(session: Session, account_ids: Iterable[int]) -> dict[int, list[Assignment]]:
    """The assignments that hold now, by account, locked in the order of their ids."""
    held: dict[int, list[Assignment]] = {}
    for part in parts(sorted(account_ids)):
        found = select(Assignment).where(Assignment.account_id.in_(part), Assignment.until.is_(None))
        for row in session.execute(found.order_by(Assignment.id).with_for_update()).scalars():
            held.setdefault(row.account_id, []).append(row)
    return held


def hand_over_many(
    session: Session, viewer: Viewer, held: Mapping[int, list[Assignment]], from_id: int, to_id: int,
    backup_id: int | None = None,
) -> dict[int, dict[str, dict[str, int]]]:  # fmt: skip
    """Every duty of one person on these accounts (from `duties_of`) goes to another; account -> before and
    after as duty -> person, for what changed alone.

    A backup who becomes the owner is no longer the backup, and the owner does not become the backup as well:
    `backup_id` takes that place. Without one it would stay empty: raises Conflict("handover_uncovers") when
    that leaves a VIP account without a backup that has one now. Raises Invalid for somebody unfit.
    """
    fit: set[str] = set()
    guarded = covered(session, held)
    bare: list[int] = []
    if backup_id == to_id:
        raise Invalid("backup_is_owner")
    moves: dict[int, dict[str, dict[str, int]]] = {}
    new: list[Assignment] = []
    for account_id, rows in held.items():
        given = [row for row in rows if row.person_id == from_id]
        theirs = {row.duty: row for row in rows if row.person_id == to_id}
        owns = "owner" in theirs or any(row.duty == "owner" for row in given)
        ended, begun = list(given), []
        for duty in sorted({row.duty for row in given}):
            if duty in theirs or (owns and duty == "backup"):
                continue
            if duty not in fit:
                require_fit(session, to_id, duty)
                fit.add(duty)
            begun.append(Assignment(account_id=account_id, person_id=to_id, duty=duty, since=viewer.today,
                                    recorded_at=viewer.now))  # fmt: skip
        if owns and "backup" in theirs:
            ended.append(theirs["backup"])
        if needs_backup(rows, from_id, to_id):
            if backup_id is None:
                bare += [account_id] if account_id in guarded else []
            else:
                if "instead" not in fit:
                    require_fit(session, backup_id, "backup")
                    fit.add("instead")
                begun.append(Assignment(account_id=account_id, person_id=backup_id, duty="backup",
                                        since=viewer.today, recorded_at=viewer.now))  # fmt: skip
        before = {row.duty: row.person_id for row in ended}
        after = {row.duty: row.person_id for row in begun}
        for row in ended:
            end(session, viewer, row)
        new += begun
        moves[account_id] = {"before": before, "after": after}
    if bare:
        raise Conflict("handover_uncovers", count=len(bare))
    session.flush()  # ended ones first: there is one owner and one backup at a time
    session.add_all(new)
    session.flush()
    return moves


def needs_backup(rows: Sequence[Assignment], from_id: int, to_id: int) -> bool:
    """Whether an account loses its backup when one person's duties go to another, who holds one already."""
    duties = {(row.duty, row.person_id) for row in rows}
    rises = ("owner", from_id) in duties and ("backup", to_id) in duties
    return rises or (("backup", from_id) in duties and ("owner", to_id) in duties)


def take_back_many(
    session: Session, viewer: Viewer, held: Mapping[int, list[Assignment]],
    moves: Mapping[int, Mapping[str, Mapping[str, int]]],
) -> None:  # fmt: skip
    """What `hand_over_many` moved goes back, to whoever held it, fit or not: it is as it was before.

    Raises Conflict("nothing_to_undo") when an account's duties changed since.
    """
    new = []
    for account_id, move in moves.items():
        rows = {(row.duty, row.person_id): row for row in held.get(account_id, [])}
        taken = {duty for duty, _ in rows if duty != "sales"}
        for duty, person_id in move["after"].items():
            if (duty, person_id) not in rows:
                raise Conflict("nothing_to_undo")
            end(session, viewer, rows[duty, person_id])
            taken.discard(duty)
        if taken & set(move["before"]):
            raise Conflict("nothing_to_undo")
        new += [
            Assignment(account_id=account_id, person_id=person_id, duty=duty, since=viewer.today,
                       recorded_at=viewer.now)
            for duty, person_id in move["before"].items()
        ]  # fmt: skip
    session.flush()
    session.add_all(new)
    session.flush()
