"""Prices agreed with an account: who may, for which days, and what a quote makes of them."""

from datetime import timedelta

import pytest

from lib.errors import Invalid, NotAllowed, NotFound
from lib.pricing import contracted
from lib.quotes import commands as quotes
from lib.quotes.queries import quote_list
from tests import make

ASKED = {"book_code": "saas", "currency": "USD", "item_code": "basic", "price": "150", "reason": "Five years",
         "reference": "Contract 7"}  # fmt: skip


def priced(viewer, account: int, today, currency: str = "USD") -> int:
    """What a year of the basic plan comes to for the account."""
    quote = quotes.create_quote(viewer, account)
    values = {"title": "One", "language": "en", "starts_on": today, "term_months": 1, "prepaid": False,
              "discount": "0", "justification": "", "valid_until": today + timedelta(days=20),
              "discovery": {}}  # fmt: skip
    quotes.save_draft(viewer, quote, 1, values=values,
                      lines=[{"item_code": "basic", "quantity": "1", "discount": "0"}])  # fmt: skip
    found = quote_list(viewer).set_index("id").loc[quote]
    assert found.currency == currency
    return int(found.net_minor)


def test_an_agreed_price_takes_the_place_of_the_list_price_while_it_holds(database, leader, seller, today):
    account = make.account(sales=seller.person_id)
    assert priced(seller, account, today) == 19_900

    agreed = contracted.agree_price(leader, account, **ASKED, valid_from=today)
    assert priced(seller, account, today) == 15_000

    contracted.end_price(leader, agreed, 1, last_day=today - timedelta(days=1))
    assert priced(seller, account, today) == 19_900
    assert contracted.contracted_prices(seller, account_id=account).empty


@pytest.mark.parametrize(("currency", "net"), [("EUR", 18_900), ("GBP", 16_500), ("JPY", 29_800)])
def test_every_currency_has_prices_of_its_own(database, seller, today, currency, net):
    account = make.account(sales=seller.person_id, currency=currency)

    assert priced(seller, account, today, currency) == net


def test_two_agreed_prices_never_cover_the_same_day(database, leader, today):
    account = make.account()
    last = today + timedelta(days=30)
    contracted.agree_price(leader, account, **ASKED, valid_from=today, valid_until=last)

    with pytest.raises(Invalid):
        contracted.agree_price(leader, account, **ASKED, valid_from=last)
    assert contracted.agree_price(leader, account, **ASKED, valid_from=last + timedelta(days=1))


def test_agreeing_needs_evidence_an_item_and_the_permission(database, leader, manager, today):
    account = make.account(owner=manager.person_id)
    for change in ({"reference": " "}, {"reason": ""}, {"price": "-1"}, {"price": "1.1234567"},
                   {"item_code": "gold_escort"}, {"valid_until": today - timedelta(days=1)}):  # fmt: skip
        with pytest.raises(Invalid):
            contracted.agree_price(leader, account, **{**ASKED, "valid_from": today, **change})
    with pytest.raises(NotFound):
        contracted.agree_price(leader, account, **{**ASKED, "book_code": "none"}, valid_from=today)
    with pytest.raises(NotAllowed):
        contracted.agree_price(manager, account, **ASKED, valid_from=today)
