"""What a new day brings for promised benefits: tasks to tell a customer, to use a right, to inspect."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, or_, select
from sqlmodel import Session

from lib.access import Viewer
from lib.fulfilment.opening import clocks_of
from lib.fulfilment.rights_commands import offer_rights
from lib.fulfilment.rules import State, visits
from lib.store import policy
from lib.store.doors import audit
from lib.store.models import Benefit, Entitlement, Task
from lib.store.owners import owners_of
from lib.words import say

__all__ = ["offer_rights", "raise_benefit_tasks"]

TELL, UNUSED, VISIT = KINDS = ("tell_benefits", "unused_benefit", "inspection_visit")
INSPECTIONS = "inspections"  # a quota of visits a year
WATCHED = ("order", "concession", "right")  # entitlements the desk gave itself
VISIT_DAYS = 14
B, E = Benefit, Entitlement


@dataclass(frozen=True)
class Wanted:
    """A task that has to be there; `key` is the same on every day it is wanted."""

    key: str
    kind: str
    account_id: int
    due_on: date
    word: str
    en: dict[str, object]
    zh: dict[str, object]

    def titled(self, language: str) -> str:
        return say(language, self.word, **(self.en if language == "en" else self.zh))[:1000]


def raise_benefit_tasks(session: Session, viewer: Viewer, today: date) -> int:
    """Tasks for the owners of accounts; how many are new. One an order, one a right and one a visit: a
    second run adds nothing."""
    wanted = [*_untold(session, viewer, today), *_lapsing(session, today), *_visits(session, today)]
    have = set(session.execute(select(Task.dedupe_key).where(Task.kind.in_(KINDS))).scalars())
    new = [one for one in wanted if one.key not in have]
    if not new:
        return 0
    owners = owners_of(session, {one.account_id for one in new})
    session.add_all(
        Task(account_id=one.account_id, owner_id=owners.get(one.account_id), kind=one.kind,
             title=one.titled("en"), title_zh=one.titled("zh-CN"), due_on=one.due_on, dedupe_key=one.key,
             created_at=viewer.now)
        for one in new
    )  # fmt: skip
    audit(session, viewer, "task", None, new={"kind": TELL, "raised": len(new)})
    return len(new)


def _untold(session: Session, viewer: Viewer, today: date) -> Iterator[Wanted]:
    """Orders whose customer was not told in time (S1-85)."""
    before = viewer.now - timedelta(days=clocks_of(viewer, session).notice_days)
    found = (
        select(B.account_id, B.order_number.label("order"))
        .where(B.told_at.is_(None), B.promised_at < before)
        .group_by(B.account_id, B.order_number)
        .order_by(B.account_id, B.order_number)
    )
    for row in session.execute(found):
        said = {"order": row.order}
        yield Wanted(f"{TELL}:{row.account_id}:{row.order}", TELL, row.account_id, today,
                     "fulfilment-task-tell", said, said)  # fmt: skip


def _lapsing(session: Session, today: date) -> Iterator[Wanted]:
    """Rights in force that lapse soon with something left (S1-59)."""
    sight = int(policy.values("fulfilment", today, session)["lapse"]["days"])
    found = (
        select(E.id, E.account_id, func.coalesce(B.title_en, E.item).label("en"),
               func.coalesce(B.title_zh, E.item).label("zh"), E.expires_on)
        .outerjoin(B, B.entitlement_id == E.id)
        .where(E.source.in_(WATCHED), or_(B.id.is_(None), B.state == State.IN_FORCE),
               or_(E.consumed.is_(None), E.consumed < E.included), E.expires_on >= today,
               E.expires_on <= today + timedelta(days=sight))
        .order_by(E.id)
    )  # fmt: skip
    for row in session.execute(found):
        yield Wanted(f"{UNUSED}:{row.id}", UNUSED, row.account_id, row.expires_on,
                     "fulfilment-task-unused", {"benefit": row.en}, {"benefit": row.zh})  # fmt: skip


def _visits(session: Session, today: date) -> Iterator[Wanted]:
    """The next inspection of every service that holds some (S1-54), two weeks before its day."""
    found = (
        select(B.account_id, B.title_en, B.title_zh, B.id, B.starts_on, B.expires_on, B.granted)
        .where(B.code == INSPECTIONS, B.granted > 0, B.starts_on <= today, B.expires_on >= today)
        .order_by(B.id)
    )
    for row in session.execute(found):
        for day in visits(row.starts_on, row.expires_on, row.granted):
            if today <= day <= today + timedelta(days=VISIT_DAYS):
                yield Wanted(f"{VISIT}:{row.id}:{day}", VISIT, row.account_id, day,
                             "fulfilment-task-visit", {"benefit": row.title_en},
                             {"benefit": row.title_zh})  # fmt: skip
