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


def usd(viewer: Viewer) -> int:
    every = books.book_versions(viewer)
    return int(every[(every.code == "saas") & (every.currency == "USD")].id.iloc[0])


def test_an_admin_edits_a_price_reads_the_difference_and_publishes_it(admin, manager, today):
    book = usd(admin)
    place = list(books.contents(admin, book).by_code).index("api")
    at = opened(admin, book="saas/USD", view="change")
    at.session_state[f"book-{book}-editor"] = {"edited_rows": {place: {"list_price": "159"}}}
    at.run()
    assert "159" in at.dataframe[-1].value.to_string()
    at.text_area(key=f"book-{book}-reason").set_value("Costs rose").run()
    at.button(key=f"book-{book}-publish").click().run()

    assert not at.exception and not at.error
    made = usd(manager)
    assert made != book and books.contents(manager, made).by_code["api"].list_price == 159
    assert books.contents(manager, book).by_code["api"].list_price == 149


def test_publishing_without_a_reason_is_refused_on_the_page(admin):
    book = usd(admin)
    at = opened(admin, book="saas/USD", view="change")
    at.session_state[f"book-{book}-editor"] = {"edited_rows": {0: {"list_price": "1"}}}
    at.run()
    at.button(key=f"book-{book}-publish").click().run()

    assert at.error and usd(admin) == book


def test_a_file_is_tried_first_and_its_good_rows_are_taken_by_choice(admin):
    book = usd(admin)
    at = opened(admin, book="saas/USD", view="change")
    at.segmented_control(key=f"book-{book}-way").set_value("file").run()
    content = b"code,list_price\napi,159\nsupport,dear\n"
    at.file_uploader(key=f"book-{book}-file").upload("prices.csv", content, "text/csv").run()

    assert not at.exception
    assert "dear" in "".join(frame.value.to_string() for frame in at.dataframe)
    assert usd(admin) == book  # a dry run writes nothing
    at.text_area(key=f"book-{book}-reason").set_value("Costs rose").run()
    assert at.button(key=f"book-{book}-publish").disabled
    at.checkbox(key=f"book-{book}-good").check().run()
    at.button(key=f"book-{book}-publish").click().run()

    assert not at.exception and not at.error
    made = books.contents(admin, usd(admin)).by_code
    assert (made["api"].list_price, made["support"].list_price) == (159, 299)


def test_a_price_is_agreed_on_the_page_of_the_book_and_taken_back(leader, manager):
    account = make.account(owner=manager.person_id, name="Lumora Home")
    at = opened(leader, book="saas/USD", view="agreed")
    at.text_input(key="agree-search").set_value("lumora").run()
    key = f"agree-{account}"
    at.selectbox(key=f"{key}-item").select("api")
    at.text_input(key=f"{key}-price").set_value("120")
    at.text_input(key=f"{key}-reference").set_value("Contract 7")
    at.text_area(key=f"{key}-reason").set_value("Five years")
    next(b for b in at.button if b.label == "Agree on a price").click().run()

    assert not at.exception and not at.error
    found = contracted.contracted_prices(leader, account_id=account)
    assert [str(price) for price in found.price] == ["120"]
    assert "Contract 7" in set(at.dataframe[0].value.reference)

    at.button(key="undo").click().run()
    assert contracted.contracted_prices(leader, account_id=account).empty


def test_nobody_without_the_right_is_offered_an_agreed_price(manager):
    at = opened(manager, book="saas/USD", view="agreed")
    assert not [box for box in at.selectbox if box.key == "agree-account"]
