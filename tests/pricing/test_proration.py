"""Parts of periods under each convention, with numerator, denominator and factor."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lib.errors import Invalid
from lib.pricing import proration
from tests.pricing.made import D

days = st.dates(date(2020, 1, 1), date(2034, 12, 31))


def fraction(convention: str, first: str, last: str) -> tuple[int, int]:
    found = proration.span(convention, date.fromisoformat(first), date.fromisoformat(last))
    return found.numerator, found.denominator


@pytest.mark.parametrize(
    ("convention", "first", "last", "expected"),
    [
        ("actual", "2026-01-01", "2026-12-31", (12, 1)),
        ("actual", "2026-01-31", "2026-02-27", (1, 1)),  # a month from the 31st ends on the last of February
        ("actual", "2026-03-01", "2026-04-10", (40, 30)),
        ("actual", "2026-02-01", "2026-02-14", (14, 28)),
        ("actual", "2024-02-01", "2024-02-14", (14, 29)),
        ("days_365", "2026-01-01", "2026-12-31", (4380, 365)),
        ("days_365", "2024-01-01", "2026-04-09", (9960, 365)),  # 830 days
        ("thirty_360", "2026-01-31", "2026-02-27", (28, 30)),
        ("thirty_360", "2026-02-01", "2026-02-28", (30, 30)),
        ("thirty_360", "2026-01-15", "2027-03-30", (435, 30)),
        ("thirty_360", "2026-03-15", "2026-05-30", (75, 30)),
        ("whole_months", "2017-01-01", "2018-01-10", (13, 1)),
        ("whole_months", "2017-01-01", "2017-12-31", (12, 1)),
    ],
)
def test_a_period_in_months(convention, first, last, expected) -> None:
    assert fraction(convention, first, last) == expected


def test_a_period_keeps_its_days_and_its_convention() -> None:
    found = proration.span("actual", date(2026, 3, 1), date(2026, 4, 10))

    assert (found.starts_on, found.ends_on, found.convention) == (
        date(2026, 3, 1),
        date(2026, 4, 10),
        "actual",
    )
    assert found.factor.quantize(D("0.000001")) == D("1.333333")


@pytest.mark.parametrize(
    ("convention", "last", "code"),
    [("actual", date(2025, 12, 31), "period_empty"), ("weekly", date(2026, 1, 5), "proration_unknown")],
)
def test_an_empty_period_or_an_unknown_convention_is_refused(convention, last, code) -> None:
    with pytest.raises(Invalid) as refusal:
        proration.span(convention, date(2026, 1, 1), last)

    assert refusal.value.code == code
    assert refusal.value.values == ({"convention": "weekly"} if code == "proration_unknown" else {})


def test_a_period_of_one_day_is_one_day() -> None:
    assert fraction("actual", "2026-01-01", "2026-01-01") == (1, 31)


@given(days, st.integers(1, 60), st.sampled_from(["actual", "whole_months"]))
def test_whole_months_are_whole_whatever_the_anchor(start, months, convention) -> None:
    last = proration.add_months(start, months) - proration.timedelta(days=1)

    assert proration.span(convention, start, last).factor == months


@given(days, days, st.sampled_from(proration.CONVENTIONS))
def test_a_longer_period_is_never_shorter_in_months(one, two, convention) -> None:
    first, last = sorted([one, two])
    assume(convention != "thirty_360" or first.day < 31)  # the 30th and 31st count as one day there

    short = proration.span(convention, first, last).factor
    longer = proration.span(convention, first, last + proration.timedelta(days=1)).factor

    assert longer >= short >= 0


def test_a_ratio_has_nine_places_and_needs_a_period() -> None:
    third = proration.ratio((date(2026, 1, 1), date(2026, 1, 2)), (date(2026, 1, 1), date(2026, 1, 4)))

    assert third == D("0.333333333")
    with pytest.raises(Invalid) as refusal:
        proration.ratio((date(2026, 1, 1),) * 2, (date(2026, 1, 1),) * 2)
    assert refusal.value.code == "period_empty"


def test_a_ratio_may_count_every_period_as_a_fixed_number_of_days() -> None:
    used, period = (date(2026, 1, 1), date(2026, 1, 16)), (date(2026, 1, 1), date(2026, 2, 1))

    assert proration.ratio(used, period, fixed_days=30) == D("0.5")
    assert proration.ratio((used[0], period[1]), period, fixed_days=30) == 1


@pytest.mark.parametrize(
    ("start", "months", "day", "expected"),
    [
        ("2026-01-31", 1, None, "2026-02-28"), ("2026-01-31", 2, None, "2026-03-31"),
        ("2026-02-28", 1, 31, "2026-03-31"), ("2026-11-15", 2, None, "2027-01-15"),
        ("2026-12-15", -12, None, "2025-12-15"), ("2024-02-29", 12, None, "2025-02-28"),
    ],
)  # fmt: skip
def test_months_are_counted_from_the_anchor(start, months, day, expected) -> None:
    found = proration.add_months(date.fromisoformat(start), months, day)

    assert found == date.fromisoformat(expected)


def test_billing_starts_on_the_billing_day_or_one_period_later() -> None:
    assert proration.first_billing_date(date(2026, 1, 10), 1, 15) == date(2026, 1, 15)
    assert proration.first_billing_date(date(2026, 1, 15), 1, 15) == date(2026, 1, 15)
    assert proration.first_billing_date(date(2026, 1, 16), 3, 15) == date(2026, 4, 15)


def test_cycles_count_up_to_the_target_and_stop_at_the_end() -> None:
    def count(end: date | None, target: date) -> D:
        return proration.billing_cycles(date(2026, 1, 1), end, target, 1, 1)

    assert count(None, date(2026, 2, 28)) == 2
    assert count(None, date(2026, 3, 1)) == 3
    assert count(date(2026, 2, 1), date(2026, 6, 1)) == 1
    assert count(date(2026, 2, 15), date(2026, 6, 1)) == 1 + D("0.5")


@given(st.integers(0, 10**7), st.integers(0, 10**7), st.integers(0, 365))
def test_a_change_and_its_reversal_cancel_out(old, new, left) -> None:
    there = proration.change_in_period(D(old) / 100, D(new) / 100, D(left) / 365)
    back = proration.change_in_period(D(new) / 100, D(old) / 100, D(left) / 365)

    assert there.credit == -back.debit and there.debit == -back.credit
    assert there.net == -back.net


def test_a_change_in_yen_has_no_decimals() -> None:
    assert proration.change_in_period(D(999), D(1000), D("0.5"), places=0).net == 0
    assert proration.change_in_period(D(10), D(20), D("0.5")).debit == D("10.00")


def test_a_price_for_a_year_is_brought_to_two() -> None:
    assert proration.term_price(D(100), default_months=12, months=24) == 200


def test_parts_before_and_after_whole_periods_are_counted_against_their_own() -> None:
    assert proration.leading_ratio(date(2026, 2, 15), date(2026, 3, 1), 1) == D("0.5")
    assert proration.trailing_ratio(date(2026, 4, 1), date(2026, 4, 16), 1) == D("0.5")
    assert proration.billing_cycles(date(2026, 2, 15), None, date(2026, 3, 1), 1, 1) == D("1.5")


def test_each_billing_period_has_its_months() -> None:
    assert proration.PERIOD_MONTHS == {"monthly": 1, "two_monthly": 2, "quarterly": 3, "half_year": 6,
                                       "annual": 12, "biennial": 24, "triennial": 36}  # fmt: skip


@pytest.mark.parametrize(
    ("first", "end", "told"),
    [
        ("2026-03-15", "2026-03-15", (0, 0, 31)), ("2026-03-15", "2026-04-14", (0, 30, 31)),
        ("2026-03-15", "2026-04-15", (1, 0, 30)), ("2025-11-30", "2026-02-28", (3, 0, 30)),
        ("2026-03-15", "2026-02-20", (0, -23, 31)), ("2025-12-15", "2027-01-14", (12, 30, 31)),
    ],
)  # fmt: skip
def test_whole_months_then_the_days_left_and_the_length_of_the_month_begun(first, end, told) -> None:
    assert proration.whole_months(date.fromisoformat(first), date.fromisoformat(end)) == told


def test_a_period_of_one_day_can_be_used_whole() -> None:
    day = (date(2026, 1, 1), date(2026, 1, 2))

    assert proration.ratio(day, day) == 1


def test_a_change_is_rounded_to_cents() -> None:
    found = proration.change_in_period(D(10), D(20), D(1) / 3)

    assert (found.credit, found.debit) == (D("-3.33"), D("6.67"))
