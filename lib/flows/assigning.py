"""Giving accounts that lack an owner or a backup to people: many at once, one undo; by rule if wanted."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlmodel import Session

from lib.access import Viewer
from lib.accounts import ownership
from lib.errors import Conflict, Invalid, NotFound
from lib.flows.open_work import hand_on, take_back
from lib.people import fields
from lib.store import cover, outbox
from lib.store.database import parts
from lib.store.doors import audit, command
from lib.store.forms import earlier_result, remember
from lib.store.models import Account, Assignment, FormKey
from lib.store.scope import visible_accounts
from lib.teams import covering, loading

NAME = "teams.assign_many"
Pick = tuple[int, int | None, int | None]  # account, owner, backup; None leaves the duty as it is


@command(NAME, permission="book.hand_over")
def assign_many(
    session: Session, viewer: Viewer, picks: Sequence[Pick], form_key: str, reason: str | None = None
) -> str:
    """Fill the missing duties of accounts; the form key, by which it can be taken back.

    Whoever held the duty without being fit for it (switched off, role gone) gives it up, and what is open of
    theirs there goes along. One transaction, one audit record an account; the same form sent twice assigns
    once. Raises NotFound for accounts that are not in the viewer's list, Conflict("assign_held") when
    somebody fit holds the duty by now, Invalid for an unfit person.
    """
    wanted = {int(i): (owner, backup) for i, owner, backup in picks if owner or backup}
    content = {"picks": sorted([i, *pair] for i, pair in wanted.items()), "reason": reason}
    if earlier_result(session, viewer, form_key, content):
        return form_key
    if not wanted:
        raise Invalid("handover_nothing")
    rows, said = _accounts(session, viewer, sorted(wanted)), fields.why(reason)
    moves = _assign(session, viewer, rows, wanted, said)
    result = {"by": viewer.person_id, "moves": {str(i): one for i, one in moves.items()}}
    remember(session, viewer, form_key, content, result)
    return form_key


@command("teams.undo_assign", permission="book.hand_over")
def undo_assign(session: Session, viewer: Viewer, assigned: str) -> int:
    """Take `assign_many` back, by who did it; how many accounts are on the list again.

    Raises NotFound, Conflict("nothing_to_undo") when one of the accounts changed since.
    """
    found = select(FormKey).where(FormKey.key == assigned, FormKey.command == NAME)
    kept = session.execute(found).scalars().first()
    if kept is None or kept.result["by"] != viewer.person_id:
        raise NotFound()
    moves = {int(i): one for i, one in kept.result["moves"].items()}
    rows = _locked(session, sorted(moves))
    if len(rows) != len(moves) or any(rows[i].version != one["version"] for i, one in moves.items()):
        raise Conflict("nothing_to_undo")
    ownership.take_back_many(session, viewer, ownership.duties_of(session, moves), moves)
    for account_id, one in moves.items():
        for from_id, to_id, work in one["work"]:
            take_back(session, [work], from_id, to_id)
        row = rows[account_id]
        row.version, row.updated_at = row.version + 1, viewer.now
        new = one["before"] | {"_version": row.version}
        audit(session, viewer, "assignment", None, account_id=account_id, old=one["after"], new=new)
    return len(moves)


def assign_by_rule(session: Session, viewer: Viewer, day: date) -> int:
    """The daily run's own assigning, where the policy says so; how many accounts were given to somebody."""
    by = loading.limits(viewer, session)
    if not by.auto:
        return 0
    rows = covering.needs(session, viewer, by, everybody=True, limit=10_000)
    if not rows:
        return 0
    made = covering.proposed(session, viewer, by, rows, everybody=True)
    wanted = {i: (owner, backup) for i, owner, backup in covering.picks_of(made)}
    accounts = _locked(session, sorted(wanted))
    _assign(session, viewer, accounts, wanted, f"auto {day.isoformat()}")
    return len(wanted)


def _assign(
    session: Session, viewer: Viewer, rows: dict[int, Account],
    wanted: dict[int, tuple[int | None, int | None]], said: str | None,
) -> dict[int, dict[str, Any]]:  # fmt: skip
    held = ownership.duties_of(session, wanted)
    fit_now = _fit_holders(session, list(wanted))
    fit: set[tuple[str, int]] = set()
    moves: dict[int, dict[str, Any]] = {}
    fresh: list[Assignment] = []
    for account_id, pair in wanted.items():
        mine = {row.duty: row for row in held.get(account_id, []) if row.duty != "sales"}
        before, after = {}, {}
        for duty, person_id in zip(ownership.DUTIES, pair, strict=True):
            if person_id is None:
                continue
            if (account_id, duty) in fit_now:
                raise Conflict("assign_held", account=rows[account_id].name)
            if (duty, person_id) not in fit:
                ownership.require_fit(session, person_id, duty)
                fit.add((duty, person_id))
            if duty in mine:
                before[duty] = mine[duty].person_id
                ownership.end(session, viewer, mine[duty])
            after[duty] = person_id
            fresh.append(Assignment(account_id=account_id, person_id=person_id, duty=duty,
                                    since=viewer.today, recorded_at=viewer.now))  # fmt: skip
        holds = {duty: row.person_id for duty, row in mine.items()} | after
        if holds.get("owner") is not None and holds.get("owner") == holds.get("backup"):
            raise Invalid("backup_is_owner")
        moves[account_id] = {"before": before, "after": after, "work": []}
    session.flush()  # ended ones first: there is one owner and one backup at a time
    session.add_all(fresh)
    session.flush()
    for person_id in sorted({row.person_id for row in fresh}):
        outbox.put(session, viewer, "handover", f"{viewer.now.isoformat()}:{person_id}", person_id=person_id)
    for pair, ids in _changes(moves).items():
        for account_id, work in hand_on(session, ids, *pair).items():
            moves[account_id]["work"].append([*pair, work])
    for account_id, one in moves.items():
        row = rows[account_id]
        row.version, row.updated_at = row.version + 1, viewer.now
        one["version"] = row.version
        new = one["after"] | {"work": one["work"], "_version": row.version}
        audit(session, viewer, "assignment", None, account_id=account_id, old=one["before"], new=new,
              reason=said)  # fmt: skip
    return moves


def _changes(moves: dict[int, dict[str, Any]]) -> dict[tuple[int, int], list[int]]:
    """(who held a duty, who holds it now) -> accounts."""
    found: dict[tuple[int, int], list[int]] = {}
    for account_id, one in moves.items():
        for duty, person_id in one["before"].items():
            found.setdefault((person_id, one["after"][duty]), []).append(account_id)
    return found


def _fit_holders(session: Session, account_ids: list[int]) -> set[tuple[int, str]]:
    """(account, duty) of every duty somebody fit holds."""
    found: set[tuple[int, str]] = set()
    for duty in ownership.DUTIES:
        holds = cover.fit(duty)
        for part in parts(account_ids):
            ids = session.execute(select(holds.c.account_id).where(holds.c.account_id.in_(part))).scalars()
            found |= {(i, duty) for i in ids}
    return found


def _accounts(session: Session, viewer: Viewer, wanted: list[int]) -> dict[int, Account]:
    """The accounts, locked, all of them within the viewer's reach or NotFound."""
    reach: set[int] = set()
    for part in parts(wanted):
        seen = select(Account.id).where(Account.id.in_(part), or_(visible_accounts(viewer), cover.unheld()))
        reach |= set(session.execute(seen).scalars())
    if len(reach) != len(wanted):
        raise NotFound()
    return _locked(session, wanted)


def _locked(session: Session, wanted: list[int]) -> dict[int, Account]:
    rows: dict[int, Account] = {}
    for part in parts(wanted):
        found = select(Account).where(Account.id.in_(part)).order_by(Account.id).with_for_update()
        rows |= {row.id: row for row in session.execute(found).scalars()}
    return rows
