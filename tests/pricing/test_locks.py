"""A price lock: while it runs a rise of the book does not reach the account, and publishing says whom."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from lib.pricing import books, publishing
from lib.pricing.locks import lock_of, raised, running
from lib.pricing.tiers import Tier
from lib.quotes import commands as quotes
from lib.quotes import queries as quoted
from tests import make
from tests.pricing.made import SEATS, USAGE, D, ask, item, priced, told
from tests.pricing.test_publishing import newest

OLD, NEW = item(price="100"), item(price="120")


def row(**over: object) -> SimpleNamespace:
    values = {"account_id": 1, "quote": "Q-1", "book_id": 5, "book_number": 1, "starts_on": date(2026, 1, 1),
              "term_months": 12, "ends_on": None, "price_lock_until": None}  # fmt: skip
    return SimpleNamespace(**values | over)


@pytest.mark.parametrize(
    ("over", "until"),
    [
        ({}, date(2026, 12, 31)), ({"ends_on": date(2026, 11, 3)}, date(2026, 11, 3)),
        ({"price_lock_until": date(2028, 6, 30)}, date(2028, 6, 30)),
    ],
)  # fmt: skip
def test_a_lock_ends_on_the_day_it_names_or_with_the_term(over, until) -> None:
    locked = row(**over)

    assert lock_of(locked).until == until
    assert [len(running([locked], day)) for day in (until, until + timedelta(days=1))] == [1, 0]
    assert [len(running([locked], until, before=number)) for number in (1, 2)] == [0, 1]


def test_only_items_that_rose_keep_their_earlier_price() -> None:
    steps = replace(SEATS, tiers=(SEATS.tiers[0], Tier(D(50), D("11.50"))))
    share = item("escort", "share", "0.15")
    old = {"plan": OLD, "seats": SEATS, "use": USAGE, "escort": share, "gone": OLD}
    new = {"plan": NEW, "seats": steps, "use": USAGE, "escort": replace(share, list_price=D("0.2"))}

    assert set(raised(old, new)) == {"plan", "seats"}
    assert raised(new, old) == {}


def test_a_locked_line_starts_from_its_earlier_price_and_is_no_discount() -> None:
    found = priced(ask(NEW, locked=OLD), months=12, discount=D("0.1"))

    assert told(found)[:3] == [("list", D(1440)), ("price-lock", D(1200)), ("term-12", D(1080))]
    assert (found.list_minor, found.net_minor, found.effective_discount) == (120_000, 97_200, D("0.19"))


def test_volume_steps_of_a_locked_item_are_its_earlier_ones() -> None:
    dearer = replace(SEATS, list_price=D(15), tiers=(Tier(D(1), D(15)), Tier(D(50), D(14))))
    found = priced(ask(dearer, "50", locked=SEATS))

    assert told(found)[1:3] == [("price-lock", D(600)), ("volume-50", D(540))]
    metered = replace(USAGE, tiers=(Tier(D(1), D(0)), Tier(D(1001), D("0.02"))))
    assert priced(ask(metered, "1500", locked=USAGE)).net_minor == 500


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
