"""Puts a card of Today aside for one person, and brings it back."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict, NotFound
from lib.store import policy
from lib.store.doors import audit, command
from lib.store.forms import earlier_result, remember
from lib.store.models import Account, CardSnooze
from lib.store.scope import visible_accounts
from lib.today import rules


@command("today.snooze_card", permission="task.write", subject="account")
def snooze_card(
    session: Session, viewer: Viewer, account_id: int, until: date, reason: str,
    seen: Mapping[str, str] | None = None, form_key: str | None = None,
) -> int:  # fmt: skip
    """Hide an account's card from the viewer's Today until a day, with a reason; the snooze's id.

    `seen` is what the card showed (rules.seen_of): what was not among it, or gets worse, brings the card back
    at once. Raises NotFound, Invalid (day, reason), Conflict for a form that was used before.
    """
    content = {"account": account_id, "until": until, "reason": reason}
    if earlier := earlier_result(session, viewer, form_key, content):
        return earlier["id"]
    snooze_id = write_snooze(session, viewer, account_id, until, reason, seen or {})
    remember(session, viewer, form_key, content, {"id": snooze_id})
    return snooze_id


def write_snooze(
    session: Session, viewer: Viewer, account_id: int, until: date, reason: str, seen: Mapping[str, str]
) -> int:
    """The snooze of `snooze_card`, for a flow that has its own transaction."""
    see(session, viewer, account_id)
    longest = int(policy.values("today", viewer.today, session)["snooze"]["longest_days"])
    day, said = rules.check_snooze(until, viewer.today, longest), rules.snooze_reason(reason)
    for running in _running(session, viewer, account_id):
        running.ended_at, running.version = viewer.now, running.version + 1
    row = CardSnooze(account_id=account_id, person_id=viewer.person_id, until=day, reason=said,
                     seen=rules.known_marks(seen), created_at=viewer.now)  # fmt: skip
    session.add(row)
    session.flush()
    audit(session, viewer, "card_snooze", row.id, account_id=account_id, new={"until": day}, reason=said)
    return row.id


@command("today.wake_card", permission="task.write", subject="account")
def wake_card(session: Session, viewer: Viewer, account_id: int, snooze_id: int) -> None:
    """Bring a card of the viewer back at once. Raises NotFound, Conflict when that snooze is over."""
    write_waking(session, viewer, account_id, snooze_id)


def write_waking(session: Session, viewer: Viewer, account_id: int, snooze_id: int) -> None:
    """The waking of `wake_card`, for a flow that has its own transaction."""
    see(session, viewer, account_id)
    row = next((one for one in _running(session, viewer, account_id) if one.id == snooze_id), None)
    if row is None:
        raise Conflict("today_awake")
    row.ended_at, row.version = viewer.now, row.version + 1
    audit(session, viewer, "card_snooze", row.id, account_id=account_id, old={"until": row.until},
          new={"ended_at": viewer.now})  # fmt: skip


def see(session: Session, viewer: Viewer, account_id: int) -> None:
    """Raises NotFound unless the account is the viewer's."""
    wanted = select(Account.id).where(Account.id == account_id, visible_accounts(viewer))
    if not isinstance(account_id, int) or session.execute(wanted).first() is None:
        raise NotFound()


def _running(session: Session, viewer: Viewer, account_id: int) -> list[CardSnooze]:
    """The viewer's own ones on the account that were not ended, locked."""
    found = select(CardSnooze).where(
        CardSnooze.account_id == account_id, CardSnooze.person_id == viewer.person_id,
        CardSnooze.ended_at.is_(None),
    )  # fmt: skip
    return list(session.execute(found.with_for_update()).scalars())
