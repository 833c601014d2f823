"""The search page and the box in the sidebar as a person meets them."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from lib.words import LANGUAGES, say
from tests import make, screen
from tests.screen import words


def opened(viewer, text: str | None = None) -> AppTest:
    return screen.opened("search", viewer, find=text)


def test_nobody_gets_in_without_a_viewer(embedded):
    at = opened(None)

    assert len(at.error) == 1
    assert not at.text_input


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "message"), [(None, "search-begin"), ("   ", "search-begin"), ("a", "search-too-short")]
)
def test_without_a_word_to_look_for_the_page_says_what_to_type(text, message, language, manager):
    at = opened(replace(manager, language=language), text)

    assert not at.exception
    assert say(language, message) in words(at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_hit_has_its_group(language, manager):
    account = make.account(owner=manager.person_id, name="Quotes & Sons", name_zh="Quotes 之家")
    make.contact(account, name="Quotes Wang")
    make.quote(account, manager.person_id)
    make.note(account, manager.person_id, text="Three quotes asked")
    at = opened(replace(manager, language=language), "quote")

    assert not at.exception
    for group in ("pages", "accounts", "contacts", "notes"):
        assert f"**{say(language, f'search-{group}')}**" in words(at)
    assert [e.value.strip() for e in at.text] == ["Three quotes asked"]


def test_more_than_ten_hits_are_counted(manager):
    for number in range(12):
        make.account(owner=manager.person_id, name=f"Serial {number}")

    assert say("en", "search-more", count=2) in words(opened(manager, "serial"))


def test_nothing_found_repeats_the_text_without_its_markup(manager):
    at = opened(manager, "**no** [x](http://x.example)")

    assert not at.exception
    assert r"\*\*no\*\* \[x\]" in words(at)


def test_names_from_people_stay_inert(manager):
    account = make.account(owner=manager.person_id, name="**Bold** :red[x] Ltd")
    make.note(account, manager.person_id, text="<script>alert(1)</script> **Bold** note")
    at = opened(manager, "bold")

    assert r"\*\*Bold\*\* \:red\[x\] Ltd" in words(at)
    assert [e.value.strip() for e in at.text] == ["<script>alert(1)</script> **Bold** note"]


def test_a_foreign_account_is_not_on_the_page(manager, other_manager):
    make.account(owner=other_manager.person_id, name="Canary Ltd")

    assert "Canary" not in words(opened(manager, "canary")).replace("“canary”", "")


def asked(at: AppTest) -> str:
    """What the address asks for."""
    found = at.query_params["find"]
    return found if isinstance(found, str) else found[0]


def draw_box() -> None:
    """The sidebar's box above the page's field, as the desk draws them."""
    from lib.ui import finder

    finder.box()
    finder.field(200)


def test_what_is_typed_in_the_box_reaches_the_page_and_the_address(embedded, manager):
    at = AppTest.from_function(draw_box, default_timeout=20)
    at.session_state["viewer"] = manager
    at.run().text_input[0].set_value(" 海岸 ").run()

    assert [field.value for field in at.text_input] == ["", "海岸"]
    assert asked(at) == "海岸"

    at.text_input[1].set_value("lumora").run()

    assert [field.value for field in at.text_input] == ["", "lumora"]
    assert asked(at) == "lumora"


def test_an_address_holds_the_search(manager):
    account = make.account(owner=manager.person_id, name="Lumora Home")
    make.contact(account, name="Lumora Wang")

    assert "Lumora Wang" in words(opened(manager, "lumora"))
