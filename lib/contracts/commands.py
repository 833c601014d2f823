"""Changes to contracts: joining after an import, and what a person creates, corrects and takes back."""

from datetime import date
from typing import Any

from sqlalchemy import delete, select
from sqlmodel import Session

from lib.access import Viewer
from lib.contracts.form import check_contract
from lib.contracts.joining import SHAPE, rejoin, roll
from lib.contracts.rules import Kind, next_boundary
from lib.errors import Conflict
from lib.store.doors import audit, command
from lib.store.forms import earlier_result, remember
from lib.store.models import Account, AuditEntry, Contract, ManualValue
from lib.store.scope import load

__all__ = ["correct_contract", "create_contract", "rejoin", "rejoin_book", "roll", "undo_correction"]

CORRECT, UNDO = "contracts.correct", "contracts.undo"


@command("contracts.create", permission="contract.write", subject="account")
def create_contract(
    session: Session, viewer: Viewer, account_id: int, *, form_key: str | None = None, **values: Any
) -> int:
    """A contract written down by hand; its id. `values`: the fields of lib.contracts.form.

    The same form sent twice gives the first id again. Raises NotFound, Invalid, Conflict.
    """
    content = {"account_id": account_id, **values}
    done = earlier_result(session, viewer, form_key, content)
    if done is not None:
        return done["id"]
    account = load(session, viewer, Account, account_id)
    values = {"kind": str(Kind.FIXED), "currency": account.currency, **values}
    row = Contract(account_id=account_id, source="hand", recorded_at=viewer.now, **check_contract(values))
    _fill_exit_day(row, viewer)
    session.add(row)
    session.flush()
    audit(session, viewer, "contract", row.id, account_id=account_id, new=values)
    remember(session, viewer, form_key, content, {"id": row.id})
    return row.id


@command(CORRECT, permission="contract.write", subject="contract")
def correct_contract(
    session: Session, viewer: Viewer, contract_id: int, seen_version: int, *, reason: str = "", **values: Any
) -> int:
    """Correct fields of a contract by hand; the new version.

    Each corrected field is marked: later imports and joining leave it and report their own value.
    Raises NotFound, Conflict (somebody was faster), Invalid.
    """
    row = load(session, viewer, Contract, contract_id, seen_version)
    changed = {f: v for f, v in values.items() if getattr(row, f, None) != v}
    if not changed:
        return row.version
    whole = {f: getattr(row, f) for f in ("kind", "starts_on", "ends_on")} | values
    check_contract(whole)
    old = {f: getattr(row, f) for f in changed}
    shape = {f: getattr(row, f) for f in SHAPE} if changed.keys() & set(SHAPE) else {}
    marked = _mark(session, viewer, contract_id, shape | old)
    _write(row, viewer, changed)
    _fill_exit_day(row, viewer)
    session.flush()
    audit(session, viewer, "contract", row.id, account_id=row.account_id, old=old,
          new=changed | {"_marked": marked, "_version": row.version}, reason=reason or None)  # fmt: skip
    return row.version


@command(UNDO, permission="contract.write", subject="contract")
def undo_correction(session: Session, viewer: Viewer, contract_id: int, seen_version: int) -> int:
    """Take the last correction back by a new one that restores what it replaced; the new version.

    Raises NotFound, Conflict when the contract changed since or the last change was no correction.
    """
    row = load(session, viewer, Contract, contract_id, seen_version)
    last = _last_entry(session, contract_id)
    if last is None or last.command != CORRECT or last.new["_version"] != row.version:
        raise Conflict("contract_nothing_to_undo")
    marks = delete(ManualValue).where(
        ManualValue.table_name == "contract",
        ManualValue.row_id == contract_id,
        ManualValue.field.in_(last.new["_marked"]),
    )
    session.execute(marks)
    now_held = {f: getattr(row, f) for f in last.old}
    restored = {f: _typed(f, v) for f, v in last.old.items()}
    _write(row, viewer, restored)
    _fill_exit_day(row, viewer)
    session.flush()
    audit(session, viewer, "contract", row.id, account_id=row.account_id, old=now_held, new=restored)
    return row.version


@command("contracts.rejoin", permission="contract.write", subject="account")
def rejoin_book(session: Session, viewer: Viewer, account_id: int) -> int:
    """Join the periods of one account anew, after a person corrected one; how many contracts changed."""
    load(session, viewer, Account, account_id)
    return rejoin(session, viewer, [account_id])


def _write(row: Contract, viewer: Viewer, values: dict[str, Any]) -> None:
    for field, value in values.items():
        setattr(row, field, value)
    row.version += 1
    row.recorded_at = viewer.now


def _fill_exit_day(row: Contract, viewer: Viewer) -> None:
    """A month-to-month contract always says when the customer can leave; others never do."""
    if row.kind != Kind.MONTH_TO_MONTH:
        row.can_leave_on = None
    elif row.can_leave_on is None:
        row.can_leave_on = next_boundary(row.starts_on, 1, viewer.today)


def _mark(session: Session, viewer: Viewer, contract_id: int, old: dict[str, Any]) -> list[str]:
    """Remember that a person holds these fields; the names of those not held before."""
    marks = select(ManualValue).where(
        ManualValue.table_name == "contract", ManualValue.row_id == contract_id, ManualValue.field.in_(old)
    )
    held = {mark.field: mark for mark in session.execute(marks).scalars()}
    for field, value in old.items():
        if field in held:
            held[field].person_id, held[field].set_at = viewer.person_id, viewer.now
            continue
        session.add(
            ManualValue(table_name="contract", row_id=contract_id, field=field, person_id=viewer.person_id,
                        set_at=viewer.now, imported_text=None if value is None else str(value))
        )  # fmt: skip
    return [field for field in old if field not in held]


def _last_entry(session: Session, contract_id: int) -> AuditEntry | None:
    statement = (
        select(AuditEntry)
        .where(AuditEntry.table_name == "contract", AuditEntry.row_id == contract_id)
        .order_by(AuditEntry.id.desc())
        .limit(1)
    )
    return session.execute(statement).scalars().first()


def _typed(field: str, value: Any) -> Any:
    """Dates travel through the audit record as text."""
    return date.fromisoformat(value) if field.endswith("_on") and isinstance(value, str) else value
