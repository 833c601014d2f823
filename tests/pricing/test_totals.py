"""Totals of a document at their edges: charges, allowances, several rates, prepaid amounts."""

from lib.pricing.totals import Adjustment, TaxedLine, total
from tests.pricing.made import D

FULL, LOW = ("S", D(25)), ("AA", D(10))


def test_a_line_is_quantity_times_price_by_base_quantity_with_its_own_adjustments() -> None:
    line = TaxedLine(D(7), D("10"), FULL, D(3), [Adjustment(D("1.5"), False), Adjustment(D("0.25"), True)])

    assert line.amount() == D("22.08")
    assert line.amount(0) == 22


def test_document_adjustments_join_their_rate_or_the_first_line() -> None:
    lines = [TaxedLine(D(1), D(100), FULL), TaxedLine(D(1), D(50), LOW)]

    found = total(lines, [Adjustment(D(10), False), Adjustment(D(4), True, LOW)])

    assert (found.lines, found.allowances, found.charges, found.without_tax) == (150, 10, 4, 144)
    assert found.taxes == {FULL: (90, D("22.50")), LOW: (54, D("5.40"))}
    assert (found.tax, found.with_tax, found.payable) == (D("27.90"), D("171.90"), D("171.90"))


def test_what_is_prepaid_and_rounded_changes_only_what_is_payable() -> None:
    found = total([TaxedLine(D(1), D("10.03"), FULL)], prepaid=D(5), rounding=D("-0.04"))

    assert (found.with_tax, found.payable) == (D("12.54"), D("7.50"))


def test_yen_and_dinar_round_to_their_own_decimals() -> None:
    line = TaxedLine(D(1), D("100.4567"), FULL)

    assert total([line], places=0).with_tax == 125
    assert total([line], places=3).with_tax == D("125.571")


def test_without_lines_or_adjustments_everything_is_nothing() -> None:
    found = total([])

    assert (found.lines, found.tax, found.payable, found.taxes) == (0, 0, 0, {})
