"""On which days anybody of an account came at all, as it was known on each day of the walk."""

import numpy as np

from lib.activity.rules import Numbers

MONTH = 28
LONG_AGO = 10**6


class Presence:
    """Running counts of days with anybody and the newest such day, from running sums of user-days.

    `sums` has one row more than days. Scripts found on a day leave the past: `renew` the accounts they touch.
    """

    def __init__(self, sums: Numbers) -> None:
        self.counts = np.zeros(sums.shape, np.int16 if len(sums) < 2**15 else np.int32)
        self.newest = np.zeros(sums.shape, self.counts.dtype)
        for day in range(1, len(sums)):
            came = sums[day] > sums[day - 1]
            self.counts[day] = self.counts[day - 1] + came
            self.newest[day] = np.where(came, day, self.newest[day - 1])

    def renew(self, sums: Numbers, accounts: Numbers) -> None:
        came = np.diff(sums[:, accounts], axis=0) > 0
        self.counts[1:, accounts] = np.cumsum(came, axis=0)
        days = np.arange(1, len(sums))[:, None]
        self.newest[1:, accounts] = np.maximum.accumulate(np.where(came, days, 0), axis=0)

    def silent_days(self, index: int) -> Numbers:
        """Days without anybody up to the day index; very many where nobody ever came."""
        newest = self.newest[index + 1].astype(np.int64)
        return np.where(newest > 0, index + 1 - newest, LONG_AGO)

    def against_usual(self, index: int, start: Numbers, stop: int, length: Numbers) -> Numbers:
        """ln of the days with anybody among the last 28 against 28 days of the baseline (start … stop)."""
        counts = self.counts
        now = counts[index + 1] - counts[max(index + 1 - MONTH, 0)]
        past = counts[stop] - counts[start, np.arange(counts.shape[1])]
        return np.log((now + 2) / (past * (MONTH / length) + 2)).astype(np.float32)
