"""What must hold for every quote: sums, order, direction, scale, mirrors."""

from hypothesis import given
from hypothesis import strategies as st

from lib.money import minor_digits, spread
from lib.pricing.asked import LineRequest, Terms
from lib.pricing.choices import Choices, Contracted, Cut, RampYear
from lib.pricing.tiers import Tier, graduated, package, package_tiers, volume
from lib.pricing.totals import Adjustment, TaxedLine, total
from lib.pricing.waterfall import price
from tests.pricing.made import POLICY, SEATS, USAGE, D, item, priced

shares = st.integers(0, 10_000).map(lambda n: D(n).scaleb(-4))
cents = st.integers(0, 10**8).map(lambda n: D(n).scaleb(-4))
currencies = st.sampled_from(["USD", "CNY", "EUR", "GBP", "JPY", "KWD"])
quantities = st.integers(1, 3000).map(D)
things = st.one_of(
    st.builds(lambda p, u: item(unit=u, price=str(p)), cents, st.sampled_from(["month", "once"])),
    st.sampled_from([SEATS, USAGE, item("escort", "share", "0.15", recurring=False)]),
    st.builds(lambda p: item("calls", price=str(p), tier_mode="package", package_size=D(7), free_units=D(3)),
              cents),
)  # fmt: skip
lines = st.builds(
    LineRequest, things, quantities, shares, st.none(),
    st.one_of(st.none(), st.builds(Contracted, cents)),
    st.sampled_from([D(0), D("0.2")]), st.booleans(), st.none(),
    st.one_of(st.none(), st.builds(Cut, st.just("june"), shares, st.integers(0, 3))),
)  # fmt: skip
choices = st.builds(Choices, st.sampled_from(["standard", "renewal"]), st.booleans(), all_in=st.sampled_from(
    [None, D("0.1")]), cashback_minor=st.integers(0, 500))  # fmt: skip
terms = st.builds(Terms, st.sampled_from([12, 24]), st.booleans(), shares, choices)


@given(st.lists(lines, max_size=8), terms, currencies)
def test_every_sum_re_adds_and_every_step_follows_the_one_before(asked, chosen, currency) -> None:
    found = price(asked, chosen, POLICY, currency)

    assert found.net_minor == sum(line.net_minor for line in found.lines)
    assert found.list_minor == sum(line.list_minor for line in found.lines)
    assert found.gift_minor == sum(line.gift_minor for line in found.lines)
    assert found.arr_minor == sum(found.arr_by_line())
    assert found.cost_minor == sum(line.cost_minor for line in found.lines) + chosen.choices.cashback_minor
    for line in found.lines:
        assert (line.steps[0].rule, line.steps[-1].rule) == ("list", "net")
        assert all(a.after == b.before for a, b in zip(line.steps, line.steps[1:], strict=False))
        assert line.net_minor >= 0
        assert not (line.request.free and (line.net_minor or line.list_minor))


@given(st.lists(lines, min_size=1, max_size=6), terms, st.randoms(use_true_random=False))
def test_the_order_of_lines_changes_no_total(asked, chosen, random) -> None:
    shuffled = random.sample(asked, len(asked))
    one, two = price(asked, chosen, POLICY, "USD"), price(shuffled, chosen, POLICY, "USD")
    odd = sum(r.item.rule.share for r in asked)

    assert one.list_minor == two.list_minor and one.effective_discount == two.effective_discount
    assert abs(one.net_minor - two.net_minor) <= odd * len(asked)  # a share follows rounded lines


@given(st.lists(lines, min_size=1, max_size=5), terms, shares)
def test_a_larger_quote_discount_never_raises_the_net(asked, chosen, other) -> None:
    low, high = sorted([chosen.discount, other])
    cheap = price(asked, Terms(chosen.months, chosen.prepaid, high, chosen.choices), POLICY, "USD")
    dear = price(asked, Terms(chosen.months, chosen.prepaid, low, chosen.choices), POLICY, "USD")

    assert cheap.effective_discount >= dear.effective_discount
    assert cheap.net_minor <= dear.net_minor + len(asked)  # a share line may round up against its lines


@given(lines, terms, shares)
def test_a_larger_line_discount_never_raises_the_net(line, chosen, other) -> None:
    low, high = sorted([line.discount, other])
    nets = [price([LineRequest(**(line.__dict__ | {"discount": d}))], chosen, POLICY, "USD").net_minor
            for d in (low, high)]  # fmt: skip

    assert nets[0] >= nets[1]


@given(st.sampled_from([USAGE, item(), item("calls", tier_mode="package", package_size=D(7))]), quantities,
       quantities, terms)  # fmt: skip
def test_more_never_costs_less_where_prices_have_no_cliff(what, one, two, chosen) -> None:
    low, high = (price([LineRequest(what, q)], chosen, POLICY, "USD").net_minor for q in sorted([one, two]))

    assert low <= high


@given(cents, quantities, st.sampled_from([12, 24]))
def test_amounts_scale_with_the_decimals_of_the_currency(amount, quantity, months) -> None:
    """The same figures in yen, dollars and dinars differ only by the rounding of one line."""
    line = LineRequest(item(price=str(amount)), quantity)
    found = {c: D(price([line], Terms(months), POLICY, c).net_minor).scaleb(-minor_digits(c))
             for c in ("JPY", "USD", "KWD")}  # fmt: skip

    assert abs(found["JPY"] - found["USD"]) <= D("0.505")
    assert abs(found["USD"] - found["KWD"]) <= D("0.0055")


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=30))
def test_a_credit_is_spread_as_the_mirror_of_its_charge(amount, weights) -> None:
    assert spread(-amount, weights) == [-part for part in spread(amount, weights)]


@given(st.integers(0, 10**9), st.lists(st.integers(1, 10**6), min_size=1, max_size=30))
def test_no_part_is_a_whole_unit_off_its_share(amount, weights) -> None:
    for part, weight in zip(spread(amount, weights), weights, strict=True):
        assert abs(part - D(amount) * weight / sum(weights)) < 1


@given(st.lists(st.tuples(st.integers(1, 50), cents), min_size=1, max_size=8))
def test_a_credit_note_mirrors_its_invoice(entries) -> None:
    def totals(sign: int):  # noqa: ANN202
        invoice = [TaxedLine(D(sign * q), p, ("S", D(19)), adjustments=[Adjustment(D(sign), False)])
                   for q, p in entries]  # fmt: skip
        return total(invoice, [Adjustment(D(sign), True)])

    charge, credit = totals(1), totals(-1)

    assert (credit.without_tax, credit.tax, credit.payable) == (
        -charge.without_tax, -charge.tax, -charge.payable,
    )  # fmt: skip


@given(st.lists(st.tuples(st.integers(1, 40), cents), min_size=1, max_size=5), st.integers(0, 300))
def test_volume_and_graduated_agree_inside_the_first_step(steps, quantity) -> None:
    starts = sorted({first for first, _unit in steps} | {1})
    tiers = [Tier(D(first), unit) for first, (_f, unit) in zip(starts, steps * 9, strict=False)]
    count = D(quantity)

    if len(starts) == 1 or quantity < starts[1]:
        assert volume(tiers, count) == graduated(tiers, count)
    falling = sorted((t.unit for t in tiers), reverse=True)
    cheaper = [Tier(t.first, unit) for t, unit in zip(tiers, falling, strict=True)]
    assert volume(cheaper, count) <= graduated(cheaper, count)


@given(st.integers(0, 10_000), st.integers(1, 500), st.integers(0, 500))
def test_a_package_of_one_step_is_a_package(quantity, size, free) -> None:
    one = [Tier(D(1), D(5))]
    charged = max(quantity - free, 0)

    assert package_tiers(one, D(charged), size=D(size)) == package(
        D(quantity), size=D(size), price=D(5), free=D(free)
    )


@given(st.lists(st.integers(1, 500).map(D), min_size=2, max_size=2), terms)
def test_a_ramp_that_stays_level_is_no_ramp(steady, chosen) -> None:
    quantity = steady[0]
    ramp = tuple(RampYear(year, quantity) for year in range(1, chosen.months // 12 + 1))

    level = price([LineRequest(SEATS, quantity, ramp=ramp)], chosen, POLICY, "USD")
    plain = price([LineRequest(SEATS, quantity)], chosen, POLICY, "USD")

    assert (level.list_minor, level.net_minor, level.arr_minor) == (
        plain.list_minor, plain.net_minor, plain.arr_minor,
    )  # fmt: skip


def test_an_empty_quote_comes_to_nothing() -> None:
    found = priced()

    assert (found.list_minor, found.net_minor, found.arr_minor, found.margin, found.arr_by_line()) == (
        0, 0, 0, None, [],
    )  # fmt: skip
