"""On which days anybody of an account came at all, as it was known on each day of the walk."""

import numpy as np

from lib.activity.rules import Numbers

MONTH = 28
LONG_AGO = 10**6


class Presence:
    """The newest day with anybody, per day and account, from running sums of user-days.

    `sums` has one row more than days. Scripts found on a day leave the past: `renew` the accounts they touch.
    """

    def __init__(self, sums: Numbers) -> None:
        self.newest = np.zeros(sums.shape, np.int16 if len(sums) < 2**15 else np.int32)
        for day in range(1, len(sums)):
            self.newest[day] = np.where(sums[day] > sums[day - 1], day, self.newest[day - 1])

    def renew(self, sums: Numbers, accounts: Numbers) -> None:
        came = np.diff(sums[:, accounts], axis=0) > 0
        days = np.arange(1, len(sums))[:, None]
        self.newest[1:, accounts] = np.maximum.accumulate(np.where(came, days, 0), axis=0)

    def silent_days(self, index: int) -> Numbers:
        """Days without anybody up to the day index; very many where nobody ever came."""
        newest = self.newest[index + 1].astype(np.int64)
        return np.where(newest > 0, index + 1 - newest, LONG_AGO)

    def longest_gap(self, index: int, accounts: Numbers) -> Numbers:
        """The longest stretch without anybody within the last 28 days of these accounts."""
        rows = np.arange(max(index + 2 - MONTH, 1), index + 2)
        newest = self.newest[rows[:, None], accounts[None, :]].astype(np.int64)
        since = np.maximum(newest, rows[0] - 1)
        return (rows[:, None] - since).max(axis=0)
