"""What the demo's admin changed of the standards, and the review that was signed last quarter."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import select

from lib.demo.cast import material
from lib.flows import policy_review
from lib.people.identity import viewer_of
from lib.policy import commands
from lib.policy.rules import quarter_start
from lib.store.database import read_one
from lib.store.models import Person, PersonRole

CHANGED_AGO = (95, 60, 21)  # days ago, one change each
SIGNED_BEFORE = 12  # days before the end of the last quarter


def keep_standards(now: datetime, today: date) -> None:
    """A right more, a shorter clock and a smaller book; then the review."""
    admin = read_one(
        select(Person.id)
        .join(PersonRole, PersonRole.person_id == Person.id)
        .where(PersonRole.role == "admin", Person.active)
        .order_by(Person.id)
    )
    viewer = viewer_of(admin[0], now) if admin else None
    if viewer is None:
        return
    at = {"en": 0, "zh-CN": 1}[viewer.language]
    words = material("texts")["standards"]
    first, second, third = (replace(viewer, now=now - timedelta(days=days)) for days in CHANGED_AGO)
    right = {"code": "webinar", "from_tier": "premium"}
    right |= dict(zip(("name_en", "name_zh"), words["right"], strict=True))
    commands.add_row(first, "tiers", 1, "rights.0.code", right, first.today, words["right_why"][at],
                     words["right_heard"][at])  # fmt: skip
    commands.change(second, "feedback", 1, {"low.followup_hours": "24"}, second.today, words["clock_why"][at],
                    words["clock_heard"][at])  # fmt: skip
    commands.change(third, "vip", 1, {"book.capacity": "38"}, third.today, words["book_why"][at])
    then = quarter_start(today) - timedelta(days=SIGNED_BEFORE)
    policy_review.sign(replace(viewer, now=now - (today - then)), words["review"][at])
