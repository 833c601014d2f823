"""What a new day brings for promised benefits: a task where a customer was not told, or a right lapses."""

from datetime import date, timedelta

from sqlalchemy import func, or_, select
from sqlmodel import Session

from lib.access import Viewer
from lib.fulfilment.opening import clocks_of
from lib.fulfilment.rights_commands import offer_rights
from lib.fulfilment.rules import State
from lib.store import policy
from lib.store.doors import audit
from lib.store.models import Assignment, Benefit, Entitlement, Task
from lib.words import say

__all__ = ["offer_rights", "raise_benefit_tasks"]

TELL, UNUSED = "tell_benefits", "unused_benefit"
WATCHED = ("order", "concession", "right")  # entitlements the desk gave itself
B, E = Benefit, Entitlement


def raise_benefit_tasks(session: Session, viewer: Viewer, today: date) -> int:
    """Tasks for the owners of accounts; how many are new. One an order and one a right: a second run adds
    nothing."""
    before = viewer.now - timedelta(days=clocks_of(viewer, session).notice_days)
    untold = (
        select(B.account_id, B.order_number.label("about"), func.min(B.id).label("id"))
        .where(B.told_at.is_(None), B.promised_at < before)
        .group_by(B.account_id, B.order_number)
    )
    sight = int(policy.values("fulfilment", today, session)["lapse"]["days"])
    lapsing = (
        select(E.account_id, func.coalesce(B.title_en, E.item).label("about"),
               func.coalesce(B.title_zh, E.item).label("title_zh"), E.id, E.expires_on)
        .outerjoin(B, B.entitlement_id == E.id)
        .where(E.source.in_(WATCHED), or_(B.id.is_(None), B.state == State.IN_FORCE),
               or_(E.consumed.is_(None), E.consumed < E.included), E.expires_on >= today,
               E.expires_on <= today + timedelta(days=sight))
    )  # fmt: skip
    wanted = [
        (f"{TELL}:{r.account_id}:{r.about}", TELL, r.account_id, today,
         say("en", "fulfilment-task-tell", order=r.about),
         say("zh-CN", "fulfilment-task-tell", order=r.about))
        for r in session.execute(untold.order_by(B.account_id, B.order_number))
    ] + [
        (f"{UNUSED}:{r.id}", UNUSED, r.account_id, r.expires_on,
         say("en", "fulfilment-task-unused", benefit=r.about),
         say("zh-CN", "fulfilment-task-unused", benefit=r.title_zh))
        for r in session.execute(lapsing.order_by(E.id))
    ]  # fmt: skip
    if not wanted:
        return 0
    have = set(session.execute(select(Task.dedupe_key).where(Task.kind.in_((TELL, UNUSED)))).scalars())
    new = [one for one in wanted if one[0] not in have]
    owners = dict(
        tuple(row)
        for row in session.execute(
            select(Assignment.account_id, Assignment.person_id).where(
                Assignment.duty == "owner", Assignment.until.is_(None),
                Assignment.account_id.in_({one[2] for one in new}),
            )
        )
    )  # fmt: skip
    session.add_all(
        Task(account_id=account, owner_id=owners.get(account), kind=kind, title=en[:1000], title_zh=zh[:1000],
             due_on=due, dedupe_key=key, created_at=viewer.now)
        for key, kind, account, due, en, zh in new
    )  # fmt: skip
    if new:
        audit(session, viewer, "task", None, new={"kind": TELL, "raised": len(new)})
    return len(new)
