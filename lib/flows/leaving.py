"""A customer's state set by hand; where one has left, with why it left, in the same act."""

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.accounts.commands import write_status
from lib.signals.commands import write_reason
from lib.store.doors import command
from lib.store.models import Account, LossReason
from lib.store.scope import load

GONE = "churned"


@command("accounts.set_status", permission="account.write", subject="account")
def set_status(
    session: Session,
    viewer: Viewer,
    account_id: int,
    seen_version: int,
    status: str,
    reason: str | None = None,
    loss_reason: str | None = None,
    loss_comment: str | None = None,
) -> int:
    """Say by hand whether the customer is active, on trial, paused or gone; the account's new version.

    Who is gone left for a reason of lib.renewals.rules.LOST_REASONS, which is asked at once; the morning asks
    by a task only where the state came with an import. Raises NotFound, Conflict, Invalid.
    """
    account = load(session, viewer, Account, account_id, seen_version)
    if status == GONE != account.status:
        told = select(LossReason.version).where(
            LossReason.account_id == account_id, LossReason.lost_on == viewer.today
        )
        seen = session.execute(told).scalar() or 0
        write_reason(session, viewer, account_id, viewer.today, loss_reason or "", loss_comment or "", seen)
    return write_status(session, viewer, account_id, seen_version, status, reason)
