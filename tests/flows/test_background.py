"""The thread that runs missing days beside the visitors."""

import time
from dataclasses import replace
from datetime import timedelta

from lib.flows import background, daily
from lib.store.database import transaction
from lib.store.models import DayRun, ImportRun
from tests.conftest import NOW


def until(condition, seconds: float = 20.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_one_thread_a_process_runs_the_missing_days(embedded, technical, today):
    assert background.start(lambda: NOW, "test", pause=0.05)
    assert not background.start(lambda: NOW, "test", pause=0.05)

    assert until(lambda: daily.latest_day() == today)
    background.stop()


def test_a_nudge_ends_the_pause(embedded, technical, today):
    moments = iter([NOW - timedelta(days=1), NOW])
    background.start(lambda: next(moments), "test", pause=600)
    assert until(lambda: daily.latest_day() == today - timedelta(days=1))

    background.nudge()

    assert until(lambda: daily.latest_day() == today)
    background.stop()


def test_nothing_is_run_twice(embedded, technical, today):
    assert background.catch_up(technical) == 1

    assert background.catch_up(technical) == 0


def test_a_day_another_process_works_on_is_left_to_it(embedded, technical, today):
    with transaction() as session:
        session.add(DayRun(day=today, status="running", runner="other", started_at=NOW, heartbeat_at=NOW))

    assert background.catch_up(technical) == 0
    assert daily.latest_day() is None


def test_an_import_after_the_run_asks_for_the_day_again(embedded, technical, today):
    background.catch_up(technical)
    assert not daily.pending(technical)
    later = replace(technical, now=technical.now + timedelta(hours=2))
    counts = dict.fromkeys(("rows_read", "rows_stored", "rows_changed", "rows_unchanged", "rows_reported"), 0)
    with transaction() as session:
        session.add(
            ImportRun(kind="activity", file_name="a.csv", file_sha256="0" * 64, rows_blank=0, **counts,
                      person_id=technical.person_id, imported_at=NOW + timedelta(hours=1))
        )  # fmt: skip
    assert daily.pending(later)

    background.catch_up(later)

    assert not daily.pending(later)
