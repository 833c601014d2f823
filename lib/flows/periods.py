"""Ends and beginnings of subscription periods written by hand, and what their contract becomes."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.contracts.commands import rejoin
from lib.contracts.rules import Kind
from lib.money import from_minor, to_minor
from lib.store.doors import audit
from lib.store.models import Contract, ManualValue, Subscription

COPIED = (
    "account_id", "contract_id", "product", "product_line", "ends_on", "currency", "billing", "auto_renews",
)  # fmt: skip


def end_period(session: Session, viewer: Viewer, row: Subscription, day: date | None) -> None:
    """Set the first day no longer covered. The value is marked as a person's: no import restores it."""
    old = row.ends_on
    _hold(session, viewer, row, old)
    row.ends_on, row.version, row.recorded_at = day, row.version + 1, viewer.now
    audit(session, viewer, "subscription", row.id, account_id=row.account_id, old={"ends_on": old},
          new={"ends_on": day})  # fmt: skip


def _hold(session: Session, viewer: Viewer, row: Subscription, old: date | None) -> None:
    mark = select(ManualValue).where(
        ManualValue.table_name == "subscription", ManualValue.row_id == row.id, ManualValue.field == "ends_on"
    )
    held = session.execute(mark).scalars().first()
    if held is None:
        held = ManualValue(table_name="subscription", row_id=row.id, field="ends_on", set_at=viewer.now,
                           person_id=viewer.person_id, imported_text=old and str(old))  # fmt: skip
        session.add(held)
    held.person_id, held.set_at = viewer.person_id, viewer.now


def follow(session: Session, viewer: Viewer, row: Subscription, day: date, **new: Any) -> Subscription:
    """The period that takes over on `day` with another ARR (`arr_minor`), plan, seats or mark."""
    until, values = row.ends_on, {name: getattr(row, name) for name in COPIED}
    values |= {"plan": row.plan, "seats": row.seats} | {k: v for k, v in new.items() if v is not None}
    values["mrr_minor"] = to_minor(from_minor(values["arr_minor"], row.currency) / 12, row.currency)
    made = Subscription(**values, external_id=f"{row.external_id[:220]}:{day.isoformat()}:{row.version}",
                        starts_on=day, source="hand", recorded_at=viewer.now)  # fmt: skip
    session.add(made)
    end_period(session, viewer, row, day)
    session.flush()
    told = {"starts_on": day, "ends_on": until, "arr_minor": made.arr_minor, "plan": made.plan,
            "seats": made.seats}  # fmt: skip
    audit(session, viewer, "subscription", made.id, account_id=row.account_id, new=told)
    return made


def settle_contract(session: Session, viewer: Viewer, contract_id: int | None, account_id: int,
                    day: date) -> None:  # fmt: skip
    """Bring the contract in line with its periods on `day`: a joined one is joined anew, another one takes
    the ARR and seats of the periods running then, and ends where none does."""
    session.flush()
    contract = session.get(Contract, contract_id) if contract_id else None
    if contract is None or contract.source == "joined":
        rejoin(session, viewer, [account_id])
        return
    periods = session.execute(select(Subscription).where(Subscription.contract_id == contract_id)).scalars()
    running = [p for p in periods if p.starts_on <= day and (p.ends_on is None or p.ends_on > day)]
    seats = [p.seats for p in running if p.seats is not None]
    new: dict[str, Any] = {"arr_minor": sum(p.arr_minor for p in running), "seats": sum(seats) or None}
    if not running:
        new = {"kind": str(Kind.ENDED), "ends_on": day}
    write_contract(session, viewer, contract, new)


def write_contract(session: Session, viewer: Viewer, contract: Contract, new: dict[str, Any]) -> None:
    """Change a contract that follows no periods, with its record."""
    old = {name: getattr(contract, name) for name in new}
    if old == new:
        return
    for name, value in new.items():
        setattr(contract, name, value)
    contract.version, contract.recorded_at = contract.version + 1, viewer.now
    audit(session, viewer, "contract", contract.id, account_id=contract.account_id, old=old, new=new)


def move_end(session: Session, viewer: Viewer, contract: Contract, days: int) -> date:
    """Move a contract's end by days, with the periods that end there; the new end."""
    old = contract.ends_on
    new = old + timedelta(days=days)
    last = select(Subscription).where(
        Subscription.contract_id == contract.id, Subscription.ends_on == old,
        Subscription.is_trial.is_(False),
    )  # fmt: skip
    for period in session.execute(last).scalars().all():
        end_period(session, viewer, period, new)
    if contract.source == "joined":
        session.flush()
        rejoin(session, viewer, [contract.account_id])
        session.refresh(contract)
    if contract.ends_on != new:
        write_contract(session, viewer, contract, {"ends_on": new})
    return new
