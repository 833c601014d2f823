"""What the walk over the days finds: expected and observed activity per day and account."""

from dataclasses import dataclass, field

import numpy as np

from lib.activity.facts import Facts
from lib.activity.risk import Risk
from lib.activity.rules import Numbers

WEEK, MONTH = 7, 28


@dataclass(frozen=True)
class Newcomers:
    """Accounts without a baseline on one day: q = people-days per seat against older accounts' median."""

    account: Numbers
    q: Numbers
    rate: Numbers
    usual: Numbers

    @property
    def parts(self) -> tuple[Numbers, ...]:
        return self.account, self.q, self.rate, self.usual


@dataclass(frozen=True)
class Surroundings:
    """What weighing a fall needs of one day beside the ratios: per account ln of the last 28 days against the
    past before the baseline (NaN without one) and the longest stretch without anybody among them (known where
    the ratio is low); and the spread of all accounts about their cohorts."""

    past: Numbers
    gap: Numbers
    spread: float


@dataclass(frozen=True)
class History:
    """Numbers per day index and account; NaN where no verdict is possible. Moods are per segment."""

    facts: Facts
    ratio_28: Numbers
    expected_28: Numbers
    ratio_7: Numbers
    mood_28: Numbers
    mood_7: Numbers
    silent: Numbers  # per day: the source itself is silent
    newcomers: dict[int, Newcomers] = field(default_factory=dict)
    risks: dict[int, Risk] = field(default_factory=dict)  # by day index; NaN where nobody is looked at
    surroundings: dict[int, Surroundings] = field(default_factory=dict)  # like `risks`
    silence: dict[int, Numbers] = field(default_factory=dict)  # days without anybody, like `risks`

    def expected_7(self, days: Numbers, accounts: Numbers) -> Numbers:
        segment = self.facts.accounts.segment[accounts]
        shift = self.mood_7[days, segment] - self.mood_28[days, segment]
        return self.expected_28[days, accounts] * np.exp(shift) * WEEK / MONTH

    def observed(self, days: Numbers, accounts: Numbers) -> Numbers:
        """O_28 again from R and E: whole user-days."""
        expected = self.expected_28[days, accounts].astype(float)
        return np.rint(self.ratio_28[days, accounts] * (expected + 2) - 2)
