"""The waterfall: exact steps, one rounding per line, a header discount that adds up."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.errors import Invalid
from lib.pricing.price_book import Item
from lib.pricing.terms import TermPolicy, TermRate
from lib.pricing.tiers import Tier
from lib.pricing.waterfall import LineRequest, Terms, price

POLICY = TermPolicy(
    terms=(
        TermRate(1, Decimal(0)),
        TermRate(12, Decimal("0.10")),
        TermRate(24, Decimal("0.10"), Decimal("0.10")),
    ),
    prepay=Decimal("0.10"),
    prepay_from=12,
)


def item(code: str = "plan", unit: str = "month", price: str = "100", **over: object) -> Item:
    values = {"group": "platform", "name_en": code, "name_zh": code, "recurring": unit != "once"}
    return Item(code=code, unit=unit, list_price=Decimal(price), **(values | over))


SEATS = item(
    "seats", "seat_month", "12", tiers=(Tier(Decimal(1), Decimal(12)), Tier(Decimal(50), Decimal("10.80")))
)
USAGE = item(
    "use", "usage_month", "0.01", tiers=(Tier(Decimal(1), Decimal(0)), Tier(Decimal(1001), Decimal("0.01")))
)

shares = st.integers(0, 10_000).map(lambda n: Decimal(n).scaleb(-4))
prices = st.integers(0, 10**9).map(lambda n: Decimal(n).scaleb(-4))
requests = st.builds(
    LineRequest,
    st.one_of(
        st.builds(
            lambda p, u: item(unit=u, price=str(p)), prices, st.sampled_from(["month", "once", "hour_month"])
        ),
        st.sampled_from([SEATS, USAGE]),
    ),
    st.integers(1, 5000).map(Decimal),
    shares,
)
terms = st.builds(Terms, st.sampled_from([1, 12, 24]), st.booleans(), shares)


def steps_of(request: LineRequest, chosen: Terms) -> list[tuple[str, Decimal]]:
    return [(step.rule, step.after) for step in price([request], chosen, POLICY, "USD").lines[0].steps]


def test_steps_run_in_the_stated_order() -> None:
    request = LineRequest(SEATS, Decimal(60), Decimal("0.05"))

    assert steps_of(request, Terms(24, prepaid=True, discount=Decimal("0.04"))) == [
        ("list", Decimal("17280")),
        ("volume-50", Decimal("15552.00")),
        ("term-24", Decimal("12597.1200")),
        ("prepay", Decimal("11337.40800")),
        ("line-discount", Decimal("10770.5376")),
        ("rounding", Decimal("10770.54")),
        ("quote-discount", Decimal("10339.72")),
        ("net", Decimal("10339.72")),
    ]


@pytest.mark.parametrize(("quantity", "charge"), [(0, 0), (1000, 0), (1001, 1), (1500, 500)])
def test_usage_counts_the_included_units_first(quantity: int, charge: int) -> None:
    priced = price([LineRequest(USAGE, Decimal(quantity))], Terms(1), POLICY, "USD")

    assert priced.net_minor == charge


def test_a_share_of_the_other_lines_follows_their_discounts() -> None:
    escort = item("escort", "share", "0.15", recurring=False)

    priced = price(
        [LineRequest(item(), Decimal(1)), LineRequest(escort, Decimal(1))], Terms(12), POLICY, "USD"
    )

    assert [line.net_minor for line in priced.lines] == [108_000, 16_200]


def test_one_off_lines_get_no_term_or_prepay_discount() -> None:
    setup = item("setup", "once", "1500")

    priced = price([LineRequest(setup, Decimal(1))], Terms(24, prepaid=True), POLICY, "USD")

    assert (priced.net_minor, priced.arr_minor, priced.effective_discount) == (150_000, 0, 0)


def test_stacked_discounts_multiply() -> None:
    priced = price(
        [LineRequest(item(), Decimal(1), Decimal("0.2"))], Terms(12, True, Decimal("0.1")), POLICY, "USD"
    )

    assert priced.effective_discount == 1 - Decimal("0.9") * Decimal("0.9") * Decimal("0.8") * Decimal("0.9")


def test_a_full_discount_leaves_nothing() -> None:
    """A quote that is given away must net zero, not one cent."""
    priced = price(
        [LineRequest(item(price="33.33"), Decimal(3))] * 3, Terms(1, discount=Decimal(1)), POLICY, "USD"
    )

    assert [line.net_minor for line in priced.lines] == [0, 0, 0]


def test_an_unknown_term_is_refused() -> None:
    with pytest.raises(Invalid) as refusal:
        price([LineRequest(item(), Decimal(1))], Terms(7), POLICY, "USD")

    assert refusal.value.code == "term_unknown"


@given(st.lists(requests, max_size=8), terms, st.sampled_from(["USD", "JPY", "KWD"]))
def test_lines_add_up_and_nobody_pays_less_than_nothing(
    lines: list[LineRequest], chosen: Terms, currency: str
) -> None:
    priced = price(lines, chosen, POLICY, currency)

    assert priced.net_minor == sum(line.net_minor for line in priced.lines)
    assert priced.list_minor == sum(line.list_minor for line in priced.lines)
    assert priced.arr_minor == sum(priced.arr_by_line())
    assert all(0 <= line.net_minor <= line.list_minor + 1 for line in priced.lines)


@given(requests, terms)
def test_each_step_starts_where_the_one_before_ended(request: LineRequest, chosen: Terms) -> None:
    steps = price([request], chosen, POLICY, "USD").lines[0].steps

    assert steps[0].rule == "list" and steps[-1].rule == "net"
    assert all(a.after == b.before for a, b in zip(steps, steps[1:], strict=False))


@given(st.lists(requests, min_size=1, max_size=6), terms, st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_change_the_total(lines, chosen, random) -> None:  # noqa: ANN001
    shuffled = random.sample(lines, len(lines))

    one, two = price(lines, chosen, POLICY, "USD"), price(shuffled, chosen, POLICY, "USD")

    assert (one.list_minor, one.net_minor, one.arr_minor) == (two.list_minor, two.net_minor, two.arr_minor)
    assert one.effective_discount == two.effective_discount


@given(st.lists(requests, min_size=1, max_size=6), terms)
def test_effective_discount_agrees_with_the_printed_amounts(lines: list[LineRequest], chosen: Terms) -> None:
    priced = price(lines, chosen, POLICY, "USD")
    recurring = [line for line in priced.lines if line.request.item.recurring]
    at_list = sum(line.list_minor for line in recurring)
    net = sum(line.net_minor for line in recurring)

    assert 0 <= priced.effective_discount <= 1
    assert abs(net - at_list * (1 - priced.effective_discount)) <= len(recurring) + len(lines)


@given(st.lists(requests, min_size=1, max_size=6), terms, shares)
def test_a_larger_quote_discount_never_raises_the_net(
    lines: list[LineRequest], chosen: Terms, other: Decimal
) -> None:
    low, high = sorted([chosen.discount, other])
    cheap = price(lines, Terms(chosen.months, chosen.prepaid, high), POLICY, "USD")
    dear = price(lines, Terms(chosen.months, chosen.prepaid, low), POLICY, "USD")

    assert cheap.net_minor <= dear.net_minor
