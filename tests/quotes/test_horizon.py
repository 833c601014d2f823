"""What a longer term saves over its whole length, and when the guardrails ask about it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from lib.pricing.terms import TermPolicy, TermRate
from lib.quotes.matrix import NO_FACTS
from lib.quotes.scenarios import scenario_frame, scenarios
from tests.quotes.test_evaluation import basis, form, line

D = Decimal
PAIR = {"month": D(99), "year": D(888)}


def held(*terms: TermRate):
    """One plan at 99 a month."""
    known = basis()
    item = replace(known.items["basic"], list_price=PAIR["month"], unit_cost=D(9))
    return replace(known, items={"basic": item}, terms=TermPolicy(terms, D("0.10"), 12))


@pytest.mark.trap("T2")
@pytest.mark.acceptance("C14")
def test_99_a_month_against_888_a_year_saves_300_or_25_25_percent():
    year = TermRate(12, 1 - PAIR["year"] / (12 * PAIR["month"]))
    known = held(TermRate(1, D(0)), year)

    found = scenarios(form(line("basic"), held=known, term_months=12), known, 1, NO_FACTS)
    told = scenario_frame(found, "en", shows_cost=False).iloc[0]

    assert (found[0].saved.saved, found[0].saved.share) == (D(300), D("0.2525"))
    assert (told.total, told.monthly, told.saved) == ("$888.00", "$74.00", "300.00 (25.25%)")


def test_three_years_beyond_a_third_less_are_asked_about():
    """The total over the horizon stands beside its saving, and the guardrail holds."""
    known = held(TermRate(1, D(0)), TermRate(12, D("0.10")), TermRate(36, D("0.10"), D("0.20")))
    found = scenarios(form(line("basic"), held=known, term_months=12), known, 1, NO_FACTS)
    by_term = {(one.form.term_months, one.form.prepaid): one for one in found}

    three, paid_yearly = by_term[36, True], by_term[12, False]

    assert three.net_minor == 230_947  # 36 × 99 × 0.9 × 0.8 × 0.9, to the cent
    assert (three.saved.share, paid_yearly.saved.share) == (D("0.352"), D("0.1"))
    assert three.level == "approve" and paid_yearly.level == "free"
