"""Finds users that are scripts: active on nearly every day with data, weekends included."""

import numpy as np

from lib.activity.rules import Numbers, Thresholds

WEEKEND = (6, 0)  # Saturday and Sunday as day number modulo 7
LEAST_WEEKEND_DAYS = 4


def automated_since(
    users: Numbers, days: Numbers, data_days: Numbers, limits: Thresholds
) -> tuple[Numbers, Numbers]:
    """(users, first day number on which each counts as a script); users that never do are absent.

    Weekends count: where nobody at all is seen on weekends, a person who comes every working day must not
    be taken for a script, so some of the days must be Saturdays or Sundays.

    `users` and `days` are the active user-days sorted by user, then day; `data_days` the sorted day numbers
    on which anybody at all was seen. Once a script, always a script.
    """
    if not len(users):
        return users, days
    window = limits.automation_days - 1
    base, width = int(days.min()) - window - 1, int(days.max() - days.min()) + window + 3
    names, position = np.unique(users, return_inverse=True)
    keys = position * width + (days - base)
    weekends = np.cumsum(np.isin(days % 7, WEEKEND))
    first = np.searchsorted(keys, keys - window)
    active = np.arange(len(keys)) - first + 1
    rests = weekends - np.where(first > 0, weekends[first - 1], 0)
    known = np.searchsorted(data_days, days, side="right") - np.searchsorted(data_days, days - window)
    script = (known >= limits.automation_least_days) & (active >= limits.automation_share * known - 1e-9)
    hits = np.flatnonzero(script & (rests >= LEAST_WEEKEND_DAYS))
    found, at = np.unique(position[hits], return_index=True)
    return names[found], days[hits[at]]
