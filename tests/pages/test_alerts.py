"""The page Alerts as a person sees it: the inbox, and one alert from evidence to closing."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from lib.activity.queries import alert_of
from lib.flows import daily
from tests import make, screen
from tests.activity import worlds
from tests.screen import words

opened = partial(screen.opened, "alerts")


@pytest.fixture
def alert(embedded, technical, manager, today) -> int:
    """A real alert: eight of ten people of an account stopped."""
    worlds.neighbours(5)
    account_id = worlds.subject(silent=8, owner=manager.person_id, since=worlds.LAST - timedelta(days=30))
    make.subscription(account_id)
    make.contact(account_id, name="Wang Tao", is_sponsor=True)
    daily.run_day(technical, today)
    return 1


def test_nobody_gets_in_without_a_viewer(embedded):
    at = opened(None)

    assert not at.dataframe
    assert len(at.error) == 1


def test_an_empty_store_says_how_to_begin(embedded, manager):
    at = opened(manager)

    assert not at.exception
    assert "No activity yet. Import an activity file to begin." in words(at)


def test_the_inbox_names_level_finding_and_what_is_at_stake(manager, alert):
    at = opened(manager)

    assert not at.exception
    row = at.dataframe[0].value.iloc[0]
    assert row["account"] == "Lumora Home"
    assert row["finding"] == "79% below its own range; 8 of 10 regular users down by half or more"
    assert row["level"] == ["◆ Critical"]
    assert [m.value for m in at.metric] == ["1", "0", "$12K", "0"]


def test_a_filter_that_hides_everything_says_so(manager, alert):
    at = opened(manager, level="watch")

    assert "No alerts match these filters." in words(at)


def test_all_clear_is_a_sentence_of_its_own(other_manager, alert):
    assert "All clear: no team is fading." in words(opened(other_manager))


def test_a_dead_source_is_named(manager, alert, today):
    late = replace(manager, now=manager.now + timedelta(days=10))

    assert "No activity received since 19 Nov 2026." in words(opened(late))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Even without Person 0 the rest of the team is"),
        ("zh-CN", "即使不计 Person 0，团队其他人也下降了"),
    ],
)
def test_one_alert_shows_its_evidence_in_both_languages(manager, alert, language, sentence):
    at = opened(replace(manager, language=language), id=str(alert))

    assert not at.exception
    assert sentence in words(at)
    assert len(at.dataframe[1].value) == 8
    assert at.checkbox[0].label


def test_a_foreign_alert_is_not_there(other_manager, alert):
    at = opened(other_manager, id=str(alert))

    assert not at.exception
    assert "Lumora" not in words(at)
    assert "Nothing to see here" in words(at)


@pytest.mark.acceptance("C04")
def test_closing_without_a_cause_is_refused_and_with_one_it_closes(manager, alert):
    at = opened(manager, id=str(alert))
    key = f"alert-{alert}-1"
    at.text_area(key=f"{key}-summary").set_value("Sync stopped after the token expired.")
    at.button(key=f"{key}-close").click().run()
    assert "Choose the cause." in words(at)
    assert at.text_area(key=f"{key}-summary").value == "Sync stopped after the token expired."

    at.selectbox(key=f"{key}-cause").set_value("integration")
    at.segmented_control(key=f"{key}-verdict").set_value("real") if hasattr(
        at, "segmented_control"
    ) else at.button_group(key=f"{key}-verdict").set_value(["real"])
    at.button(key=f"{key}-close").click().run()

    assert not at.exception
    closed = alert_of(manager, alert)
    assert (closed.status, closed.cause, closed.verdict) == ("resolved", "integration", "real")
    assert "How it ended" in words(at)


def test_saving_and_keeping_open_prefills_the_next_visit(manager, alert):
    at = opened(manager, id=str(alert))
    at.text_area(key=f"alert-{alert}-1-summary").set_value("Left a message.")
    at.button(key=f"alert-{alert}-1-keep").click().run()

    assert alert_of(manager, alert).status == "contacted"
    again = opened(manager, id=str(alert))
    assert again.text_area(key=f"alert-{alert}-2-summary").value == "Left a message."


def test_snoozing_needs_a_reason(manager, alert):
    at = opened(manager, id=str(alert))
    at.button(key="snooze-snooze").click().run()
    assert "Say why." in words(at)

    at.text_input(key="snooze-why").set_value("Trade fair")
    at.button(key="snooze-snooze").click().run()

    assert not at.exception
    assert alert_of(manager, alert).snoozed_until == date(2026, 12, 4)


def test_leadership_sees_the_evidence_and_no_form(leader, alert):
    at = opened(leader, id=str(alert))

    assert not at.exception
    assert not at.text_area
    assert all(box.disabled for box in at.checkbox)


def test_a_step_of_the_play_stays_ticked(manager, alert):
    at = opened(manager, id=str(alert))
    at.checkbox(key=f"step-{alert}-sponsor").check().run()

    assert not at.exception
    assert opened(manager, id=str(alert)).checkbox(key=f"step-{alert}-sponsor").value
