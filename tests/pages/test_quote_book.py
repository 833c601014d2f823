"""The page of a quote when prices have moved on: what a seller reads, moves, and takes back."""

import pytest

from lib.pricing import books, publishing
from lib.quotes import commands, issuing, queries
from tests import make
from tests.screen import opened, said


@pytest.fixture
def quote_id(embedded, manager) -> int:
    account = make.account(owner=manager.person_id, name="Lumora Home", country="CN")
    made = commands.create_quote(manager, account)
    commands.save_draft(manager, made, 1, values=make.quote_form(), lines=[make.quote_line()])
    return made


@pytest.fixture
def raised(admin, today):
    """Publishes the plan at 599 instead of 499."""

    def publish() -> None:
        every = books.book_versions(admin)
        old = int(every[(every.code == "saas") & (every.currency == "USD")].id.iloc[0])
        publishing.publish_version(admin, old, rows=[(1, {"code": "professional", "list_price": "599"})],
                                   valid_from=today, reason="Costs rose")  # fmt: skip

    return publish


def prices(at) -> str:
    return " ".join(frame.value.to_string() for frame in at.dataframe)


def test_newer_prices_are_shown_moved_to_with_one_click_and_taken_back(manager, quote_id, raised):
    assert "Version 2" not in said(opened("quote", manager, id=quote_id))
    raised()
    at = opened("quote", manager, id=quote_id)
    assert not at.exception
    assert "Version 2 of this price book holds since" in said(at)
    assert "+1,080.00" in prices(at)

    at.button(key="rebook-USD-go").click().run()
    assert not at.exception and not at.error
    assert queries.quote(manager, quote_id).saved.priced.net_minor == 646_920
    assert "Version 2 of this price book" not in said(at)

    at.button(key="undo").click().run()
    assert not at.exception and not at.error
    assert queries.quote(manager, quote_id).saved.priced.net_minor == 538_920


@pytest.mark.acceptance("C12")
def test_the_page_of_a_sent_quote_shows_the_prices_it_was_sent_with(manager, quote_id, raised):
    commands.submit_quote(manager, quote_id, queries.quote(manager, quote_id).version)
    issuing.issue_quote(manager, quote_id, queries.quote(manager, quote_id).version)

    raised()

    at = opened("quote", manager, id=quote_id)
    assert not at.exception
    assert "5,389.20" in said(at) and "6,469.20" not in said(at) + prices(at)
    assert "Version 2" not in said(at)


def test_a_draft_is_priced_in_another_currency_by_the_page(manager, quote_id):
    at = opened("quote", manager, id=quote_id)
    at.selectbox(key=f"q{quote_id}e0-currency").select("EUR").run()
    assert "5,065.20" in prices(at)  # 469 a month in euros, less 10%

    at.button(key="rebook-EUR-go").click().run()

    assert not at.exception and not at.error
    assert queries.quote(manager, quote_id).basis.currency == "EUR"


def test_what_is_typed_in_one_currency_goes_only_when_somebody_agrees(manager, quote_id):
    at = opened("quote", manager, id=quote_id)
    at.number_input(key=f"q{quote_id}e0-coupon").set_value(50.0).run()
    at.selectbox(key=f"q{quote_id}e0-currency").select("CNY").run()
    assert "would be cleared: coupon" in said(at)
    assert at.button(key="rebook-CNY-go").disabled

    at.checkbox(key=f"q{quote_id}e0-rebook-CNY-drop").check().run()
    at.button(key="rebook-CNY-go").click().run()

    assert not at.exception and not at.error
    assert queries.quote(manager, quote_id).form.more.choices.coupon_minor == 0
