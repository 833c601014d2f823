"""The page Evidence as a person sees it: figures, rows, misses by name, verdicts, the replay."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from lib.evidence.queries import FIGURES, PERIODS
from lib.store import models as m
from lib.ui.acts import plain
from tests import make, screen
from tests.activity import worlds
from tests.make import NOW, TODAY
from tests.screen import said

opened = partial(screen.opened, "evidence")


@pytest.fixture
def past(embedded, manager) -> None:
    """Two losses, one of them with an alert 92 days before."""
    make.insert(m.DayRun(day=date(2025, 6, 1), status="done", started_at=NOW, heartbeat_at=NOW, runner="x"))
    for name in ("Lumora Home", "Velahome"):
        account = make.account(
            owner=manager.person_id, name=name, name_zh="流明家居" if "Lumora" in name else None
        )
        make.insert(m.AccountDay(account_id=account, day=date(2025, 1, 1), active_users=3, events=9))
        make.insert(
            m.ChurnEvent(external_id=f"C-{account}", account_id=account, happened_on=date(2026, 9, 1))
        )
        if name == "Lumora Home":
            make.alert(account, opened_on=date(2026, 6, 1), resolved_on=date(2026, 9, 1), status="lost",
                       verdict="real", cause="price")  # fmt: skip


def test_nobody_gets_in_without_a_viewer(embedded):
    at = opened(None)

    assert not at.metric
    assert len(at.error) == 1


def test_an_empty_desk_says_how_to_begin(embedded, manager):
    at = opened(manager)

    assert not at.exception
    assert "No accounts yet. Import a CSV to begin." in said(at)


def test_a_desk_without_any_morning_says_so(embedded, manager):
    make.account(owner=manager.person_id)

    assert "No morning was evaluated yet" in said(opened(manager))


@pytest.mark.acceptance("C04")
def test_five_figures_misses_by_name_and_too_few_verdicts(manager, past):
    at = opened(manager)

    assert not at.exception
    assert [(tile.label, tile.value) for tile in at.metric] == [
        ("Losses found", "50%"), ("Found 30 days ahead", "50%"), ("Precision", "–"),
        ("Median lead", "92 days"), ("False alerts a year", "0.00"),
    ]  # fmt: skip
    for part in ("1 of 2 losses had an alert before; so few say little", "Velahome", "How truth is defined"):
        assert part in said(at)
    assert "too few\\: 1 of 10" in at.table[1].value.to_string()


def test_chinese_speaks_chinese(manager, past):
    at = opened(replace(manager, language="zh-CN"))

    assert not at.exception
    assert "2 次流失中有 1 次事先有预警；样本太少，说明不了多少" in said(at)


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_opens_its_rows(manager, past, figure):
    at = opened(manager)
    at.session_state["evidence-rows"] = figure
    at.run()

    assert not at.exception
    rows = {"losses": 2, "found": 1, "misses": 1, "alerts": 1, "early": 1, "verdicts": 1}.get(figure, 0)
    if rows:
        assert len(at.dataframe[-1].value) == rows
    else:
        assert "No row counts here." in said(at)


@pytest.mark.parametrize("period", [*PERIODS, "nonsense"])
def test_the_period_comes_from_the_address(manager, past, period):
    at = opened(manager, period=period)

    assert not at.exception
    assert len(at.metric) == 5


@pytest.mark.parametrize("ahead", ["180", "90", "60", "7"])
def test_the_health_tab_names_its_horizon(manager, past, ahead):
    at = opened(manager, tab="health", ahead=ahead)

    assert not at.exception
    shown = ahead if ahead != "7" else "90"
    assert f"by the score {shown} days before" in said(at)


def test_somebody_elses_losses_are_not_there(other_manager, past):
    assert "Velahome" not in said(opened(other_manager))


def test_who_may_run_days_replays_the_past_and_reads_what_it_found(embedded, admin):
    worlds.neighbours(5)
    worlds.subject(silent=8, since=worlds.LAST - timedelta(days=30))
    at = opened(admin)
    at.date_input(key="replay-from").set_value(TODAY - timedelta(days=20))
    at.date_input(key="replay-to").set_value(TODAY)
    at.button(key="replay-start").click().run()

    assert not at.exception
    assert "1 alert found" in said(at)


def test_an_account_manager_is_offered_no_replay(manager, past):
    with pytest.raises(KeyError):
        opened(manager).button(key="replay-start")


def test_the_losses_stand_with_their_answers_counted_and_can_be_exported(embedded, leader, manager):
    account = make.account(owner=manager.person_id, name="Velahome")
    make.insert(m.LossReason(account_id=account, lost_on=TODAY, reason="price", kept_by="lower_price",
                             person_id=manager.person_id, recorded_at=NOW))  # fmt: skip
    at = opened(leader, tab="losses")

    assert not at.exception
    seen = screen.words(at)
    for part in ("1 answer of a lost customer", plain("Price: 1")):
        assert part in seen, part
    (table,) = at.dataframe
    assert "A lower price" in table.value.to_string()
