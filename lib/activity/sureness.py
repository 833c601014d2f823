"""How sure a fall is: the numbers of an alert's rules weighed together, for each (day, account). Pure.

The rules ask each number alone; a leave, a holiday and a busy project before the summer pass each of them
now and then. Together they tell: a team that fades is low in every week, not in three of four, most of it
is down, and somebody still comes on most days, while a holiday empties them. Weights: a logistic regression
on the days on which the opening rules held in five made-up customer bases (5,000 accounts, two years),
rounded. There the single rules alone rang 0.13 times a healthy account and year at a recall of 0.90; looser
ones with this weighing 0.07 times at 0.89. Tried and worse at equal recall: stricter thresholds, four low
weeks of four, other windows, more mornings in a row, the account's own noise as a further weight.
"""

import numpy as np

from lib.activity.history import WEEK, History
from lib.activity.rules import Numbers, Thresholds

WEEKS = 4
LEAST = 0.05  # a week nobody came counts like one at a twentieth


def sureness(
    made: History, days: Numbers, accounts: Numbers, rest: Numbers, broad: Numbers, people: Numbers,
    limits: Thresholds,
) -> Numbers:  # fmt: skip
    """Log-odds that the fall is real; above `evidence_least` an alert may open.

    `rest` as in rule 4, `broad` the share of regular users who are down, `people` how many
    share the expected activity; one entry per (day, account).
    """
    weekly = np.stack([made.ratio_7[np.maximum(days - WEEK * n, 0), accounts] for n in range(WEEKS)])
    presence = np.zeros(len(days))
    for day in np.unique(days).tolist():
        presence[days == day] = made.presence[day][accounts[days == day]]
    fallen = -np.log(np.maximum(np.sort(np.nan_to_num(weekly, nan=1.0), axis=0), LEAST))
    return (
        limits.evidence_base
        - limits.evidence_rest * np.log(rest)
        + limits.evidence_second_week * fallen[1]
        + limits.evidence_third_week * fallen[2]
        + limits.evidence_best_week * fallen[3]
        + limits.evidence_size * np.log1p(made.expected_28[days, accounts])
        + limits.evidence_people * np.log(people + 0.1)
        + limits.evidence_broad * broad
        + limits.evidence_presence * presence
    )
