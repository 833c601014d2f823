"""Work beside the visitors: one daemon thread a process and store for each kind of work."""

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from lib.access import Viewer
from lib.store import database

Work = Callable[[Callable[[], datetime], str], object]


def one_by_one(viewer: Viewer, clock: Callable[[], datetime], sending: Any, most: int) -> Iterator[tuple]:
    """(viewer as of now, what was claimed) for everything due in an outbox, at most so many; `sending` has
    `due` and `claim`. One that another sender was quicker with, or that was given up, is passed over."""
    for _ in range(most):
        now = replace(viewer, now=clock())
        if sending.due(now) is None:
            return
        if (claimed := sending.claim(now)) is not None:
            yield now, claimed


@dataclass
class Runner:
    """One thread and what wakes it: `look` before its pause is over, `ended` for good."""

    thread: threading.Thread | None = None
    look: threading.Event = field(default_factory=threading.Event)
    ended: bool = False


@dataclass
class Beside:
    """Does `work` again and again, in a thread called `name`; `failed` is what the log says when it broke.

    `work` gets the clock (the current instant, aware, UTC) and the name it acts as. The thread ends with the
    process; work it leaves half done is taken over by whoever comes next.
    """

    name: str
    log: logging.Logger
    failed: str
    work: Work
    running: dict[str, Runner] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self, clock: Callable[[], datetime], acting_as: str, pause: float) -> bool:
        """Make sure that this process works on the store in use; False when it does already."""
        store = database.url()
        with self.lock:
            known = self.running.get(store)
            if known is not None and known.thread.is_alive():
                return False
            runner = self.running[store] = Runner()
            runner.thread = threading.Thread(
                target=self._go, args=(clock, acting_as, pause, runner), name=self.name, daemon=True
            )
            runner.thread.start()
        return True

    def nudge(self) -> None:
        """Look now, before the pause is over."""
        with self.lock:
            known = self.running.get(database.url())
        if known is not None:
            known.look.set()

    def stop(self) -> None:
        """End the thread of the store in use and wait for it (before the store is replaced)."""
        with self.lock:
            known = self.running.pop(database.url(), None)
        if known is not None:
            known.ended = True
            known.look.set()
            known.thread.join()

    def _go(self, clock: Callable[[], datetime], acting_as: str, pause: float, runner: Runner) -> None:
        while not runner.ended:
            runner.look.clear()
            try:
                self.work(clock, acting_as)
            except LookupError:
                self.log.info("the store is not prepared yet")
            except Exception:
                self.log.exception(self.failed)
            runner.look.wait(pause)
