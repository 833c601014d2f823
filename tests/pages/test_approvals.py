"""The approvals page: what waits, what a person needs to decide, what a decision does."""

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from lib.access import Role, Viewer
from lib.quotes import commands, queries, questions
from lib.store.models import Delegation
from tests import make
from tests.screen import opened, words

WHY = "They sign for three shops and give a public reference."


@pytest.fixture
def waiting(embedded, manager) -> int:
    account_id = make.account(owner=manager.person_id, name="Nordwave Audio")
    made = commands.create_quote(manager, account_id)
    form = make.quote_form(discount=Decimal("0.3"), justification=WHY)
    version = commands.save_draft(manager, made, 1, values=form, lines=[make.quote_line()])
    commands.submit_quote(manager, made, version)
    return made


def test_only_approvers_get_in(manager, waiting):
    assert not opened("approvals", manager).title


def test_nothing_waiting_says_so(leader):
    assert "Nothing waits for you." in words(opened("approvals", leader))


def test_a_long_queue_starts_with_the_longest_waiting(waiting, leader, monkeypatch):
    rows = queries.pending_approval(leader)
    many = pd.concat([rows] + [rows.assign(id=rows.id + n) for n in range(1, 31)])
    monkeypatch.setattr(queries, "pending_approval", lambda _viewer: many)

    at = opened("approvals", leader)
    first = [b.label for b in at.button].count("Open")
    at.button(key="approvals-more").click().run()

    assert not at.exception
    assert (first, [b.label for b in at.button].count("Open")) == (19, 30)


def test_the_decision_shows_words_figures_and_rule(leader, waiting):
    at = opened("approvals", leader)

    assert not at.exception
    assert at.text[0].value == WHY
    assert [m.value for m in at.metric] == ["37.0%", "$3,772", "55.8%", "$3,772"]
    assert "Discount 37.0% is over 30%" in words(at).replace("\\", "")
    assert at.button(key=f"approve-{waiting}").label == "Approve 37.0%"


def test_approving_moves_the_quote_on(leader, waiting):
    at = opened("approvals", leader)

    at.button(key=f"approve-{waiting}").click().run()

    assert not at.exception
    assert queries.quote(leader, waiting).status == "approved"
    assert "Nothing waits for you." in words(at)


def test_refusing_needs_the_reason(leader, waiting):
    at = opened("approvals", leader)

    at.button(key=f"refuse-{waiting}").click().run()
    assert "Write the reason first" in at.error[0].value
    at.text_area(key=f"reason-{waiting}").set_value("No return").run()
    at.button(key=f"refuse-{waiting}").click().run()
    assert "Name an alternative" in at.error[0].value
    at.text_area(key=f"instead-{waiting}").set_value("Three years").run()
    at.button(key=f"refuse-{waiting}").click().run()

    assert queries.quote(leader, waiting).status == "rejected"


def test_asking_back_sends_the_quote_to_its_author_and_the_answer_brings_it_back(leader, manager, waiting):
    at = opened("approvals", leader)
    at.text_area(key=f"reason-{waiting}").set_value("Which reference?").run()
    at.button(key=f"ask-{waiting}").click().run()

    assert not at.exception
    assert at.button(key=f"approve-{waiting}").disabled
    assert "A question to the author is open" in words(at)
    version = queries.quote(manager, waiting).version
    questions.answer_question(manager, waiting, version, text="The shop in Shenzhen")

    at = opened("approvals", leader)
    assert not at.button(key=f"approve-{waiting}").disabled
    assert "The shop in Shenzhen" in [text.value for text in at.text]


def test_the_steps_the_customer_and_what_changed_stand_beside_the_price(leader, manager, waiting):
    commands.approve_quote(leader, waiting, queries.quote(leader, waiting).version)
    form = make.quote_form(discount=Decimal("0.4"), justification=WHY)
    version = queries.quote(manager, waiting).version
    version = commands.save_draft(manager, waiting, version, values=form, lines=[make.quote_line()])
    commands.submit_quote(manager, waiting, version)

    at = opened("approvals", leader)

    assert not at.exception
    said = words(at).replace("\\", "")
    assert "What changed since revision 1" in said
    assert "Step 1 of 1: anybody of level 3 or above, for D-30." in said
    assert "Too few comparable deals were won" in said
    changed = at.dataframe[0].value
    assert changed["What"].tolist()[-1] == "Quote discount"
    assert changed.iloc[-1].tolist()[1:3] == ["30.0%", "40.0%"]


def test_what_was_decided_is_listed(leader, waiting):
    commands.approve_quote(leader, waiting, queries.quote(leader, waiting).version)

    at = opened("approvals", leader, view="decided")

    assert not at.exception
    assert at.dataframe[0].value["person"].tolist() == ["Ada Berg"]


def test_an_approver_below_the_level_reads_who_may_decide(waiting, leader):
    low = Viewer(make.person("Wu Fang", [Role.APPROVER_1]), "Wu Fang", frozenset({Role.APPROVER_1}), make.NOW)

    at = opened("approvals", low)

    assert not at.exception
    assert at.button(key=f"approve-{waiting}").disabled
    assert "This quote needs level 3, which is above yours." in at.info[0].value
    assert "Needs an approver of level 3: Ada Berg." in words(at).replace("\\", "")
    assert "Level 3" in words(at)


def test_a_stand_in_of_the_author_reads_why_they_do_not_decide(waiting, manager, leader):
    make.insert(
        Delegation(from_id=manager.person_id, to_id=leader.person_id, starts_on=make.TODAY,
                   ends_on=date(2026, 12, 1), created_by=leader.person_id, created_at=make.NOW)
    )  # fmt: skip

    at = opened("approvals", leader)

    assert at.button(key=f"approve-{waiting}").disabled
    assert "You stand in for somebody who made or changed this quote" in at.info[0].value
    assert "Nobody is left who may decide." in words(at).replace("\\", "")


def test_the_author_reads_the_question_and_answers_on_the_quotes_page(leader, manager, waiting):
    version = queries.quote(leader, waiting).version
    questions.ask_back(leader, waiting, version, text="Which reference?")

    at = opened("quote", manager, id=waiting)
    assert "Which reference?" in [text.value for text in at.text]
    at.text_area(key=f"answer-{waiting}").set_value("The shop in Shenzhen").run()
    at.button(key=f"send-answer-{waiting}").click().run()

    assert not at.exception
    assert "The shop in Shenzhen" in [text.value for text in at.text]
    assert f"send-answer-{waiting}" not in [button.key for button in at.button]


def test_a_number_that_is_tried_writes_nothing_and_makes_nobody_an_author(leader, manager, waiting):
    before = queries.quote(leader, waiting)
    at = opened("approvals", leader)

    at.number_input(key=f"try-{waiting}").set_value(15.0).run()

    text = words(at).replace("\\", "")
    assert not at.exception and "Discount 23.5% is over 20%" in text
    at.number_input(key=f"try-{waiting}").set_value(5.0).run()
    assert "Nobody would be asked" in words(at)
    after = queries.quote(leader, waiting)
    assert (after.version, after.form, after.bar) == (before.version, before.form, None)
