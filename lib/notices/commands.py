"""What an admin does with channels and messages: try a channel, send a failed message again."""

import secrets

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict, Invalid, NotFound
from lib.notices import rules, services
from lib.notices.choices import address_of
from lib.notices.rules import TEST, State
from lib.settings import channels
from lib.store.doors import audit, command
from lib.store.models import Outbox


@command("notices.test_message", permission="channel.manage")
def test_message(session: Session, viewer: Viewer, channel: str) -> int:
    """A message that says it is a test, to the viewer on this channel; its id. The caller sends it at once.

    Raises NotFound for a channel nobody set up, Invalid for one whose address cannot be read, or e-mail to
    somebody without an address that the provider vouches for.
    """
    way = channels().get(channel)
    if way is None:
        raise NotFound()
    if not services.usable(way):
        raise Invalid("channel_unusable", channel=channel)
    if way.is_personal and not services.is_one_address(address_of(session, viewer.person_id)):
        raise Invalid("notice_no_address")
    row = Outbox(created_at=viewer.now, kind=TEST, payload={"notices": []}, person_id=viewer.person_id,
                 channel=channel, message_key=rules.message_key(secrets.token_hex(16)), state=State.WAITING,
                 due_at=viewer.now)  # fmt: skip
    session.add(row)
    session.flush()
    audit(session, viewer, "outbox", row.id, new={"kind": TEST, "channel": channel})
    return row.id


@command("notices.retry", permission="channel.manage", subject="message")
def retry(session: Session, viewer: Viewer, message_id: int, seen_version: int) -> None:
    """A failed message waits again, with its key and a new row of attempts. Raises NotFound, Conflict."""
    row = session.execute(select(Outbox).where(Outbox.id == message_id).with_for_update()).scalars().first()
    if row is None:
        raise NotFound()
    if row.version != seen_version:
        raise Conflict("changed_meanwhile", seen=seen_version, now=row.version)
    if row.state != State.FAILED:
        raise Conflict("message_not_failed")
    audit(session, viewer, "outbox", row.id, old={"state": row.state, "attempts": row.attempts},
          new={"state": State.WAITING, "attempts": 0})  # fmt: skip
    row.state, row.attempts, row.due_at, row.version = State.WAITING, 0, viewer.now, row.version + 1
