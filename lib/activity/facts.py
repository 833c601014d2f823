"""The facts one evaluation works on, as plain arrays: accounts, their daily sums, their users' days.

Days are day numbers (`date.toordinal`); a matrix column or index is a day number minus `Facts.first`.
"""

from dataclasses import dataclass

import numpy as np

from lib.activity.rules import Numbers

NEVER = 10**8  # a day number that no calendar reaches


@dataclass(frozen=True)
class Accounts:
    """Parallel arrays, one position an account.

    `born` is the first day of its life (sign-up, else first activity), `signed_up` the stated sign-up day
    or -NEVER, `left` the first day on which it is no longer a customer (NEVER while it is one). `segment`
    numbers region and industry together; `region_of` is the region number of each segment.
    """

    ids: Numbers
    segment: Numbers
    region_of: Numbers
    born: Numbers
    signed_up: Numbers
    left: Numbers
    seats: Numbers
    named: Numbers

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class Automation:
    """Users found to be scripts: from `since` on none of their days count, before that all did."""

    account: Numbers  # position of the account, one entry per active day
    day: Numbers  # index of the day
    since: Numbers  # day number of the flag


@dataclass(frozen=True)
class Facts:
    """`daily[day index, account]` counts active people, automation left out; `data_start` is the day number
    of the oldest activity anywhere."""

    first: int
    accounts: Accounts
    daily: Numbers
    automation: Automation
    data_start: int

    @property
    def last(self) -> int:
        return self.first + len(self.daily) - 1


@dataclass(frozen=True)
class Team:
    """Users' active days of some accounts: pairs (account, user) sorted by account, and their days.

    `keys` = pair position * width + day index, sorted; counting a window is two binary searches.
    """

    first: int
    width: int
    account: Numbers  # position of the account, ascending
    user: Numbers  # stored id of the user
    flagged: Numbers  # day number from which the user counts as a script, NEVER else
    keys: Numbers

    def count(self, pairs: Numbers, start: Numbers, stop: Numbers) -> Numbers:
        """Active days of each pair between two day indexes, both included; indexes are clipped."""
        low = pairs * self.width + np.clip(start, 0, self.width)
        high = pairs * self.width + np.clip(stop + 1, 0, self.width)
        return np.searchsorted(self.keys, high) - np.searchsorted(self.keys, low)

    def last_seen(self, pairs: Numbers, day: Numbers) -> Numbers:
        """The index of the newest active day up to `day`, -1 when there is none."""
        at = np.searchsorted(self.keys, pairs * self.width + day + 1) - 1
        found = np.where(at >= 0, self.keys[np.maximum(at, 0)] if len(self.keys) else -1, -1)
        mine = (at >= 0) & (found >= pairs * self.width)
        return np.where(mine, found - pairs * self.width, -1)


def empty_team(first: int, width: int) -> Team:
    none = np.zeros(0, dtype=np.int64)
    return Team(first, width, none, none, none, none)
