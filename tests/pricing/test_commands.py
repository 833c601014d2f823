"""Price books in the store: shipped versions, the next version, who sees costs."""

from datetime import date
from decimal import Decimal

import pytest

from lib.errors import Invalid, NotAllowed, NotFound
from lib.pricing import commands, queries
from lib.store.database import transaction


def prices(viewer, code: str, currency: str) -> dict[str, Decimal]:
    books = queries.current_books(viewer)
    book_id = int(books[(books.code == code) & (books.currency == currency)].id.iloc[0])
    items = queries.book_items(viewer, book_id)
    return dict(zip(items.code, items.list_price, strict=True))


@pytest.mark.acceptance("C12")
def test_both_default_books_load_with_their_prices(database, seller) -> None:
    saas, tools = prices(seller, "saas", "USD"), prices(seller, "tools", "USD")

    assert [saas[c] for c in ("basic", "professional", "enterprise")] == [199, 499, 1499]
    assert (saas["transactions"], saas["gold_escort"], saas["region_rights"]) == (
        Decimal("0.01"), Decimal("0.15"), 0,
    )  # fmt: skip
    assert [tools[c] for c in ("free", "basic_one_shop", "basic_three_shops")] == [0, 49, 79]
    assert [tools[c] for c in ("premium_one_market", "premium_all_markets", "enterprise_tools")] == [
        199, 299, 1000,
    ]  # fmt: skip


def test_seeding_twice_changes_nothing(database, now) -> None:
    with transaction() as session:
        assert commands.seed_price_books(session, now) == 0


def test_a_change_publishes_the_next_version_and_keeps_the_earlier_one(database, admin, today) -> None:
    before = queries.current_books(admin)
    old_id = int(before[(before.code == "saas") & (before.currency == "USD")].id.iloc[0])

    new_id = commands.publish_price_book(
        admin, "saas", "USD", list_prices={"basic": Decimal(219), "seats": Decimal(15)}, valid_from=today
    )

    assert prices(admin, "saas", "USD")["basic"] == 219
    assert prices(admin, "saas", "CNY")["basic"] == 1399
    old = queries.book_items(admin, old_id).set_index("code")
    new = queries.book_items(admin, new_id).set_index("code")
    assert old.list_price["basic"] == 199
    assert [tier["unit"] for tier in new.tiers["seats"]] == ["15", "13.5", "12"]


def test_a_version_that_starts_later_is_not_current_yet(database, admin) -> None:
    commands.publish_price_book(
        admin, "saas", "USD", list_prices={"basic": Decimal(219)}, valid_from=date(2027, 1, 1)
    )

    assert prices(admin, "saas", "USD")["basic"] == 199


def test_publishing_refuses_what_makes_no_sense(database, admin, seller, today) -> None:
    for code, changes, error in (
        ("saas", {"nothing": Decimal(1)}, Invalid),
        ("saas", {"basic": Decimal(-1)}, Invalid),
        ("other", {}, NotFound),
    ):
        with pytest.raises(error):
            commands.publish_price_book(admin, code, "USD", list_prices=changes, valid_from=today)
    with pytest.raises(Invalid):
        commands.publish_price_book(admin, "saas", "USD", list_prices={}, valid_from=date(2020, 1, 1))
    with pytest.raises(NotAllowed):
        commands.publish_price_book(seller, "saas", "USD", list_prices={}, valid_from=today)


def test_cost_is_absent_for_those_who_may_not_see_it(database, manager, seller) -> None:
    book_id = int(queries.current_books(manager).id.iloc[0])

    assert "unit_cost" in queries.book_items(seller, book_id)
    assert "unit_cost" not in queries.book_items(manager, book_id)
