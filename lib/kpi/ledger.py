"""Recurring revenue of accounts on any day, from what was paid when; exact, in whole minor units. Pure.

One currency at a time: sums over several currencies do not exist here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

import numpy as np

OPEN_ENDED = np.iinfo(np.int64).max
_DAY_ZERO = date(1970, 1, 1)


@dataclass(frozen=True)
class Ledger:
    """Paid periods sorted by account: each row counts `arr` on the days start <= day < end.

    `accounts` are the distinct account ids and `first` the position of each one's first row.
    """

    accounts: np.ndarray
    first: np.ndarray
    start: np.ndarray
    end: np.ndarray
    arr: np.ndarray
    monthly: np.ndarray

    def by_account(self, day: date) -> np.ndarray:
        """ARR of each account on a day, in the order of `accounts`."""
        return self._sums(np.where(self._on(day), self.arr, 0))

    def monthly_by_account(self, day: date) -> np.ndarray:
        """The part of it that is paid month by month."""
        return self._sums(np.where(self._on(day) & self.monthly, self.arr, 0))

    def began_by(self, day: date) -> np.ndarray:
        """Whether each account had paid for anything up to a day, that day included."""
        return self._sums((self.start <= _number(day)).astype(np.int64)) > 0

    def total(self, day: date) -> int:
        return int(self.arr[self._on(day)].sum())

    def _on(self, day: date) -> np.ndarray:
        number = _number(day)
        return (self.start <= number) & (number < self.end)

    def _sums(self, values: np.ndarray) -> np.ndarray:
        return np.add.reduceat(values, self.first) if len(self.first) else values[:0]


def make_ledger(rows: Iterable[tuple[int, date | str, date | str | None, int, bool]]) -> Ledger:
    """A ledger of (account_id, starts_on, ends_on or None, arr_minor, monthly) rows in any order; days as
    dates or as ISO text, which spares a store's rows the way through date objects."""
    ordered = sorted((r for r in rows if r[3] > 0), key=itemgetter(0))
    account, starts, ends, arr, monthly = list(zip(*ordered, strict=True)) or ((), (), (), (), ())
    accounts, first = np.unique(np.array(account, dtype=np.int64), return_index=True)
    return Ledger(
        accounts=accounts,
        first=first,
        start=_numbers(starts),
        end=_numbers(ends),
        arr=np.array(arr, dtype=np.int64),
        monthly=np.array(monthly, dtype=bool),
    )


def _number(day: date) -> int:
    return (day - _DAY_ZERO).days


def _numbers(days: Sequence[date | str | None]) -> np.ndarray:
    """Days since 1970; a missing one never comes."""
    found = np.array(days, dtype="datetime64[D]")
    return np.where(np.isnat(found), OPEN_ENDED, found.astype(np.int64))
