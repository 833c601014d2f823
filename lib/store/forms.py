"""Form keys: a form that is sent twice gives its first result again, and never a second row."""

import hashlib
import json
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from lib.access import Viewer
from lib.errors import Conflict
from lib.store.doors import plain
from lib.store.models import FormKey


def earlier_result(session: Session, viewer: Viewer, key: str | None, content: dict[str, Any]) -> dict | None:
    """The stored result when this key was used before with the same content; None when it is new.

    Raises Conflict when the same key comes with other content. Without a key nothing is remembered.
    """
    if key is None:
        return None
    used = session.execute(select(FormKey).where(FormKey.key == key)).scalars().first()
    if used is None:
        return None
    if used.digest != _digest(session, viewer, content):
        raise Conflict("form_used_already")
    return used.result


def remember(
    session: Session, viewer: Viewer, key: str | None, content: dict[str, Any], result: dict[str, Any]
) -> None:
    """Keep the result under the form's key, in the transaction that made it."""
    if key is not None:
        session.add(
            FormKey(key=key, command=session.info.get("command", "?"), used_at=viewer.now,
                    digest=_digest(session, viewer, content), result=result)
        )  # fmt: skip


def _digest(session: Session, viewer: Viewer, content: dict[str, Any]) -> str:
    """Command, person and content in one number: a key guessed by somebody else matches nothing."""
    whole = [session.info.get("command", "?"), viewer.person_id, plain(content)]
    return hashlib.sha256(json.dumps(whole, sort_keys=True, default=str).encode()).hexdigest()
