"""Reads what the outreach form of an alert starts from: the account's contacts and the last logged touch."""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

import pandas as pd
from sqlalchemy import select

from lib.access import Viewer
from lib.errors import NotFound
from lib.store.database import read_frame, read_one, reading
from lib.store.doors import query
from lib.store.models import Account, ChurnAlert, Contact, Touch
from lib.store.scope import visible_accounts


@dataclass(frozen=True)
class LastTouch:
    """The newest outreach to the account since the alert opened."""

    id: int
    channel: str
    contact_id: int | None
    summary: str
    happened_at: datetime


@dataclass(frozen=True)
class Outreach:
    """contacts: id, name, title, is_sponsor; sponsors first."""

    contacts: pd.DataFrame
    last: LastTouch | None

    @property
    def names(self) -> dict[int, str]:
        """Contact id -> name with title."""
        rows = zip(*(self.contacts[n] for n in ("id", "name", "title")), strict=True)
        return {int(key): " · ".join(part for part in words if isinstance(part, str)) for key, *words in rows}


@query("activity.outreach", permission="alert.read", subject="alert")
def outreach(viewer: Viewer, alert_id: int) -> Outreach:
    """What the form of this alert starts from. Raises NotFound."""
    found = (
        select(ChurnAlert.account_id, ChurnAlert.opened_on)
        .join(Account, Account.id == ChurnAlert.account_id)
        .where(ChurnAlert.id == alert_id, visible_accounts(viewer))
    )
    with reading() as connection:
        alert = read_one(found, connection) if isinstance(alert_id, int) else None
        if alert is None:
            raise NotFound()
        contacts = read_frame(
            select(Contact.id, Contact.name, Contact.title, Contact.is_sponsor)
            .where(Contact.account_id == alert.account_id, Contact.active)
            .order_by(Contact.is_sponsor.desc(), Contact.name, Contact.id),
            connection,
        )
        opened = datetime.combine(alert.opened_on, time(), ZoneInfo(viewer.zone))
        last = read_one(
            select(Touch.id, Touch.channel, Touch.contact_id, Touch.summary, Touch.happened_at)
            .where(Touch.account_id == alert.account_id, Touch.happened_at >= opened)
            .order_by(Touch.happened_at.desc(), Touch.id.desc())
            .limit(1),
            connection,
        )
    return Outreach(contacts, LastTouch(*last) if last else None)
