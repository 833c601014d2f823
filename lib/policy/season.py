"""What a season changes: KPI weights and a temporary discount budget, inside its window only. Pure."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Window:
    """One window of one year; `ends_on` is the first day after it. `apply_from`: accounts can apply."""

    code: str
    name_en: str
    name_zh: str
    apply_from: date
    starts_on: date
    ends_on: date
    short_term_weight: Decimal
    budget: Decimal
    currency: str


@dataclass(frozen=True)
class Season:
    """What holds on a day: the window, if it lies in one, and the weights of the KPIs (1 together)."""

    window: Window | None
    short_term: tuple[str, ...]
    short_term_weight: Decimal

    @property
    def long_term_weight(self) -> Decimal:
        return 1 - self.short_term_weight

    @property
    def budget(self) -> tuple[Decimal, str] | None:
        """Temporary discount budget (amount, currency); None outside every window."""
        return (self.window.budget, self.window.currency) if self.window else None


def season_on(body: Mapping[str, Any], day: date) -> Season:
    """What the document "season" says for a day. Of overlapping windows the one that began last holds."""
    open_now = [w for w in _around(body, day) if w.starts_on <= day < w.ends_on]
    window = max(open_now, key=lambda w: w.starts_on, default=None)
    weight = window.short_term_weight if window else Decimal(body["usual"]["short_term_weight"])
    return Season(window, tuple(body["kpis"]["short_term"]), weight)


def coming(body: Mapping[str, Any], day: date) -> list[Window]:
    """The open or next window of each profile, the nearest first."""
    nearest: dict[str, Window] = {}
    for window in _around(body, day):
        if window.ends_on > day:
            nearest.setdefault(window.code, window)
    return sorted(nearest.values(), key=lambda w: (w.starts_on, w.code))


def _around(body: Mapping[str, Any], day: date) -> Iterator[Window]:
    """Every window of the year of a day and its neighbours, by year: a window may cross the new year."""
    for year in (day.year - 1, day.year, day.year + 1):
        for row in body["windows"]:
            yield _window(row, _anchor(row, year))


def _window(row: Mapping[str, Any], anchor: date) -> Window:
    starts_on = anchor - timedelta(days=row["days_before"])
    return Window(
        row["code"], row["name_en"], row["name_zh"], starts_on - timedelta(days=row["apply_days_before"]),
        starts_on, anchor + timedelta(days=row["days_after"] + 1), Decimal(row["short_term_weight"]),
        Decimal(row["budget"]), row["currency"],
    )  # fmt: skip


def _anchor(row: Mapping[str, Any], year: int) -> date:
    """The day a window lies around. A fixed day that a month lacks is the month's last."""
    if row["anchor"] == "double_eleven":
        return date(year, 11, 11)
    if row["anchor"] == "black_friday":
        return black_friday(year)
    month = row.get("month", 1)
    return date(year, month, min(row.get("day", 1), monthrange(year, month)[1]))


def black_friday(year: int) -> date:
    """The day after the fourth Thursday of November."""
    first = date(year, 11, 1)
    thursday = first + timedelta(days=(3 - first.weekday()) % 7)
    return thursday + timedelta(days=22)
