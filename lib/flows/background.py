"""Runs the missing days beside the visitors."""

import logging
from collections.abc import Callable
from datetime import datetime

from lib.access import Viewer
from lib.errors import Conflict
from lib.flows import daily
from lib.flows.beside import Beside
from lib.people.identity import technical_viewer

log = logging.getLogger("vip_desk.daily")
PAUSE_SECONDS = 300.0


def start(clock: Callable[[], datetime], acting_as: str, *, pause: float = PAUSE_SECONDS) -> bool:
    """Make sure that this process looks for missing days now and then; False when it does already."""
    return _days.start(clock, acting_as, pause)


def nudge() -> None:
    """Look for missing days now: an import has brought data of a day that was evaluated without it."""
    _days.nudge()


def stop() -> None:
    _days.stop()


def _look(clock: Callable[[], datetime], acting_as: str) -> None:
    catch_up(technical_viewer(clock(), acting_as))


def catch_up(viewer: Viewer) -> int:
    """Run the missing days, unless another process does; how many were missing."""
    if not daily.pending(viewer):
        daily.watch_cases(viewer)
        return 0
    try:
        return daily.run_missing_days(viewer)
    except Conflict as taken:
        log.info("another process runs the day: %s", taken.code)
        return 0


_days = Beside("missing-days", log, "missing days could not be run", _look)
