"""Items and bundles: what follows from group and unit, what is refused, and the way into the store."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from lib.errors import Invalid
from lib.pricing import price_book
from lib.pricing.choices import Names
from lib.pricing.commands import shipped_books
from lib.pricing.price_book import Bundle
from lib.pricing.tiers import Tier
from tests.pricing.made import SEATS, USAGE, D, item

FULL = item(
    "pack", "month", "10", group="modules", kind="usage", tier_mode="package", package_size=D(100),
    free_units=D(50), tax_category="goods", regions=("CN", "JP"), value_added=True, plan_tier="premium",
    partner="Datapack", partner_share=D("0.3"), delivery="remote", quota={"users": 5},
    inclusions=({"en": "API", "zh-CN": "接口"},), unit_cost=D(3), tiers=(Tier(D(1), D(10), D(2)),),
)  # fmt: skip
ESCORT = item("escort", "share", "0.15", group="services", method="percent_of_total", recurring=False,
              named=Names(("pack",), ("seats",)))  # fmt: skip
DAYS = item("days", "day", "65", group="services", method="cost_plus", markup=D("0.3"), unit_cost=D(50))
PAIR = Bundle("pair", "Pair", "套装", (("pack", D(1)), ("seats", D("2.5"))), saving=D("0.25"))


@pytest.mark.parametrize("held", [FULL, ESCORT, DAYS, SEATS, USAGE, item()], ids=lambda i: i.code)
def test_an_item_comes_back_from_the_store_as_it_was(held) -> None:
    assert price_book.item_from_row(SimpleNamespace(**price_book.item_to_row(held))) == held


@pytest.mark.parametrize("held", [PAIR, replace(PAIR, saving=None, fixed_price=D(99))])
def test_a_bundle_comes_back_from_the_store_as_it_was(held) -> None:
    assert price_book.bundle_from_row(SimpleNamespace(**price_book.bundle_to_row(held))) == held


def test_an_item_of_an_earlier_store_gets_its_kind_from_its_group() -> None:
    row = price_book.item_to_row(SEATS) | {"kind": None, "tax_category": None, "free_units": None}

    assert price_book.item_from_row(SimpleNamespace(**row)) == SEATS
    kinds = [item(group=g).kind for g in ("platform", "seats", "usage", "services", "modules", "other")]
    assert kinds == ["plan", "seat", "usage", "service", "module", "module"]


def test_tiers_apply_as_the_unit_or_the_item_says() -> None:
    assert [i.mode for i in (SEATS, USAGE, FULL, item())] == ["volume", "graduated", "package", "none"]
    assert (DAYS.priced_by_seller, ESCORT.priced_by_seller) == (True, False)
    assert item(method="value_based").priced_by_seller


def test_cost_markup_and_partner_share_go_together() -> None:
    bare = replace(FULL, markup=D("0.3")).without_cost()

    assert (bare.unit_cost, bare.markup, bare.partner_share, bare.partner) == (0, None, 0, "Datapack")


def test_names_and_regions_of_an_item() -> None:
    assert (item(name_zh="套餐").name("zh-CN"), item(name_zh="套餐").name("en")) == ("套餐", "plan")
    assert (PAIR.name("zh-CN"), PAIR.name("en")) == ("套装", "Pair")
    assert FULL.sold_in("CN") and not FULL.sold_in("US") and FULL.sold_in(None) and item().sold_in("US")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"unit": "week"}, "unit_unknown"),
        ({"kind": "thing"}, "item_word_unknown"),
        ({"method": "guess"}, "item_word_unknown"),
        ({"tier_mode": "steps"}, "item_word_unknown"),
        ({"plan_tier": "gold"}, "item_word_unknown"),
        ({"delivery": "pigeon"}, "item_word_unknown"),
        ({"list_price": D("-0.01")}, "price_negative"),
        ({"unit_cost": D("-0.01")}, "price_negative"),
        ({"free_units": D(-1)}, "price_negative"),
        ({"partner_share": D("1.01")}, "item_share"),
        ({"partner_share": D("-0.01")}, "item_share"),
        ({"markup": D("-0.01")}, "item_share"),
        ({"tiers": (Tier(D(5), D(1)),), "unit": "seat_month"}, "tiers_not_rising"),
        ({"tiers": (Tier(D(1), D(1)),)}, "tiers_do_not_fit"),
        ({"unit": "usage_month"}, "tiers_do_not_fit"),
        ({"tier_mode": "graduated"}, "tiers_do_not_fit"),
        ({"tier_mode": "package"}, "tiers_do_not_fit"),
        ({"tier_mode": "package", "package_size": D(0)}, "tiers_do_not_fit"),
        ({"tier_mode": "package", "package_size": D(1), "unit": "share"}, "tiers_do_not_fit"),
        ({"package_size": D(100)}, "tiers_do_not_fit"),
        ({"package_size": D(100), "unit": "seat_month"}, "tiers_do_not_fit"),
    ],
)
def test_an_item_that_cannot_be_priced_is_refused(wrong, code) -> None:
    with pytest.raises(Invalid) as refusal:
        price_book.check_items([replace(item("odd"), **wrong)])

    assert refusal.value.code == code
    if code in ("item_word_unknown", "item_share", "tiers_do_not_fit"):
        assert refusal.value.values["item"] == "odd"
    if code == "item_word_unknown":
        assert refusal.value.values["word"] in wrong.values()
    if code == "unit_unknown":
        assert refusal.value.values == {"unit": "week"}


def test_what_lies_exactly_on_a_bound_is_taken() -> None:
    edge = item(price="0", unit_cost=D(0), free_units=D(0), partner_share=D(1), markup=D(0))

    price_book.check_items([edge, FULL, ESCORT, DAYS, SEATS, USAGE, item("v", "seat_month")])


def test_a_code_stands_once() -> None:
    for check in (lambda: price_book.check_items([item("a"), item("b"), item("b")]),
                  lambda: price_book.check_bundles([PAIR, PAIR], [FULL, SEATS])):  # fmt: skip
        with pytest.raises(Invalid) as refusal:
            check()
        assert refusal.value.code == "item_twice"
        assert refusal.value.values["item"] in ("b", "pair")


@pytest.mark.parametrize(
    ("wrong", "code", "value"),
    [
        ({"parts": (("pack", D(1)), ("zebra", D(1)), ("other", D(1)))}, "item_unknown", "other"),
        ({"saving": None}, "bundle_incomplete", "pair"),
        ({"fixed_price": D(9)}, "bundle_incomplete", "pair"),
        ({"parts": (("pack", D(1)),)}, "bundle_incomplete", "pair"),
        ({"parts": (("pack", D(1)), ("seats", D(1)), ("seats", D(1)))}, "bundle_incomplete", "pair"),
        ({"parts": (("pack", D(1)), ("seats", D(0)))}, "bundle_incomplete", "pair"),
        ({"saving": D("1.01")}, "item_share", "pair"),
        ({"saving": D("-0.01")}, "item_share", "pair"),
        ({"saving": None, "fixed_price": D("-1")}, "item_share", "pair"),
    ],
)
def test_a_bundle_that_makes_no_sense_is_refused(wrong, code, value) -> None:
    with pytest.raises(Invalid) as refusal:
        price_book.check_bundles([replace(PAIR, **wrong)], [FULL, SEATS])

    assert refusal.value.code == code
    assert value in refusal.value.values.values()


def test_a_bundle_on_its_bounds_is_taken() -> None:
    price_book.check_bundles(
        [replace(PAIR, saving=D(1)), replace(PAIR, code="b", saving=D(0)),
         replace(PAIR, code="c", saving=None, fixed_price=D(0))], [FULL, SEATS]
    )  # fmt: skip


def test_a_book_is_read_with_everything_it_says() -> None:
    document = {
        "code": "b", "name_en": "Book", "name_zh": "价目", "valid_from": "2026-01-01",
        "items": [
            {"code": "pack", "group": "modules", "name_en": "Pack", "name_zh": "包", "unit": "month",
             "recurring": True, "price": {"USD": "10"}, "cost": {"USD": "3"}, "tier_mode": "package",
             "package_size": "100", "free_units": "50", "regions": ["CN"], "value_added": True,
             "partner": "Datapack", "partner_share": "0.3", "inclusions": [{"en": "API", "zh-CN": "接口"}]},
            {"code": "days", "group": "services", "name_en": "Days", "name_zh": "人天", "unit": "day",
             "recurring": False, "cost": "50", "method": "cost_plus", "markup": "0.3"},
            {"code": "escort", "group": "services", "name_en": "Escort", "name_zh": "护航", "unit": "share",
             "recurring": False, "price": "0.15", "named": {"groups": ["modules"]}},
            {"code": "seats", "group": "seats", "name_en": "Seats", "name_zh": "席位", "unit": "seat_month",
             "recurring": True, "price": "5", "tiers": {"USD": [{"from": 1, "unit": "5", "flat": "2"}]}},
        ],
        "bundles": [
            {"code": "pair", "name_en": "Pair", "name_zh": "套装", "saving": "0.25",
             "parts": [{"item": "pack"}, {"item": "seats", "quantity": "2"}]},
            {"code": "one", "name_en": "One", "name_zh": "一口价", "fixed_price": {"USD": "12"},
             "parts": [{"item": "pack"}, {"item": "seats"}]},
        ],
    }  # fmt: skip
    book = price_book.read_book(document, "USD")
    pack, days, escort, seats = book.items

    assert (pack.package_size, pack.free_units, pack.regions, pack.value_added) == (100, 50, ("CN",), True)
    assert (pack.partner, pack.partner_share, len(pack.inclusions)) == ("Datapack", D("0.3"), 1)
    assert (days.list_price, days.markup, days.unit_cost) == (65, D("0.3"), 50)
    assert (escort.named, escort.regions, escort.package_size) == (Names((), ("modules",)), None, None)
    assert seats.tiers == (Tier(D(1), D(5), D(2)),)
    assert book.bundles[0].parts == (("pack", D(1)), ("seats", D(2)))
    assert (book.bundles[0].saving, book.bundles[0].fixed_price) == (D("0.25"), None)
    assert (book.bundles[1].saving, book.bundles[1].fixed_price) == (None, 12)
    assert price_book.tiers_to_rows(seats.tiers) == [{"from": 1, "unit": "5", "flat": "2"}]
    assert price_book.tiers_to_rows(()) is None


def test_a_book_in_an_unknown_currency_is_refused() -> None:
    with pytest.raises(Invalid):
        price_book.read_book({"items": []}, "XXX")


def test_the_shipped_books_pass_their_own_checks() -> None:
    for book in shipped_books():
        price_book.check_items(book.items)
        price_book.check_bundles(book.bundles, book.items)


def test_each_unit_says_how_it_is_charged() -> None:
    told = {code: (u.monthly, u.tiers, u.whole, u.share) for code, u in price_book.UNITS.items()}

    assert told == {
        "month": (True, "none", True, False), "seat_month": (True, "volume", True, False),
        "usage_month": (True, "graduated", True, False), "hour_month": (True, "none", False, False),
        "day": (False, "none", False, False), "once": (False, "none", True, False),
        "share": (False, "none", True, True),
    }  # fmt: skip
    assert item().value_added is False


def test_an_item_is_sold_where_its_regions_say_however_the_country_is_written() -> None:
    german = item(regions=("DE",))

    assert [german.sold_in(c) for c in ("DE", "Germany", "德国", None)] == [True] * 4
    assert [german.sold_in(c) for c in ("CN", "China", "Atlantis")] == [False] * 3
    assert item(regions=("Atlantis",)).sold_in("Atlantis")


@pytest.mark.parametrize(
    ("items", "bundles", "code"),
    [
        ([{"unit": "lightyear"}], [], "unit_unknown"), ([{}, {"code": "b"}, {"code": "b"}], [], "item_twice"),
        ([{}], [{"code": "pair", "saving": "0.1", "parts": [{"item": "gone"}]}], "item_unknown"),
    ],
)  # fmt: skip
def test_a_book_that_does_not_hold_together_is_refused_as_it_is_read(items, bundles, code) -> None:
    plain = {"code": "a", "group": "modules", "name_en": "A", "name_zh": "甲", "unit": "month",
             "recurring": True, "price": "5"}  # fmt: skip
    named = [bundle | {"name_en": "B", "name_zh": "乙"} for bundle in bundles]
    document = {"code": "b", "name_en": "B", "name_zh": "乙", "valid_from": "2026-01-01",
                "items": [plain | more for more in items], "bundles": named}  # fmt: skip
    with pytest.raises(Invalid) as refusal:
        price_book.read_book(document, "USD")

    assert refusal.value.code == code
    assert refusal.value.values.get("item") in (None, "b", "gone")


def test_a_code_used_twice_is_named_though_others_come_before_it() -> None:
    with pytest.raises(Invalid) as refusal:
        price_book.check_bundles([PAIR, replace(PAIR, code="b"), replace(PAIR, code="b")], [FULL, SEATS])

    assert refusal.value.values == {"item": "b"}


def test_a_price_that_is_given_comes_before_cost_and_markup() -> None:
    document = {"code": "b", "name_en": "B", "name_zh": "乙", "valid_from": "2026-01-01", "items": [
        {"code": "days", "group": "services", "name_en": "Days", "name_zh": "人天", "unit": "day",
         "recurring": False, "price": "90", "cost": "50", "method": "cost_plus", "markup": "0.3"},
    ]}  # fmt: skip

    assert price_book.read_book(document, "USD").items[0].list_price == 90
    assert price_book.cost_plus(D(50), None) == 50
    assert price_book.tiers_to_rows([Tier(D(1), D(5))]) == [{"from": 1, "unit": "5"}]
