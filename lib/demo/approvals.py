"""What the demo's approvers did: one asked back, and the matrix is being thought over."""

from datetime import date, datetime

from sqlalchemy import select

from lib.access import Viewer
from lib.people.identity import viewer_of
from lib.policy import drafts
from lib.quotes.questions import ask_back
from lib.store.database import read_frame, read_one
from lib.store.models import Person, PersonRole, PolicyDraft, PolicyVersion, Quote, QuoteQuestion

QUESTION = {
    "en": "Which of the three shops gives the public reference, and from when?",
    "zh-CN": "三家店铺中由哪家公开推荐，从何时开始？",
}


def think_over(now: datetime, today: date) -> int:  # noqa: ARG001 - the shape of a step
    """Ask back about the newest quote that waits, and draft a stricter limit; how many acts."""
    acts = 0
    waiting = read_frame(
        select(Quote.id, Quote.version).where(Quote.status == "pending_approval").order_by(Quote.id.desc())
    )
    leader, admin = first("leadership", now), first("admin", now)
    if leader and len(waiting) > 1 and read_one(select(QuoteQuestion.id).limit(1)) is None:
        last = waiting.iloc[0]
        ask_back(leader, int(last.id), int(last.version), text=QUESTION[leader.language])
        acts += 1
    if admin and read_one(select(PolicyDraft.id).limit(1)) is None:
        number = select(PolicyVersion.number).where(PolicyVersion.name == "quotes")
        newest = read_one(number.order_by(PolicyVersion.number.desc()).limit(1))[0]
        drafts.draft_value(admin, "quotes", newest, "limits.0.approve_above", "0.25")
        acts += 1
    return acts


def first(role: str, now: datetime) -> Viewer | None:
    """The first person of a role, at a moment."""
    holds = select(Person.id).join(PersonRole, PersonRole.person_id == Person.id)
    found = read_one(holds.where(PersonRole.role == role, Person.active).order_by(Person.id).limit(1))
    return viewer_of(int(found[0]), now) if found else None
