"""What the demo's account managers made of the first growth proposals: most taken up, some not, with why."""

from datetime import date, datetime

from sqlalchemy import select

from lib.growth import commands
from lib.people.identity import viewer_of
from lib.store.database import reading
from lib.store.models import Assignment, Suggestion

DECIDED = ("", "", "not_now", "", "customer_declined", "", "already_agreed")  # empty: accepted
MOST = 14


def decide_proposals(now: datetime, today: date) -> None:  # noqa: ARG001 - the shape of a step
    """Every fourth proposal, by the owner of its account, in the order of DECIDED."""
    s = Suggestion
    with reading() as connection:
        rows = connection.execute(
            select(s.id, s.version, Assignment.person_id)
            .join(Assignment, (Assignment.account_id == s.account_id) & (Assignment.duty == "owner"))
            .where(Assignment.until.is_(None), s.status == "open", s.id % 4 == 0)
            .order_by(s.id)
            .limit(MOST)
        ).all()
    for place, (row_id, version, owner) in enumerate(rows):
        viewer, why = viewer_of(owner, now), DECIDED[place % len(DECIDED)]
        if why:
            commands.dismiss(viewer, row_id, version, why)
        else:
            commands.accept(viewer, row_id, version)
