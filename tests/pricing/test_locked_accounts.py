"""While a lock runs a rise of the book does not reach the account, and publishing says whose it is."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from lib.pricing import books, publishing
from lib.quotes import commands as quotes
from lib.quotes import queries as quoted
from tests import make
from tests.pricing.test_publishing import newest


@pytest.fixture
def risen(database, admin, manager, today):
    """Two accounts, one with a lock until the end of 2028, and a basic plan that rose from 199 to 299."""
    held, free = (make.account(owner=manager.person_id) for _ in range(2))
    old = newest(admin)
    make.quote(held, manager.person_id, "accepted", book_id=old, term_months=12, accepted_at=make.NOW,
               price_lock_until=date(2028, 12, 31))  # fmt: skip
    rows = [(1, {"code": "basic", "list_price": "299"}), (2, {"code": "api", "list_price": "99"})]
    book = publishing.publish_version(admin, old, rows=rows, valid_from=today, reason="Costs rose")
    return SimpleNamespace(held=held, free=free, book=book)


def nets(viewer, account: int, book: int, starts_on: date) -> list[int]:
    quote = quotes.create_quote(viewer, account, book_id=book)
    lines = [make.quote_line("basic"), make.quote_line("api")]
    quotes.save_draft(viewer, quote, 1, values=make.quote_form(starts_on=starts_on, term_months=1),
                      lines=lines)  # fmt: skip
    return [line.net_minor for line in quoted.quote(viewer, quote).saved.priced.lines]


@pytest.mark.acceptance("C14")
def test_a_renewal_of_a_locked_account_keeps_its_prices_until_the_day_and_takes_what_fell(risen, manager):
    """199 stays though the book says 299; what became cheaper is cheaper for everybody."""
    last = date(2028, 12, 31)

    assert nets(manager, risen.held, risen.book, last) == [19_900, 9_900]
    assert nets(manager, risen.held, risen.book, last + timedelta(days=1)) == [29_900, 9_900]
    assert nets(manager, risen.free, risen.book, last) == [29_900, 9_900]


def test_publishing_names_the_accounts_a_rise_does_not_reach(risen, admin, manager, other_manager):
    shown = books.locked_accounts(manager, "saas", "USD")

    assert books.effect(admin, "saas", "USD").locked == 1
    assert (shown.account_id.tolist(), shown.until.tolist()) == ([risen.held], [date(2028, 12, 31)])
    assert shown.number.tolist() == [1]
    assert books.locked_accounts(manager, "saas", "CNY").empty
    assert books.locked_accounts(other_manager, "saas", "USD").empty
