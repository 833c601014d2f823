"""A draft moves to a newer version or another currency of its price book, and an issued quote does not."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from lib.errors import Conflict, Invalid, NotFound
from lib.pricing import books, publishing
from lib.quotes import builder, commands, issuing, moving, queries
from lib.store.database import reading
from lib.store.models import AuditEntry, PriceBook, QuoteConcession, QuoteVersion
from tests import make

LINES = [make.quote_line("professional"), make.quote_line("seats", 20)]


def book(currency: str = "USD", code: str = "saas") -> int:
    with reading() as connection:
        held = select(PriceBook.id).where(PriceBook.code == code, PriceBook.currency == currency)
        return connection.execute(held.order_by(PriceBook.number.desc())).scalar()


def publish(admin, today, *, drop: str | None = None, currency: str = "USD", **prices: str) -> int:
    """The next version of the SaaS book: other list prices, or without one item."""
    rows = [(n, {"code": code, "list_price": price}) for n, (code, price) in enumerate(prices.items(), 1)]
    if drop is not None:
        held = books.contents(admin, book(currency))
        rows = [(n, row) for n, row in enumerate(held.rows, 1) if row["code"] != drop]
    return publishing.publish_version(admin, book(currency), rows=rows, valid_from=today, reason="Costs rose",
                                      drop_absent=drop is not None)  # fmt: skip


def version_row(quote_id: int):
    with reading() as connection:
        wanted = select(*QuoteVersion.__table__.columns).where(QuoteVersion.quote_id == quote_id)
        return connection.execute(wanted).one()


def test_a_draft_says_what_a_newer_version_changes_by_line_and_in_total(admin, manager, draft, today):
    quote_id = draft(lines=LINES)
    assert "USD" not in moving.books_to_move(manager, quote_id)
    newer = publish(admin, today, professional="599")

    assert moving.books_to_move(manager, quote_id)["USD"] == newer
    target = moving.try_book(manager, quote_id, newer)

    assert target.number == 2 and not target.moved.loses
    changed, same = target.lines
    assert (changed[0], changed[2], changed[3]) == ("professional", 538_920, 646_920)
    assert same[2] == same[3]
    assert target.change == 646_920 - 538_920
    assert version_row(quote_id).net_minor == target.old.net_minor  # looking writes nothing


def test_a_version_that_does_not_hold_yet_is_not_offered(admin, manager, draft, today):
    quote_id = draft(lines=LINES)
    later = publish(admin, today + timedelta(days=30), professional="599")

    assert "USD" not in moving.books_to_move(manager, quote_id)
    with pytest.raises(NotFound):
        moving.try_book(manager, quote_id, later)


def test_moving_takes_the_new_prices_and_going_back_brings_the_old_ones(
    database, admin, manager, draft, seen, today
):
    quote_id, old = draft(lines=LINES), book()
    before = queries.quote(manager, quote_id)
    newer = publish(admin, today, professional="599")

    made = moving.move_book(manager, quote_id, before.version, book_id=newer)

    after = queries.quote(manager, quote_id)
    assert (after.version, after.basis.book_number) == (made, 2)
    assert after.saved.priced.net_minor - before.saved.priced.net_minor == 108_000
    with reading() as connection:
        entries = connection.execute(select(AuditEntry.command, AuditEntry.old, AuditEntry.new)).all()
    told = next(row for row in entries if row.command == "quotes.move_book")
    assert (told.old["book"], told.new["book"]) == ("saas/USD/1", "saas/USD/2")

    moving.move_book(manager, quote_id, made, book_id=old, values=builder.stored_values(before.form),
                     lines=[builder.stored_line(line) for line in before.form.lines])  # fmt: skip

    again = queries.quote(manager, quote_id)
    assert (again.form, again.saved.priced.net_minor) == (before.form, before.saved.priced.net_minor)


def test_an_approval_does_not_travel_to_other_prices(manager, draft, seen):
    quote_id = draft(lines=LINES)
    commands.submit_quote(manager, quote_id, seen(manager, quote_id))
    assert version_row(quote_id).status == "approved"
    was = version_row(quote_id).content_hash

    moving.move_book(manager, quote_id, seen(manager, quote_id), book_id=book("EUR"))

    now = version_row(quote_id)
    assert (now.status, now.currency) == ("draft", "EUR")
    assert now.content_hash != was


def test_another_currency_brings_its_own_prices_and_converts_nothing(manager, draft, seen):
    quote_id = draft(lines=LINES, term_months=1)

    moving.move_book(manager, quote_id, seen(manager, quote_id), book_id=book("JPY"))

    found = queries.quote(manager, quote_id)
    listed = found.basis.items["professional"].list_price
    assert found.basis.currency == found.saved.priced.currency == "JPY"
    assert found.lines.net_minor.iloc[0] == int(listed)  # yen have no cents


def test_what_has_no_price_there_is_named_and_leaves_only_by_choice(admin, manager, draft, seen, today):
    quote_id = draft(lines=[*LINES, make.quote_line("api") | {"price": "100"}])
    publish(admin, today, drop="seats", currency="EUR")
    euro = book("EUR")

    target = moving.try_book(manager, quote_id, euro)
    assert target.moved.absent == ("seats",) and target.moved.typed == ("line_price",)
    assert [line[3] is None for line in target.lines] == [False, True, False]
    with pytest.raises(Invalid) as refusal:
        moving.move_book(manager, quote_id, seen(manager, quote_id), book_id=euro)
    assert refusal.value.code == "quote_move_loses" and "seats" in refusal.value.values["items"]
    assert version_row(quote_id).currency == "USD"

    moving.move_book(manager, quote_id, seen(manager, quote_id), book_id=euro, drop=True)

    lines = queries.quote(manager, quote_id).form.lines
    assert [line.item_code for line in lines] == ["professional", "api"]
    assert lines[1].more.price is None


def test_amounts_of_the_whole_quote_in_the_old_currency_are_named_too(manager, draft):
    quote_id = draft(
        lines=LINES, choices={"coupon_minor": 500, "cashback_minor": 700},
        payment_terms={"credit_limit_minor": 100, "instalments": 4},
    )  # fmt: skip

    found = moving.try_book(manager, quote_id, book("GBP")).moved

    assert found.typed == ("coupon", "cashback", "credit_limit")
    assert found.form.more.payment_terms == {"instalments": 4}
    assert found.form.more.choices.coupon_minor == 0


def test_a_bundle_that_is_no_longer_sold_alike_leaves_its_parts_alone(admin, manager, draft, today):
    held = books.contents(admin, book())
    bundle = held.bundles[0]
    lines = [make.quote_line(code, count) | {"bundle_code": bundle.code} for code, count in bundle.parts]
    quote_id = draft(lines=lines)
    rows = [(n, row) for n, row in enumerate(held.rows, 1) if row["code"] != bundle.code]
    newer = publishing.publish_version(admin, book(), rows=rows, valid_from=today, reason="Sold apart",
                                       drop_absent=True)  # fmt: skip

    target = moving.try_book(manager, quote_id, newer)

    assert target.moved.bundles == (bundle.code,)
    assert all(line.more.bundle_code is None for line in target.moved.form.lines)
    assert len(target.moved.form.lines) == len(lines)


def test_concessions_worth_an_amount_in_the_old_currency_stand_in_the_way(
    manager, draft, seen, account_id, now
):
    quote_id = draft(lines=LINES)
    make.insert(QuoteConcession(
        account_id=account_id, quote_id=quote_id, code="co_marketing", currency="USD", list_minor=100,
        owner_id=manager.person_id, created_by=manager.person_id, created_at=now,
    ))  # fmt: skip

    with pytest.raises(Invalid) as refusal:
        moving.move_book(manager, quote_id, seen(manager, quote_id), book_id=book("EUR"))
    assert refusal.value.code == "quote_move_concessions"


def test_another_book_is_no_other_version_of_this_one(manager, draft, seen):
    quote_id = draft(lines=LINES)
    for elsewhere in (book(code="seller-tools"), 10**9, None):
        with pytest.raises(NotFound):
            moving.move_book(manager, quote_id, seen(manager, quote_id), book_id=elsewhere)


@pytest.mark.acceptance("C12")
def test_a_quote_that_is_out_keeps_its_prices_and_offers_no_move(admin, manager, draft, seen, today):
    """A quote above the free discount, approved by somebody else and sent, before new prices come."""
    quote_id = draft(lines=LINES)
    commands.submit_quote(manager, quote_id, seen(manager, quote_id))
    issuing.issue_quote(manager, quote_id, seen(manager, quote_id))
    frozen, shown = version_row(quote_id), queries.quote(manager, quote_id)

    newer = publish(admin, today, professional="599", seats="99")

    kept, now = version_row(quote_id), queries.quote(manager, quote_id)
    assert (kept.snapshot, kept.pdf, kept.content_hash) == (frozen.snapshot, frozen.pdf, frozen.content_hash)
    assert kept.snapshot["lines"][0]["net_minor"] == 538_920
    assert now.saved.priced.net_minor == shown.saved.priced.net_minor == frozen.net_minor
    assert now.basis.items["professional"].list_price == Decimal(499)
    assert moving.books_to_move(manager, quote_id) == {}
    with pytest.raises(Conflict) as refusal:
        moving.move_book(manager, quote_id, seen(manager, quote_id), book_id=newer)
    assert refusal.value.code == "quote_frozen"
