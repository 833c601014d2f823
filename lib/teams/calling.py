"""When to call: the hours in common with each account of a book, and with one account."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd
from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from lib.access import Viewer
from lib.errors import NotFound
from lib.store import worth
from lib.store.database import read_one, reading
from lib.store.doors import query
from lib.store.models import Account, Assignment, StaffProfile
from lib.store.naming import spoken_name
from lib.store.scope import visible_accounts
from lib.teams import loading, rules, zones
from lib.teams.rules import Limits


def book(
    connection: Connection, viewer: Viewer, by: Limits, person_id: int, zone: str, hours: dict | None
) -> pd.DataFrame:
    """The accounts somebody owns with the hours in common and the next time to call."""
    rows = connection.execute(
        select(Account.id, spoken_name(viewer, Account).label("name"), Account.tier, Account.is_vip,
               Account.zone, Account.country, Account.city,
               func.coalesce(worth.arr(viewer.today), 0).label("worth"))
        .join(Assignment, Assignment.account_id == Account.id)
        .where(Assignment.person_id == person_id, Assignment.duty == "owner", Assignment.until.is_(None))
        .where(Account.status != "churned")
        .order_by(Account.name, Account.id)
    ).fetchall()  # fmt: skip
    usual = zones.office(by.start, by.end)
    mine, monday = zones.week_of(hours, usual), viewer.today - timedelta(days=viewer.today.weekday())
    slots: dict[str, tuple[datetime, datetime] | None] = {}
    made = []
    for r in rows:
        there = zones.zone_of(r.zone, r.country, r.city)
        if there and there not in slots:
            slots[there] = zones.next_slot(mine, zone, usual, there, viewer.now)
        slot = slots.get(there) if there else None
        made.append({
            "account_id": r.id, "account": r.name, "tier": r.tier, "zone": there,
            "weight": float(rules.weight_of(r.tier, bool(r.is_vip), by)), "worth": int(r.worth),
            "overlap": zones.overlap(mine, zone, usual, there, monday) if there else None,
            "slot_start": slot[0] if slot else None, "slot_end": slot[1] if slot else None,
        })  # fmt: skip
    columns = ["account_id", "account", "tier", "zone", "weight", "worth", "overlap", "slot_start",
               "slot_end"]  # fmt: skip
    return pd.DataFrame(made, columns=columns, dtype="object")


@dataclass(frozen=True)
class Calling:
    """When the viewer reaches one account: its zone (None: unknown), hours a week in common, next slot in
    UTC."""

    zone: str | None
    hours: float
    slot: tuple[datetime, datetime] | None


@query("teams.calling", permission="team.read", subject="account")
def calling(viewer: Viewer, account_id: int) -> Calling:
    """See Calling; by the viewer's own hours and zone. Raises NotFound."""
    with reading() as connection:
        there = select(Account.zone, Account.country, Account.city).where(
            Account.id == account_id, visible_accounts(viewer)
        )
        row = read_one(there, connection)
        if row is None:
            raise NotFound()
        by = loading.limits(viewer, connection)
        mine = read_one(
            select(StaffProfile.zone, StaffProfile.hours).where(StaffProfile.person_id == viewer.person_id),
            connection,
        )
    zone, usual = zones.zone_of(*row), zones.office(by.start, by.end)
    if zone is None:
        return Calling(None, 0.0, None)
    week, place = (
        zones.week_of(mine.hours if mine else None, usual),
        (mine and mine.zone) or viewer.clock_zone,
    )
    monday = viewer.today - timedelta(days=viewer.today.weekday())
    slot = zones.next_slot(week, place, usual, zone, viewer.now)
    return Calling(zone, zones.overlap(week, place, usual, zone, monday), slot)


def beyond(book: pd.DataFrame, row: dict[str, Any], by: Limits) -> list[int]:
    told = [(int(b.account_id), Decimal(str(b.weight)), int(b.worth)) for b in book.itertuples()]
    return rules.beyond(told, Decimal(str(row["points"])), by)
