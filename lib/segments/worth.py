"""What customers are worth over their lifetime: lives from past renewals, shapes by segment, the list of an
axis."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, select, true
from sqlalchemy.engine import Connection
from sqlmodel import Session

from lib.access import Viewer
from lib.segments.lifetime import Life, Survival, fitted
from lib.store import policy
from lib.store.database import reading
from lib.store.doors import query
from lib.store.models import Account, AccountSegment, Renewal
from lib.store.scope import visible_accounts

YEAR = 365


@dataclass(frozen=True)
class Shape:
    """How customers of a segment survive; `own` is false where the shape is that of all accounts."""

    survival: Survival | None
    own: bool
    discount: float

    def told(self, life: Life) -> dict[str, Any]:
        """What a customer with such a life is worth, as its value band keeps it; empty without a shape."""
        if self.survival is None:
            return {}
        n = life.renewals
        return {
            "times": round(self.survival.value(1.0, n, self.discount), 4), "renewals": n, "own": self.own,
            "next": round(self.survival.renews(n), 4), "losses": self.survival.losses,
            "dates": self.survival.dates, "discount": self.discount,
        }  # fmt: skip


def lives(
    connection: Connection, day: date, where: ColumnElement[bool] | None = None
) -> dict[int, tuple[Life, bool]]:  # fmt: skip
    """account id -> its life, and whether it is still a customer, from renewals due up to a day.

    Renewals from before the first one on record are told by the years since sign-up; an account counts as
    lost when it has left, not when one of several contracts ended.
    """
    chosen = true() if where is None else where
    r = Renewal
    closed = connection.execute(
        select(r.account_id, r.due_on, r.stage)
        .join(Account, Account.id == r.account_id)
        .where(chosen, r.closed_on.is_not(None), r.due_on <= day)
        .order_by(r.account_id, r.due_on, r.id)
    )
    dates: dict[int, dict[date, bool]] = {}
    for account_id, due_on, stage in closed:
        known = dates.setdefault(account_id, {})
        known[due_on] = known.get(due_on, False) or stage == "signed"
    rows = connection.execute(select(Account.id, Account.status, Account.signed_up_on).where(chosen))
    return {
        row.id: (_life(dates.get(row.id, {}), row.signed_up_on, left=row.status == "churned"),
                 row.status != "churned")
        for row in rows
    }  # fmt: skip


def _life(dates: Mapping[date, bool], since: date | None, *, left: bool) -> Life:
    if not dates:
        return Life(0, 0, False)
    before = 0 if since is None else max(0, round((min(dates) - since).days / YEAR) - 1)
    return Life(before, before + sum(dates.values()), left and not dates[max(dates)])


def shapes(
    found: Mapping[int, tuple[Life, bool]], values: Mapping[int, str], source: Connection | Session, day: date
) -> dict[str, Shape]:  # fmt: skip
    """How the customers of each value survive; with too few losses as all of them together."""
    held = policy.values("segments", day, source)["lifetime"]
    everybody = Counter(life for life, _ in found.values())
    by_value: dict[str, Counter[Life]] = {}
    for account_id, value in values.items():
        by_value.setdefault(value, Counter())[found[account_id][0]] += 1
    discount = float(held["discount"])
    return {
        value: Shape(*fitted(own, everybody, held["least_losses"]), discount)
        for value, own in by_value.items()
    }


@query("segments.lifetimes", permission="account.read")
def lifetimes(viewer: Viewer, axis: str = "value") -> pd.DataFrame:
    """value, accounts, dates, losses, own, next, times: for each value of an axis its customers, the renewal
    dates and losses behind the shape, whether it is the value's own, the chance of a new customer's first
    renewal, and what a new customer is worth as a multiple of its ARR (both empty without data)."""
    with reading() as connection:
        found = lives(connection, viewer.today, visible_accounts(viewer))
        s = AccountSegment
        rows = connection.execute(
            select(s.account_id, s.value)
            .join(Account, Account.id == s.account_id)
            .where(visible_accounts(viewer), s.axis == axis)
        )
        values = {row.account_id: row.value for row in rows}
        shaped = shapes(found, values, connection, viewer.today)
    here = Counter(value for account_id, value in values.items() if found[account_id][1])
    told = [
        (value, here[value], one.get("dates", 0), one.get("losses", 0), one.get("own", False),
         one.get("next"), one.get("times"))
        for value, one in ((value, shape.told(Life(0, 0, False))) for value, shape in sorted(shaped.items()))
    ]  # fmt: skip
    columns = ["value", "accounts", "dates", "losses", "own", "next", "times"]
    return pd.DataFrame(told, columns=columns)
