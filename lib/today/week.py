"""The week: its days with what is due, done and blocked, and what each person carries; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import pandas as pd

STATES = ("open", "blocked", "done")
# Which act of policy "today" says how long a thing takes.
MINUTES = {
    "task": "task", "step": "task", "check_in": "contact", "promise": "promise", "notice": "renewal",
    "renewal": "outcome", "quote": "quote",
}  # fmt: skip


class Which(StrEnum):
    THIS = "this"
    NEXT = "next"


class View(StrEnum):
    DAYS = "days"
    PEOPLE = "people"


@dataclass(frozen=True)
class Due:
    """One thing that is due: its kind, day, the account's name and its own words, where it has them."""

    kind: str
    day: date
    account: str | None
    label: str | None


@dataclass(frozen=True)
class Load:
    """What one person has in a span of days: hours of work still open beside the hours they have for it."""

    person_id: int
    name: str
    due: int
    done: int
    blocked: int
    hours: float
    available: float

    @property
    def share(self) -> float:
        return self.hours / self.available if self.available else 0.0


def monday(today: date, which: str = Which.THIS) -> date:
    """The first day of the week that holds `today`, or of the one after it."""
    return today - timedelta(days=today.weekday()) + timedelta(days=7 if which == Which.NEXT else 0)


def days(first: date) -> list[date]:
    """Monday to Sunday."""
    return [first + timedelta(days=n) for n in range(7)]


def counted(items: pd.DataFrame) -> dict[str, int]:
    """How many of the items are open, blocked and done."""
    found = items["state"].value_counts() if len(items) else {}
    return {state: int(found.get(state, 0)) for state in STATES}


def hours(items: pd.DataFrame, minutes: Mapping[str, int]) -> float:
    """Hours the open and blocked items take, by the policy's minutes of each act."""
    rest = items.loc[items["state"] != "done", "kind"] if len(items) else ()
    return sum(minutes[MINUTES[kind]] for kind in rest) / 60


def loads(
    items: pd.DataFrame, people: Mapping[int, str], minutes: Mapping[str, int],
    available: Mapping[int, float], usual: float,
) -> list[Load]:  # fmt: skip
    """One line a person, the fullest first: also those who have nothing. `available` are the hours of those
    whose coverage hours are known; the others have the policy's."""
    by_person = dict(list(items.groupby("owner_id"))) if len(items) else {}
    nothing = items.head(0)
    made = []
    for person_id, name in people.items():
        mine = by_person.get(person_id, nothing)
        held = counted(mine)
        made.append(
            Load(person_id, name, len(mine), held["done"], held["blocked"], hours(mine, minutes),
                 available.get(person_id, usual))
        )  # fmt: skip
    return sorted(made, key=lambda one: (-one.share, one.name, one.person_id))


def worked(weekly: Mapping[str, Sequence[int]] | None) -> float | None:
    """Hours a week of somebody's coverage: weekday to first and last minute; None where nothing was said."""
    if not weekly:
        return None
    return sum(max(0, last - first) for first, last in weekly.values()) / 60
