"""Tax by country and category, rounded once per rate, on the discounted net."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.pricing.tax import ADDED, EXCLUDED, Tax, TaxTable, read_tax, tax_of
from tests.pricing.made import D, ask, item, priced

TABLE = read_tax(
    [
        {"country": "CN", "category": "standard", "rate": "0.06"},
        {"country": "CN", "category": "goods", "rate": "0.13"},
        {"country": "GB", "category": "books", "rate": "0.05"},
    ],
    {"CNY": "0.06"},
)
GOODS = item("box", "once", "100", tax_category="goods")
EXEMPT = item("course", "once", "100", tax_category="exempt")


@pytest.mark.parametrize(
    ("country", "category", "currency", "rate"),
    [
        ("CN", "standard", "CNY", "0.06"), ("CN", "goods", "USD", "0.13"), ("CN", "other", "CNY", "0.06"),
        ("CN", "exempt", "CNY", "0"), (None, "goods", "CNY", "0.06"), ("GB", "goods", "CNY", "0.06"),
        (None, "exempt", "CNY", "0"),
    ],
)  # fmt: skip
def test_the_rate_follows_country_and_category_then_currency(country, category, currency, rate) -> None:
    assert TABLE.rate(country, category, currency) == D(rate)


@pytest.mark.parametrize("category", ["standard", "exempt"])
def test_where_nothing_is_known_prices_exclude_tax(category) -> None:
    assert TABLE.rate("US", category, "USD") is None
    found = tax_of(priced(ask()), TABLE, "US")

    assert (found.mode, found.tax_minor, found.by_line, found.single_rate) == (EXCLUDED, 0, (None,), None)


@pytest.mark.parametrize("written", ["CN", "cn", "China", "中国", "P.R. China", "CHN", "中华人民共和国"])
def test_a_country_is_taxed_however_it_is_written(written) -> None:
    found = tax_of(priced(ask(GOODS)), TABLE, written)

    assert (found.mode, found.tax_minor, found.unread) == (ADDED, 1_300, None)


def test_a_country_nobody_knows_is_named_and_never_taxed_by_its_currency() -> None:
    found = tax_of(priced(ask(), ask(GOODS), currency="CNY"), TABLE, "Atlantis")

    assert (found.mode, found.by_line, found.unread) == (EXCLUDED, (None, None), "Atlantis")
    assert tax_of(priced(ask(), currency="CNY"), TABLE, None).tax_minor == 600


def test_each_rate_is_rounded_once_on_the_discounted_net() -> None:
    lines = [ask(item(price="0.33")) for _ in range(3)]

    found = tax_of(priced(*lines, ask(GOODS), discount=D("0.1")), TABLE, "CN")

    assert [(p.category, p.rate, p.base_minor, p.tax_minor) for p in found.parts] == [
        ("goods", D("0.13"), 9_000, 1_170), ("standard", D("0.06"), 89, 5),
    ]  # fmt: skip
    assert (found.mode, found.tax_minor, found.single_rate) == (ADDED, 1_175, None)
    assert found.by_line == (D("0.06"),) * 3 + (D("0.13"),)


def test_exempt_lines_are_named_with_their_base() -> None:
    found = tax_of(priced(ask(EXEMPT)), TABLE, "CN")

    assert [(p.base_minor, p.tax_minor) for p in found.parts] == [(10_000, 0)]
    assert found.single_rate == 0
    assert Tax().mode == EXCLUDED


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=20), st.sampled_from(["USD", "JPY", "KWD"]))
def test_bases_add_up_to_the_net_and_arr_stays_untaxed(cents, currency) -> None:
    quote = priced(*[ask(item(price=str(D(c) / 100))) for c in cents], currency=currency)
    found = tax_of(quote, TaxTable({("CN", "standard"): D("0.06")}), "CN")

    assert sum(part.base_minor for part in found.parts) == quote.net_minor
    assert quote.arr_minor == 12 * quote.net_minor
