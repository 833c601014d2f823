"""What an account manager thinks of an account, set by hand: dated, with a note, and taken back again."""

from datetime import date

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict
from lib.health import rules
from lib.store.doors import audit, command
from lib.store.models import Account, AccountSentiment
from lib.store.scope import load


@command("health.set_opinion", permission="account.write", subject="account")
def set_opinion(
    session: Session, viewer: Viewer, account_id: int, value: str = "", note: str = "",
    set_on: date | None = None, seen: int | None = None,
) -> int:  # fmt: skip
    """Write down how the account is doing: good, mixed or poor, with a note; the new row's id.

    `seen` is the id of the opinion the person saw, None for none. Raises NotFound, Invalid, Conflict when
    somebody else wrote one meanwhile. It stands beside the score and never goes into it.
    """
    load(session, viewer, Account, account_id)
    day = set_on or viewer.today
    told = rules.check_opinion(value, note, day, viewer.today)
    now = _current(session, account_id)
    if (now and now.id) != seen:
        raise Conflict("changed_meanwhile", seen=seen or 0, now=now.id if now else 0)
    row = AccountSentiment(account_id=account_id, value=value, note=told, set_on=day,
                           person_id=viewer.person_id, set_at=viewer.now)  # fmt: skip
    session.add(row)
    session.flush()
    audit(session, viewer, "account_sentiment", row.id, account_id=account_id,
          old=now and {"value": now.value, "set_on": now.set_on},
          new={"value": value, "note": told, "set_on": day})  # fmt: skip
    return row.id


@command("health.undo_opinion", permission="account.write", subject="account")
def undo_opinion(session: Session, viewer: Viewer, account_id: int, seen: int | None = None) -> None:
    """Take back the newest opinion; the one before holds again. Raises NotFound, Conflict when there is none
    or another one than the person saw."""
    load(session, viewer, Account, account_id)
    now = _current(session, account_id)
    if now is None or (seen is not None and now.id != seen):
        raise Conflict("health_nothing_to_undo")
    now.withdrawn_at, now.version = viewer.now, now.version + 1
    audit(session, viewer, "account_sentiment", now.id, account_id=account_id,
          old={"value": now.value, "note": now.note}, new={"withdrawn": True})  # fmt: skip


def _current(session: Session, account_id: int) -> AccountSentiment | None:
    s = AccountSentiment
    wanted = select(s).where(s.account_id == account_id, s.withdrawn_at.is_(None))
    return session.execute(wanted.order_by(s.id.desc()).limit(1).with_for_update()).scalars().first()
