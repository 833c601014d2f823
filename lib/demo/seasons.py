"""The year of a cross-border seller: working weeks, Double 11, Black Friday, Spring Festival and holidays."""

from datetime import date, timedelta

import numpy as np

# Lunar New Year's Day. The break runs from five days before to nine days after.
SPRING_FESTIVAL = {
    2023: date(2023, 1, 22), 2024: date(2024, 2, 10), 2025: date(2025, 1, 29), 2026: date(2026, 2, 17),
    2027: date(2027, 2, 6), 2028: date(2028, 1, 26), 2029: date(2029, 2, 13), 2030: date(2030, 2, 3),
}  # fmt: skip
SHARES_CN = (1.0, 1.0, 1.0, 0.99, 0.95, 0.38, 0.22)  # Monday to Sunday: six-day weeks are common
SHARES_WEST = (1.0, 1.0, 1.0, 0.97, 0.90, 0.14, 0.09)


def double_11(year: int) -> date:
    return date(year, 11, 11)


def black_friday(year: int) -> date:
    """The day after the fourth Thursday of November."""
    first = date(year, 11, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7 + 22)


def marked_events(first: date, last: date) -> list[tuple[str, str, date, date]]:
    """(code, kind, first day, last day) of promotions and holidays that touch the range, in order."""
    found = []
    for year in range(first.year, last.year + 1):
        found.append(("double_11", "promo", date(year, 10, 21), double_11(year)))
        friday = black_friday(year)
        found.append(("black_friday", "promo", friday - timedelta(days=4), friday + timedelta(days=3)))
        if year in SPRING_FESTIVAL:
            new_year = SPRING_FESTIVAL[year]
            eve = new_year - timedelta(days=1)
            found.append(("spring_festival", "holiday", eve, new_year + timedelta(days=6)))
    return sorted((e for e in found if e[3] >= first and e[2] <= last), key=lambda e: e[2])


def mood(day: date, in_china: bool) -> float:
    """How active people are on a day, 1 on an ordinary Monday: weekday, holidays, promotion season."""
    weekday = (SHARES_CN if in_china else SHARES_WEST)[day.weekday()]
    return weekday * (_china(day) if in_china else _west(day)) * _promotion(day, in_china)


def moods(first: date, days: int, in_china: bool) -> np.ndarray:
    return np.array([mood(first + timedelta(days=i), in_china) for i in range(days)])


def _china(day: date) -> float:
    new_year = SPRING_FESTIVAL.get(day.year)
    if new_year is not None:
        distance = (day - new_year).days
        if -1 <= distance <= 6:
            return 0.10
        if -6 <= distance <= 12:
            return 0.45
    if day.month == 10 and day.day <= 7:
        return 0.30
    return 0.45 if day.month == 5 and day.day <= 4 else 1.0


def _west(day: date) -> float:
    if (day.month == 12 and day.day >= 24) or (day.month == 1 and day.day == 1):
        return 0.25
    return 0.85 if day.month == 8 else 1.0


def _promotion(day: date, in_china: bool) -> float:
    """Teams look in more often while a promotion runs, weekends too."""
    friday = black_friday(day.year)
    if -4 <= (day - friday).days <= 3:
        return 1.25 if in_china else 1.35
    if date(day.year, 10, 21) <= day <= double_11(day.year):
        return 1.30 if in_china else 1.10
    return 1.0
