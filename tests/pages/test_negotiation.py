"""The page Negotiation as a person sees it."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from lib.negotiation import commands, ledger, queries
from tests import make, screen
from tests.screen import words

opened = partial(screen.opened, "negotiation")


@pytest.fixture
def account_id(embedded, manager) -> int:
    made = make.account(owner=manager.person_id, name="Nordwave Audio", name_zh="北浪音频")
    make.contact(made, name="Wang Tao", is_sponsor=True)
    return made


def test_nobody_gets_in_without_a_viewer(embedded):
    at = opened(None)

    assert len(at.error) == 1
    assert not at.title


def test_without_an_account_the_page_asks_for_one(manager, account_id):
    at = opened(manager)

    assert not at.exception
    assert "Choose an account to see its notes and promises." in words(at)
    at.selectbox(key="_chosen-account").select(account_id).run()
    assert "Nordwave Audio" in words(at)


@pytest.mark.parametrize("address", ["999999", "abc", "-1", "1e3"])
def test_an_unknown_or_foreign_account_is_answered_alike(manager, other_manager, account_id, address):
    asked = make.account(owner=other_manager.person_id, name="Velora") if address == "999999" else address
    at = opened(manager, account=asked)

    assert not at.exception
    assert "Velora" not in words(at)
    assert ("Nothing to see here" in words(at)) == (address == "999999")


def test_a_note_is_saved_and_the_form_is_empty_again(manager, account_id):
    at = opened(manager, account=account_id)
    at.text_area(key=f"note-{account_id}-text").input("They ask for **24%**.\n第二行")
    at.selectbox(key=f"note-{account_id}-tag").select("opener")
    at.button(key=f"send-note-{account_id}").click().run()

    assert not at.exception
    assert not at.error
    assert "They ask for **24%**.\n第二行" in [e.value for e in at.text]
    assert at.text_area(key=f"note-{account_id}-text").value == ""
    assert queries.notes(manager, account_id)["tag"].tolist() == ["opener"]


def test_a_refused_note_keeps_what_was_typed(manager, account_id):
    at = opened(manager, account=account_id)
    at.text_area(key=f"note-{account_id}-text").input("A" * 10_001)
    at.button(key=f"send-note-{account_id}").click().run()

    assert len(at.error) == 1
    assert "10,001" in at.error[0].value.replace("\\", "")
    assert at.text_area(key=f"note-{account_id}-text").value == "A" * 10_001
    assert queries.note_count(manager, account_id) == 0


def test_an_amendment_stands_below_its_note(manager, account_id):
    note_id = commands.write_note(manager, account_id, "They ask for 24%.")
    at = opened(manager, account=account_id)
    at.text_area(key=f"amend-{note_id}-text").input("Meant 22%.")
    at.button(key=f"send-amend-{note_id}").click().run()

    assert not at.exception
    assert [e.value for e in at.text][:2] == ["They ask for 24%.", "Meant 22%."]


def test_a_promise_is_made_kept_and_shown_with_its_proof(manager, account_id, today):
    at = opened(manager, account=account_id)
    at.text_area(key=f"promise-{account_id}-what").input("Security answers")
    at.button(key=f"send-promise-{account_id}").click().run()
    assert not at.error
    (promise,) = ledger.promises(manager, account_id).itertuples()
    assert (promise.what, promise.due_on, promise.owner) == ("Security answers", today, "Lin Wei")

    at.text_area(key=f"word-promise-{promise.id}").input("Mail of today")
    at.button(key=f"proof-promise-{promise.id}").click().run()
    assert not at.error
    assert ledger.promises(manager, account_id)["proof"].tolist() == ["Mail of today"]


def test_a_promise_without_proof_is_not_closed(manager, account_id):
    promise_id = make.promise(account_id, manager.person_id)
    at = opened(manager, account=account_id)
    at.button(key=f"proof-promise-{promise_id}").click().run()

    assert len(at.error) == 1
    assert ledger.promises(manager, account_id)["status"].tolist() == ["open"]


def test_a_contact_is_logged_with_its_time_in_the_viewers_zone(manager, account_id):
    at = opened(manager, account=account_id)
    at.text_area(key=f"touch-{account_id}-summary").input("Agreed on three years.")
    at.selectbox(key=f"touch-{account_id}-channel").select("wechat")
    at.button(key=f"send-touch-{account_id}").click().run()

    assert not at.exception
    assert not at.error
    (touch,) = queries.touches(manager, account_id).itertuples()
    assert (touch.channel, touch.happened_at, touch.two_way) == ("wechat", manager.now, True)


def test_missing_names_tags_and_proofs_leave_no_hole(manager, account_id):
    """A column of texts gives NaN where nothing is, and NaN counts as true."""
    make.touch(account_id, None, contact_id=None)
    make.touch(account_id, manager.person_id, contact_id=make.contact(account_id, name="Li Na"))
    commands.write_note(manager, account_id, "with", tag="opener")
    commands.write_note(manager, account_id, "without")
    make.promise(account_id, manager.person_id, status="kept")
    make.promise(account_id, manager.person_id, status="kept", proof="Mail")
    make.account(owner=manager.person_id, name="Velora")
    at = opened(replace(manager, language="zh-CN"), account=account_id)

    assert not at.exception
    assert "nan" not in words(at)
    assert set(at.selectbox(key="_chosen-account").options) == {"北浪音频", "Velora"}


@pytest.mark.acceptance("C21")
def test_the_closing_confirmation_can_be_copied(manager, account_id, today):
    due_on = today + timedelta(days=3)
    make.promise(account_id, manager.person_id, what="Draft contract", due_on=due_on, approved_at=make.NOW)
    make.promise(account_id, manager.person_id, what="A free year", due_on=due_on)
    at = opened(manager, account=account_id)

    (draft,) = at.code
    for part in ("Wang Tao", "Draft contract", "23 Nov 2026", "Lin Wei"):
        assert part in draft.value
    assert "A free year" not in draft.value  # in own words, and nobody approved it
    assert "Not in the catalogue" in words(at)


def test_the_search_narrows_the_notes(manager, account_id):
    commands.write_note(manager, account_id, "竞争对手报价更低")
    commands.write_note(manager, account_id, "Seats")
    at = opened(manager, account=account_id, q="报价")

    assert [e.value for e in at.text] == ["竞争对手报价更低"]
    at = opened(manager, account=account_id, view="shared")
    assert "No notes match. Clear the search or choose All." in words(at)


def test_chinese_speaks_chinese_and_readers_get_no_forms(manager, account_id, technical):
    make.promise(account_id, manager.person_id)
    at = opened(replace(manager, language="zh-CN"), account=account_id)
    assert not at.exception
    assert "北浪音频" in words(at)

    at = opened(technical, account=account_id)
    assert not at.exception
    assert not [b for b in at.button if b.key and b.key.startswith(("send-", "proof-"))]


def test_a_long_book_is_found_by_search(manager, embedded):
    for number in range(60):
        make.account(owner=manager.person_id, name=f"Account {number:02}")
    at = opened(manager)
    assert len(at.selectbox(key="_chosen-account").options) == 50

    at.text_input(key="_find-account").input("count 59").run()
    assert at.selectbox(key="_chosen-account").options == ["Account 59"]


@pytest.mark.acceptance("C15")
def test_leadership_blocks_an_account_and_lifts_the_block_on_the_page(manager, leader, account_id):
    at = opened(leader, account=account_id)
    at.text_area(key=f"block0-{account_id}-reason").input("Forged tender papers")
    at.button(key=f"send-block0-{account_id}").click().run()
    assert not at.exception and not at.error
    assert "Forged tender papers" in words(at)
    assert not [b for b in opened(manager, account=account_id).button if b.label in ("Block", "Lift")]

    at = opened(leader, account=account_id)
    at.text_area(key=f"unblock1-{account_id}-reason").input("Cleared by legal")
    at.button(key=f"send-unblock1-{account_id}").click().run()
    assert "The account is not blocked" in words(at)


def test_a_promise_of_the_catalogue_brings_its_words_and_a_free_one_is_approved(manager, leader, account_id):
    at = opened(manager, account=account_id)
    at.selectbox(key=f"promise-{account_id}-code").select("training_date").run()
    at.button(key=f"send-promise-{account_id}").click().run()
    free = make.promise(account_id, manager.person_id, what="A free year")

    at = opened(leader, account=account_id)
    at.text_area(key=f"word-promise-{free}").input("Agreed with finance")
    at.button(key=f"text-promise-{free}").click().run()

    assert not at.exception and not at.error
    found = ledger.promises(manager, account_id).set_index("what").standing
    assert found.to_dict() == {"A free year": "approved", "Confirm the training date": "catalogue"}
