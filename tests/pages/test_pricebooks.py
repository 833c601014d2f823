"""The page of price books: what a person reads of a book, who sees costs, and how a version is published."""

from dataclasses import replace

import pytest

from lib.access import Viewer
from lib.pricing import books, contracted, publishing
from tests import make, screen
from tests.screen import said


def opened(viewer: Viewer, language: str = "en", **params: object):  # noqa: ANN201 - an AppTest
    return screen.opened("pricebooks", replace(viewer, language=language), **params)


@pytest.mark.parametrize(
    ("language", "name", "price"),
    [("en", "Professional plan", "499.00"), ("zh-CN", "专业版", "499.00")],
)
def test_a_book_lists_its_items_with_prices_and_costs_only_for_those_who_may(
    manager, seller, language, name, price
):
    for viewer, costs in ((manager, False), (seller, True)):
        at = opened(viewer, language, book="saas/USD")
        assert not at.exception
        table = at.dataframe[0].value
        assert price in list(table.price[table.name == name]) or price in set(table.price)
        assert ("cost" in table.columns) == costs


def test_plans_stand_side_by_side_and_a_version_says_what_it_changed(admin, manager, today):
    book = int(books.book_versions(admin).id.iloc[0])
    code = next(iter(books.contents(admin, book).by_code))
    publishing.publish_version(
        admin, book, rows=[(1, {"code": code, "name_en": "Renamed"})], valid_from=today, reason="Clearer",
        feedback="Nobody understood it",
    )  # fmt: skip

    assert not opened(manager, view="plans").exception
    page = said(opened(manager, view="history"))

    assert "Clearer" in page and "Nobody understood it" in page and "Version 2" in page


def test_only_an_admin_is_offered_a_change(admin, manager):
    assert "Edit prices" not in said(opened(manager, view="change"))
    at = opened(admin, view="change")
    assert not at.exception
    assert "Nothing differs" in said(at)


def test_agreed_prices_stand_on_the_book_and_on_the_account(leader, manager, today):
    account = make.account(owner=manager.person_id)
    contracted.agree_price(leader, account, book_code="saas", currency="USD", item_code="api", price="120",
                           valid_from=today, reason="Five years", reference="Contract 7")  # fmt: skip

    at = opened(manager, book="saas/USD", view="agreed")
    assert not at.exception
    assert "Contract 7" in set(at.dataframe[0].value.reference)
    page = screen.opened("account", manager, id=account)
    assert not page.exception
    assert any("Contract 7" in frame.value.to_csv() for frame in page.dataframe)
