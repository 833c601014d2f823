"""What a search means: spellings, shortness, wildcards, pages and excerpts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.search import rules
from lib.words import LANGUAGES

PAGES = ("today", "accounts", "alerts", "renewals", "quotes", "kpi")


@pytest.mark.parametrize(
    ("typed", "sought"),
    [
        ("  Lumora   Home ", "Lumora Home"),
        ("ＬＵ－２０３８　首期", "LU-2038 首期"),
        ("Cafe\u0301", "Café"),
        ("海岸\x00线", "海岸线"),
        ("a\ud800b", "ab"),
        (" \t\n", ""),
    ],
)
def test_a_search_is_composed_half_width_and_single_spaced(typed, sought):
    assert rules.wanted(typed) == sought


@pytest.mark.parametrize("typed", ["", " ", "a", "7", "%", "Ａ", "é"])
def test_a_single_letter_is_too_short(typed):
    assert rules.too_short(typed)


@pytest.mark.parametrize("typed", ["海", "海岸", "ab", "Q2"])
def test_one_chinese_character_or_two_letters_are_enough(typed):
    assert not rules.too_short(typed)


def test_a_text_is_sought_half_width_and_as_it_was_typed():
    assert rules.spellings("（首期）") == ("(首期)", "（首期）")


def test_letters_beyond_ascii_are_sought_large_and_small():
    assert set(rules.spellings("Müller")) == {"Müller", "müller", "MÜLLER"}


def test_wildcards_are_letters():
    assert rules.literal(r"50%_\x") == r"50\%\_\\x"


@pytest.mark.parametrize(("typed", "name"), [("alert", "alerts"), ("预警", "alerts"), ("客户", "accounts")])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_found_by_its_name_in_either_language(typed, name, language):
    assert rules.places(typed, PAGES, language)[0].name == name


def test_a_page_the_reader_may_not_open_is_not_found():
    assert not rules.places("KPI", ("today", "accounts"), "en")


def test_an_exact_page_name_comes_before_a_longer_one():
    found = rules.places("quote", ("quotes", "quote"), "en")

    assert [place.name for place in found] == ["quote", "quotes"]


def test_an_excerpt_is_one_line_around_the_hit():
    told = rules.excerpt("x " * 200 + "the\nPRICE is too high " + "y " * 200, "the price")

    assert told.startswith("…") and told.endswith("…")
    assert "the PRICE is too high" in told
    assert len(told) <= rules.EXCERPT + 2


def test_a_short_note_is_told_whole():
    assert rules.excerpt("客户要求首期付款延后", "首期") == "客户要求首期付款延后"


@given(st.text(max_size=400), st.text(max_size=300))
def test_no_text_breaks_a_search(text, typed):
    told = rules.excerpt(text, typed)

    assert "\n" not in told and len(told) <= rules.EXCERPT + 2
    assert len(rules.wanted(typed)) <= rules.LONGEST
    assert all(len(one) <= 3 * rules.LONGEST for one in rules.spellings(typed))
