"""The quote pages as a person sees them: list, builder, steps."""

from decimal import Decimal

import pytest

from lib.quotes import builder, commands, issuing, queries
from tests import make
from tests.screen import opened, words


@pytest.fixture
def account_id(embedded, manager) -> int:
    return make.account(owner=manager.person_id, name="Lumora *Home*")


@pytest.fixture
def quote_id(manager, account_id) -> int:
    made = commands.create_quote(manager, account_id)
    commands.save_draft(manager, made, 1, values=make.quote_form(), lines=[make.quote_line()])
    return made


@pytest.mark.parametrize("page", ["quotes", "quote"])
def test_nobody_gets_in_without_a_viewer(embedded, page):
    at = opened(page, None)

    assert len(at.error) == 1
    assert not at.title


def test_the_list_shows_the_viewers_quotes(manager, other_manager, quote_id):
    mine, theirs = opened("quotes", manager), opened("quotes", other_manager)

    assert not mine.exception
    assert mine.dataframe[0].value.shape[0] == 1
    assert not theirs.dataframe
    assert "No quotes yet" in words(theirs)


def test_a_quote_is_made_from_the_list(manager, account_id):
    at = opened("quotes", manager)

    at.text_input(key="new-title").set_value("Three shops").run()
    at.button(key="quotes-create").click().run()

    assert not at.exception
    assert queries.quote_list(manager).title.tolist() == ["Three shops"]


def test_the_builder_shows_price_and_rules(manager, quote_id):
    at = opened("quote", manager, id=quote_id)

    assert not at.exception
    text = words(at)
    assert "5,389.20" in text.replace("\\", "")
    assert "Discount 10.0%, limit 20%" in text.replace("\\", "")
    assert "Lumora \\*Home\\*" in text


def test_a_foreign_quote_looks_like_none(other_manager, manager, quote_id):
    for asked in (quote_id, quote_id + 50, "x"):
        at = opened("quote", other_manager, id=asked)

        assert not at.title
        assert "does not exist" in words(at)


def test_a_line_is_added_and_the_quote_submitted_and_issued(manager, quote_id):
    at = opened("quote", manager, id=quote_id)

    at.selectbox(key="add-item").select("seats").run()
    at.number_input(key="add-quantity").set_value(60).run()
    at.button(key="add-button").click().run()
    at.button(key="quotes-submit").click().run()
    at.button(key="quotes-issue").click().run()

    assert not at.exception and not at.error
    found = queries.quote(manager, quote_id)
    assert (found.status, found.number) == ("sent", "QT-2026-0001")
    assert found.lines.item_code.tolist() == ["professional", "seats"]


def test_a_typed_discount_shows_its_effect_before_it_is_saved(manager, quote_id):
    at = opened("quote", manager, id=quote_id)
    version = queries.quote(manager, quote_id).version

    at.number_input(key=f"q{quote_id}v{version}-discount").set_value(25.0).run()

    text = words(at).replace("\\", "")
    assert "Unsaved" in text
    assert "Discount 32.5% is over 30%" in text
    assert "Rule D-30: needs another person's approval." in text
    assert queries.quote(manager, quote_id).form.discount == 0


def test_a_refusal_keeps_what_was_typed(manager, quote_id):
    at = opened("quote", manager, id=quote_id)
    key = f"q{quote_id}v{queries.quote(manager, quote_id).version}-"
    at.number_input(key=key + "discount").set_value(15.0).run()

    at.button(key="quotes-submit").click().run()

    assert "written justification" in at.error[0].value
    assert queries.quote(manager, quote_id).form.discount == Decimal("0.15")


def test_whoever_may_not_see_costs_sees_none(manager, seller, account_id, quote_id):
    mine = words(opened("quote", manager, id=quote_id))
    make.assignment(account_id, seller.person_id, duty="sales")

    theirs = words(opened("quote", seller, id=quote_id))

    assert "Margin is above the floor" in mine and "69" not in mine.split("Guardrails")[1]
    assert "Margin 69" in theirs.replace("\\", "")


def test_a_line_set_to_zero_is_taken_out(manager, quote_id):
    rows = builder.edited_lines(queries.quote(manager, quote_id).form.lines, {0: {"quantity": 0}})

    assert builder.kept_lines(rows) == []


def test_a_forged_column_of_the_line_editor_counts_for_nothing(manager, quote_id):
    lines = queries.quote(manager, quote_id).form.lines

    rows = builder.edited_lines(lines, {0: {"net": "0.01", "list": "1"}, 7: {"quantity": 5}})

    assert rows == [{"item_code": "professional", "quantity": 1, "discount": 0}]


def test_the_paper_of_an_earlier_revision_is_offered(manager, quote_id):
    commands.submit_quote(manager, quote_id, queries.quote(manager, quote_id).version)
    issuing.issue_quote(manager, quote_id, queries.quote(manager, quote_id).version)
    issuing.revise_quote(manager, quote_id, queries.quote(manager, quote_id).version)

    at = opened("quote", manager, id=quote_id)

    assert not at.exception
    assert "PDF of revision 1" in [d.label for d in at.get("download_button")]
