"""Choices, names and ramps survive the way into the store and back."""

import pytest

from lib.pricing import choices
from lib.pricing.choices import Choices, Names, Offer, RampYear, Span
from tests.pricing.made import D


def test_only_what_differs_is_kept() -> None:
    chosen = Choices(table="renewal", prepay_rate=D("0.150"), all_in=D("0.1"), coupon_minor=5)
    row = choices.choices_to_row(chosen)

    assert row == {"table": "renewal", "prepay_rate": "0.15", "all_in": "0.1", "coupon_minor": 5}
    assert choices.choices_from_row(row) == chosen
    assert choices.choices_to_row(Choices()) is None
    assert choices.choices_from_row(None) == Choices()


def test_names_and_ramps_come_back() -> None:
    names = Names(("a",), ("g",))
    ramp = (RampYear(1, D(10)), RampYear(2, D("12.5"), D(9)))

    assert choices.names_from_row(choices.names_to_row(names)) == names
    assert choices.names_from_row({}) == Names()
    assert (choices.names_from_row(None), choices.names_to_row(None)) == (None, None)
    assert choices.ramp_to_rows(ramp) == [
        {"year": 1, "quantity": "10"}, {"year": 2, "quantity": "12.5", "price": "9"},
    ]  # fmt: skip
    assert choices.ramp_from_rows(list(reversed(choices.ramp_to_rows(ramp)))) == ramp
    assert (choices.ramp_to_rows(()), choices.ramp_from_rows(None)) == (None, ())


def test_a_span_is_a_fraction_of_months() -> None:
    assert Span("term", 9, 2).factor == D("4.5")


@pytest.mark.parametrize(
    ("terms", "line", "fits"),
    [
        ({"rate": "0.1"}, ("api", True, False), True), ({"rate": "0.1"}, ("setup", False, False), False),
        ({"rate": "0.1", "items": ("setup",)}, ("setup", False, False), True),
        ({"rate": "0.1", "items": ("setup",)}, ("api", True, False), False),
        ({"free_months": 1}, ("api", True, False), True), ({}, ("api", True, False), False),
        ({"gift": "setup"}, ("setup", False, True), True), ({"gift": "setup"}, ("api", True, True), False),
        ({"gift": "api"}, ("api", True, False), False), ({"rate": "0.1"}, ("api", True, True), False),
    ],
)  # fmt: skip
def test_an_offer_fits_the_lines_it_gives_something_to(terms, line, fits) -> None:
    offer = Offer("june", "June", "六月", D(terms.get("rate", 0)), terms.get("items", ()),
                  **{name: terms[name] for name in ("free_months", "gift") if name in terms})  # fmt: skip

    assert offer.fits(line[0], recurring=line[1], gift=line[2]) is fits
    assert (offer.name("en"), offer.name("zh-CN")) == ("June", "六月")
    assert offer.free_months == terms.get("free_months", 0)
