"""The range an account's own past leads to expect for a day, and what the last days say beside it. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np
import pandas as pd

# The same weekday 5 to 16 weeks before: the whole weeks of the 84 days t-118 to t-35 that alerts look at.
LAGS = tuple(7 * weeks for weeks in range(5, 17))
REACH = max(LAGS)
FEWEST = 4  # fewer values of the past say nothing about a range
SIGMAS = 2.0
RECENT = 7
MOST_OF_RECENT = 3  # this many of the recent days outside, and it is a finding


FRIDAY = 4


class Finding(StrEnum):
    """What the chart's title says; each is one sentence in the catalogues."""

    NONE = "none"
    UNKNOWN = "unknown"
    BELOW = "below"
    ABOVE = "above"
    INSIDE = "inside"


@dataclass(frozen=True)
class Found:
    """The finding, since when, and the last value beside what was expected for that day."""

    finding: Finding
    since: date | None = None
    value: float | None = None
    expected: float | None = None


def expected_range(values: Mapping[date, float], first: date, last: date) -> pd.DataFrame:
    """day, value, low, high, expected for every day from first to last.

    `values` holds the days with a figure, 0 included; a day it lacks is a gap and stays one. expected is
    the mean of the same weekday 5 to 16 weeks before, low and high lie 2 standard deviations away, never
    under 0. With fewer than 4 past values the range is missing.
    """
    rows = []
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        past = [values[d] for lag in LAGS if (d := day - timedelta(days=lag)) in values]
        value = values.get(day)
        if len(past) < FEWEST:
            rows.append((day, value, None, None, None))
            continue
        mean, spread = float(np.mean(past)), SIGMAS * float(np.std(past))
        rows.append((day, value, max(mean - spread, 0.0), mean + spread, mean))
    frame = pd.DataFrame(rows, columns=["day", "value", "low", "high", "expected"])
    return frame.astype(dict.fromkeys(["value", "low", "high", "expected"], "float64"))


def marked_day(code: str, starts_on: date, ends_on: date) -> date:
    """Where a chart marks an event: on its main day (11 November, Black Friday) if that lies inside its
    window, else on its first day."""
    window = (starts_on + timedelta(days=n) for n in range((ends_on - starts_on).days + 1))
    main = _MAIN_DAYS.get(code)
    return next((day for day in window if main and main(day)), starts_on)


_MAIN_DAYS: dict[str, Callable[[date], bool]] = {
    "double_11": lambda day: (day.month, day.day) == (11, 11),
    "black_friday": lambda day: day.weekday() == FRIDAY,
}


def finding(frame: pd.DataFrame) -> Found:
    """Below or above since a day, when 3 or more of the last 7 days with figures lie outside."""
    seen = frame.dropna(subset=["value"])
    if seen.empty:
        return Found(Finding.NONE)
    last = seen.iloc[-1]
    judged = seen.dropna(subset=["expected"])
    if judged.empty:
        return Found(Finding.UNKNOWN, value=last["value"])
    sides = {Finding.BELOW: judged["value"] < judged["low"], Finding.ABOVE: judged["value"] > judged["high"]}
    for side, outside in sides.items():
        if int(outside.tail(RECENT).sum()) >= MOST_OF_RECENT:
            return Found(side, _since(judged["day"], outside), last["value"], last["expected"])
    return Found(Finding.INSIDE, value=last["value"], expected=last["expected"])


def _since(days: pd.Series, outside: pd.Series) -> date:
    """The first day of the stretch that lasts: walking back, up to 7 days in a row may lie inside."""
    start, calm = None, 0
    for day, out in zip(reversed(days.tolist()), reversed(outside.tolist()), strict=True):
        if out:
            start, calm = day, 0
        elif (calm := calm + 1) > RECENT:
            break
    return start
