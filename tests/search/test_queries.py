"""What a search finds in the store: ranked, folded, literal, and of the viewer's book alone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from lib.search.queries import MOST, find
from lib.store import models as m
from tests import make
from tests.make import NOW

HOSTILE = [
    "%%",
    "__",
    "'; DROP TABLE account; --",
    "\\\\",
    '"" OR 1=1',
    "a\x00b",
    "\ud800x",
    "[a-z]",
    "*?",
    "x" * 5000,
]


@pytest.fixture
def mine(database, manager) -> int:
    return make.account(
        owner=manager.person_id, name="Lumora Home", name_zh="深圳海岸线科技", domain="lumora.example",
        external_id="ACC-1",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "lumora",
        "LUMORA",
        "mora ho",
        "海岸",
        "线科",
        "线",
        "lumora.ex",
        "acc-1",
        "ｌｕｍｏｒａ",
        " Lumora  Home ",
    ],
)
def test_an_account_is_found_by_any_part_of_what_it_is_called(text, manager, mine):
    assert list(find(manager, text).accounts.rows["id"]) == [mine]


def test_names_come_in_the_language_of_the_reader(manager, mine):
    assert list(find(replace(manager, language="zh-CN"), "lumora").accounts.rows["name"]) == [
        "深圳海岸线科技"
    ]


def test_a_contact_is_found_by_name_and_address(manager, mine):
    make.contact(mine, name="王涛", email="Tao.Wang@lumora.example")

    for text in ("王涛", "tao.wang"):
        row = find(manager, text).contacts.rows.iloc[0]
        assert (row["name"], row["account_id"], row["account"]) == ("王涛", mine, "Lumora Home")


def test_a_quote_is_found_by_number_and_title(manager, mine):
    quote = make.quote(mine, manager.person_id, status="sent")
    number = find(manager, "three-year").quotes.rows.iloc[0]["number"]

    assert list(find(manager, number.lower()).quotes.rows["id"]) == [quote]


def test_a_note_is_found_by_its_text_newest_first_with_an_excerpt(manager, mine):
    old = make.note(mine, manager.person_id, text="他们要求首期延后", written_at=NOW - timedelta(days=9))
    new = make.note(mine, manager.person_id, text="首期已经谈好")
    notes = find(manager, "首期").notes

    assert list(notes.rows["id"]) == [new, old]
    assert list(notes.rows["excerpt"]) == ["首期已经谈好", "他们要求首期延后"]


def test_a_note_is_found_by_what_was_added_later(manager, mine):
    note = make.note(mine, manager.person_id, text="First call")
    make.insert(
        m.NoteAmendment(note_id=note, author_id=manager.person_id, written_at=NOW, text="They want escrow")
    )
    notes = find(manager, "ESCROW").notes

    assert list(notes.rows["excerpt"]) == ["They want escrow"]


def test_exact_names_come_first_then_beginnings(manager, database):
    names = ["The Acme", "Acme Tools", "acme"]
    for name in names:
        make.account(owner=manager.person_id, name=name)

    assert list(find(manager, "ACME").accounts.rows["name"]) == names[::-1]


def test_at_most_ten_of_a_kind_come_with_the_number_of_all(manager, database):
    for number in range(13):
        make.account(owner=manager.person_id, name=f"Serial {number}")
    found = find(manager, "serial", 99).accounts

    assert (len(found.rows), found.total, found.more) == (MOST, 13, 3)


@pytest.mark.parametrize(("text", "found"), [("100%", ["100% Cotton"]), ("a_b", ["a_b"]), ("c\\d", ["c\\d"])])
def test_wildcards_are_letters(text, found, manager, database):
    for name in ("100% Cotton", "1000 Cotton", "a_b", "axb", "c\\d", "cxd"):
        make.account(owner=manager.person_id, name=name)

    assert list(find(manager, text).accounts.rows["name"]) == found


@pytest.mark.parametrize(
    ("stored", "text"), [("Élan", "élan"), ("MÜNCHEN AG", "münchen"), ("Cafe\u0301", "x")]
)
def test_letters_beyond_ascii_are_found_large_and_small(stored, text, manager, database):
    make.account(owner=manager.person_id, name=stored)

    assert find(manager, text).accounts.total == (0 if text == "x" else 1)


def test_full_width_text_is_found_as_it_was_written(manager, mine):
    make.note(mine, manager.person_id, text="付款（两期）")

    assert find(manager, "（两期）").notes.total == 1


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_find_nothing_and_break_nothing(text, manager, mine):
    make.contact(mine)
    make.note(mine, manager.person_id)
    make.quote(mine, manager.person_id)

    assert find(manager, text).total == 0


@pytest.mark.parametrize("text", ["", "a", " "])
def test_a_text_that_is_too_short_finds_nothing(text, manager, mine):
    hits = find(manager, text)

    assert hits.total == 0
    assert list(hits.notes.rows.columns) == ["id", "account_id", "account", "author", "written_at", "excerpt"]


@pytest.mark.parametrize("text", ["canary", "金丝雀", "Q-CANARY"])
def test_nothing_of_a_foreign_book_is_ever_found(text, manager, other_manager, seller, leader, database):
    foreign = make.account(
        owner=other_manager.person_id, name="Canary 金丝雀", domain="canary.example", external_id="Q-CANARY"
    )
    make.contact(foreign, name="Canary 金丝雀", email="q-canary@canary.example")
    make.insert(
        m.Quote(account_id=foreign, number="Q-CANARY", title="Canary 金丝雀", status="sent", created_at=NOW,
                created_by=other_manager.person_id, updated_at=NOW)
    )  # fmt: skip
    make.note(foreign, other_manager.person_id, text="Q-Canary 金丝雀")

    for viewer in (manager, seller):
        assert find(viewer, text).total == 0
    for viewer in (other_manager, leader):
        hits = find(viewer, text)
        assert [getattr(hits, kind).total for kind in hits.kinds] == [1, 1, 1, 1]
