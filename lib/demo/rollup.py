"""Account-days of freshly drawn days, counted from memory: the store's own roll-up gives the same rows."""

from datetime import date, timedelta

import numpy as np
from sqlalchemy import update
from sqlmodel import Session

from lib.activity.automation import automated_since
from lib.activity.rules import thresholds
from lib.demo.activity import Days, Users
from lib.store import policy
from lib.store.bulk import insert_columns
from lib.store.models import AccountDay, User


def write_account_days(session: Session, who: Users, days: Days, founded_on: date) -> None:
    """People seen and all events per account and day; scripts are found by the rule and left out."""
    scripts = _mark_scripts(session, who, days, founded_on)
    first = int(days.day.min())
    width = int(days.day.max()) - first + 1
    key = who.customer[days.user] * width + (days.day - first)
    is_human = (who.kind[days.user] != "service") & ~np.isin(days.user, scripts)
    size = (int(who.customer.max()) + 1) * width
    people = np.bincount(key, weights=is_human, minlength=size).astype(int)
    events = np.bincount(key, weights=days.events, minlength=size).astype(int)
    seen = np.flatnonzero(events)
    calendar = [founded_on + timedelta(days=first + i) for i in range(width)]
    insert_columns(session, AccountDay.__table__, {
        "account_id": (seen // width + 1).tolist(),
        "day": [calendar[i] for i in (seen % width).tolist()],
        "active_users": people[seen].tolist(),
        "events": events[seen].tolist(),
        "named": [True] * len(seen),
    })  # fmt: skip


def _mark_scripts(session: Session, who: Users, days: Days, founded_on: date) -> np.ndarray:
    """Mark users that are active like a script; their positions."""
    limits = thresholds(policy.values("activity", founded_on, session))
    order = np.lexsort((days.day, days.user))
    user, day = days.user[order], days.day[order] + founded_on.toordinal()
    known = np.unique(day)
    mine = who.kind[user] != "service"
    found, since = automated_since(user[mine], day[mine], known, limits)
    for position, first in zip(found.tolist(), since.tolist(), strict=True):
        marked = update(User).where(User.id == position + 1)
        session.execute(marked.values(automated_since=date.fromordinal(first)))
    return found
