"""Which features part of the demo's customers use: their plan's, some never taken up, some on the rise.

One count a week and feature, as a weekly export of the product would bring it.
"""

from datetime import date, timedelta
from typing import Any

import numpy as np
from sqlmodel import Session

from lib.demo import activity
from lib.demo.cast import Customer, dice
from lib.demo.commerce import plan_of
from lib.store.bulk import insert_columns
from lib.store.models import FeatureDay

_FEATURES, _WEEK = 70, 71
WEEKS = 27  # of the past, when the demo is made
# The key features of policy "health", and how often a person uses each in a week.
KEY = {"listing": 14.0, "reports": 6.0, "ads": 4.0, "api": 30.0, "profit": 3.0}
OF_PLAN = {"professional": ("listing", "reports", "ads"), "enterprise": tuple(KEY)}
TOLD, UNTOUCHED, RISING = 0.35, 0.08, 0.05  # shares of the customers: features known at all, and of those
RISE, RISE_AGO = 2.6, 28  # so many times the former use, for so many days
COLUMNS = ("external_id", "account_id", "day", "feature", "uses")
SLOW_START = frozenset({"stalled"})  # stories that take up the first key feature alone
YOUNG = 120  # days after sign-up


def write_features(session: Session, cast: list[Customer], founded_on: date, first: int, last: int) -> int:
    """The weeks that end between two days, counted from the demo's first; how many rows. A week comes out
    the same whatever the range is."""
    ends = np.array([day for day in range(first, last + 1) if day % 7 == 6])  # -1: the day before
    luck = np.array([dice(_WEEK, int(day) + 100_000).random((len(cast), len(KEY))) for day in ends])
    rows: dict[str, list[Any]] = {
        name: [] for name in ("external_id", "account_id", "day", "feature", "uses")
    }
    for place, customer in enumerate(cast if len(ends) else ()):
        _of_one(rows, customer, founded_on, ends, luck[:, place])
    return insert_columns(session, FeatureDay.__table__, rows)


def _of_one(
    rows: dict[str, list[Any]], customer: Customer, founded_on: date, ends: np.ndarray, luck: np.ndarray
) -> None:
    start = (customer.signed_up_on - founded_on).days
    left = (customer.left_on - founded_on).days if customer.left_on else activity.NEVER
    there = (ends >= start + 6) & (ends < left)
    weeks, luck = ends[there], luck[there]
    names, rising = _taken_up(customer, -start)
    told = activity.told(customer, weeks)
    for place, name in enumerate(names):
        uses = KEY[name] * customer.team * told * (0.75 + 0.5 * luck[:, place])
        uses *= np.where((weeks >= -RISE_AGO) & (name == rising), RISE, 1.0)
        used = np.round(uses).astype(int)
        days = weeks[used > 0].tolist()
        rows["external_id"] += [f"USE-{customer.number + 1:04d}-{name}-{day}" for day in days]
        rows["account_id"] += [customer.number + 1] * len(days)
        rows["day"] += [founded_on + timedelta(days=day) for day in days]
        rows["feature"] += [name] * len(days)
        rows["uses"] += used[used > 0].tolist()


def _taken_up(customer: Customer, age: int) -> tuple[tuple[str, ...], str | None]:
    """The features a customer uses, and the one whose use rises."""
    names, luck = OF_PLAN[plan_of(customer)], dice(_FEATURES, customer.number).random(3)
    if customer.story.code in SLOW_START and age <= YOUNG:
        return names[:1], None
    if luck[2] > TOLD and age > YOUNG:
        return (), None
    if luck[0] < UNTOUCHED and age > YOUNG:
        return names[:-1], None
    return names, names[-1] if luck[1] < RISING and age > YOUNG else None
