"""Each step of the stated order on its own, with the figures it must give."""

from datetime import date

import pytest

from lib.errors import Invalid
from lib.pricing.choices import Choices, Contracted, Cut, Names, RampYear, Span
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


def test_a_gift_costs_nothing_and_stands_beside_the_discount() -> None:
    extra = item("extra", price="40", unit_cost=D(10), group="modules")

    found = priced(ask(), ask(extra, gift=True), months=12, discount=D("0.1"))

    assert (found.list_minor, found.net_minor, found.gift_minor) == (120_000, 97_200, 48_000)
    assert (found.cost_minor, found.arr_minor) == (12_000, 97_200)
    assert found.effective_discount == D("0.19")
    assert told(found, 1)[:2] == [("list", D(480)), ("gift", D(0))]
    assert found.lines[1].steps[1].rate == 1
    assert not found.lines[1].recurring


def test_an_item_that_is_a_gift_by_nature_is_never_charged() -> None:
    bag = item("bag", "once", "30", kind="gift")
    rights = item("rights", price="0")

    assert priced(ask(bag, "2")).gift_minor == 6_000
    assert priced(ask(bag, "2")).net_minor == 0
    assert priced(ask(rights, gift=True)).lines[0].steps[1].rate is None


def test_a_share_is_taken_last_of_the_net_of_the_lines_it_names() -> None:
    escort = item("escort", "share", "0.15", group="services", recurring=False, unit_cost=D("0.06"))
    setup = item("setup", "once", "1000", group="services")
    lines = (ask(), ask(setup), ask(escort), ask(API))

    every = priced(*lines, months=12, discount=D("0.1"))
    named = priced(*lines[:2], ask(escort, named=Names(items=("setup",))), lines[3], months=12)
    group = priced(*lines[:2], ask(item("escort", "share", "0.15", recurring=False,
                                        named=Names(groups=("modules",)))), lines[3], months=12)  # fmt: skip

    assert [line.net_minor for line in every.lines] == [97_200, 90_000, 35_370, 48_600]
    assert every.lines[2].list_minor == 42_000
    assert every.lines[2].cost_minor == 16_800
    assert named.lines[2].net_minor == 15_000
    assert group.lines[2].net_minor == 8_100


def test_a_share_may_be_discounted_rounded_and_given() -> None:
    escort = item("escort", "share", "0.155", recurring=False)

    less = priced(ask(item(price="0.33")), ask(escort, discount=D("0.1")))
    given = priced(ask(), ask(escort, gift=True))

    assert told(less, 1) == [
        ("list", D("0.05115")), ("line-discount", D("0.046035")), ("rounding", D("0.05")), ("net", D("0.05")),
    ]  # fmt: skip
    assert (given.lines[1].net_minor, given.lines[1].gift_minor, given.lines[1].list_minor) == (0, 1_550, 0)
    assert given.exact(recurring=False) == (0, 0)


def test_a_coupon_is_taken_off_at_once_and_counts_as_discount() -> None:
    found = priced(ask(), ask(), choices=Choices(coupon_minor=1_001))

    assert [line.net_minor for line in found.lines] == [9_499, 9_500]
    assert found.effective_discount == D("0.05005")
    assert refused(ask(), choices=Choices(coupon_minor=10_001)) == "coupon_too_large"
    assert priced(ask(), choices=Choices(coupon_minor=10_000)).net_minor == 0
    assert refused(choices=Choices(coupon_minor=1)) == "coupon_too_large"


def test_a_coupon_leaves_free_lines_free() -> None:
    found = priced(ask(), ask(item(price="0")), choices=Choices(coupon_minor=100))

    assert [line.net_minor for line in found.lines] == [9_900, 0]
    assert found.lines[1].exact_net == 0


def test_cashback_is_a_cost_and_no_discount() -> None:
    found = priced(ask(item(unit_cost=D(40))), choices=Choices(cashback_minor=500))

    assert (found.net_minor, found.cost_minor, found.margin, found.cashback_minor) == (
        10_000, 4_500, D("0.55"), 500,
    )  # fmt: skip


def test_the_partner_gets_a_share_of_the_net() -> None:
    pack = item("pack", partner="Datapack", partner_share=D("0.3"), unit_cost=D(5))
    escort = item("escort", "share", "0.1", recurring=False, partner="Guard", partner_share=D("0.5"))

    found = priced(ask(pack, discount=D("0.1")), ask(escort))

    assert [line.cost_minor for line in found.lines] == [500 + 2_700, 450]


def test_lines_with_a_period_of_their_own_are_charged_for_it() -> None:
    half = span("actual", date(2026, 1, 1), date(2026, 6, 30))

    found = priced(ask(span=half), ask(), ask(item(unit="once"), span=half), months=12)

    assert [line.net_minor for line in found.lines] == [54_000, 108_000, 10_000]
    assert found.arr_minor == 108_000 + 108_000
    assert found.arr_by_line() == [108_000, 108_000, 0]


def test_a_common_end_earns_the_term_it_reaches() -> None:
    common = span("days_365", date(2026, 3, 1), date(2027, 5, 31))  # 457 days, fifteen months of thirty days

    found = priced(ask(), months=36, span=common)

    assert told(found)[1][0] == "term-12"
    assert found.months == 15
    assert found.lines[0].span == common
    assert found.list_minor == 150_247  # 100 x 457 x 12 / 365 = 1502.4657…
    assert found.arr_minor == 108_000
    assert found.table_rate == 0


def test_a_short_common_end_earns_nothing() -> None:
    common = span("actual", date(2026, 3, 1), date(2026, 3, 15))

    assert priced(ask(), months=12, span=common).effective_discount == 0


def test_steps_say_what_share_they_took() -> None:
    agreed = ask(SEATS, "60", contracted=Contracted(D(9)))
    free = ask(item(price="0"), contracted=Contracted(D(9)))
    preset = priced(ask(), months=12, choices=Choices(annual_preset=True))

    assert priced(agreed).lines[0].steps[1].rate == D("0.25")
    assert priced(free).lines[0].steps[1].rate is None
    assert preset.lines[0].steps[1].rate == D("0.166666666667")


def test_a_gift_of_nothing_took_no_share() -> None:
    escort = item("escort", "share", "0.15", recurring=False)

    assert priced(ask(), ask(escort, gift=True)).lines[1].steps[1].rate == 1
    assert priced(ask(escort, gift=True)).lines[0].steps[1].rate is None


def test_only_a_ramp_has_years() -> None:
    assert priced(ask(), months=24).lines[0].by_year == ()


def test_thirteen_months_have_two_years() -> None:
    thirteen = TermPolicy((TermRate(13, D(0)),), D(0), 12)
    ramp = (RampYear(1, D(1)), RampYear(2, D(2)))

    assert priced(ask(ramp=ramp), months=13, policy=thirteen).net_minor == 140_000
    assert refused(ask(ramp=ramp[:1]), months=13, policy=thirteen) == "ramp_years"


def test_free_units_come_before_packages_of_any_step() -> None:
    calls = item("calls", "month", "10", tier_mode="package", package_size=D(100), free_units=D(50),
                 tiers=(Tier(D(1), D(10)),))  # fmt: skip

    assert [priced(ask(calls, q)).net_minor for q in ("50", "150", "151")] == [0, 1_000, 2_000]


def test_a_price_of_its_own_is_per_unit() -> None:
    assert priced(ask(quantity="3", price=D(80))).net_minor == 24_000


def test_the_discount_of_a_line_is_that_of_all_its_steps() -> None:
    found = priced(ask(discount=D("0.1")), ask(), months=12, discount=D("0.05"))

    assert [line.discount for line in found.lines] == [D("0.2305"), D("0.145")]


def test_without_the_right_no_cost_is_left_anywhere() -> None:
    pack = item("pack", unit_cost=D(5), partner_share=D("0.3"), markup=D("0.2"))
    bare = priced(ask(pack), choices=Choices(cashback_minor=100)).without_cost()

    assert (bare.cost_minor, bare.lines[0].cost_minor, bare.net_minor) == (0, 0, 10_000)
    assert bare.lines[0].request.item == pack.without_cost()


def test_the_month_of_a_quote_is_its_net_by_its_months() -> None:
    common = span("actual", date(2026, 1, 1), date(2026, 2, 14))

    assert priced(ask(quantity="2"), months=12).monthly_minor == 18_000
    assert priced(ask(), months=12, span=common).monthly_minor == 10_000


def test_what_is_given_away_entirely_nets_nothing() -> None:
    found = priced(ask(discount=D(1)), ask())

    assert [line.net_minor for line in found.lines] == [0, 10_000]
    assert found.margin == 1


def test_every_part_of_a_bundle_may_stand_on_several_lines() -> None:
    lines = [ask(bundle="pair"), ask(API, "1", bundle="pair"), ask(API, "1", bundle="pair")]

    assert priced(*lines, bundles={"pair": PAIR}).net_minor == 15_000


def test_without_anything_charged_there_is_no_margin_and_without_anything_recurring_no_arr() -> None:
    once = priced(ask(item(unit="once")), ask(item("two", unit="once")))

    assert (priced().margin, priced().arr_by_line(), priced().list_minor) == (None, [], 0)
    assert (once.arr_by_line(), once.arr_minor, once.effective_discount) == ([0, 0], 0, 0)
    assert once.margin == 1


def test_arr_is_split_by_what_each_line_comes_to_a_year() -> None:
    found = priced(ask(quantity="2"), ask(), ask(item(unit="once")), months=24)

    assert found.arr_by_line() == [194_400, 97_200, 0]
    assert found.arr_minor == 291_600


def test_a_share_counts_how_often_it_is_taken_in_price_cost_and_discount() -> None:
    twice = item("escort", "share", "0.15", recurring=False, unit_cost=D("0.06"))

    found = priced(ask(discount=D("0.1")), ask(twice, "2", discount=D("0.2")))

    line = found.lines[1]
    assert told(found, 1) == [
        ("list", D(30)), ("follows-lines", D(27)), ("line-discount", D("21.6")), ("net", D("21.6")),
    ]  # fmt: skip
    assert (line.list_minor, line.net_minor, line.cost_minor) == (3_000, 2_160, 1_200)
    assert found.exact(recurring=False) == (30, D("21.6"))
    assert [step.before for step in line.steps] == [D(30), D(30), D(27), D("21.6")]


def test_a_rounded_share_begins_where_its_discount_ended() -> None:
    escort = item("escort", "share", "0.155", recurring=False)
    steps = priced(ask(item(price="0.33")), ask(escort, discount=D("0.1"))).lines[1].steps

    assert [(step.rule, step.before) for step in steps[1:3]] == [
        ("line-discount", D("0.05115")), ("rounding", D("0.046035")),
    ]  # fmt: skip


def test_the_smallest_coupon_is_one_unit_and_no_lines_take_no_discount() -> None:
    assert priced(ask(), choices=Choices(coupon_minor=1)).net_minor == 9_999
    assert priced(discount=D("0.1")).net_minor == 0
