"""The quote pages as a person sees them: list, builder, steps."""

from dataclasses import replace
from decimal import Decimal

import pytest

from lib.quotes import builder, commands, issuing, queries, requests
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


def test_a_typed_discount_is_written_at_once_and_shows_its_effect(manager, quote_id):
    at = opened("quote", manager, id=quote_id)

    at.number_input(key=f"q{quote_id}e0-discount").set_value(25.0).run()

    text = words(at).replace("\\", "")
    assert "1 line, 5,988.00 USD list · saved" in text
    assert "Discount 32.5% is over 30%" in text
    assert "Rule D-30: needs another person's approval." in text
    assert "Clause 1.4" in text
    assert queries.quote(manager, quote_id).form.discount == Decimal("0.25")


def test_a_refusal_keeps_what_was_typed(manager, quote_id):
    at = opened("quote", manager, id=quote_id)
    at.number_input(key=f"q{quote_id}e0-discount").set_value(15.0).run()

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

    assert rows == [builder.stored_line(lines[0])]


def test_the_paper_of_an_earlier_revision_is_offered(manager, quote_id):
    commands.submit_quote(manager, quote_id, queries.quote(manager, quote_id).version)
    issuing.issue_quote(manager, quote_id, queries.quote(manager, quote_id).version)
    issuing.revise_quote(manager, quote_id, queries.quote(manager, quote_id).version)

    at = opened("quote", manager, id=quote_id)

    assert not at.exception
    assert "PDF of revision 1" in [d.label for d in at.get("download_button")]


def test_red_flags_stop_the_quote_and_a_reviewer_clears_them_on_the_page(manager, leader, quote_id):
    commands.submit_quote(manager, quote_id, queries.quote(manager, quote_id).version)
    at = opened("quote", manager, id=quote_id)
    at.checkbox(key=f"flags0-{quote_id}-threat").check().run()
    at.button(key=f"send-flags0-{quote_id}").click().run()
    assert "1 red flag waits for a compliance review." in words(at).replace("\\", "")
    at.button(key="quotes-issue").click().run()
    assert "somebody of level 3 or an admin has to record a compliance review" in at.error[0].value

    at = opened("quote", leader, id=quote_id)
    at.text_area(key=f"review1-{quote_id}-reason").set_value("They have another offer in writing").run()
    at.checkbox(key=f"review1-{quote_id}-cleared").check().run()
    at.button(key=f"send-review1-{quote_id}").click().run()

    assert not at.exception and not at.error
    assert "1 red flag cleared by Ada Berg" in words(at).replace("\\", "")


def test_the_request_is_kept_without_touching_what_is_being_typed(manager, quote_id):
    at = opened("quote", manager, id=quote_id)
    at.number_input(key=f"q{quote_id}e0-discount").set_value(15.0).run()
    version = queries.quote(manager, quote_id).version

    at.selectbox(key=f"request0-{quote_id}-channel").select("website").run()
    at.button(key=f"send-request0-{quote_id}").click().run()

    assert not at.exception and not at.error
    assert queries.quote(manager, quote_id).version == version
    assert at.number_input(key=f"q{quote_id}e0-discount").value == 15.0


def test_the_quote_names_the_level_it_needs_and_who_may_decide(manager, leader, quote_id):
    form = make.quote_form(discount=Decimal("0.3"), justification="They sign for three shops.")
    commands.save_draft(manager, quote_id, queries.quote(manager, quote_id).version, values=form,
                        lines=[make.quote_line()])  # fmt: skip

    assert "Needs an approver of level 3: Ada Berg." in words(opened("quote", manager, id=quote_id)).replace(
        "\\", ""
    )


@pytest.mark.acceptance("C38")
@pytest.mark.parametrize(
    ("language", "right"), [("en", "Europe: VAT guidance"), ("zh-CN", "欧洲：VAT 合规指引")]
)
def test_the_rights_of_the_region_are_shown_at_zero_price(embedded, manager, language, right):
    account = make.account(owner=manager.person_id, region="Europe")
    made = commands.create_quote(manager, account)

    at = opened("quote", replace(manager, language=language), id=made)

    assert not at.exception
    assert right in words(at).replace("\\", "")
    assert "0.00**" in words(at).replace("\\", "")


@pytest.mark.acceptance("C36")
@pytest.mark.parametrize("page", ["quote", "quotes", "approvals", "negotiation"])
def test_no_page_or_export_of_a_viewer_without_the_right_holds_the_cost(
    manager, leader, account_id, quote_id, page, monkeypatch
):
    """Unit cost 139 a month: 1,668.00 for the year, margin 69.0%. Whatever the page draws is searched."""
    commands.submit_quote(manager, quote_id, queries.quote(manager, quote_id).version)
    frames = []
    monkeypatch.setattr("lib.ui.widgets.export_menu", lambda _name, make, **_more: frames.append(make()))
    where = {"account": account_id} if page == "negotiation" else {"id": quote_id} if page == "quote" else {}

    at = opened(page, manager, **where)

    assert not at.exception
    drawn = words(at) + "".join(str(e.proto) for e in at.main) + "".join(f.to_csv() for f in frames)
    for figure in ("1,668", "1668", "166800", "69.0", "0.690", "cost_minor"):
        assert figure not in drawn.replace("\\", "")
    if page == "quote":
        assert "69.0" in words(opened(page, leader, **where)).replace("\\", "")  # the search would find it


def test_a_reviewer_finds_what_waits_for_a_compliance_review(manager, admin, account_id, quote_id):
    other = commands.create_quote(manager, account_id)
    requests.set_flags(manager, quote_id, 0, bypass=True)

    at = opened("quotes", admin, status="review")
    assert at.dataframe[0].value.shape[0] == 1

    requests.review_flags(admin, quote_id, 1, reason="Fine", cleared=True)
    assert "No quotes match" in words(opened("quotes", admin, status="review"))
    assert queries.quote_count(admin) == 2 and other


@pytest.fixture
def sent_id(manager, quote_id) -> int:
    commands.submit_quote(manager, quote_id, queries.quote(manager, quote_id).version)
    issuing.issue_quote(manager, quote_id, queries.quote(manager, quote_id).version)
    return quote_id


def test_a_yes_is_recorded_with_its_proof(manager, sent_id):
    at = opened("quote", manager, id=sent_id)
    key = f"accept-{sent_id}-"

    at.button(key="quotes-accept").click().run()
    assert "Enter who said yes" in at.error[0].value
    at.selectbox(key=key + "kind").select("order_number").run()
    at.text_input(key=key + "reference").set_value("PO-2026-118").run()
    at.text_input(key=key + "signer").set_value("Wang *Tao*").run()
    at.button(key="quotes-accept").click().run()

    assert not at.exception and not at.error
    assert queries.quote(manager, sent_id).status == "accepted"
    assert "Wang \\*Tao\\*" in words(at) and "PO\\-2026\\-118" in words(at)


def test_the_way_to_the_customer_is_shown_and_told(manager, sent_id):
    at = opened("quote", manager, id=sent_id)

    at.button(key=f"send-tell-step-{sent_id}").click().run()

    assert not at.exception and not at.error
    assert "Viewed, revision 1, told by Lin Wei" in words(at).replace("\\", "")


def test_two_revisions_stand_side_by_side(manager, sent_id):
    issuing.revise_quote(manager, sent_id, queries.quote(manager, sent_id).version)
    commands.save_draft(
        manager, sent_id, queries.quote(manager, sent_id).version, values=make.quote_form(),
        lines=[make.quote_line(), make.quote_line("api")],
    )  # fmt: skip

    at = opened("quote", manager, id=sent_id)

    assert not at.exception
    shown = [list(f.value.iloc[:, 0]) for f in at.dataframe]
    assert ["added"] in shown


def test_late_acceptance_is_offered_to_whoever_may_and_only_then(manager, leader, sent_id):
    late = replace(leader, now=leader.now.replace(month=12, day=10))

    assert "Accept late" not in words(opened("quote", leader, id=sent_id))
    at = opened("quote", late, id=sent_id)
    assert not at.exception
    assert "quotes-accept_late" in [b.key for b in at.button]
    assert "quotes-accept" not in [
        b.key for b in opened("quote", replace(manager, now=late.now), id=sent_id).button
    ]
