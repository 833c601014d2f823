"""Money: one rounding rule, exact splits, no guessed numbers."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.errors import Invalid
from lib.money import (
    CURRENCIES,
    exact_text,
    from_minor,
    minor_digits,
    parse_decimal,
    preferred,
    spread,
    to_minor,
)


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("0.005", "USD", 1), ("-0.005", "USD", -1), ("60.325", "USD", 6033), ("-60.325", "USD", -6033),
        ("0.5", "JPY", 1), ("1234", "JPY", 1234), ("1.0005", "KWD", 1001), ("0", "CNY", 0),
    ],
)  # fmt: skip
def test_rounding_is_half_away_from_zero_in_the_currencys_own_decimals(amount, currency, minor):
    assert to_minor(Decimal(amount), currency) == minor


@given(st.integers(-(10**15), 10**15), st.sampled_from(CURRENCIES))
def test_minor_units_survive_the_way_there_and_back(minor, currency):
    assert to_minor(from_minor(minor, currency), currency) == minor


@given(
    st.decimals(-(10**9), 10**9, places=6, allow_nan=False, allow_infinity=False), st.sampled_from(CURRENCIES)
)
def test_a_credit_mirrors_its_charge(amount, currency):
    assert to_minor(-amount, currency) == -to_minor(amount, currency)


@given(
    st.integers(-(10**12), 10**12),
    st.lists(st.decimals(0, 10**6, places=4, allow_nan=False, allow_infinity=False), min_size=1, max_size=60),
)
def test_a_split_re_adds_to_the_unit_and_never_turns_around(total, weights):
    parts = spread(total, weights)

    assert sum(parts) == total
    assert all(part == 0 or (part > 0) == (total > 0) for part in parts)


@given(st.integers(0, 10**9), st.lists(st.integers(1, 10**6), min_size=1, max_size=40))
def test_no_part_of_a_split_is_a_whole_unit_off_its_share(total, weights):
    parts = spread(total, weights)

    assert all(
        abs(part - Decimal(total) * w / sum(weights)) < 1 for part, w in zip(parts, weights, strict=True)
    )


@pytest.mark.parametrize("text", ["1,234", "1.234,5", "1e5", "NaN", "inf", "", " ", "1.2.3", "--1", "١٢"])
def test_what_is_no_plain_number_is_refused_not_guessed(text):
    with pytest.raises(Invalid):
        parse_decimal(text)


@pytest.mark.parametrize("amount", [Decimal("NaN"), Decimal("Infinity"), Decimal(10) ** 14])
def test_amounts_that_are_none_are_refused(amount):
    with pytest.raises(Invalid):
        to_minor(amount, "USD")


def test_an_unknown_currency_is_refused_by_name():
    with pytest.raises(Invalid) as refusal:
        to_minor(Decimal(1), "XXX")

    assert refusal.value.values == {"currency": "XXX"}


def test_each_currency_has_the_decimals_of_its_own():
    assert {code: minor_digits(code) for code in CURRENCIES} == {
        "USD": 2, "CNY": 2, "EUR": 2, "GBP": 2, "HKD": 2, "SGD": 2, "TWD": 2, "JPY": 0, "KRW": 0, "KWD": 3,
    }  # fmt: skip


def test_the_largest_amount_is_ten_trillion_and_not_a_cent_more():
    assert to_minor(Decimal(10) ** 13, "USD") == 10**15
    with pytest.raises(Invalid) as refusal:
        to_minor(Decimal(10) ** 13 + Decimal("0.01"), "USD")
    assert refusal.value.code == "amount_too_large"


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [(7, [5, 3, 2], [4, 2, 1]), (-7, [5, 3, 2], [-4, -2, -1]), (1, [1, 1, 1], [1, 0, 0]),
     (100, [0, 0, 0], [100, 0, 0]), (-100, [0, 0], [-100, 0]), (0, [1, 2], [0, 0])],
)  # fmt: skip
def test_the_largest_remainder_gets_the_unit_that_is_left(total, weights, parts):
    assert spread(total, weights) == parts


def test_nothing_to_split_over_is_refused():
    with pytest.raises(Invalid):
        spread(100, [])


@pytest.mark.parametrize(("value", "text"), [("0.200", "0.2"), ("100", "100"), ("1E+3", "1000")])
def test_an_exact_number_is_written_as_short_as_it_is_read_back(value, text):
    assert exact_text(Decimal(value)) == text
    assert parse_decimal(text) == Decimal(value)


def test_the_readers_own_currency_comes_first_and_the_others_keep_their_order():
    assert preferred(["USD", "CNY", "EUR"], "EUR") == ["EUR", "USD", "CNY"]
    assert preferred(["USD", "CNY"], None) == ["USD", "CNY"]
