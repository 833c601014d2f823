"""Sends messages beside the visitors: one daemon thread a process and store, where a channel is set up."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from lib.errors import DeskError
from lib.flows import notices
from lib.people.identity import technical_viewer
from lib.settings import channels
from lib.store import database

log = logging.getLogger("vip_desk.notices")
PAUSE_SECONDS = 20.0


@dataclass
class Runner:
    """One thread and what wakes it: `look` before its pause is over, `ended` for good."""

    thread: threading.Thread | None = None
    look: threading.Event = field(default_factory=threading.Event)
    ended: bool = False


_running: dict[str, Runner] = {}
_lock = threading.Lock()


def start(clock: Callable[[], datetime], acting_as: str, *, pause: float = PAUSE_SECONDS) -> bool:
    """Make sure that this process sends what waits; False when it does already, or has no channel."""
    if not channels():
        return False
    store = database.url()
    with _lock:
        known = _running.get(store)
        if known is not None and known.thread.is_alive():
            return False
        runner = _running[store] = Runner()
        runner.thread = threading.Thread(
            target=_work, args=(clock, acting_as, pause, runner), name="messenger", daemon=True
        )
        runner.thread.start()
    return True


def nudge() -> None:
    """Look now: somebody wants a failed message sent again."""
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
            notices.send_waiting(technical_viewer(clock(), acting_as), clock)
        except LookupError:
            log.info("the store is not prepared yet")
        except DeskError as error:
            log.warning("messages wait: %s", error.code)
        except Exception:
            log.exception("messages could not be sent")
        runner.look.wait(pause)
