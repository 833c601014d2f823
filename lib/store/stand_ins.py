"""Who stands in for whom on a day."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlmodel import Session

from lib.store.models import Delegation


def stood_in_for(source: Session | Connection, person_ids: Sequence[int], today: date) -> dict[int, set[int]]:
    """Person -> the people they stand in for on that day; those who stand in for nobody are left out."""
    found: dict[int, set[int]] = {}
    rows = source.execute(
        select(Delegation.to_id, Delegation.from_id).where(
            Delegation.to_id.in_(person_ids), Delegation.starts_on <= today, Delegation.ends_on > today,
            Delegation.ended_at.is_(None),
        )
    )  # fmt: skip
    for row in rows:
        found.setdefault(row.to_id, set()).add(row.from_id)
    return found
