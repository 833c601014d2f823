"""Prices worked out by hand at the edges: other currencies, single cents, steps, ramps, leap years."""

from datetime import date

import pytest

from lib.pricing.choices import RampYear
from lib.pricing.proration import span
from lib.pricing.terms import TermPolicy, TermRate
from tests.pricing.made import SEATS, USAGE, D, ask, item, priced, told

BARE = TermPolicy((TermRate(1, D(0)), TermRate(12, D(0)), TermRate(36, D(0))), D(0), 99)


def test_yen_have_no_decimals() -> None:
    """3 × 1,800 × 12 − 10% = 58,320; 33.33% of it is 19,438.056, rounded once to 19,438."""
    seats = item("seats", "seat_month", "1800")
    found = priced(ask(seats, "3"), months=12, discount=D("0.3333"), currency="JPY")

    assert (found.list_minor, found.net_minor, found.arr_minor) == (64_800, 38_882, 38_882)


@pytest.mark.parametrize(
    ("price", "currency", "minor"),
    [("1.2345", "KWD", 1_235), ("1.2344", "KWD", 1_234), ("0.5", "JPY", 1), ("0.005", "USD", 1),
     ("0.0049", "USD", 0), ("2.675", "EUR", 268), ("1.005", "GBP", 101)],
)  # fmt: skip
def test_a_line_is_rounded_once_half_away_from_zero(price, currency, minor) -> None:
    assert priced(ask(item(price=price)), currency=currency).net_minor == minor


@pytest.mark.parametrize(
    ("count", "share", "nets"),
    [(5, "0.5", [0, 0, 0, 1, 1]), (3, "0.34", [0, 1, 1]), (4, "0.1", [1, 1, 1, 1]), (2, "1", [0, 0])],
)
def test_a_discount_on_lines_of_one_cent_takes_whole_cents_from_the_first(count, share, nets) -> None:
    """Half of five cents is 2.5, so 3 come off: one from each of the first three."""
    found = priced(*[ask(item(price="0.01"))] * count, discount=D(share))

    assert [line.net_minor for line in found.lines] == nets


@pytest.mark.parametrize("nothing", [{"gift": True}, {"discount": D(1)}], ids=["gift", "all off"])
def test_a_share_of_nothing_is_nothing(nothing) -> None:
    found = priced(ask(**nothing), ask(item("escort", "share", "0.15", recurring=False)), months=12)

    assert (found.lines[1].net_minor, found.net_minor, found.arr_minor) == (0, 0, 0)
    assert found.margin is None


@pytest.mark.parametrize(
    ("quantity", "minor"), [("0.5", 0), ("1000", 0), ("1001", 1), ("1500", 500), ("1001000", 1_000_000)]
)
def test_graduated_steps_begin_with_their_first_unit(quantity, minor) -> None:
    assert priced(ask(USAGE, quantity)).net_minor == minor


@pytest.mark.parametrize(("quantity", "minor"), [("49", 58_800), ("50", 54_000), ("51", 55_080)])
def test_a_volume_step_begins_with_its_first_unit_and_holds_for_all(quantity, minor) -> None:
    assert priced(ask(SEATS, quantity)).net_minor == minor


def test_a_ramp_of_three_years_is_discounted_as_one_line() -> None:
    """(10 + 20 + 30) × 10 × 12 = 7,200 at list; three years leave 0.9 × 0.85 of it."""
    ramp = tuple(RampYear(year, D(10 * year)) for year in (1, 2, 3))
    found = priced(ask(item(price="10"), "10", ramp=ramp), months=36)

    assert told(found)[-1] == ("net", D("5508.00"))
    assert (found.list_minor, found.arr_minor) == (720_000, 183_600)
    assert found.effective_discount == D("0.235")


@pytest.mark.parametrize(
    ("first", "last", "minor"),
    [
        (date(2028, 2, 1), date(2028, 2, 14), 1_400),  # 14 of 29 days
        (date(2027, 2, 1), date(2027, 2, 14), 1_450),  # 14 of 28 days
        (date(2028, 2, 1), date(2028, 2, 29), 2_900),
        (date(2028, 2, 29), date(2029, 2, 27), 34_800),  # 29 February comes round on 28 February
    ],
)
def test_part_of_a_february_counts_its_own_days(first, last, minor) -> None:
    own = span("actual", first, last)

    assert priced(ask(item(price="29"), span=own), months=12, policy=BARE).net_minor == minor


def test_stacked_shares_multiply_and_are_never_added() -> None:
    """1,200 × 0.9 × 0.9 × 0.85 × 0.95 = 784.89: 34.5925% off, not 10 + 10 + 15 + 5."""
    found = priced(ask(discount=D("0.15")), months=12, prepaid=True, discount=D("0.05"))

    assert (found.net_minor, found.effective_discount) == (78_489, D("0.345925"))
