"""Numbers, money and dates as text in both languages."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pandas as pd
import pytest

from lib import format as fmt


@pytest.mark.parametrize(
    ("language", "full", "compact"),
    [("en", "$1,240,000.00", "$1.24M"), ("zh-CN", "US$1,240,000.00", "US$124 万")],
)
def test_money_in_full_and_compact(language, full, compact):
    assert fmt.money(124_000_000, "USD", language) == full
    assert fmt.money(124_000_000, "USD", language, compact=True) == compact


def test_a_currency_without_cents_shows_none():
    assert fmt.money(1234, "JPY", "en") == "¥1,234"


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NaT])
def test_missing_is_a_dash_and_never_zero(missing):
    assert fmt.number(missing, "en") == fmt.MISSING
    assert fmt.day(missing, "en") == fmt.MISSING


def test_minus_is_a_minus_sign():
    assert fmt.number(-3, "en") == "−3"
    assert fmt.points(Decimal("-0.018"), "en") == "−1.8 pp"


def test_rates_keep_one_decimal_and_points_name_themselves():
    assert fmt.percent(Decimal("1.042"), "en") == "104.2%"
    assert fmt.points(Decimal("0.018"), "zh-CN") == "+1.8 个百分点"


@pytest.mark.parametrize(("language", "text"), [("en", "31 Jan 2026"), ("zh-CN", "2026年1月31日")])
def test_a_day_is_never_moved_by_a_zone(language, text):
    assert fmt.day(date(2026, 1, 31), language) == text


def test_an_instant_shows_in_the_readers_zone():
    at = datetime(2026, 1, 31, 17, 30, tzinfo=UTC)

    assert fmt.moment(at, "en", "Asia/Shanghai") == "1 Feb 2026, 01:30"


@pytest.mark.parametrize(
    ("days", "text"), [(0, "today"), (1, "in 1 day"), (12, "in 12 days"), (-3, "3 days ago")]
)
def test_spans_in_words(days, text):
    assert fmt.in_days(date(2026, 1, 10 + days), date(2026, 1, 10), "en") == text
