"""What demo customers do beside activity: a case that waits, rivals before a renewal, a loss explained."""

from datetime import date, datetime, timedelta

from sqlalchemy import select

from lib.demo.cast import material
from lib.people.identity import viewer_of
from lib.renewals.rules import OPEN
from lib.signals import commands
from lib.store.database import reading, transaction
from lib.store.models import Account, Assignment, Case, ChurnEvent, Renewal

WAITS = timedelta(hours=5)
AHEAD = timedelta(days=100)


ANSWERED = {"kept_by": "lower_price", "returns": "maybe", "rating": "3"}


def show_signs(now: datetime, today: date) -> None:
    """Rivals for two accounts whose contract ends soon, an unanswered case, and why one customer left."""
    owns = (Assignment.account_id == Account.id) & (Assignment.duty == "owner") & Assignment.until.is_(None)
    a, r, e = Account, Renewal, ChurnEvent
    with reading() as connection:
        near = connection.execute(
            select(a.id, Assignment.person_id, a.language)
            .join(Assignment, owns)
            .join(r, r.account_id == a.id)
            .where(a.status == "active", r.stage.in_(OPEN), r.due_on > today, r.due_on <= today + AHEAD)
            .order_by(Assignment.person_id, r.due_on, a.id)
            .limit(3)
        ).all()
        lost = connection.execute(
            select(a.id, Assignment.person_id, e.happened_on)
            .join(Assignment, owns)
            .join(e, e.account_id == a.id)
            .where(e.is_reactivation.is_(False), e.happened_on < today)
            .order_by(e.happened_on.desc(), a.id)
            .limit(1)
        ).first()
    words = material("texts")["signs"]
    for (account_id, person_id, _), names in zip(near[:2], words["rivals"], strict=False):
        if viewer := viewer_of(person_id, now):
            commands.note_suppliers(viewer, account_id, 0, names.count(",") + 1, names)
    if lost and (viewer := viewer_of(lost.person_id, now)):
        comment = words["left"][{"en": 0, "zh-CN": 1}[viewer.language]]
        commands.give_reason(viewer, lost.id, lost.happened_on, "rival", comment,
                             answers=ANSWERED)  # fmt: skip
    if len(near) > 2:
        with transaction() as session:
            session.info["command"] = "demo.signs"
            subject = words["case"][near[2].language == "zh-CN"]
            session.add(Case(external_id=f"CASE-WAITS-{near[2].id}", account_id=near[2].id, subject=subject,
                             category="integration", priority="urgent", channel="email",
                             opened_at=now - WAITS))  # fmt: skip
