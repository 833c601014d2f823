"""A price book leaves as a table, comes back changed, and becomes the next version."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib import sheet
from lib.errors import Conflict, Invalid
from lib.pricing import books, publishing
from lib.pricing.commands import shipped_books
from lib.pricing.comparing import compare
from lib.pricing.exchange import COLUMNS, merged, read_rows, rows_of
from lib.pricing.upload import read_upload
from lib.quotes import commands as quotes
from lib.quotes.queries import quote_list
from tests import make

SHIPPED = {(book.code, book.currency): book for book in shipped_books()}
WHY = {"reason": "Costs rose"}


def newest(viewer, code: str = "saas", currency: str = "USD") -> int:
    every = books.book_versions(viewer)
    return int(every[(every.code == code) & (every.currency == currency)].id.iloc[0])


def frame_of(rows):
    import pandas as pd

    return pd.DataFrame(rows, columns=list(COLUMNS))


@pytest.mark.parametrize("key", SHIPPED, ids="-".join)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_book_that_leaves_as_a_file_comes_back_the_same(key, form):
    book = SHIPPED[key]
    rows = rows_of(book.items, book.bundles)

    back, faults, unread = read_upload(sheet.FORMATS[form](frame_of(rows)), f"book.{form}")
    found = read_rows(back, book.items, book.bundles)

    assert not faults and not unread and not found.faults
    assert merged(book.items, book.bundles, found, drop_absent=True) == (book.items, book.bundles)


prices = st.decimals(0, 10**6, places=4)
names = st.text(st.characters(codec="utf-8", exclude_categories=("C",)), min_size=1, max_size=40).filter(
    lambda text: text == text.strip()
)


@settings(max_examples=40, deadline=None)
@given(price=prices, cost=prices, name=names, codes=st.sets(st.sampled_from(["basic", "api", "onboarding"])))
def test_any_price_and_name_survives_the_way_out_and_back(price, cost, name, codes):
    book = SHIPPED["saas", "USD"]
    rows = [row | {"list_price": format(price, "f"), "unit_cost": format(cost, "f"), "name_en": name}
            if row["code"] in codes else row for row in rows_of(book.items)]  # fmt: skip
    changed = merged(book.items, (), read_rows(list(enumerate(rows)), book.items))[0]

    back, faults, _ = read_upload(sheet.csv_bytes(frame_of(rows_of(changed))), "book.csv")

    assert not faults
    assert merged(changed, (), read_rows(back, changed))[0] == changed
    assert {item.code for item in changed if item.name_en == name} >= codes


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"code": "", "name_en": "x"}, "book_code", "code"),
        ({"code": "basic", "list_price": "1,5"}, "book_number", "list_price"),
        ({"code": "basic", "list_price": "=1+1"}, "book_number", "list_price"),
        ({"code": "basic", "list_price": "-1"}, "book_price_negative", None),
        ({"code": "basic", "unit": "fortnight"}, "book_unit_unknown", None),
        ({"code": "basic", "recurring": "perhaps"}, "book_flag", "recurring"),
        ({"code": "basic", "quota": "many"}, "book_pairs", "quota"),
        ({"code": "seats", "tiers": "12"}, "book_steps", "tiers"),
        ({"code": "seats", "tiers": "5: 12"}, "book_tiers_not_rising", None),
        ({"code": "new", "name_en": "New"}, "book_name", "name_zh"),
        ({"code": "both", "kind": "bundle", "name_en": "B", "name_zh": "B", "parts": "basic: 1; none: 1",
          "saving": "0.1"}, "book_item_unknown", None),
    ],
)  # fmt: skip
def test_a_faulty_row_says_what_is_wrong_and_where(cells, code, column):
    book = SHIPPED["saas", "USD"]

    found = read_rows([(7, cells)], book.items)

    assert [(fault.line, fault.code, fault.column) for fault in found.faults] == [(7, code, column)]
    assert merged(book.items, (), found)[0] == book.items


def test_a_code_that_stands_twice_counts_once():
    found = read_rows([(2, {"code": "api", "list_price": "1"}), (3, {"code": "api", "list_price": "2"})],
                      SHIPPED["saas", "USD"].items)  # fmt: skip

    assert [fault.code for fault in found.faults] == ["book_twice"]
    assert found.items["api"].list_price == 1


def test_the_difference_names_what_came_what_went_and_how_far_a_price_moved():
    book = SHIPPED["saas", "USD"]
    rows = [row for row in rows_of(book.items) if row["code"] != "support"]
    rows[0] = rows[0] | {"list_price": "219"}
    rows.append(rows[0] | {"code": "extra"})

    changes = {(one.code, one.what, one.field): one for one in compare(rows_of(book.items), rows)}

    assert set(changes) == {("basic", "changed", "list_price"), ("extra", "added", "list_price"),
                            ("support", "removed", "list_price")}  # fmt: skip
    assert round(changes["basic", "changed", "list_price"].share, 4) == Decimal("0.1005")


@pytest.mark.acceptance("C12")
def test_a_published_change_makes_a_version_and_an_issued_quote_keeps_its_prices(
    database, admin, seller, today
):
    account = make.account(sales=seller.person_id)
    quote = quotes.create_quote(seller, account)
    lines = [{"item_code": "basic", "quantity": "1", "discount": "0"}]
    values = {"title": "One", "language": "en", "starts_on": today, "term_months": 12, "prepaid": False,
              "discount": "0", "justification": "", "valid_until": today + timedelta(days=20),
              "discovery": {}}  # fmt: skip
    quotes.save_draft(seller, quote, 1, values=values, lines=lines)
    before = quote_list(seller).set_index("id").net_minor[quote]
    old = newest(admin)

    made = publishing.publish_version(
        admin, old, rows=[(1, {"code": "basic", "list_price": "299"})], valid_from=today, **WHY
    )

    assert newest(seller) == made != old
    assert books.contents(seller, made).by_code["basic"].list_price == 299
    assert books.contents(seller, old).by_code["basic"].list_price == 199
    assert quote_list(seller).set_index("id").net_minor[quote] == before
    assert [(c.code, c.old, c.new) for c in books.book_changes(seller, old, made)] == [
        ("basic", "199", "299")
    ]


def test_a_version_published_over_a_newer_one_is_refused(database, admin, today):
    old, rows = newest(admin), [(1, {"code": "basic", "list_price": "299"})]
    publishing.publish_version(admin, old, rows=rows, valid_from=today, **WHY)

    with pytest.raises(Conflict):
        publishing.publish_version(admin, old, rows=rows, valid_from=today, **WHY)


def test_publishing_refuses_no_change_no_reason_the_past_and_faulty_rows(database, admin, today):
    book, good = newest(admin), (1, {"code": "basic", "list_price": "299"})
    for rows, more, code in (
        ([(1, {"code": "basic", "list_price": "199"})], {}, "book_same"),
        ([good], {"reason": " "}, "book_needs_reason"),
        ([good], {"valid_from": today - timedelta(days=1)}, "book_starts_in_past"),
        ([good, (2, {"code": "api", "list_price": "?"})], {}, "book_rows_faulty"),
    ):
        with pytest.raises(Invalid) as refusal:
            publishing.publish_version(admin, book, rows=rows, **{"valid_from": today, **WHY, **more})
        assert refusal.value.code == code


def test_good_rows_may_be_taken_without_the_faulty_ones(database, admin, today):
    rows = [(1, {"code": "basic", "list_price": "299"}), (2, {"code": "api", "list_price": "?"})]
    book = newest(admin)

    made = publishing.publish_version(admin, book, rows=rows, valid_from=today, skip_faulty=True, **WHY)

    prices = {code: item.list_price for code, item in books.contents(admin, made).by_code.items()}
    assert (prices["basic"], prices["api"]) == (299, 149)


def test_a_version_that_lies_ahead_can_be_withdrawn_and_one_that_holds_cannot(database, admin, today):
    first = newest(admin)
    rows = [(1, {"code": "basic", "list_price": "299"})]
    ahead = publishing.publish_version(admin, first, rows=rows, valid_from=today + timedelta(days=30), **WHY)

    publishing.withdraw_version(admin, ahead)

    assert newest(admin) == first
    with pytest.raises(Conflict):
        publishing.withdraw_version(admin, first)
