"""Handing a book over: every duty of one person on chosen accounts, with what is open there, to another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Select, func, select, update
from sqlmodel import Session

from lib.access import Viewer
from lib.accounts import ownership
from lib.errors import Conflict, Invalid, NotFound
from lib.flows.open_work import counted, hand_on, restore_opinions, take_back, withdraw_opinions
from lib.people import fields, loading
from lib.store import outbox
from lib.store.database import parts, read_frame, reading
from lib.store.doors import audit, command, query
from lib.store.forms import earlier_result, remember
from lib.store.models import (
    Account,
    AccountSentiment,
    Assignment,
    BookHandover,
    ChurnAlert,
    FormKey,
    Person,
    Renewal,
)
from lib.store.naming import spoken_name
from lib.store.scope import visible_accounts

NAME = "people.hand_over_book"
COLUMNS = ["account_id", "account", "tier", "duties", "tasks", "promises", "requests", "alerts", "renewals",
           "opinions"]  # fmt: skip


@dataclass(frozen=True)
class Handover:
    """What a handover moves: accounts, duties and the open things on them. `opinions` of the account manager
    are withdrawn. `bare` accounts lose their backup, because the receiver cannot be both: somebody else has
    to take that place, unless nobody covered them before."""

    accounts: int
    owned: int
    backed_up: int
    tasks: int
    promises: int
    requests: int
    alerts: int
    renewals: int
    opinions: int
    bare: int


@query("people.book", permission="book.hand_over", subject="person")
def book(viewer: Viewer, person_id: int) -> pd.DataFrame:
    """COLUMNS: the accounts a person holds now and the viewer sees, by name. duties: a tuple of owner,
    backup, sales; tasks, promises, requests: open ones of that person on the account; alerts and renewals:
    open ones; opinions: of an account they own, set by hand and not withdrawn.

    Raises NotFound.
    """
    holds = Account.id.in_(_held_by(person_id))
    with reading() as connection:
        if connection.execute(_seen(viewer, person_id)).first() is None:
            raise NotFound()
        frame = read_frame(
            select(Account.id.label("account_id"), spoken_name(viewer, Account).label("account"),
                   Account.tier)
            .where(holds, visible_accounts(viewer))
            .order_by(spoken_name(viewer, Account), Account.id),
            connection,
        )  # fmt: skip
        counts = {
            "tasks": counted("task", person_id), "promises": counted("promise", person_id),
            "requests": counted("request", person_id),
            "alerts": _on(ChurnAlert, ChurnAlert.resolved_on.is_(None), _held_by(person_id)),
            "renewals": _on(Renewal, Renewal.closed_on.is_(None), _held_by(person_id)),
            "opinions": _on(AccountSentiment, AccountSentiment.withdrawn_at.is_(None),
                            _held_by(person_id, "owner")),
        }  # fmt: skip
        numbers = {name: dict(connection.execute(found).all()) for name, found in counts.items()}
        duties: dict[int, list[str]] = {}
        held = select(Assignment.account_id, Assignment.duty).where(
            Assignment.person_id == person_id, Assignment.until.is_(None)
        )
        for row in connection.execute(held.order_by(Assignment.duty.desc())):
            duties.setdefault(row.account_id, []).append(row.duty)
    ids = [int(i) for i in frame["account_id"]]
    order = ("owner", "backup", "sales")
    told = [tuple(sorted(duties[i], key=order.index)) for i in ids]
    frame["duties"] = pd.Series(told, index=frame.index, dtype="object")
    for name, found in numbers.items():
        frame[name] = pd.Series([found.get(i, 0) for i in ids], index=frame.index, dtype="int64")
    return frame[COLUMNS]


@query("people.handover_preview", permission="book.hand_over", subject="person")
def preview(viewer: Viewer, person_id: int, to_id: int, account_ids: Sequence[int]) -> Handover:
    """What `hand_over_book` would move, counted. Raises NotFound for a person who is not the viewer's."""
    rows = book(viewer, person_id)
    rows = rows[rows["account_id"].isin([int(i) for i in account_ids])]
    ids = [int(i) for i in rows["account_id"]]
    with reading() as connection:
        theirs: set[tuple[int, str]] = set()
        for part in parts(ids):
            found = select(Assignment.account_id, Assignment.duty).where(
                Assignment.account_id.in_(part), Assignment.person_id == to_id, Assignment.until.is_(None)
            )
            theirs |= {(row.account_id, row.duty) for row in connection.execute(found)}
    pairs = list(zip(ids, rows["duties"], strict=True))
    bare = sum(
        ("owner" in duties and (i, "backup") in theirs) or ("backup" in duties and (i, "owner") in theirs)
        for i, duties in pairs
    )
    return Handover(
        accounts=len(ids), owned=sum("owner" in duties for _, duties in pairs),
        backed_up=sum("backup" in duties for _, duties in pairs), bare=bare,
        **{name: int(rows[name].sum()) for name in COLUMNS[4:]},
    )  # fmt: skip


@command(NAME, permission="book.hand_over", subject="person")
def hand_over_book(
    session: Session, viewer: Viewer, person_id: int, to_id: int, account_ids: Sequence[int],
    form_key: str, reason: str | None = None, backup_id: int | None = None,
) -> str:  # fmt: skip
    """Move every duty of a person on these accounts to another, and the person's open tasks, promises and
    internal requests there; alerts and renewals follow the account. What the former owner thought of an
    account is withdrawn. The form key, by which it can be taken back.

    `backup_id` becomes the backup where the receiver holds the other duty already. One transaction, one audit
    record an account. The same form sent twice moves once. Raises NotFound for accounts the person does not
    hold or the viewer does not see, Invalid for an unfit receiver, Conflict("handover_uncovers") when a VIP
    account would lose its backup.
    """
    wanted = sorted({int(i) for i in account_ids})
    content = {"from": person_id, "to": to_id, "accounts": wanted, "reason": reason, "backup": backup_id}
    if earlier_result(session, viewer, form_key, content):
        return form_key
    loading.load(session, viewer, person_id)
    if person_id == to_id:
        raise Invalid("handover_self")
    if not wanted:
        raise Invalid("handover_nothing")
    rows, said = _accounts(session, viewer, wanted, person_id), fields.why(reason)
    held = ownership.duties_of(session, wanted)
    moves: dict[int, dict[str, Any]] = ownership.hand_over_many(
        session, viewer, held, person_id, to_id, backup_id
    )
    for account_id, ids in hand_on(session, wanted, person_id, to_id).items():
        moves[account_id] |= ids
    owned = [i for i, one in moves.items() if one["before"].get("owner") == person_id]
    for account_id, ids in withdraw_opinions(session, viewer, owned).items():
        moves[account_id]["opinion"] = ids
    for account_id, row in rows.items():
        row.version, row.updated_at = row.version + 1, viewer.now
        one = moves[account_id]
        old = one["before"] | {"person_id": person_id}
        new = one["after"] | {"person_id": to_id, "tasks": one.get("task", []),
                               "promises": one.get("promise", []), "requests": one.get("request", []),
                               "_version": row.version}  # fmt: skip
        audit(session, viewer, "assignment", None, account_id=account_id, old=old, new=new, reason=said)
        one["version"] = row.version
    result = {"by": viewer.person_id, "from": person_id, "to": to_id,
              "moves": {str(i): move for i, move in moves.items()}}  # fmt: skip
    session.add(BookHandover(form_key=form_key, from_id=person_id, to_id=to_id, by_id=viewer.person_id,
                             handed_at=viewer.now, accounts=wanted))  # fmt: skip
    remember(session, viewer, form_key, content, result)
    outbox.put(session, viewer, "handover", form_key, person_id=to_id)
    return form_key


@command("people.undo_handover", permission="book.hand_over")
def undo_handover(session: Session, viewer: Viewer, handover: str) -> int:
    """Take a whole handover back, by who made it; how many accounts went back.

    `handover` is what `hand_over_book` returned. Things closed since stay closed. Raises NotFound,
    Conflict("nothing_to_undo") when one of the accounts changed since.
    """
    found = select(FormKey).where(FormKey.key == handover, FormKey.command == NAME)
    kept = session.execute(found).scalars().first()
    if kept is None or kept.result["by"] != viewer.person_id:
        raise NotFound()
    moves = {int(i): move for i, move in kept.result["moves"].items()}
    rows = _accounts(session, viewer, sorted(moves), kept.result["to"], holding=False)
    if any(rows[i].version != move["version"] for i, move in moves.items()):
        raise Conflict("nothing_to_undo")
    ownership.take_back_many(session, viewer, ownership.duties_of(session, moves), moves)
    from_id, to_id = kept.result["from"], kept.result["to"]
    take_back(session, moves.values(), from_id, to_id)
    restore_opinions(session, viewer, [one for move in moves.values() for one in move.get("opinion", [])])
    session.execute(
        update(BookHandover)
        .where(BookHandover.form_key == handover)
        .values(undone_at=viewer.now, version=BookHandover.version + 1)
    )
    for account_id, move in moves.items():
        row = rows[account_id]
        row.version, row.updated_at = row.version + 1, viewer.now
        old = move["after"] | {"person_id": to_id}
        new = move["before"] | {"person_id": from_id, "_version": row.version}
        audit(session, viewer, "assignment", None, account_id=account_id, old=old, new=new)
    outbox.withdraw(session, "handover", handover)
    return len(moves)


def _seen(viewer: Viewer, person_id: int) -> Select:
    return select(Person.id).where(Person.id == person_id, loading.visible_people(viewer))


def _held_by(person_id: int, *duties: str) -> Select:
    held = select(Assignment.account_id).where(Assignment.person_id == person_id, Assignment.until.is_(None))
    return held.where(Assignment.duty.in_(duties)) if duties else held


def _on(model: Any, is_open: ColumnElement[bool], accounts: Select) -> Select:
    """How many open ones there are on each of the accounts."""
    found = select(model.account_id, func.count()).where(is_open, model.account_id.in_(accounts))
    return found.group_by(model.account_id)


def _accounts(
    session: Session, viewer: Viewer, wanted: Iterable[int], person_id: int, *, holding: bool = True
) -> dict[int, Account]:
    """The accounts, locked in the order of their ids, all of them or NotFound."""
    rows: dict[int, Account] = {}
    ids = list(wanted)
    for part in parts(ids):
        found = select(Account).where(Account.id.in_(part), visible_accounts(viewer))
        if holding:
            found = found.where(Account.id.in_(_held_by(person_id)))
        rows |= {r.id: r for r in session.execute(found.order_by(Account.id).with_for_update()).scalars()}
    if len(rows) != len(ids):
        raise NotFound()
    return rows
