"""Writes joined contracts: set-based, ids kept, nothing a person or another source decided overwritten."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, insert, select, update
from sqlmodel import Session

from lib.access import Viewer
from lib.contracts.matching import Stored, match, settled
from lib.contracts.rules import Joined, Kind, Period, join_periods, next_boundary
from lib.store import facts, policy
from lib.store.doors import audit
from lib.store.models import Contract, ManualValue, Subscription

SHAPE = ("kind", "ends_on")  # who corrects one of them holds both: an end means nothing without its kind
CHUNK = 2_000  # accounts a statement names at once; SQLite takes 32,766 values
_FIELDS = (
    "product_line", "currency", "kind", "starts_on", "ends_on", "can_leave_on", "auto_renews",
    "arr_minor", "seats", "reactivates",
)  # fmt: skip
_CONTRACT = Contract.__table__
_SUBSCRIPTION = Subscription.__table__


def rejoin(session: Session, viewer: Viewer, account_ids: Iterable[int], today: date | None = None) -> int:
    """Bring the contracts of these accounts in line with their subscription periods, as of `today` (else
    the viewer's day).

    How many contracts were added or changed. Unchanged ones keep id and version; fields with a value
    corrected by hand and contracts from an import, a quote or a form are left as they are. A contract
    whose periods went to another one becomes void and keeps its id for what refers to it.
    """
    session.flush()
    wanted, day = sorted(set(account_ids)), today or viewer.today
    gap = int(policy.values("contracts", day, session)["max_gap_days"])
    changed = 0
    for start in range(0, len(wanted), CHUNK):
        changed += _rejoin_chunk(session, viewer, wanted[start : start + CHUNK], day, gap)
    if changed:
        audit(session, viewer, "contract", None, new={"joined": changed, "accounts": len(wanted)})
    return changed


def _rejoin_chunk(session: Session, viewer: Viewer, account_ids: Sequence[int], day: date, gap: int) -> int:
    periods, links = _periods(session, account_ids)
    rows = {row.id: row for row in session.execute(_contracts_of(account_ids))}
    stored = [_stored(row) for row in rows.values()]
    firm = settled(periods, links, stored)
    joined = join_periods([p for p in periods if p.id not in firm], day, gap)
    found = match(joined, stored, links)
    kept = _manual_fields(session, [i for i, row in rows.items() if row.source == "joined"])
    changes = [
        change
        for i, contract in enumerate(joined)
        if i in found and (change := _change(rows[found[i]], contract, kept)) is not None
    ]
    taken = set(found.values())
    orphans = [c.id for c in stored if c.joined and c.id not in taken and rows[c.id].kind != Kind.VOID]
    changes += [_void(rows[contract_id]) for contract_id in orphans]
    _update(session, viewer, changes)
    new = [i for i in range(len(joined)) if i not in found]
    found |= _insert(session, viewer, joined, new)
    homes = firm | {p: found[i] for i, contract in enumerate(joined) for p in contract.period_ids}
    _link(session, {p: home for p, home in homes.items() if links.get(p) != home})
    return len(changes) + len(new)


def _periods(session: Session, account_ids: Sequence[int]) -> tuple[list[Period], dict[int, int]]:
    s = _SUBSCRIPTION.c
    statement = select(
        s.id, s.account_id, s.product_line, s.currency, s.starts_on, s.ends_on, s.billing, s.arr_minor,
        s.seats, s.auto_renews, s.is_trial, s.contract_id,
    ).where(s.account_id.in_(account_ids))  # fmt: skip
    rows = session.execute(statement).fetchall()
    return [Period(r[0], r[1], r[2] or "", *r[3:11]) for r in rows], {r[0]: r[11] for r in rows if r[11]}


def _contracts_of(account_ids: Sequence[int]) -> Select:
    wanted = _CONTRACT.c.account_id.in_(account_ids)
    return select(*_CONTRACT.columns).where(wanted).with_for_update()  # a correction must not be overtaken


def _stored(row: Any) -> Stored:
    return Stored(
        row.id, row.account_id, row.product_line, row.currency, row.starts_on, row.ends_on,
        row.source == "joined",
    )  # fmt: skip


def _manual_fields(session: Session, contract_ids: Sequence[int]) -> dict[int, set[str]]:
    if not contract_ids:
        return {}
    statement = select(ManualValue.row_id, ManualValue.field).where(ManualValue.table_name == "contract")
    kept: dict[int, set[str]] = {}
    mine = set(contract_ids)
    for row_id, field in session.execute(statement):
        if row_id in mine:
            kept.setdefault(row_id, set()).add(field)
    return kept


def _change(row: Any, contract: Joined, kept: dict[int, set[str]]) -> dict[str, Any] | None:
    """The whole new row when any field differs that no person holds, else None."""
    manual = kept.get(row.id, set())
    values = {f: getattr(row, f) if f in manual else getattr(contract, f) for f in _FIELDS}
    values["kind"] = str(values["kind"])
    if all(values[f] == getattr(row, f) for f in _FIELDS):
        return None
    return {"row": row.id, "seen": row.version, **values}


def _void(row: Any) -> dict[str, Any]:
    values = {f: getattr(row, f) for f in _FIELDS}
    return {"row": row.id, "seen": row.version, **values, "kind": str(Kind.VOID), "arr_minor": 0}


def _update(session: Session, viewer: Viewer, changes: Sequence[dict[str, Any]]) -> None:
    if not changes:
        return
    facts.supersede_many(session, Contract, [c["row"] for c in changes], viewer.now)
    values = {f: bindparam(f) for f in _FIELDS}
    statement = (
        update(_CONTRACT)
        .where(_CONTRACT.c.id == bindparam("row"))
        .values(**values, version=bindparam("seen") + 1, recorded_at=viewer.now)
    )
    session.connection().execute(statement, list(changes))
    session.expire_all()


def _insert(session: Session, viewer: Viewer, joined: Sequence[Joined], new: Sequence[int]) -> dict[int, int]:
    if not new:
        return {}
    rows = [
        {f: getattr(joined[i], f) for f in _FIELDS}
        | {
            "kind": str(joined[i].kind), "account_id": joined[i].account_id, "source": "joined",
            "recorded_at": viewer.now, "version": 1,
            "notice_days": Contract.model_fields["notice_days"].default,
        }
        for i in new
    ]  # fmt: skip
    session.connection().execute(insert(_CONTRACT), rows)
    accounts = sorted({row["account_id"] for row in rows})
    c = _CONTRACT.c
    statement = select(c.id, c.account_id, c.product_line, c.currency, c.starts_on)
    ids = {tuple(row[1:]): row[0] for row in session.execute(statement.where(c.account_id.in_(accounts)))}
    return {i: ids[joined[i].key] for i in new}


def _link(session: Session, homes: dict[int, int]) -> None:
    """Point periods at their contract. Not a dated change: the link follows from the periods alone."""
    if not homes:
        return
    statement = (
        update(_SUBSCRIPTION)
        .where(_SUBSCRIPTION.c.id == bindparam("row"))
        .values(contract_id=bindparam("home"))
    )
    session.connection().execute(statement, [{"row": p, "home": home} for p, home in homes.items()])
    session.expire_all()


def roll(session: Session, viewer: Viewer, today: date) -> int:
    """What a new day does to contracts whose end or exit day has come; how many changed.

    Joined ones follow their periods. One from another source, or whose end a person holds, runs to its next
    anniversary when it renews itself; a month-to-month one to its next month; any other one has ended.
    """
    session.flush()
    c = _CONTRACT.c
    due = (c.ends_on <= today) | (c.can_leave_on <= today)
    running = c.kind.in_((Kind.FIXED, Kind.EVERGREEN, Kind.MONTH_TO_MONTH))
    rows = session.execute(select(*_CONTRACT.columns).where(running, due).with_for_update()).fetchall()
    held = _manual_fields(session, [row.id for row in rows if row.source == "joined"])
    firm = [r for r in rows if r.source != "joined" or held.get(r.id, set()) & set(SHAPE)]
    _update(session, viewer, [_rolled(row, today) for row in firm])
    held_ids = {row.id for row in firm}
    joined = {row.account_id for row in rows if row.id not in held_ids}
    return len(firm) + rejoin(session, viewer, joined, today)


def _rolled(row: Any, today: date) -> dict[str, Any]:
    values = {f: getattr(row, f) for f in _FIELDS}
    if row.kind == Kind.MONTH_TO_MONTH:
        values["can_leave_on"] = next_boundary(row.starts_on, 1, today)
    elif row.kind == Kind.EVERGREEN or row.auto_renews:
        values |= {"kind": str(Kind.EVERGREEN), "ends_on": next_boundary(row.starts_on, 12, today)}
    else:
        values["kind"] = str(Kind.ENDED)
    return {"row": row.id, "seen": row.version, **values}
