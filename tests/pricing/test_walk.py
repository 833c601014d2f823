"""Each step of the stated order on its own, with the figures it must give."""

from datetime import date

import pytest

from lib.errors import Invalid
from lib.pricing.choices import Choices, Contracted, Cut, RampYear, Span
from lib.pricing.price_book import Bundle
from lib.pricing.proration import span
from lib.pricing.terms import TermPolicy, TermRate
from lib.pricing.tiers import Tier
from tests.pricing.made import POLICY, SEATS, USAGE, D, ask, item, priced, told

PAIR = Bundle("pair", "Pair", "套装", (("plan", D(1)), ("api", D(2))), saving=D("0.25"))
FIXED = Bundle("fixed", "Fixed", "一口价", (("plan", D(1)), ("api", D(2))), fixed_price=D(150))
API = item("api", price="50", group="modules")


def refused(*requests, **over) -> str:
    with pytest.raises(Invalid) as refusal:
        priced(*requests, **over)
    return refusal.value.code


def test_all_steps_run_in_the_stated_order() -> None:
    line = ask(SEATS, "60", discount=D("0.05"), premium=D("0.20"), bundle="set", offer=Cut("june", D("0.10")))
    bundles = {"set": Bundle("set", "Set", "套装", (("seats", D(1)), ("plan", D(1))), saving=D("0.25"))}

    found = priced(line, ask(quantity="60", bundle="set"), months=12, prepaid=True, discount=D("0.04"),
                   bundles=bundles, choices=Choices(all_in=D("0.10"), coupon_minor=100))  # fmt: skip

    assert [step.rule for step in found.lines[0].steps] == [
        "list", "volume-50", "value-premium", "all-in", "term-12", "prepay", "bundle-set", "offer-june",
        "line-discount", "rounding", "quote-discount", "coupon", "net",
    ]  # fmt: skip
    # 12 x 60 x 12 = 8640; volume 7776; x 1.2 x 1.1 x 0.9 x 0.9 x 0.75 x 0.9 x 0.95
    assert told(found)[8] == ("line-discount", D("7776") * D("1.32") * D("0.81") * D("0.75") * D("0.855"))


def test_a_contracted_price_takes_the_place_of_list_price_and_volume_steps() -> None:
    found = priced(ask(SEATS, "60", contracted=Contracted(D(9))), months=12)

    assert told(found) == [
        ("list", D(8640)), ("contracted", D(6480)), ("term-12", D(5832)), ("net", D(5832)),
    ]  # fmt: skip
    assert (found.list_minor, found.effective_discount) == (648_000, D("0.10"))


def test_a_contracted_price_may_have_steps_of_its_own() -> None:
    agreed = Contracted(D(9), (Tier(D(1), D(9)), Tier(D(100), D(8))))

    assert priced(ask(SEATS, "100", contracted=agreed)).net_minor == 80_000
    assert priced(ask(SEATS, "99", contracted=agreed)).net_minor == 89_100


def test_a_price_of_its_own_counts_as_discount_unless_the_seller_works_the_price_out() -> None:
    days = item("days", "day", "65", unit_cost=D(50), method="cost_plus", markup=D("0.3"))

    own = priced(ask(price=D(80)))
    worked = priced(ask(days, "10", price=D(70)))

    assert (own.list_minor, own.net_minor, own.effective_discount) == (10_000, 8_000, D("0.2"))
    assert told(own)[1] == ("own-price", D(80))
    assert (worked.list_minor, worked.net_minor, worked.cost_minor) == (70_000, 70_000, 50_000)
    assert told(worked)[:2] == [("list", D(650)), ("worked-out", D(700))]


def test_lines_of_one_item_buy_their_volume_together() -> None:
    found = priced(ask(SEATS, "30"), ask(SEATS, "20"))

    assert [line.net_minor for line in found.lines] == [32_400, 21_600]
    assert priced(ask(SEATS, "30"), ask(SEATS, "19")).net_minor == 58_800
    assert priced(ask(SEATS, "30"), ask(SEATS, "20", gift=True)).net_minor == 36_000


@pytest.mark.acceptance("C14")
def test_departments_of_one_parent_reach_their_volume_step_together() -> None:
    """40 seats here and 10 in the department beside are 50: the step of 50, paid for 40."""
    alone, beside = (priced(ask(SEATS, "40"), beside=held) for held in ({}, {"seats": D(10)}))
    short = priced(ask(SEATS, "40"), ask(SEATS, "1", gift=True), beside={"seats": D(9), "api": D(500)})

    assert (alone.net_minor, beside.net_minor, short.net_minor) == (48_000, 43_200, 48_000)
    assert beside.list_minor == 48_000
    assert told(beside)[1] == ("volume-50", D(432))


def test_a_volume_step_may_carry_a_flat_amount() -> None:
    flat = item("flat", "seat_month", "10", tiers=(Tier(D(1), D(10)), Tier(D(11), D(8), D(5))))

    assert priced(ask(flat, "11")).net_minor == 9_300


def test_started_packages_count_whole_after_the_free_units() -> None:
    calls = item("calls", "month", "25", tier_mode="package", package_size=D(1000), free_units=D(500))

    assert [priced(ask(calls, q)).net_minor for q in ("500", "501", "1500", "1501")] == [0, 2500, 2500, 5000]


def test_packages_are_counted_inside_each_step() -> None:
    steps = (Tier(D(1), D(10)), Tier(D(1001), D(8), D(3)))
    calls = item("calls", "month", "10", tier_mode="package", package_size=D(300), tiers=steps)

    assert priced(ask(calls, "1000")).net_minor == 4_000
    assert priced(ask(calls, "1301")).net_minor == 4_000 + 300 + 1_600


def test_a_ramp_has_its_quantity_and_price_in_each_year() -> None:
    ramp = (RampYear(1, D(10)), RampYear(2, D(20), D(11)))

    found = priced(ask(SEATS, "10", ramp=ramp), months=24)

    # list 12 x (10 + 20) x 12 = 4320; second year at 11: 1440 + 2640
    assert told(found)[:2] == [("list", D(4320)), ("ramp", D(4080))]
    assert found.list_minor == 432_000
    assert found.lines[0].by_year == ((12, D(1440)), (12, D(2640)))


def test_a_ramp_reaches_volume_steps_year_by_year_and_ends_with_the_term() -> None:
    ramp = (RampYear(1, D(49)), RampYear(2, D(50)))

    found = priced(ask(SEATS, "49", ramp=ramp), months=24)

    assert told(found)[1] == ("volume-50", D(49 * 12 * 12) + D("10.80") * 50 * 12)


def test_the_last_year_of_a_ramp_may_be_short() -> None:
    eighteen = TermPolicy((TermRate(18, D(0)),), D(0), 12)
    ramp = (RampYear(1, D(1)), RampYear(2, D(2)))

    found = priced(ask(ramp=ramp), months=18, policy=eighteen)

    assert found.net_minor == (12 + 2 * 6) * 10_000
    assert found.lines[0].by_year == ((12, D(1200)), (6, D(1200)))


@pytest.mark.parametrize(
    "ramp", [(RampYear(1, D(1)),), (RampYear(2, D(1)), RampYear(1, D(1))), (RampYear(1, D(1)),) * 3]
)
def test_a_ramp_needs_every_year_once(ramp) -> None:
    assert refused(ask(ramp=ramp), months=24) == "ramp_years"


def test_a_ramp_runs_over_the_whole_term_of_a_monthly_line() -> None:
    ramp = (RampYear(1, D(1)),)
    period = span("actual", date(2026, 1, 1), date(2026, 6, 30))

    assert refused(ask(item(unit="once"), ramp=ramp), months=12) == "ramp_needs_whole_term"
    assert refused(ask(ramp=ramp, span=period), months=12) == "ramp_needs_whole_term"
    assert refused(ask(ramp=ramp, span=Span("days_365", 12, 5)), months=12) == "ramp_needs_whole_term"
    assert priced(ask(ramp=ramp), months=12).net_minor == 108_000


def test_the_annual_preset_pays_ten_of_twelve_months() -> None:
    year = priced(ask(item(price="199")), months=12, choices=Choices(annual_preset=True))
    two = priced(ask(), months=24, choices=Choices(annual_preset=True))

    assert told(year) == [("list", D(2388)), ("annual-preset", D(1990)), ("net", D(1990))]
    assert year.effective_discount == D("0.166666666667")
    assert told(two)[1:3] == [("annual-preset", D(2000)), ("multi-year-24", D(1800))]
    assert refused(ask(), months=3, choices=Choices(annual_preset=True)) == "preset_needs_year"


def test_prepaying_earns_a_share_within_the_band_or_a_free_service() -> None:
    support = item("support", price="299", group="modules")
    instead = Choices(prepay_service="support")

    usual = priced(ask(), months=12, prepaid=True)
    most = priced(ask(), months=12, prepaid=True, choices=Choices(prepay_rate=D("0.15")))
    service = priced(ask(), ask(support, gift=True), months=12, prepaid=True, choices=instead)

    assert (usual.net_minor, most.net_minor) == (97_200, 91_800)
    assert (service.net_minor, service.gift_minor) == (108_000, 299 * 12 * 100)
    assert refused(ask(), months=12, prepaid=True, choices=Choices(prepay_rate=D("0.16"))) == "prepay_band"
    assert refused(ask(), ask(support), months=12, prepaid=True, choices=instead) == "prepay_service_missing"
    assert priced(ask(), months=3, prepaid=True).net_minor == 30_000


def test_a_bundle_takes_its_saving_off_every_part_and_shows_both_totals() -> None:
    found = priced(
        ask(bundle="pair"), ask(API, "2", bundle="pair"), ask(USAGE, "2000"), bundles={"pair": PAIR}
    )

    view = found.bundles[0]
    assert (view.apart_minor, view.together_minor, view.share) == (20_000, 15_000, D("0.25"))
    assert view.share in POLICY.bundle_band
    assert found.net_minor == 16_000


def test_a_bundle_may_have_one_price_a_month() -> None:
    found = priced(ask(quantity="3", bundle="fixed"), ask(API, "6", bundle="fixed"), months=12,
                   bundles={"fixed": FIXED})  # fmt: skip

    assert found.bundles[0].share == D("0.25")
    assert found.net_minor == 3 * 150 * 12 * 90


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([ask(bundle="other")], "bundle_unknown"),
        ([ask(bundle="pair")], "bundle_incomplete"),
        ([ask(bundle="pair"), ask(API, "1", bundle="pair")], "bundle_incomplete"),
        ([ask(bundle="pair"), ask(API, "2", bundle="pair"), ask(USAGE, bundle="pair")], "bundle_incomplete"),
    ],
)
def test_a_bundle_needs_its_parts_in_their_proportion(lines, code) -> None:
    assert refused(*lines, bundles={"pair": PAIR}) == code


def test_a_bundle_of_free_parts_stays_free() -> None:
    free = Bundle("free", "Free", "免费", (("plan", D(1)), ("api", D(1))), fixed_price=D(10))
    lines = (ask(item(price="0"), bundle="free"), ask(item("api", price="0"), bundle="free"))

    found = priced(*lines, bundles={"free": free})

    assert (found.net_minor, found.bundles[0].share) == (0, 0)


def test_a_window_offer_is_a_step_of_its_own() -> None:
    found = priced(ask(offer=Cut("q4", D("0.2"))))

    assert told(found)[1] == ("offer-q4", D(80))


@pytest.mark.parametrize(("share", "fits"), [("0", True), ("0.40", True), ("0.41", False)])
def test_a_value_premium_adds_up_to_forty_percent(share, fits) -> None:
    if fits:
        assert priced(ask(premium=D(share))).net_minor == 10_000 * (1 + D(share))
    else:
        assert refused(ask(premium=D(share))) == "premium_band"


@pytest.mark.parametrize(
    ("share", "fits"), [("0.09", False), ("0.10", True), ("0.15", True), ("0.16", False)]
)
def test_an_all_in_price_adds_ten_to_fifteen_percent(share, fits) -> None:
    choices = Choices(all_in=D(share))
    if fits:
        assert priced(ask(), choices=choices).net_minor == 10_000 * (1 + D(share))
    else:
        assert refused(ask(), choices=choices) == "all_in_band"
