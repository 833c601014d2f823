"""Reads for the page of channels: which there are, how they fare, the last messages without their words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pandas as pd
from sqlalchemy import Select, func, select

from lib.access import Viewer
from lib.notices import services
from lib.notices.rules import State
from lib.settings import channels
from lib.store.database import read_frame, reading
from lib.store.doors import query
from lib.store.models import NoticeChoice, Outbox, Person
from lib.store.naming import spoken_name

MOST = 1000
COLUMNS = ["id", "version", "kind", "person", "channel", "created_at", "due_at", "sent_at", "state",
           "outcome", "attempts"]  # fmt: skip
RECENT = timedelta(days=30)


@dataclass(frozen=True)
class Way:
    """A channel: its name and service, whether the address can be read, how many people chose it, when a
    message last left, and what became of those of the last 30 days."""

    name: str
    service: str
    scheme: str
    usable: bool
    people: int
    last_sent: datetime | None
    sent: int
    waiting: int
    failed: int


@query("notices.ways", permission="channel.manage")
def ways(viewer: Viewer) -> list[Way]:
    """Every channel of the environment, by name. Addresses stay where they are."""
    recent = Outbox.created_at >= viewer.now - RECENT
    with reading() as connection:
        people = dict(connection.execute(
            select(NoticeChoice.channel, func.count(func.distinct(NoticeChoice.person_id)))
            .group_by(NoticeChoice.channel)
        ).all())  # fmt: skip
        last = dict(connection.execute(
            select(Outbox.channel, func.max(Outbox.sent_at)).group_by(Outbox.channel)
        ).all())  # fmt: skip
        counted = connection.execute(
            select(Outbox.channel, Outbox.state, func.count()).where(recent)
            .group_by(Outbox.channel, Outbox.state)
        ).all()  # fmt: skip
    told = {(row[0], row[1]): row[2] for row in counted}
    return [
        Way(name, one.service, one.scheme, services.usable(one), people.get(name, 0), last.get(name),
            told.get((name, State.SENT), 0),
            told.get((name, State.WAITING), 0) + told.get((name, State.SENDING), 0),
            told.get((name, State.FAILED), 0))
        for name, one in sorted(channels().items())
    ]  # fmt: skip


@query("notices.messages", permission="channel.manage")
def messages(viewer: Viewer, failed: bool = False, limit: int = MOST, offset: int = 0) -> pd.DataFrame:
    """COLUMNS of the messages of all channels, newest first, at most `limit`; what they say is not in it."""
    return read_frame(_listed(viewer, failed).limit(min(limit, MOST)).offset(offset))


@query("notices.message_count", permission="channel.manage")
def message_count(viewer: Viewer, failed: bool = False) -> int:
    with reading() as connection:
        return connection.execute(
            select(func.count()).select_from(_listed(viewer, failed).order_by(None).subquery())
        ).scalar_one()


def _listed(viewer: Viewer, failed: bool) -> Select:
    o = Outbox
    found = (
        select(o.id, o.version, o.kind, spoken_name(viewer, Person).label("person"), o.channel, o.created_at,
               o.due_at, o.sent_at, o.state, o.outcome, o.attempts)
        .outerjoin(Person, Person.id == o.person_id)
        .order_by(o.id.desc())
    )  # fmt: skip
    return found.where(o.state == State.FAILED) if failed else found
