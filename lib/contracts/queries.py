"""Reads contracts of one account, with the periods that made each."""

import pandas as pd
from sqlalchemy import case, exists, func, select

from lib.access import Viewer
from lib.contracts.rules import Kind
from lib.store.database import read_frame, read_one, reading
from lib.store.doors import query
from lib.store.models import AuditEntry, Contract, ManualValue, Subscription
from lib.store.scope import admit, of_visible_accounts

_RUNNING = (Kind.FIXED, Kind.EVERGREEN, Kind.MONTH_TO_MONTH, Kind.TRIAL)


@query("contracts.of_account", permission="account.read", subject="account")
def contract_of_account(viewer: Viewer, account_id: int) -> pd.DataFrame:
    """The contracts of an account, running ones first, then the latest start.

    id, version, account_id, product_line, kind, starts_on, ends_on (first day after), can_leave_on,
    notice_days, auto_renews, currency, arr_minor (minor units of currency), seats, signed_on, reactivates,
    source, corrected (a person holds a value), periods (how many made it). Raises NotFound.
    """
    with reading() as connection:
        admit(viewer, account_id, connection)
    made = select(func.count(Subscription.id)).where(Subscription.contract_id == Contract.id)
    held = exists().where(ManualValue.table_name == "contract", ManualValue.row_id == Contract.id)
    c = Contract
    statement = (
        select(
            c.id, c.version, c.account_id, c.product_line, c.kind, c.starts_on, c.ends_on, c.can_leave_on,
            c.notice_days, c.auto_renews, c.currency, c.arr_minor, c.seats, c.signed_on, c.reactivates,
            c.source, held.label("corrected"), made.scalar_subquery().label("periods"),
        )
        .where(c.account_id == account_id, c.kind != Kind.VOID)
        .order_by(case((c.kind.in_(_RUNNING), 0), else_=1), c.starts_on.desc(), c.id)
    )  # fmt: skip
    return read_frame(statement)


@query("contracts.periods", permission="account.read", subject="account")
def periods_of_account(viewer: Viewer, account_id: int) -> pd.DataFrame:
    """The subscription periods of an account, by contract and start: which periods made which contract.

    id, contract_id, product, product_line, plan, starts_on, ends_on (first day after; missing while
    open-ended), billing, seats, currency, arr_minor, is_trial, auto_renews. Raises NotFound.
    """
    with reading() as connection:
        admit(viewer, account_id, connection)
    s = Subscription
    statement = (
        select(
            s.id, s.contract_id, s.product, s.product_line, s.plan, s.starts_on, s.ends_on, s.billing,
            s.seats, s.currency, s.arr_minor, s.is_trial, s.auto_renews,
        )
        .where(s.account_id == account_id)
        .order_by(s.contract_id, s.starts_on, s.id)
    )  # fmt: skip
    return read_frame(statement)


@query("contracts.can_undo", permission="account.read", subject="contract")
def can_undo(viewer: Viewer, contract_id: int) -> bool:
    """Whether the last change of this contract is a correction that can be taken back."""
    latest = (
        select(AuditEntry.command, AuditEntry.new, Contract.version)
        .join(Contract, Contract.id == AuditEntry.row_id)
        .where(
            AuditEntry.table_name == "contract",
            AuditEntry.row_id == contract_id,
            of_visible_accounts(viewer, Contract.account_id),
        )
        .order_by(AuditEntry.id.desc())
        .limit(1)
    )
    row = read_one(latest)
    return row is not None and row[0] == "contracts.correct" and row[1]["_version"] == row[2]
