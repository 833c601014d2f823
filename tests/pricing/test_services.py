"""Hours saved, years with us, cost and markup."""

from datetime import date

import pytest

from lib.errors import Invalid
from lib.pricing.price_book import cost_plus
from lib.pricing.services import (
    TenureStep,
    full_years,
    hour_rate,
    read_tenure,
    tenure_rebate,
)
from tests.pricing.made import D

STEPS = (TenureStep(1, D(0)), TenureStep(2, D("0.01")), TenureStep(3, D("0.02")), TenureStep(5, D("0.03")))


def test_a_hundred_hours_worth_three_thousand_are_thirty_an_hour() -> None:
    assert hour_rate(D(3000), D(100)) == 30
    assert hour_rate(D(30), D(1)) == 30
    for hours in (0, -1):
        with pytest.raises(Invalid) as refusal:
            hour_rate(D(3000), D(hours))
        assert refusal.value.code == "hours_needed"


def test_a_service_by_cost_carries_its_markup() -> None:
    assert cost_plus(D(50), D("0.3")) == 65
    assert cost_plus(D(50), None) == 50


@pytest.mark.parametrize(
    ("since", "on", "years"),
    [
        ("2024-02-29", "2025-02-27", 0), ("2024-02-29", "2025-02-28", 1), ("2020-06-01", "2026-05-31", 5),
        ("2020-06-01", "2026-06-01", 6), ("2026-06-01", "2026-06-01", 0), ("2027-01-01", "2026-06-01", 0),
    ],
)  # fmt: skip
def test_years_are_counted_by_anniversary(since, on, years) -> None:
    assert full_years(date.fromisoformat(since), date.fromisoformat(on)) == years


@pytest.mark.parametrize(
    ("since", "rate", "minor"),
    [
        ("2026-06-01", "0", 0), ("2025-01-01", "0", 0), ("2024-01-01", "0.01", 100),
        ("2022-01-01", "0.02", 200), ("2010-01-01", "0.03", 300),
    ],
)  # fmt: skip
def test_the_rebate_grows_with_the_years(since, rate, minor) -> None:
    found = tenure_rebate(STEPS, date.fromisoformat(since), date(2026, 6, 1), 10_000, "USD")

    assert (found.rate, found.minor) == (D(rate), minor)


def test_without_a_first_day_there_is_no_rebate() -> None:
    always = (TenureStep(0, D("0.05")),)

    unknown = tenure_rebate(always, None, date(2026, 6, 1), 10_000, "USD")
    assert (unknown.years, unknown.rate, unknown.minor) == (0, 0, 0)
    assert tenure_rebate(always, date(2026, 6, 1), date(2026, 6, 1), 10_000, "USD").minor == 500
    assert tenure_rebate((), date(2020, 1, 1), date(2026, 6, 1), 10_000, "USD").years == 6


def test_the_table_of_the_policy_is_read_by_years() -> None:
    rows = [{"years": 3, "rebate": "0.02"}, {"years": 1, "rebate": "0.00"}]

    assert read_tenure(rows) == (TenureStep(1, D("0.00")), TenureStep(3, D("0.02")))
