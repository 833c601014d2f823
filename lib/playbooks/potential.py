"""Customers with high potential inside their trial: use shows it early, and a care gift is proposed."""

from datetime import date, timedelta

from sqlalchemy import func, insert, select
from sqlmodel import Session

from lib.access import Viewer
from lib.playbooks import facts
from lib.store import policy
from lib.store.database import parts
from lib.store.doors import audit
from lib.store.models import AccountMilestone, AccountTrial, Subscription, Task
from lib.words import say

GIFT_TASK = "care_gift"


def is_high(reached: int, least: int) -> bool:
    """Whether so many milestones reached inside the trial speak for the customer."""
    return reached >= least


def propose_gifts(session: Session, viewer: Viewer, day: date) -> int:
    """A task for the owner of every account whose running trial shows high potential, once a trial; how many
    are new."""
    held = policy.values("playbooks", day, session)["trial"]
    found = {
        account_id: count
        for account_id, count in _reached(session, day).items()
        if is_high(count[1], held["high_potential_from"])
    }
    keys = {i: f"{GIFT_TASK}:{i}:{begin.isoformat()}" for i, (begin, _) in found.items()}
    known: set[str] = set()
    for part in parts(sorted(keys.values())):
        known |= set(session.execute(select(Task.dedupe_key).where(Task.dedupe_key.in_(part))).scalars())
    new = [i for i in sorted(found) if keys[i] not in known]
    if not new:
        return 0
    duties = facts.duties_of(session, new)
    due_on = day + timedelta(days=held["gift_days"])
    rows = [
        {"account_id": i, "owner_id": duties[i].owner, "kind": GIFT_TASK, "due_on": due_on, "status": "open",
         "title": say("en", "playbooks-gift-task", count=found[i][1]), "version": 1,
         "title_zh": say("zh-CN", "playbooks-gift-task", count=found[i][1]), "dedupe_key": keys[i],
         "created_at": viewer.now}
        for i in new
    ]  # fmt: skip
    session.execute(insert(Task), rows)
    audit(session, viewer, "task", None, new={"kind": GIFT_TASK, "raised": len(rows)})
    return len(rows)


def _reached(session: Session, day: date) -> dict[int, tuple[date, int]]:
    """account -> first day of its running trial, milestones reached since."""
    t, s, a = AccountTrial, Subscription, AccountMilestone
    begun: dict[int, date] = {}
    for statement in (
        select(s.account_id, func.max(s.starts_on))
        .where(s.is_trial, s.starts_on <= day, s.ends_on >= day)
        .group_by(s.account_id),
        select(t.account_id, func.max(t.starts_on))
        .where(t.outcome == "open", t.starts_on <= day, t.ends_on >= day)
        .group_by(t.account_id),
    ):
        begun |= dict(session.execute(statement).all())
    counted: dict[int, tuple[date, int]] = {}
    for part in parts(sorted(begun)):
        rows = select(a.account_id, a.reached_on).where(a.account_id.in_(part))
        for account_id, on in session.execute(rows):
            if begun[account_id] <= on <= day:
                counted[account_id] = (begun[account_id], counted.get(account_id, (on, 0))[1] + 1)
    return counted
