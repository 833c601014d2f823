"""Reading notes, promises and the closing draft, on both stores."""

import json
from datetime import timedelta

import pytest

from lib.errors import Invalid
from lib.flows import talking
from lib.negotiation import commands, ledger, queries
from lib.settings import settings
from tests import make


@pytest.fixture
def account_id(database, manager) -> int:
    return make.account(owner=manager.person_id, name="Nordwave Audio", name_zh="北浪音频")


@pytest.mark.parametrize("wanted", ["报价", "竞争对手", "24%", "finance", "_%", "补充"])
def test_search_finds_any_part_of_a_note_or_its_amendments(database, manager, account_id, wanted):
    note_id = commands.write_note(manager, account_id, "Finance 说竞争对手报价低 24% 且 a_%b。")
    commands.amend_note(manager, note_id, "补充:一年期。")
    commands.write_note(manager, account_id, "Unrelated talk about seats")

    found = queries.notes(manager, account_id, search=wanted)
    assert found["note_id"].unique().tolist() == [note_id]
    assert queries.note_count(manager, account_id, wanted) == 1


def test_notes_come_newest_first_with_their_amendments_and_stop_at_the_limit(database, manager, account_id):
    ids = [
        make.note(
            account_id, manager.person_id, text=f"note {day}", written_at=manager.now - timedelta(days=day)
        )
        for day in (3, 1, 2)
    ]
    commands.amend_note(manager, ids[1], "later")
    commands.amend_note(manager, ids[1], "last")

    assert queries.notes(manager, account_id, limit=2)["text"].tolist() == [
        "note 1",
        "later",
        "last",
        "note 2",
    ]
    assert queries.note_count(manager, account_id) == 3


def test_internal_and_shared_notes_are_told_apart(database, manager, account_id):
    commands.write_note(manager, account_id, "inside", tag="opener")
    commands.write_note(manager, account_id, "outside", shared=True)

    assert queries.notes(manager, account_id, shared=True)["text"].tolist() == ["outside"]
    assert queries.notes(manager, account_id, shared=False)["tag"].tolist() == ["opener"]


def test_nobody_reads_notes_and_promises_of_another_book(
    database, manager, other_manager, leader, account_id
):
    commands.write_note(manager, account_id, "Ours.")
    make.promise(account_id, manager.person_id)
    talking.log_touch(manager, account_id, "call", "Spoke.", manager.now)

    for frame in (
        queries.notes(other_manager, account_id), queries.notes(other_manager),
        queries.touches(other_manager, account_id), ledger.promises(other_manager),
        queries.accounts(other_manager), queries.contacts(other_manager, account_id),
        ledger.promise_owners(other_manager, account_id),
    ):  # fmt: skip
        assert frame.empty
        assert len(frame.columns) > 1
    assert len(queries.notes(leader)) == 1


def test_accounts_are_found_by_either_name(database, manager, account_id):
    make.account(owner=manager.person_id, name="Velora")

    assert queries.accounts(manager, "音频")["id"].tolist() == [account_id]
    assert queries.accounts(manager, "WAVE")["id"].tolist() == [account_id]
    assert len(queries.accounts(manager)) == 2


def test_promises_stand_open_first_by_date_with_their_state(database, manager, account_id, today):
    for days, status in ((5, "open"), (-2, "open"), (-9, "kept"), (0, "open")):
        make.promise(account_id, manager.person_id, due_on=today + timedelta(days=days), status=status)

    states = ledger.promises(manager, account_id)["state"].tolist()
    assert states == ["overdue", "today", "open", "kept"]
    assert len(ledger.promises(manager, overdue=True)) == 1
    assert ledger.promises(manager, mine=True, status="open")["due_on"].iloc[0] == today - timedelta(days=2)


@pytest.mark.acceptance("C21")
def test_the_closing_draft_speaks_the_accounts_language(database, manager, today):
    account_id = make.account(
        owner=manager.person_id, name="Qinghe Beauty", name_zh="清禾美妆", language="zh-CN"
    )
    make.contact(account_id, name="王涛", is_sponsor=True)
    with pytest.raises(Invalid, match="negotiation_nothing_promised"):
        ledger.closing_draft(manager, account_id)
    commands.make_promise(manager, account_id, "", manager.person_id, today, code="security_answers")

    draft = ledger.closing_draft(manager, account_id)
    for part in ("王涛", "发送安全问卷答复", "2026年11月20日", "Lin Wei", settings().company_zh):
        assert part in draft.body
    assert "清禾美妆" in draft.subject


def test_latest_quotes_show_the_newest_version(database, manager, account_id):
    quote_id = make.quote(account_id, manager.person_id, revisions=2)

    latest = queries.latest_quotes(manager, account_id)
    assert latest["id"].tolist() == [quote_id]
    assert latest["revision"].tolist() == [2]


@pytest.mark.datasets
def test_real_talks_with_emoji_and_line_breaks_come_back_word_for_word(
    database, manager, account_id, datasets
):
    source = datasets / "negotiation-dialogues" / "casino_valid.json"
    talks = json.loads(source.read_text(encoding="utf-8"))[:12]
    written = [
        "\n".join(f"{m['id']}: {m['text'].strip()}" for m in talk["chat_logs"]).strip() for talk in talks
    ]
    ids = [commands.write_note(manager, account_id, body) for body in written]

    stored = queries.notes(manager, account_id, limit=50).set_index("note_id")["text"]
    assert [stored[note_id] for note_id in ids] == written
    assert queries.note_count(manager, account_id, "firewood") > 0
