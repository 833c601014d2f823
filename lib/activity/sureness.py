"""How sure a fall is: the numbers of an alert's rules weighed together, for each (day, account). Pure.

The rules ask each number alone; a leave, a holiday and a busy project before the summer pass each of them
now and then. Together they tell: of a team that fades most of what its people usually do is gone, in every
week; a holiday leaves one long gap; a season or the end of a project falls to where the account had been
before; and the same fall means less where all accounts go up and down. Weights: a logistic regression on
the days on which the opening rules held in nine kinds of made-up customer bases, rounded; the weight of the
spread is raised by half, so that calm and restless bases ring about equally often without a cause.
`python -m tests.activity.bars` shows these weights beside the single rules. Tried and no better: the best and
the second lowest week, the number of people, the two biggest droppers left out, newcomers' share, days with
anybody, the account's own noise, more mornings in a row.
"""

import numpy as np

from lib.activity.history import MONTH, WEEK, History
from lib.activity.rules import Numbers, Thresholds
from lib.activity.teams import TeamNumbers

WEEKS = 4
LEAST = 0.05  # a week nobody came, a rest of nobody, a base without any noise: counted as a twentieth
PAST_LOW, PAST_HIGH = -0.5, 0.3  # beyond this the longer past says no more


def spread_of(ratios: Numbers, expected: Numbers, limits: Thresholds) -> float:
    """How far the middle account is from its cohort: 1.48 times the median |ln R_28|, few accounts pulled
    towards the usual."""
    used = expected >= MONTH
    count = int(used.sum())
    if not count:
        return limits.weighing_spread_usual
    found = max(1.4826 * float(np.median(np.abs(np.log(ratios[used])))), LEAST)
    own = count / (count + limits.cohort_shrink)
    return float(np.exp(own * np.log(found) + (1 - own) * np.log(limits.weighing_spread_usual)))


def sureness(
    made: History, days: Numbers, accounts: Numbers, team: TeamNumbers, limits: Thresholds
) -> Numbers:
    """Log-odds that the fall is real, one entry per (day, account); above `weighing_least` an alert may
    open."""
    weekly = np.stack([made.ratio_7[np.maximum(days - WEEK * n, 0), accounts] for n in range(WEEKS)])
    third = np.sort(np.nan_to_num(weekly, nan=1.0), axis=0)[2]
    month = _fall(made.ratio_28[days, accounts].astype(float))
    past, gap, spread = np.empty(len(days)), np.zeros(len(days)), np.empty(len(days))
    for day in np.unique(days).tolist():
        here = days == day
        around, mine = made.surroundings[day], accounts[here]
        past[here], gap[here], spread[here] = around.past[mine], around.gap[mine], around.spread
    unknown = np.isnan(past)
    deeper = np.clip(np.where(unknown, 0.0, -np.nan_to_num(past) - month), PAST_LOW, PAST_HIGH)
    return (
        limits.weighing_base
        + limits.weighing_lost * team.lost
        + limits.weighing_rest * _fall(team.rest)
        + limits.weighing_third_week * _fall(third)
        + limits.weighing_size * np.log1p(made.expected_28[days, accounts])
        + limits.weighing_gap * np.log1p(gap)
        + limits.weighing_spread * np.log(spread / limits.weighing_spread_usual)
        + limits.weighing_past * deeper
        + limits.weighing_past_unknown * unknown
    )


def _fall(ratios: Numbers) -> Numbers:
    return -np.log(np.maximum(ratios, LEAST))
