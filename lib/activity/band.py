"""What a day usually looks like for an account: its own weekdays in the baseline, as a band; pure."""

import numpy as np
import pandas as pd

SPREAD = 2.0
LEAST_DAYS = 14
COLUMNS = ("day", "active", "expected", "low", "high")


def band(
    active: pd.Series, first: pd.Timestamp, shown_from: pd.Timestamp, baseline_end: pd.Timestamp
) -> pd.DataFrame:
    """day, active, expected, low, high per day from `shown_from` on.

    `active` holds active people per day (index: every day, gaps as 0) up to the last day with data; the
    baseline are its days from `first` to `baseline_end`. Without two weeks of baseline the band is missing.
    """
    shown = active[active.index >= shown_from]
    past = active[(active.index >= first) & (active.index <= baseline_end)]
    result = pd.DataFrame({"day": shown.index.date, "active": shown.to_numpy(dtype=float)})
    for name in ("expected", "low", "high"):
        result[name] = np.nan
    if len(past) >= LEAST_DAYS:
        by_day = past.groupby(past.index.day_of_week)
        middle = shown.index.day_of_week.map(by_day.mean()).to_numpy(dtype=float)
        spread = shown.index.day_of_week.map(by_day.std().fillna(0)).to_numpy(dtype=float)
        width = SPREAD * np.maximum(spread, np.sqrt(np.maximum(middle, 0)) / 2)
        result["expected"] = middle
        result["low"] = np.maximum(middle - width, 0)
        result["high"] = middle + width
    return result[list(COLUMNS)]
