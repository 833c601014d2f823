"""Templates by industry: priced from the chosen book, and what the book lacks is named."""

from dataclasses import replace

import pytest

from lib.pricing import queries as books
from lib.pricing.price_book import UNITS
from lib.quotes import commands, queries, templates
from tests import make

INDUSTRIES = ("manufacturing", "internet", "retail", "logistics")


def begun(manager, book_code: str) -> int:
    rows = books.current_books(manager)
    book = rows[(rows.code == book_code) & (rows.currency == "USD")].id.iloc[0]
    account = make.account(owner=manager.person_id, country="CN", currency="USD")
    return commands.create_quote(manager, account, book_id=int(book))


@pytest.mark.parametrize("book_code", ["saas", "tools"])
@pytest.mark.parametrize("industry", INDUSTRIES)
def test_every_template_is_priced_from_either_book_without_a_gap(embedded, manager, industry, book_code):
    made = begun(manager, book_code)
    basis = queries.quote(manager, made).basis
    chosen = templates.shipped()[industry]

    commands.save_draft(manager, made, 1, lines=chosen.rows(basis),
                        values=make.quote_form(template_code=industry))  # fmt: skip

    assert not chosen.unknown(basis)
    found = queries.quote(manager, made)
    assert len(found.form.lines) == len(chosen.lines[book_code])
    assert found.saved.priced.net_minor > 0
    assert found.form.more.template_code == industry


def test_manufacturing_reaches_the_volume_price_and_internet_a_graduated_one(embedded, manager):
    basis = queries.quote(manager, begun(manager, "saas")).basis
    modes = {
        line["item_code"]: (UNITS[basis.items[line["item_code"]].unit].tiers, line["quantity"])
        for code in ("manufacturing", "internet") for line in templates.shipped()[code].rows(basis)
    }  # fmt: skip

    assert modes["seats"] == ("volume", 200)  # the last step of the price book begins there
    assert modes["transactions"][0] == "graduated"


def test_what_the_book_does_not_have_is_left_out_and_named(embedded, manager):
    basis = queries.quote(manager, begun(manager, "saas")).basis
    poorer = replace(basis, items={code: i for code, i in basis.items.items() if code != "api"})

    chosen = templates.shipped()["internet"]

    assert chosen.unknown(poorer) == ["api"]
    assert "api" not in [row["item_code"] for row in chosen.rows(poorer)]


@pytest.mark.parametrize(
    ("said", "code"), [("logistics", "logistics"), ("物流", "logistics"), ("Mining", None), (None, None)]
)
def test_the_industry_of_a_quote_points_at_its_template(said, code):
    assert templates.fitting(said) == code
