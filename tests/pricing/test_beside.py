"""What stands beside the steps of a price: gifts, shares, coupons, periods, years, and sums that add up."""

from datetime import date

import pytest

from lib.errors import Invalid
from lib.pricing.choices import Choices, Contracted, Cut, Names, RampYear
from lib.pricing.price_book import Bundle
from lib.pricing.proration import span
from lib.pricing.terms import TermPolicy, TermRate
from lib.pricing.tiers import Tier
from tests.pricing.made import SEATS, D, ask, item, priced, told

PAIR = Bundle("pair", "Pair", "套装", (("plan", D(1)), ("api", D(2))), saving=D("0.25"))
FIXED = Bundle("fixed", "Fixed", "一口价", (("plan", D(1)), ("api", D(2))), fixed_price=D(150))
API = item("api", price="50", group="modules")
BARE = TermPolicy((TermRate(12, D(0)),), D(0), 12)


def refused(*requests, **over) -> str:
    with pytest.raises(Invalid) as refusal:
        priced(*requests, **over)
    return refusal.value.code


def test_the_yearly_revenue_of_lines_follows_the_months_of_each() -> None:
    """Two lines of 31 a month, one of them for 4 15/31 months: each is half of the yearly 744."""
    own = span("actual", date(2026, 1, 1), date(2026, 5, 15))
    found = priced(ask(item(price="31"), span=own), ask(item(price="31")), ask(item("setup", "once", "900")),
                   months=12, policy=BARE)  # fmt: skip

    assert (found.arr_minor, found.arr_by_line()) == (74_400, [37_200, 37_200, 0])


def test_a_share_with_a_discount_of_its_own_is_rounded_from_where_its_steps_end() -> None:
    escort = item("escort", "share", "0.15", recurring=False)
    found = priced(ask(discount=D("0.1")), ask(escort, discount=D("0.333")))

    assert told(found, 1) == [("list", D(15)), ("follows-lines", D("13.5")), ("line-discount", D("9.0045")),
                              ("rounding", D("9.00")), ("net", D("9.00"))]  # fmt: skip
    assert found.lines[1].steps[3].before == D("9.0045")


@pytest.mark.parametrize(("coupon", "left"), [(1, 9_999), (10_000, 0)])
def test_a_coupon_takes_what_it_says_up_to_everything(coupon, left) -> None:
    assert priced(ask(), choices=Choices(coupon_minor=coupon)).net_minor == left


@pytest.mark.parametrize("coupon", [-1, 10_001])
def test_a_coupon_below_nothing_or_above_the_net_is_refused(coupon) -> None:
    assert refused(ask(), choices=Choices(coupon_minor=coupon)) == "coupon_too_large"


def test_months_of_a_window_are_not_charged_and_count_as_discount() -> None:
    """Two of twelve months free: ten are paid, after the 10% of the year."""
    free = Cut("june", D(0), 2)
    found = priced(ask(offer=free), ask(item("setup", "once", "500"), offer=free), months=12)

    assert told(found) == [
        ("list", D(1200)),
        ("term-12", D(1080)),
        ("free-months-2", D(900)),
        ("net", D(900)),
    ]
    assert found.lines[0].steps[2].rate == D("0.166666666667")
    assert found.effective_discount == D("0.25")
    assert found.lines[1].net_minor == 50_000  # paid once: there is no month to leave out
    both = priced(ask(offer=Cut("june", D("0.1"), 1)), months=12)
    assert told(both)[2:4] == [("offer-june", D(972)), ("free-months-1", D(891))]


def test_months_free_of_an_odd_period_are_counted_in_its_own_months() -> None:
    """1 January to 15 May are 4 15/31 months, 139 parts of 31; a month free leaves 108 of them."""
    own = span("actual", date(2026, 1, 1), date(2026, 5, 15))
    found = priced(ask(item(price="31"), offer=Cut("june", D(0), 1), span=own), months=1)

    assert told(found) == [("list", D(139)), ("free-months-1", D(108)), ("net", D(108))]


def test_a_single_month_may_be_all_that_is_paid() -> None:
    assert told(priced(ask(offer=Cut("june", D(0), 2)), months=3))[1:] == [("free-months-2", D(100)),
                                                                         ("net", D(100))]  # fmt: skip


@pytest.mark.parametrize(("months", "free"), [(1, 1), (3, 3), (3, 12)])
def test_as_many_months_free_as_there_are_need_a_longer_term(months, free) -> None:
    assert refused(ask(offer=Cut("june", D(0), free)), months=months) == "offer_months_short"


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
