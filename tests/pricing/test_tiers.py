"""Tiered prices at their edges."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.errors import Invalid
from lib.pricing.tiers import Tier, check_tiers, graduated, one_more_is_cheaper, package, volume

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
