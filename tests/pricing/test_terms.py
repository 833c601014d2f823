"""Terms, prepayment and bundles: comparisons, tables, bands."""

import pytest

from lib.errors import Invalid
from lib.pricing.choices import Choices, Names
from lib.pricing.price_book import Bundle
from lib.pricing.terms import Band, TermRate, read_terms, saving
from lib.store import policy
from tests.pricing.made import POLICY, D, ask, item, priced

SHIPPED = policy.shipped()
HELD = read_terms(SHIPPED["pricing"], SHIPPED["offers"], SHIPPED["value"])


@pytest.mark.acceptance("C14")
def test_a_saving_is_computed_and_the_extra_of_several_years_multiplies() -> None:
    found = saving(D(99) * 12, D(888))
    multi_year = TermRate(24, D("0.10"), D("0.20"))

    assert (found.apart, found.together, found.saved, found.share) == (1188, 888, 300, D("0.2525"))
    assert multi_year.combined == D("0.28")
    assert saving(D(0), D(0)).share == 0


@pytest.mark.acceptance("C14")
def test_the_preset_equals_ten_monthly_payments_on_a_quote() -> None:
    month, year = priced(ask(item(price="99")), policy=HELD), priced(
        ask(item(price="99")), policy=HELD, months=12, choices=Choices(annual_preset=True))  # fmt: skip

    assert year.net_minor == 10 * month.net_minor


@pytest.mark.acceptance("C14")
def test_a_bundle_on_a_quote_shows_apart_together_and_percent() -> None:
    team = Bundle("team", "Team", "团队", (("plan", D(1)), ("api", D(1))), saving=D("0.30"))
    view = priced(ask(bundle="team"), ask(item("api", price="20"), bundle="team"), policy=HELD,
                  bundles={"team": team}).bundles[0]  # fmt: skip

    assert (view.apart_minor, view.together_minor, view.share) == (12_000, 8_400, D("0.3"))
    assert view.share in HELD.bundle_band and D("0.31") not in HELD.bundle_band


@pytest.mark.parametrize(
    ("steps", "off"),
    [
        # two months free, then 20% for several years: 33.3%
        ({"months": 24, "choices": Choices(annual_preset=True), "extra": "0.20"}, "0.333333333333"),
        # early renewal 20% on the two-year 30%: 44%
        ({"months": 24, "choices": Choices(table="renewal"), "line": "0.20"}, "0.44"),
        # prepay 15% on a bundle of 30%: 40.5%
        (
            {"months": 12, "prepaid": True, "choices": Choices(prepay_rate=D("0.15")), "bundle": "0.30"},
            "0.405",
        ),
        # the two-year price alone sits on the floor
        ({"months": 24, "choices": Choices(table="renewal")}, "0.3"),
    ],
)
def test_t3_stacked_offers_are_measured_together(steps, off) -> None:
    terms = (TermRate(1, D(0)), TermRate(12, D(0)), TermRate(24, D("0.1"), D(steps.pop("extra", "0.1"))))
    held = HELD.__class__(**(HELD.__dict__ | {"terms": terms}))
    bundles = {
        "b": Bundle("b", "B", "B", (("plan", D(1)), ("api", D(1))), saving=D(steps.pop("bundle", "0")))
    }
    line = {"discount": D(steps.pop("line", "0")), "bundle": "b"}

    found = priced(ask(**line), ask(item("api"), **line), policy=held, bundles=bundles, **steps)

    assert found.effective_discount == D(off)


def test_a_table_of_several_years_is_a_rule_of_its_own() -> None:
    assert priced(ask(), months=24).table_rate == D("0.19")
    assert priced(ask(), months=24, choices=Choices(table="renewal"), policy=HELD).table_rate == D("0.30")
    assert priced(ask(), months=12).table_rate == 0


def test_the_shipped_renewal_table_gives_ten_percent_for_one_year_and_thirty_for_two() -> None:
    rows = {rate.months: rate.combined for rate in HELD.tables["renewal"]}

    assert (rows[1], rows[12], rows[24], rows[36]) == (0, D("0.10"), D("0.30"), D("0.30"))


def test_the_shipped_bands_are_those_of_the_policy() -> None:
    assert HELD.prepay_band == Band(D("0.10"), D("0.15"))
    assert HELD.all_in_band == Band(D("0.10"), D("0.15"))
    assert HELD.premium_band == Band(D(0), D("0.40"))
    assert HELD.bundle_band == Band(D("0.20"), D("0.30"))
    assert (HELD.prepay, HELD.prepay_from, HELD.preset) == (D("0.10"), 12, (10, 12))
    assert HELD.months == (1, 3, 12, 24, 36)
    plain = read_terms(SHIPPED["pricing"])
    assert (plain.tables, D(1) in plain.all_in_band) == ({}, True)


def test_an_unknown_term_or_table_is_refused_with_its_name() -> None:
    for choose, values in (
        (lambda: POLICY.rate(7), {"months": 7}),
        (lambda: POLICY.rate(12, "other"), {"table": "other"}),
        (lambda: POLICY.rate(3, "renewal"), {"months": 3}),
    ):
        with pytest.raises(Invalid) as refusal:
            choose()
        assert refusal.value.values == values
        assert refusal.value.code == ("term_table_unknown" if "table" in values else "term_unknown")


@pytest.mark.parametrize(
    ("months", "table", "reached"),
    [(1, "standard", 1), (11, "standard", 3), (12, "standard", 12), (99, "standard", 36), (0, "standard", 1),
     (23, "renewal", 12), (11, "renewal", 1), (24, "other", 1)],
)  # fmt: skip
def test_an_odd_period_reaches_the_longest_term_within_it(months, table, reached) -> None:
    assert POLICY.reached(months, table).months == reached


@pytest.mark.parametrize(
    ("prepaid", "months", "service", "rules"),
    [
        (True, 12, None, ["term-12", "prepay"]), (False, 12, None, ["term-12"]),
        (True, 3, None, ["term-3"]), (True, 12, "support", ["term-12"]),
    ],
)  # fmt: skip
def test_prepayment_needs_a_year_and_no_free_service(prepaid, months, service, rules) -> None:
    found = POLICY.cuts(months, prepaid=prepaid, choices=Choices(prepay_service=service))

    assert [rule for rule, _above, _below in found] == rules


def test_a_band_names_its_ends_when_it_refuses() -> None:
    with pytest.raises(Invalid) as refusal:
        Band(D("0.10"), D("0.15")).check(D("0.2"), "prepay_band")

    assert (refusal.value.code, refusal.value.values) == ("prepay_band", {"low": "10", "high": "15"})


def test_names_hold_what_they_name() -> None:
    assert Names().hold("a", "b")
    assert Names(items=("a",)).hold("a", "x") and not Names(items=("a",)).hold("x", "a")
    assert Names(groups=("b",)).hold("x", "b") and not Names(groups=("b",)).hold("b", "x")
