"""Runs the missing days beside the visitors: one daemon thread a process and store."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from lib.access import Viewer
from lib.errors import Conflict
from lib.flows import daily
from lib.people.identity import technical_viewer
from lib.store import database

log = logging.getLogger("vip_desk.daily")
PAUSE_SECONDS = 300.0


@dataclass
class Runner:
    """One thread and what wakes it: `look` before its pause is over, `ended` for good."""

    thread: threading.Thread | None = None
    look: threading.Event = field(default_factory=threading.Event)
    ended: bool = False


_running: dict[str, Runner] = {}
_lock = threading.Lock()


def start(clock: Callable[[], datetime], acting_as: str, *, pause: float = PAUSE_SECONDS) -> bool:
    """Make sure that this process looks for missing days now and then; False when it does already.

    `clock` gives the current instant (aware, UTC). The thread ends with the process; a day it leaves half
    done is taken over by whoever comes next.
    """
    store = database.url()
    with _lock:
        known = _running.get(store)
        if known is not None and known.thread.is_alive():
            return False
        runner = _running[store] = Runner()
        runner.thread = threading.Thread(
            target=_work, args=(clock, acting_as, pause, runner), name="missing-days", daemon=True
        )
        runner.thread.start()
    return True


def nudge() -> None:
    """Look for missing days now: an import has brought data of a day that was evaluated without it."""
    with _lock:
        known = _running.get(database.url())
    if known is not None:
        known.look.set()


def stop() -> None:
    """End the thread of the store in use and wait for it (before the store is replaced)."""
    with _lock:
        known = _running.pop(database.url(), None)
    if known is not None:
        known.ended = True
        known.look.set()
        known.thread.join()


def _work(clock: Callable[[], datetime], acting_as: str, pause: float, runner: Runner) -> None:
    while not runner.ended:
        runner.look.clear()
        try:
            catch_up(technical_viewer(clock(), acting_as))
        except LookupError:
            log.info("the store is not prepared yet")
        except Exception:
            log.exception("missing days could not be run")
        runner.look.wait(pause)


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
