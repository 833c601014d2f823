"""Makes a store ready for work: schema, policy, price books, playbooks, the technical person."""

from datetime import datetime

from sqlalchemy import select

from lib.people.identity import seed_first_people, seed_technical
from lib.playbooks.definitions import seed as seed_playbooks
from lib.pricing.commands import seed_price_books
from lib.store import migrate, policy
from lib.store.address import owner_url
from lib.store.database import transaction
from lib.store.marks import WANTS_DEMO
from lib.store.models import DeskState, Person


def prepare(
    now: datetime, *, local_people: bool = False, wants_demo: bool = False, language: str = "en"
) -> None:
    """Migrate and seed; doing it again changes nothing.

    `local_people` adds one person per role when nobody but the technical person is there, for a desk that
    runs on one machine; they speak `language`. `wants_demo` leaves a mark that demo data is to follow, so
    that a start that was cut off before it came is known as one.
    """
    if migrate.current() != migrate.newest() or owner_url():
        migrate.upgrade()  # grants follow the tables, also where these are the newest
    with transaction() as session:
        policy.seed(session, now)
        seed_technical(session, now)
        seed_price_books(session, now)
        seed_playbooks(session, now)
        alone = session.execute(select(Person.id).limit(2)).fetchall()
        if local_people and len(alone) < 2:
            seed_first_people(session, now, language)
        if wants_demo:
            session.merge(DeskState(name=WANTS_DEMO, value={}, set_at=now))
