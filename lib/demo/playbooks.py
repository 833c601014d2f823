"""Plays of the demo that began some weeks ago: welcomes under way, a trial, demos offered and held, gifts."""

from datetime import date, datetime, timedelta

from sqlalchemy import select

from lib.access import Viewer
from lib.demo.cast import material
from lib.people.identity import viewer_of
from lib.playbooks import care
from lib.playbooks.running import start_plays
from lib.store.database import reading, transaction
from lib.store.models import Account, Assignment

BEGAN_AGO = (24, 17, 11, 5)  # days; one newcomer each, in turn
NEWCOMERS = 8


def begin_plays(now: datetime, today: date) -> None:
    """The newest customers get their plays on days gone by; the morning's run goes on with them."""
    words = material("texts")["playbooks"]
    for place, (account_id, owner_id) in enumerate(_newest()):
        ago = BEGAN_AGO[place % len(BEGAN_AGO)]
        viewer = viewer_of(owner_id, now - timedelta(days=ago))
        if viewer is None:
            continue
        with transaction() as session:
            session.info["command"] = "demo.fill"
            start_plays(session, viewer, account_id, "vip_designated", viewer.today)
        said = {name: texts[viewer.language == "zh-CN"] for name, texts in words.items()}
        _beside(viewer, place, account_id, today - timedelta(days=ago), said)


def _newest() -> list[tuple[int, int]]:
    with reading() as connection:
        found = connection.execute(
            select(Account.id, Assignment.person_id)
            .join(Assignment, Assignment.account_id == Account.id)
            .where(Assignment.duty == "owner", Assignment.until.is_(None), Account.is_vip)
            .where(Account.status == "active")
            .order_by(Account.signed_up_on.desc(), Account.id)
            .limit(NEWCOMERS)
        )
        return [(row.id, row.person_id) for row in found]


def _beside(viewer: Viewer, place: int, account_id: int, day: date, said: dict[str, str]) -> None:
    if place % 2 == 0:
        demo = care.offer_demo(viewer, account_id, day)
        if place % 4 == 0:
            care.move_demo(viewer, demo, 1, "held", day, said["attendees"])
    if place == 1:
        trial = care.write_trial(viewer, account_id, day - timedelta(days=14), day, said["criteria"])
        care.close_trial(viewer, trial, 1, "met", day)
    if place == 2:
        care.give_gift(viewer, account_id, "expert", said["gift"], "120", day)
