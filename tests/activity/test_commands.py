"""Working on alerts: closing, snoozing, dismissing, on both stores."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from lib.activity import commands
from lib.activity.queries import alert_events, alert_of, steps_done
from lib.errors import Conflict, Invalid, NotAllowed, NotFound
from lib.flows.close_alert import log_outreach_and_close
from lib.store.database import read_one
from lib.store.models import HISTORY, AuditEntry, Touch
from tests import make


@pytest.fixture
def alert(database, manager) -> int:
    return make.alert(make.account(owner=manager.person_id))


@pytest.mark.acceptance("C04")
def test_an_alert_cannot_be_closed_without_outreach(manager, alert):
    with pytest.raises(Invalid) as refused:
        commands.close_alert(manager, alert, 1, None, "price", "real")

    assert refused.value.code == "alert_needs_outreach"
    assert alert_of(manager, alert).status == "new"


@pytest.mark.acceptance("C04")
def test_an_alert_cannot_be_closed_without_a_cause(manager, alert):
    touch = make.touch(alert_of(manager, alert).account_id, manager.person_id)

    with pytest.raises(Invalid) as refused:
        commands.close_alert(manager, alert, 1, touch, None, "real")

    assert refused.value.code == "alert_needs_cause"


def test_an_outreach_a_cause_and_a_verdict_close_it(manager, alert, today):
    touch = make.touch(alert_of(manager, alert).account_id, manager.person_id)

    version = commands.close_alert(manager, alert, 1, touch, "price", "real")

    found = alert_of(manager, alert)
    assert (found.status, found.cause, found.verdict, found.closer) == (
        "resolved",
        "price",
        "real",
        "Lin Wei",
    )
    assert found.resolved_on == today and version == 2
    history = HISTORY["churn_alert"]
    assert read_one(select(history.c.status).where(history.c.id == alert))[0] == "new"
    assert read_one(select(AuditEntry.command).where(AuditEntry.row_id == alert))[0] == "activity.close_alert"


def test_an_outreach_to_another_account_does_not_count(manager, alert):
    other = make.touch(make.account(owner=manager.person_id), manager.person_id)

    with pytest.raises(NotFound):
        commands.close_alert(manager, alert, 1, other, "price", "real")


def test_an_outreach_from_before_the_alert_does_not_count(manager, alert, now):
    account = alert_of(manager, alert).account_id
    early = make.touch(account, manager.person_id, happened_at=now - timedelta(days=30))

    with pytest.raises(Invalid) as refused:
        commands.close_alert(manager, alert, 1, early, "price", "real")

    assert refused.value.code == "alert_outreach_too_early"


def test_one_dialog_logs_the_outreach_and_closes(manager, alert):
    touch = log_outreach_and_close(
        manager, alert, 1, channel="call", summary="Token expired.", cause="integration", verdict="real"
    )

    assert alert_of(manager, alert).status == "resolved"
    assert read_one(select(Touch.summary).where(Touch.id == touch))[0] == "Token expired."


def test_a_refused_closing_logs_no_outreach_either(manager, alert):
    with pytest.raises(Invalid):
        log_outreach_and_close(manager, alert, 1, summary="Spoke.", cause=None, verdict="real")

    assert read_one(select(func.count()).select_from(Touch))[0] == 0


def test_a_second_click_logs_nothing_twice(manager, alert):
    first = log_outreach_and_close(manager, alert, 1, summary="Spoke.", keep_open=True, form_key="k1")
    again = log_outreach_and_close(manager, alert, 1, summary="Spoke.", keep_open=True, form_key="k1")

    assert first == again
    assert alert_of(manager, alert).status == "contacted"
    assert read_one(select(func.count()).select_from(Touch))[0] == 1


def test_whoever_saw_an_older_version_is_told(manager, alert):
    commands.snooze_alert(manager, alert, 1, date(2026, 11, 30), "Trade fair")

    with pytest.raises(Conflict):
        log_outreach_and_close(manager, alert, 1, summary="Spoke.", cause="price", verdict="real")


def test_a_snoozed_alert_can_be_woken(manager, alert):
    commands.snooze_alert(manager, alert, 1, date(2026, 11, 30), "Trade fair")
    assert alert_of(manager, alert).snoozed_until == date(2026, 11, 30)

    commands.wake_alert(manager, alert, 2)

    assert alert_of(manager, alert).status == "new"
    assert alert_events(manager, alert)["what"].tolist() == ["snoozed", "woke"]


def test_dismissed_as_expected_stays_quiet_and_keeps_the_reason(manager, alert, today):
    commands.dismiss_alert(manager, alert, 1, "moved_to_api", "All orders come by API now")

    assert alert_of(manager, alert).status == "dismissed"
    assert alert_events(manager, alert)["details"][0]["comment"] == "All orders come by API now"


def test_steps_of_the_play_are_ticked_and_taken_back(manager, alert):
    commands.tick_step(manager, alert, "sponsor")
    commands.tick_step(manager, alert, "cases")
    commands.tick_step(manager, alert, "cases", False)

    assert steps_done(manager, alert) == {"sponsor"}
    with pytest.raises(Invalid):
        commands.tick_step(manager, alert, "dance")


def test_somebody_elses_alert_does_not_exist(other_manager, alert):
    with pytest.raises(NotFound):
        commands.snooze_alert(other_manager, alert, 1, date(2026, 11, 30), "x")
    with pytest.raises(NotFound):
        alert_of(other_manager, alert)


def test_leadership_reads_but_does_not_work_on_alerts(leader, alert):
    assert alert_of(leader, alert).status == "new"
    with pytest.raises(NotAllowed):
        commands.dismiss_alert(leader, alert, 1, "season")
