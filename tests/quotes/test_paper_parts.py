"""What a paper says beside its plain lines: tax by rate, gifts, options, give and get, substitutes."""

import io
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from lib.errors import Conflict, Invalid
from lib.quotes import commands, document, issuing, queries, requests, surroundings, versions
from lib.quotes.chinese_amount import yuan_in_words
from lib.quotes.workbook import workbook
from tests import make
from tests.quotes.test_document import CUSTOMER, bare, pages, paper_of


def text_of(snapshot: dict[str, Any]) -> str:
    return " ".join("".join(pages(document.render(snapshot))).split())


def gift(code: str = "api") -> dict[str, Any]:
    return make.quote_line(code) | {"gift": True}


def test_each_tax_rate_stands_in_a_row_of_its_own_with_what_it_is_charged_on():
    frozen = paper_of("en", "CNY")
    half = frozen["net_minor"] // 2
    parts = [(0.06, half, 600), (0.13, frozen["net_minor"] - half, 1300)]
    frozen["tax"] = {"mode": "added", "parts": [
        {"category": "c", "rate": str(rate), "base_minor": base, "tax_minor": tax}
        for rate, base, tax in parts
    ]}  # fmt: skip

    text = text_of(frozen)

    assert "Tax at 6% on" in text and "Tax at 13% on" in text
    assert "6.00" in text and "13.00" in text


def test_prices_without_a_known_rate_say_that_they_exclude_tax():
    assert "Prices exclude tax" in text_of(paper_of("en", "USD"))
    assert "以上价格不含税" in bare(text_of(paper_of("zh-CN", "USD")))


def test_a_gift_is_shown_at_list_value_and_charged_at_nothing():
    frozen = paper_of("en", "USD", lines=[make.quote_line("enterprise"), gift()])

    text = text_of(frozen)

    assert frozen["lines"][1]["net_minor"] == 0 < frozen["priced"]["gift_minor"]
    assert "Gift 0.00" in text and "Gifts −" in text
    assert "a gift, shown at list value" in text.lower()


def test_give_and_get_stand_beside_each_other_and_a_missing_return_is_an_empty_cell():
    frozen = paper_of("bilingual", "CNY")
    frozen["concessions"] = [
        {"en": "45 days to pay", "zh-CN": "账期 45 天", "worth_minor": 284_000,
         "gives": {"en": "Two reference calls", "zh-CN": "两次参考通话"}, "by": "2027-06-30"},
        {"en": "Price lock", "zh-CN": "锁定价格", "worth_minor": None},
    ]  # fmt: skip

    text = text_of(frozen)

    assert "What we concede and what you give" in text and "让步与对价" in bare(text)
    assert "2,840.00" in text and "Two reference calls" in text and "30 Jun 2027" in text
    layout = document.Paper(frozen).layout()
    assert layout["gives"][1][2:] == [[""], [""]]


def test_options_of_one_set_stand_on_one_paper(database, manager, draft, seen):
    made = [
        draft(title=f"Option {n}", scenario_set="set-1", term_months=months, language="en")
        for n, months in enumerate((12, 24, 36, 12), 1)
    ]

    frozen = versions.snapshot_of(manager, made[0])

    assert len(frozen["options"]) == 3 and sum(row["here"] for row in frozen["options"]) == 1
    assert all(f"Option {n}" in text_of(frozen) for n in (1, 2))
    commands.submit_quote(manager, made[0], seen(manager, made[0]))
    issuing.issue_quote(manager, made[0], seen(manager, made[0]))
    assert versions.snapshot_of(manager, made[0])["options"] == [], "no offer rides on another one's approval"


def test_words_and_figure_come_from_one_value_and_stand_on_the_paper():
    frozen = paper_of("zh-CN", "CNY")
    text = bare(text_of(frozen))

    assert text.count(yuan_in_words(frozen["total_minor"])) == 2
    assert "人民币" not in bare(text_of(paper_of("zh-CN", "USD")))


def test_the_last_day_ends_where_the_customer_is(database, manager, draft, account_id, seen):
    make.change(make.m.Account, account_id, zone="America/Los_Angeles")
    quote_id = draft(language="en")
    commands.submit_quote(manager, quote_id, seen(manager, quote_id))
    issuing.issue_quote(manager, quote_id, seen(manager, quote_id))

    text = text_of(versions.snapshot_of(manager, quote_id))

    assert "to the end of 4 Dec 2026 (America/Los_Angeles, UTC−8)" in text


@pytest.fixture
def unprintable(manager, account_id, draft, seen) -> int:
    make.change(make.m.Account, account_id, legal_name="Shop 🛒 𠮷野", name_zh=None)
    quote_id = draft()
    commands.submit_quote(manager, quote_id, seen(manager, quote_id))
    return quote_id


def test_a_character_no_font_has_is_named_before_release_and_replaced_by_hand(
    database, manager, unprintable, seen
):
    checks = {c.code: c.values for c in surroundings.surroundings(manager, unprintable).checks}
    assert set(checks["characters"]["characters"]) == {"🛒", "𠮷"}
    with pytest.raises(Invalid):
        issuing.issue_quote(manager, unprintable, seen(manager, unprintable))
    assert queries.quote(manager, unprintable).number is None

    requests.replace_characters(manager, unprintable, 0, code_128722="(cart)", code_134071="")
    left = {c.code: c.values for c in surroundings.surroundings(manager, unprintable).checks}
    assert left["characters"]["characters"] == "𠮷", "what nobody replaced is not dropped"
    requests.replace_characters(manager, unprintable, 1, code_134071="吉")
    issuing.issue_quote(manager, unprintable, seen(manager, unprintable))

    frozen = versions.snapshot_of(manager, unprintable)
    assert frozen["substitutes"] == {"🛒": "(cart)", "𠮷": "吉"}
    assert "Shop (cart) 吉野" in "".join(pages(queries.paper(manager, unprintable)))
    with pytest.raises(Conflict):
        requests.replace_characters(manager, unprintable, 2, code_134071="古")


def test_a_replacement_must_be_printable_itself(database, manager, unprintable):
    with pytest.raises(Invalid):
        requests.replace_characters(manager, unprintable, 0, code_128722="🚀")


@pytest.mark.parametrize(("language", "currency"), [("en", "USD"), ("bilingual", "CNY"), ("en", "CNY")])
def test_the_workbook_says_what_the_paper_says(language, currency):
    frozen = paper_of(language, currency)

    first = workbook(frozen)
    book = openpyxl.load_workbook(io.BytesIO(first))

    cells = {str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None}
    lines = list(book.worksheets[1].iter_rows(min_row=2, values_only=True))
    assert sum(round(row[-1] * 100) for row in lines) == frozen["net_minor"]
    assert sum(round(row[-1] * 100) for row in book.worksheets[2].iter_rows(min_row=2, values_only=True)) == (
        2 * frozen["total_minor"]
    )
    assert frozen["number"] in cells and any("Shenzhen Lumora Home" in cell for cell in cells)
    assert workbook(frozen) == first, "the same revision gives the same bytes"


def test_a_hostile_name_is_no_formula_in_the_workbook():
    customer = CUSTOMER | {"names": {"en": "=HYPERLINK(1)", "zh-CN": "=1+1"}}

    book = openpyxl.load_workbook(io.BytesIO(workbook(paper_of("en", "USD", customer=customer))))

    assert not [c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]


def test_a_yen_amount_has_no_decimals():
    frozen = paper_of("en", "USD")
    frozen["currency"] = "JPY"

    reader = PdfReader(io.BytesIO(document.render(frozen)))

    assert f"{frozen['net_minor']:,}" in "".join(page.extract_text() for page in reader.pages)


def test_a_yen_price_per_unit_has_none_either_and_a_cents_price_keeps_its_own():
    yen = "".join(pages(document.render(paper_of("en", "JPY"))))
    dollars = "".join(pages(document.render(paper_of("en", "USD"))))

    assert "224,800" in yen and "224,800.00" not in yen
    assert "1,499.00" in dollars
