"""The range an account's past suggests, what lies outside it, and the days events are marked at."""

from datetime import date, timedelta

import pytest

from lib.activity import band

LAST = date(2026, 11, 19)


def history(days: int, value: float, **last: float) -> dict[date, float]:
    made = {LAST - timedelta(days=n): value for n in range(days)}
    return made | {LAST - timedelta(days=int(back)): v for back, v in last.get("fallen", {}).items()}


def test_the_range_is_the_mean_of_the_same_weekday_five_to_sixteen_weeks_before():
    values = {LAST - timedelta(days=7 * week): float(week) for week in range(5, 17)}
    row = band.expected_range(values | {LAST: 20.0}, LAST, LAST).iloc[0]

    assert row["expected"] == 10.5
    assert row["low"] == pytest.approx(10.5 - 2 * 3.452052529534663)
    assert row["high"] == pytest.approx(10.5 + 2 * 3.452052529534663)


def test_the_last_weeks_do_not_lift_or_lower_their_own_range():
    values = history(200, 10.0, fallen=dict.fromkeys(range(30), 1.0))
    frame = band.expected_range(values, LAST, LAST)

    assert frame["expected"].iloc[0] == 10.0


def test_a_gap_stays_a_gap_and_a_short_past_has_no_range():
    values = {LAST - timedelta(days=n): 5.0 for n in range(40) if n != 1}
    frame = band.expected_range(values, LAST - timedelta(days=2), LAST)

    assert frame["value"].isna().tolist() == [False, True, False]
    assert frame["expected"].isna().all()
    assert band.finding(frame).finding == band.Finding.UNKNOWN


@pytest.mark.parametrize(
    ("fallen", "expected", "since"),
    [
        ({}, band.Finding.INSIDE, None),
        (dict.fromkeys(range(2), 1.0), band.Finding.INSIDE, None),
        (dict.fromkeys(range(3), 1.0), band.Finding.BELOW, LAST - timedelta(days=2)),
        (dict.fromkeys((0, 2, 4, 6, 8, 30), 1.0), band.Finding.BELOW, LAST - timedelta(days=8)),
        (dict.fromkeys(range(5), 40.0), band.Finding.ABOVE, LAST - timedelta(days=4)),
    ],
)
def test_three_of_seven_days_outside_are_a_finding_with_its_first_day(fallen, expected, since):
    frame = band.expected_range(history(220, 10.0, fallen=fallen), LAST - timedelta(days=83), LAST)
    found = band.finding(frame)

    assert (found.finding, found.since) == (expected, since)


def test_without_any_activity_there_is_nothing_to_find():
    assert band.finding(band.expected_range({}, LAST, LAST)).finding == band.Finding.NONE


@pytest.mark.parametrize(
    ("code", "starts_on", "ends_on", "marked"),
    [
        ("double_11", date(2026, 10, 21), date(2026, 11, 11), date(2026, 11, 11)),
        ("double_11", date(2026, 11, 1), date(2026, 11, 15), date(2026, 11, 11)),
        ("double_11", date(2026, 10, 21), date(2026, 11, 3), date(2026, 10, 21)),
        ("black_friday", date(2026, 11, 23), date(2026, 11, 30), date(2026, 11, 27)),
        ("spring_festival", date(2026, 2, 16), date(2026, 2, 23), date(2026, 2, 16)),
        ("incident", date(2026, 3, 4), date(2026, 3, 4), date(2026, 3, 4)),
    ],
)
def test_an_event_is_marked_on_its_main_day_else_on_its_first(code, starts_on, ends_on, marked):
    assert band.marked_day(code, starts_on, ends_on) == marked
