"""What may be written about a negotiation."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.errors import Conflict, DeskError, Invalid
from lib.negotiation import rules
from lib.negotiation.rules import PromiseStatus

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  They ask for three years.  ", "They ask for three years."),
        ("first\r\nsecond\rthird", "first\nsecond\nthird"),
        ("Cafe\u0301", "Caf\u00e9"),
        ("家庭套餐 👨‍👩‍👧 可以", "家庭套餐 👨‍👩‍👧 可以"),
        ("=1+1 <b>bold</b> {x} '; DROP TABLE note; --", "=1+1 <b>bold</b> {x} '; DROP TABLE note; --"),
    ],
)
def test_text_is_kept_literally_but_trimmed_and_composed(typed, stored):
    assert rules.clean_text(typed, "note", 100, lines=True) == stored


@pytest.mark.parametrize("typed", ["", "   ", "\n\t \u3000", "\r\n"])
def test_blank_text_is_refused(typed):
    with pytest.raises(Invalid) as refusal:
        rules.clean_text(typed, "note", 100, lines=True)

    assert refusal.value.code == "negotiation_text_missing"
    assert refusal.value.values["field"] == "note"


def test_text_at_the_limit_passes_and_one_more_character_is_refused():
    assert len(rules.clean_text("客" * rules.NOTE_LIMIT, "note", rules.NOTE_LIMIT)) == rules.NOTE_LIMIT
    with pytest.raises(Invalid) as refusal:
        rules.clean_text("客" * (rules.NOTE_LIMIT + 1), "note", rules.NOTE_LIMIT)

    assert refusal.value.values["limit"] == rules.NOTE_LIMIT


@pytest.mark.parametrize("mark", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\u202e", "\u2066", "\ud800"])
def test_control_and_direction_characters_are_refused(mark):
    with pytest.raises(Invalid, match="negotiation_text_control"):
        rules.clean_text(f"a{mark}b", "note", 100, lines=True)


def test_line_breaks_belong_to_texts_of_several_lines_only():
    assert rules.clean_text("a\nb", "note", 100, lines=True) == "a\nb"
    with pytest.raises(Invalid):
        rules.clean_text("a\nb", "promise", 100)


@given(st.text())
def test_cleaning_a_clean_text_changes_nothing(typed):
    try:
        once = rules.clean_text(typed, "note", rules.NOTE_LIMIT, lines=True)
    except DeskError:
        return

    assert rules.clean_text(once, "note", rules.NOTE_LIMIT, lines=True) == once


def test_a_contact_lies_in_the_past():
    rules.check_happened(NOW, NOW)
    rules.check_happened(NOW + timedelta(minutes=5), NOW)
    with pytest.raises(Invalid, match="negotiation_touch_ahead"):
        rules.check_happened(NOW + timedelta(minutes=5, seconds=1), NOW)
    with pytest.raises(Invalid, match="negotiation_touch_old"):
        rules.check_happened(datetime(1999, 12, 31, tzinfo=UTC), NOW)


def test_a_promise_is_for_today_or_later_within_five_years():
    rules.check_due(TODAY, TODAY)
    rules.check_due(TODAY + rules.LONGEST_PROMISE, TODAY)
    with pytest.raises(Invalid, match="negotiation_due_past"):
        rules.check_due(TODAY - timedelta(days=1), TODAY)
    with pytest.raises(Invalid, match="negotiation_due_far"):
        rules.check_due(TODAY + rules.LONGEST_PROMISE + timedelta(days=1), TODAY)


@pytest.mark.parametrize("current", [PromiseStatus.KEPT, PromiseStatus.DROPPED])
def test_a_closed_promise_is_not_closed_again(current):
    with pytest.raises(Conflict, match="negotiation_promise_closed"):
        rules.close_promise(current, PromiseStatus.KEPT)


@pytest.mark.parametrize(
    ("status", "days", "state"),
    [
        ("open", -1, "overdue"),
        ("open", 0, "today"),
        ("open", 1, "open"),
        ("kept", -9, "kept"),
        ("dropped", 0, "dropped"),
    ],
)
def test_the_state_of_a_promise_follows_the_day(status, days, state):
    assert rules.promise_state(status, TODAY + timedelta(days=days), TODAY) == state


def test_an_unknown_channel_or_script_is_refused():
    with pytest.raises(Invalid, match="negotiation_channel"):
        rules.channel("pigeon")
    with pytest.raises(Invalid, match="negotiation_script"):
        rules.script("threat")
    assert rules.script(None) is None
