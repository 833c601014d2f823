"""What is open on accounts that change hands: it goes to the next person, and back when it is undone."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlmodel import Session

from lib.access import Viewer
from lib.store.database import parts
from lib.store.doors import audit
from lib.store.models import AccountSentiment, InternalRequest, Promise, Task
from lib.teams.requests import key_of

WAITING = ("open", "working")  # states of an internal request that still waits for an answer
# What is somebody's own on an account, and when it is still open; alerts and renewals follow the account.
OWNED: dict[str, tuple[Any, ColumnElement[bool]]] = {
    "task": (Task, Task.status == "open"),
    "promise": (Promise, Promise.status == "open"),
    "request": (InternalRequest, InternalRequest.state.in_(WAITING)),
}


def counted(kind: str, person_id: int) -> Any:
    """A select: account, how many open ones of a person."""
    model, is_open = OWNED[kind]
    return (
        select(model.account_id, func.count())
        .where(model.owner_id == person_id, is_open, model.account_id.is_not(None))
        .group_by(model.account_id)
    )


def hand_on(
    session: Session, account_ids: Sequence[int], from_id: int, to_id: int
) -> dict[int, dict[str, list[int]]]:
    """Everything open of a person on these accounts goes to another; account -> kind -> ids."""
    moved: dict[int, dict[str, list[int]]] = {}
    for kind, (model, is_open) in OWNED.items():
        ids: list[int] = []
        for part in parts(account_ids):
            found = select(model.id, model.account_id).where(
                model.account_id.in_(part), model.owner_id == from_id, is_open
            )
            for row in session.execute(found.order_by(model.id)):
                moved.setdefault(row.account_id, {}).setdefault(kind, []).append(row.id)
                ids.append(row.id)
        give(session, kind, ids, from_id, to_id)
    return moved


def give(session: Session, kind: str, ids: Sequence[int], from_id: int, to_id: int) -> None:
    """Only what is still open and still theirs changes hands."""
    model, is_open = OWNED[kind]
    for part in parts(ids):
        theirs = update(model).where(model.id.in_(part), model.owner_id == from_id, is_open)
        session.execute(theirs.values(owner_id=to_id, version=model.version + 1))
        if kind == "request":  # its task goes along, wherever it stands
            keys = [key_of(one) for one in part]
            task = update(Task).where(Task.dedupe_key.in_(keys), Task.owner_id == from_id)
            session.execute(task.values(owner_id=to_id, version=Task.version + 1))


def take_back(session: Session, moves: Iterable[Mapping[str, Any]], from_id: int, to_id: int) -> None:
    """The way back of `hand_on`: `from_id` is who gave, `to_id` who had received."""
    told = list(moves)
    for kind in OWNED:
        give(session, kind, [one for each in told for one in each.get(kind, [])], to_id, from_id)


def withdraw_opinions(session: Session, viewer: Viewer, account_ids: Iterable[int]) -> dict[int, list[int]]:
    """What the former account manager thought of these accounts holds no longer; account -> opinions."""
    s, withdrawn = AccountSentiment, {}
    for part in parts(sorted(account_ids)):
        held = select(s).where(s.account_id.in_(part), s.withdrawn_at.is_(None))
        for row in session.execute(held.order_by(s.id).with_for_update()).scalars():
            row.withdrawn_at, row.version = viewer.now, row.version + 1
            withdrawn.setdefault(row.account_id, []).append(row.id)
            audit(session, viewer, "account_sentiment", row.id, account_id=row.account_id,
                  old={"value": row.value, "note": row.note}, new={"withdrawn": True})  # fmt: skip
    return withdrawn


def restore_opinions(session: Session, viewer: Viewer, ids: Iterable[int]) -> None:
    """Opinions a handover had withdrawn hold again."""
    s = AccountSentiment
    for part in parts(sorted(ids)):
        gone = select(s).where(s.id.in_(part), s.withdrawn_at.is_not(None))
        for row in session.execute(gone.order_by(s.id).with_for_update()).scalars():
            row.withdrawn_at, row.version = None, row.version + 1
            audit(session, viewer, "account_sentiment", row.id, account_id=row.account_id,
                  old={"withdrawn": True}, new={"value": row.value, "note": row.note})  # fmt: skip
