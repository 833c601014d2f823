"""Who owns an account now, for whatever raises something for its owner."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlmodel import Session

from lib.store.database import parts
from lib.store.models import Assignment


def owners_of(session: Session, accounts: Iterable[int]) -> dict[int, int]:
    """account id -> person id of its owner; an account without one is left out."""
    a, found = Assignment, {}
    for part in parts(accounts):
        held = select(a.account_id, a.person_id).where(
            a.duty == "owner", a.until.is_(None), a.account_id.in_(part)
        )
        found |= dict(session.execute(held).all())
    return found
