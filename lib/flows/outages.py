"""Interruptions of service: written down, and the terms they extend; taken back with what they moved."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.contracts.rules import RENEWABLE
from lib.errors import Conflict, Invalid
from lib.flows.change_subscription import limits_on
from lib.flows.periods import move_end
from lib.store.doors import audit, command
from lib.store.forms import earlier_result, remember
from lib.store.models import Account, Contract, Outage, TermExtension
from lib.store.scope import load
from lib.subscriptions import rules

CAUSE_MAX = 1000


@command("subscriptions.record_outage", permission="contract.write", subject="account")
def record_outage(
    session: Session, viewer: Viewer, account_id: int, started_at: datetime | None = None,
    ended_at: datetime | None = None, *, product_line: str | None = None, cause: str = "",
    form_key: str | None = None,
) -> int:  # fmt: skip
    """Write an interruption down; above the limit the running contracts of that line (none: all) move their
    end by its whole length. The outage's id. Raises NotFound, Invalid."""
    content = {"account": account_id, "from": str(started_at), "to": str(ended_at), "line": product_line}
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    load(session, viewer, Account, account_id)
    found = rules.check_outage(started_at, ended_at, viewer.now)
    if len(cause) > CAUSE_MAX or len(product_line or "") > 255:
        raise Invalid("change_reason", limit=CAUSE_MAX)
    row = Outage(account_id=account_id, product_line=product_line or None, started_at=found.started_at,
                 ended_at=found.ended_at, cause=cause.strip() or None, made_by=viewer.person_id,
                 made_at=viewer.now)  # fmt: skip
    session.add(row)
    session.flush()
    days = rules.extension_days(found, limits_on(session, viewer.today))
    moved = _extend(session, viewer, row, days) if days else 0
    audit(session, viewer, "outage", row.id, account_id=account_id,
          new={"started_at": found.started_at, "ended_at": found.ended_at, "days": days,
               "contracts": moved})  # fmt: skip
    remember(session, viewer, form_key, content, {"id": row.id})
    return row.id


@command("subscriptions.remove_outage", permission="contract.write", subject="outage")
def remove_outage(session: Session, viewer: Viewer, outage_id: int, seen_version: int) -> None:
    """Take an outage back, and every end it moved. Raises NotFound, Conflict when it was removed or an end
    changed since."""
    row = load(session, viewer, Outage, outage_id, seen_version)
    if row.removed:
        raise Conflict("outage_removed")
    t = TermExtension
    mine = select(t).where(t.outage_id == row.id, t.undone.is_(False))
    for extension in session.execute(mine.order_by(t.id)).scalars().all():
        contract = load(session, viewer, Contract, extension.contract_id)
        if contract.ends_on != extension.new_ends_on:
            raise Conflict("outage_end_changed")
        move_end(session, viewer, contract, -extension.days)
        extension.undone, extension.version = True, extension.version + 1
    row.removed, row.version = True, row.version + 1
    audit(session, viewer, "outage", row.id, account_id=row.account_id, old={"removed": False},
          new={"removed": True})  # fmt: skip


def _extend(session: Session, viewer: Viewer, row: Outage, days: int) -> int:
    """Move the ends of the contracts that ran when the outage began and still run."""
    began: date = row.started_at.date()
    c = Contract
    wanted = select(c).where(
        c.account_id == row.account_id, c.kind.in_(RENEWABLE), c.starts_on <= began,
        c.ends_on > max(began, viewer.today - timedelta(days=1)),
    )  # fmt: skip
    if row.product_line is not None:
        wanted = wanted.where(c.product_line == row.product_line)
    contracts = session.execute(wanted.order_by(c.id).with_for_update()).scalars().all()
    for contract in contracts:
        old = contract.ends_on
        new = move_end(session, viewer, contract, days)
        session.add(
            TermExtension(outage_id=row.id, contract_id=contract.id, account_id=row.account_id, days=days,
                          old_ends_on=old, new_ends_on=new, made_at=viewer.now)
        )  # fmt: skip
    return len(contracts)
