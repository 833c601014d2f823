"""The builder as a seller sees it: every change written, compared, undone, and two people told apart."""

from decimal import Decimal

import pytest

from lib.quotes import commands, queries
from tests import make
from tests.screen import opened, words


@pytest.fixture
def quote_id(embedded, manager) -> int:
    account = make.account(owner=manager.person_id, name="Lumora Home", country="CN")
    made = commands.create_quote(manager, account)
    commands.save_draft(manager, made, 1, values=make.quote_form(), lines=[make.quote_line()])
    return made


def said(at) -> str:
    return words(at).replace("\\", "")


def tables(at) -> str:
    return " ".join(f.value.to_string() for f in at.dataframe)


def add(at, code: str, quantity: int = 1) -> None:
    at.selectbox(key="add-item").select(code).run()
    at.number_input(key="add-quantity").set_value(quantity).run()
    at.button(key="add-button").click().run()


@pytest.mark.acceptance("C13")
def test_a_whole_quote_is_built_on_the_page_and_comes_to_the_cent(manager, leader, quote_id):
    at = opened("quote", manager, id=quote_id)
    for code, quantity in (("seats", 60), ("api", 1), ("transactions", 1500), ("person_days", 3),
                           ("value_hours", 100)):  # fmt: skip
        add(at, code, quantity)

    assert not at.exception and not at.error
    found = queries.quote(manager, quote_id)
    by_code = dict(zip(found.lines.item_code, found.lines.net_minor, strict=True))
    assert by_code["transactions"] == 5_400  # 12 × 5.00, less 10%
    assert by_code["value_hours"] == 270_000  # 3,000 a year, less 10%
    assert sum(by_code.values()) == found.saved.priced.net_minor
    seen = said(opened("quote", leader, id=quote_id))
    assert "Margin" in seen and "Margin is above the floor" in said(at)


@pytest.mark.acceptance("C13")
def test_a_quote_without_discovery_does_not_leave_draft(manager, quote_id):
    at = opened("quote", manager, id=quote_id)
    at.text_input(key=f"q{quote_id}e0-efficiency").set_value("").run()

    at.button(key="quotes-submit").click().run()

    assert at.error
    assert queries.quote(manager, quote_id).status == "draft"


@pytest.mark.acceptance("C14")
def test_every_term_stands_side_by_side_with_what_it_saves(manager, quote_id):
    at = opened("quote", manager, id=quote_id)

    shown = tables(at)

    assert "3 months" in shown and "36 months, prepaid" in shown
    assert "598.80 (10.00%)" in shown  # 12 × 499 against one year at 10% off
    assert "4,221.54 (23.50%)" in shown  # the extra for three years multiplies: 1 − 0.9 × 0.85


@pytest.mark.acceptance("C14")
def test_the_annual_preset_is_ten_monthly_payments(manager, quote_id):
    at = opened("quote", manager, id=quote_id)

    at.checkbox(key=f"q{quote_id}e0-annual_preset").check().run()

    assert not at.exception and not at.error
    assert queries.quote(manager, quote_id).saved.priced.net_minor == 499_000


def test_a_scenario_becomes_the_quote(manager, quote_id):
    at = opened("quote", manager, id=quote_id)
    chosen = at.selectbox(key=f"q{quote_id}e0-scenario")

    chosen.set_value(chosen.options.index("36 months, prepaid") + 1).run()  # 0 is the quote itself
    at.button(key="quotes-use-scenario").click().run()

    assert not at.exception and not at.error
    form = queries.quote(manager, quote_id).form
    assert (form.term_months, form.prepaid) == (36, True)


def test_the_last_change_is_taken_back(manager, quote_id):
    at = opened("quote", manager, id=quote_id)
    at.number_input(key=f"q{quote_id}e0-discount").set_value(12.5).run()
    assert queries.quote(manager, quote_id).form.discount == Decimal("0.125")

    at.button(key="quotes-undo").click().run()

    assert not at.exception and not at.error
    assert queries.quote(manager, quote_id).form.discount == 0


@pytest.mark.parametrize(("choice", "discount"), [("mine", "0.2"), ("theirs", "0.1")])
def test_whoever_meets_a_change_from_elsewhere_sees_it_and_chooses(manager, quote_id, choice, discount):
    at = opened("quote", manager, id=quote_id)
    version = queries.quote(manager, quote_id).version
    commands.save_draft(manager, quote_id, version, values=make.quote_form(discount=Decimal("0.1")),
                        lines=[make.quote_line()])  # fmt: skip

    at.number_input(key=f"q{quote_id}e0-discount").set_value(20.0).run()
    assert "Lin Wei changed this quote while you were typing" in said(at)
    assert "Quote discount, %: 0.0% became 10.0%" in said(at)
    assert queries.quote(manager, quote_id).form.discount == Decimal("0.1")
    at.button(key=f"conflict-{choice}").click().run()

    assert not at.exception
    assert queries.quote(manager, quote_id).form.discount == Decimal(discount)


def test_bills_add_up_to_the_gross_total(manager, quote_id):
    at = opened("quote", manager, id=quote_id)
    at.selectbox(key=f"q{quote_id}e0-billing").select("monthly").run()

    assert not at.exception and not at.error
    assert queries.quote(manager, quote_id).form.more.payment_terms == {"billing": "monthly"}
    assert "Tax 6% on" in said(at) and "Gross, whole term" in said(at)


def test_a_chosen_clause_is_kept_in_both_languages(manager, quote_id):
    at = opened("quote", manager, id=quote_id)

    at.checkbox(key=f"q{quote_id}e0-clause_upgrade").check().run()

    (clause,) = queries.quote(manager, quote_id).form.more.clauses
    assert clause["title_en"] == "Right to upgrade" and clause["title_zh"] == "升级权"


def test_what_a_line_carries_beyond_the_table_survives_a_change_in_it(manager, quote_id):
    version = queries.quote(manager, quote_id).version
    special = make.quote_line() | {"premium": "0.2", "premium_reason": "Bank-grade security"}
    commands.save_draft(manager, quote_id, version, values=make.quote_form(), lines=[special])

    at = opened("quote", manager, id=quote_id)
    at.number_input(key=f"q{quote_id}e0-discount").set_value(5.0).run()

    assert queries.quote(manager, quote_id).form.lines[0].more.premium == Decimal("0.2")


def test_an_empty_quote_begins_with_the_lines_of_its_industry(manager):
    made = commands.create_quote(manager, make.account(owner=manager.person_id, country="CN"))
    at = opened("quote", manager, id=made)

    at.selectbox(key=f"q{made}e0-template").select("internet").run()
    at.button(key="quotes-template").click().run()

    assert not at.exception and not at.error
    form = queries.quote(manager, made).form
    assert [line.item_code for line in form.lines] == ["professional", "transactions", "api", "monitoring"]
    assert (form.more.template_code, form.more.industry) == ("internet", "Internet")


def test_three_options_are_offered_with_one_press_and_stand_on_the_page(manager, quote_id):
    at = opened("quote", manager, id=quote_id)

    at.button(key="quotes-options-plans").click().run()

    assert not at.exception and not at.error
    assert "3 options" in said(at) and "Each option is a quote of its own" in said(at)
    assert "Enterprise" in tables(at) and "Basic" in tables(at)


def test_a_must_have_that_lacks_is_named_and_added_and_what_nobody_asked_for_is_dropped(manager, quote_id):
    version = queries.quote(manager, quote_id).version
    commands.save_draft(manager, quote_id, version, values=make.quote_form(),
                        lines=[make.quote_line(), make.quote_line("api")])  # fmt: skip
    at = opened("quote", manager, id=quote_id)
    at.multiselect(key=f"q{quote_id}e0-must").set_value(["analytics"]).run()
    assert "a must-have for this customer" in said(at) and "ranked neither must-have" in said(at)

    at.button(key="hint-must-missing-analytics").click().run()
    at.button(key="hint-not-asked-api").click().run()

    assert not at.exception and not at.error
    form = queries.quote(manager, quote_id).form
    assert [line.item_code for line in form.lines] == ["professional", "analytics"]
    assert form.discovery["must"] == "analytics"


def test_a_ranking_alone_does_not_let_a_quote_leave_draft(manager, quote_id):
    version = queries.quote(manager, quote_id).version
    commands.save_draft(manager, quote_id, version, values=make.quote_form(discovery={"must": "api"}),
                        lines=[make.quote_line()])  # fmt: skip
    at = opened("quote", manager, id=quote_id)

    at.button(key="quotes-submit").click().run()

    assert at.error
    assert queries.quote(manager, quote_id).status == "draft"


@pytest.mark.parametrize(("end", "share"), [("low", "0.1"), ("high", "0.15")])
def test_an_all_in_price_is_set_with_one_press_within_its_band(manager, quote_id, end, share):
    at = opened("quote", manager, id=quote_id)

    at.button(key=f"quotes-all-in-{end}").click().run()

    assert not at.exception and not at.error
    assert queries.quote(manager, quote_id).form.more.choices.all_in == Decimal(share)


def test_a_security_premium_comes_with_its_reason(manager, quote_id):
    at = opened("quote", manager, id=quote_id)

    at.button(key=f"q{quote_id}e0-more-0-security").click().run()
    at.button(key=f"q{quote_id}e0-more-0-apply").click().run()

    assert not at.exception and not at.error
    more = queries.quote(manager, quote_id).form.lines[0].more
    assert more.premium == Decimal("0.2")
    assert more.premium_reason.startswith("High-security system")
