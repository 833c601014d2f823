"""How rows become arrays for the health score: days as numbers, accounts as positions."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, Select
from sqlalchemy.engine import Connection

from lib.health.rules import Numbers
from lib.store.database import read_frame

NEVER = 10**8  # a day number that no calendar reaches
Rows = dict[str, Numbers]


@dataclass(frozen=True)
class Asked:
    """The mornings first … last, the accounts wanted (None: all), and how instants become days."""

    connection: Connection
    first: date
    last: date
    zone: str
    only: int | None

    def start(self, day: date) -> datetime:
        return datetime.combine(day, time(), ZoneInfo(self.zone))

    def mine(self, column: ColumnElement[int]) -> list[ColumnElement[bool]]:
        return [] if self.only is None else [column == self.only]

    def frame(self, statement: Select) -> pd.DataFrame:
        return read_frame(statement, self.connection)


def days(values: Any) -> Numbers:
    """Dates as day numbers, missing ones as NEVER."""
    return np.array([d.toordinal() if isinstance(d, date) else NEVER for d in values], dtype=np.int64)


def local_days(values: Any, zone: str) -> Numbers:
    """Instants as day numbers of the zone, missing ones as NEVER."""
    moments = pd.to_datetime(pd.Series(list(values), dtype="object"), utc=True)
    there = moments.dt.tz_convert(zone).dt.tz_localize(None)
    days = (there - pd.Timestamp("1970-01-01")).dt.days + date(1970, 1, 1).toordinal()
    return days.fillna(NEVER).to_numpy(dtype=np.int64)


def placed(ids: Numbers, frame: pd.DataFrame, column: str = "account_id") -> tuple[pd.DataFrame, Numbers]:
    """The rows of known accounts and their positions."""
    if frame.empty or not len(ids):
        return frame.iloc[:0], np.zeros(0, np.int64)
    wanted = frame[column].to_numpy(dtype=np.int64, na_value=-1)
    at = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
    known = ids[at] == wanted
    return frame[known], at[known]


def number(values: pd.Series) -> Numbers:
    return pd.to_numeric(values, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
