"""Choices, names and ramps survive the way into the store and back."""

from lib.pricing import choices
from lib.pricing.choices import Choices, Names, RampYear, Span
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
