"""Comparisons of terms and bundles."""

from decimal import Decimal

import pytest

from lib.pricing.terms import TermRate, annual_preset, compare_bundle, compare_terms


@pytest.mark.acceptance("C14")
def test_term_comparison_is_computed_and_multi_year_multiplies() -> None:
    """99 a month against 888 a year: 300 saved, 25.25%, whatever a leaflet says."""
    found = compare_terms(Decimal(99), Decimal(888))
    bundle = compare_bundle([Decimal(60), Decimal(40)], Decimal(75))
    multi_year = TermRate(24, Decimal("0.10"), Decimal("0.20"))

    assert (found.saved, found.share) == (300, Decimal("0.2525"))
    assert annual_preset(Decimal(49)) == 490
    assert multi_year.combined == Decimal("0.28")
    assert (bundle.apart, bundle.together, bundle.share) == (100, 75, Decimal("0.25"))
