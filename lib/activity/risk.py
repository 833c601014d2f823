"""The risk level of an account: 0 to 100, how likely it is not to come back, from its own activity alone.

Three parts that add up, each shown: silence (days since anybody came), level (in how many of the last weeks
anybody came) and fall (user-days of 28 days against the account's own past, without the cohort). It ranks;
it opens no alert. Found on a public log of 302 accounts: the logarithm of the silence and the number of weeks
with activity rank who stays away for 91 days better than any single count, and as well as a regression on
nine of them; a fall says something only where there was much to fall from, so it weighs by the past's size.
"""

from dataclasses import dataclass

import numpy as np

from lib.activity.rules import Numbers, Thresholds

WEEK = 7
HIGHEST = 100.0
PARTS = ("silence", "level", "fall")


@dataclass(frozen=True)
class Risk:
    """Parallel arrays, one position an account: points of each part and their sum, at most 100.

    `fall` is NaN where there is no past to compare with; it then counts as 0.
    """

    total: Numbers
    silence: Numbers
    level: Numbers
    fall: Numbers

    def only(self, accounts: Numbers) -> "Risk":
        """The same with NaN for accounts nobody looks at."""
        parts = (self.total, self.silence, self.level, self.fall)
        return Risk(*(np.where(accounts, part, np.nan).astype(np.float32) for part in parts))


def risk(
    silent_days: Numbers, weeks: Numbers, recent_weeks: Numbers, observed: Numbers, usual: Numbers,
    limits: Thresholds,
) -> Risk:  # fmt: skip
    """Points of accounts. `silent_days`: days without anybody up to the last day with data; `weeks` and
    `recent_weeks`: in how many of the last 26 and 8 weeks anybody came; `observed`, `usual`: active
    user-days in the last 28 days and in 28 days of the baseline (NaN without one)."""
    scale = limits.risk_silence_scale
    longest = np.log1p(limits.risk_silence_full / scale)
    silence = limits.risk_silence_points * np.clip(np.log1p(silent_days / scale) / longest, 0, 1)
    long = 1 - np.log(np.maximum(weeks, 1)) / np.log(limits.risk_weeks)
    short = 1 - np.log1p(recent_weeks) / np.log1p(limits.risk_recent_weeks)
    level = limits.risk_level_points * np.clip((long + short) / 2, 0, 1)
    lost = np.clip(1 - (observed + 2) / (usual + 2), 0, 1)
    fall = limits.risk_fall_points * lost * usual / (usual + limits.risk_fall_cushion)
    total = np.minimum(silence + level + np.nan_to_num(fall), HIGHEST)
    return Risk(total, silence, level, fall)


def weeks_with_activity(sums: Numbers, index: int, weeks: int) -> Numbers:
    """Per week (newest first) and account: did anybody come? `sums` are running sums, `index` the day."""
    at = np.clip(index + 1 - WEEK * np.arange(weeks + 1), 0, None)
    edges = sums[at]
    return edges[:-1] > edges[1:]
