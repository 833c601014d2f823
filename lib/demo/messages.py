"""Messages of the demo's last mornings, for the page of channels: sent, one refused, one needless."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from lib.demo.writing import put
from lib.settings import settings
from lib.store.database import reading, transaction
from lib.store.models import Outbox, Person, PersonRole

MORNINGS = 8
HEARD_AT = time(8, 30)
WENT = {"state": "sent", "outcome": "sent", "attempts": 1}
# What became of some: place in the list of digests -> state, outcome and attempts.
ELSE = {3: ("failed", "rejected", 1), 9: ("dropped", "nothing_left", 0), 14: ("sent", "sent", 2)}


def keep_messages(now: datetime, today: date) -> None:  # noqa: ARG001 - the shape of a step
    """A digest by mail to three account managers each working day, and alerts in the team's room."""
    with reading() as connection:
        people = connection.execute(
            select(Person.id)
            .join(PersonRole, PersonRole.person_id == Person.id)
            .where(PersonRole.role == "account_manager", Person.active)
            .order_by(Person.id)
            .limit(3)
        ).scalars().all()  # fmt: skip
    rows, zone = [], ZoneInfo(settings().zone)
    for back in range(MORNINGS, 0, -1):
        day = today - timedelta(days=back)
        if day.weekday() > 4:
            continue
        for person_id in people:
            at = datetime.combine(day, HEARD_AT, zone) + timedelta(seconds=40 * len(rows))
            rows.append(_row(len(rows), "digest", "mail365", person_id, at))
        if day.weekday() in (1, 3):
            at = datetime.combine(day, time(14, 5), zone)
            rows.append(_row(len(rows), "notices", "room_7", people[0], at))
    with transaction() as session:
        session.info["command"] = "demo.messages"
        put(session, Outbox, rows)


def _row(place: int, kind: str, channel: str, person_id: int, at: datetime) -> dict:
    went = dict(zip(WENT, ELSE[place], strict=True)) if place in ELSE else WENT
    sent_at = at + timedelta(seconds=4) if went["state"] == "sent" else None
    return {"created_at": at, "kind": kind, "payload": {"notices": []}, "sent_at": sent_at,
            "person_id": person_id, "channel": channel, "message_key": f"demo-{place:03d}",
            "due_at": at, "claim": None, "claimed_at": None, "version": 1, **went}  # fmt: skip
