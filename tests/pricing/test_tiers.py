"""Tiered prices at their edges."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.errors import Invalid
from lib.pricing.tiers import (
    Tier,
    check_tiers,
    graduated,
    one_more_is_cheaper,
    package,
    package_tiers,
    volume,
)

STEPS = (Tier(Decimal(1), Decimal(7)), Tier(Decimal(6), Decimal("6.5")), Tier(Decimal(11), Decimal(6)))


@pytest.mark.parametrize(
    ("quantity", "by_volume", "by_step"),
    [(5, "35", "35"), (6, "39.0", "41.5"), (10, "65.0", "67.5"), (11, "66", "73.5"), (20, "120", "127.5")],
)
def test_volume_and_graduated_prices(quantity: int, by_volume: str, by_step: str) -> None:
    assert volume(STEPS, Decimal(quantity)) == Decimal(by_volume)
    assert graduated(STEPS, Decimal(quantity)) == Decimal(by_step)


def test_a_cliff_is_named_when_more_costs_no_more() -> None:
    steep = (Tier(Decimal(1), Decimal(10)), Tier(Decimal(11), Decimal(8)))

    assert one_more_is_cheaper(steep, Decimal(10)) == steep[1]
    assert one_more_is_cheaper(steep, Decimal(8)) is None


@pytest.mark.parametrize(("quantity", "expected"), [(0, 0), (100, 0), (101, 5), (200, 5), (201, 10)])
def test_a_started_package_counts_whole(quantity: int, expected: int) -> None:
    charge = package(Decimal(quantity), size=Decimal(100), price=Decimal(5), free=Decimal(100))

    assert charge == expected


@pytest.mark.parametrize("starts", [(2, 5), (1, 1), (5, 1), ()])
def test_tiers_that_do_not_rise_are_refused(starts: tuple[int, ...]) -> None:
    with pytest.raises(Invalid):
        check_tiers([Tier(Decimal(s), Decimal(1)) for s in starts])


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_graduated_never_falls_with_quantity(a: int, b: int) -> None:
    low, high = sorted([a, b])

    assert graduated(STEPS, Decimal(low)) <= graduated(STEPS, Decimal(high))


def test_tiers_may_start_at_nothing_or_at_one() -> None:
    for first in (0, 1):
        check_tiers([Tier(Decimal(first), Decimal(0)), Tier(Decimal(5), Decimal(1), Decimal(2))])


@pytest.mark.parametrize(
    ("tiers", "code"),
    [
        ([Tier(Decimal(-1), Decimal(1))], "tiers_not_rising"),
        ([Tier(Decimal(1), Decimal(-1))], "price_negative"),
        ([Tier(Decimal(1), Decimal(1), Decimal(-1))], "price_negative"),
    ],
)
def test_negative_starts_and_prices_are_refused(tiers, code) -> None:
    with pytest.raises(Invalid) as refusal:
        check_tiers(tiers)

    assert refusal.value.code == code


@pytest.mark.parametrize("size", [0, -1])
def test_a_package_holds_something(size) -> None:
    with pytest.raises(Invalid) as refusal:
        package(Decimal(1), size=Decimal(size), price=Decimal(1))

    assert refusal.value.code == "package_size"


def test_flat_amounts_are_charged_for_every_step_entered() -> None:
    flats = (Tier(Decimal(1), Decimal(2), Decimal(10)), Tier(Decimal(6), Decimal(1), Decimal(5)))

    assert [graduated(flats, Decimal(q)) for q in (0, 5, 6)] == [0, 20, 26]
    assert [volume(flats, Decimal(q)) for q in (0, 5, 6)] == [10, 20, 11]
    assert graduated((Tier(Decimal(0), Decimal(2)),), Decimal(3)) == 6


def test_packages_stop_at_the_step_the_quantity_reaches() -> None:
    steps = (Tier(Decimal(1), Decimal(10), Decimal(1)), Tier(Decimal(11), Decimal(8), Decimal(2)))

    assert [package_tiers(steps, Decimal(q), size=Decimal(4)) for q in (0, 1, 4, 5, 10, 11, 15)] == [
        0, 11, 11, 21, 31, 41, 49,
    ]  # fmt: skip


def test_nothing_lies_beyond_the_last_step() -> None:
    assert one_more_is_cheaper(STEPS, Decimal(11)) is None
    equal = (Tier(Decimal(1), Decimal(11)), Tier(Decimal(11), Decimal(10)))
    assert one_more_is_cheaper(equal, Decimal(10)) == equal[1]


def test_packages_of_one_fill_each_step_before_the_next() -> None:
    steps = [Tier(Decimal(1), Decimal(10)), Tier(Decimal(4), Decimal(7)), Tier(Decimal(9), Decimal(5))]

    assert [package_tiers(steps, Decimal(q), size=Decimal(1)) for q in (3, 4, 8, 9, 11)] == [
        30, 37, 65, 70, 80,
    ]  # fmt: skip
    assert [graduated(steps, Decimal(q)) for q in (0, 3, 4, 8, 9, 11)] == [0, 30, 37, 65, 70, 80]
