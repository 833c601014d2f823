"""The first start: one background thread per process prepares the store while visitors see how far it is."""

import logging
import sqlite3
import threading
from dataclasses import dataclass

from lib import clock
from lib.errors import Conflict, DeskError
from lib.settings import settings
from lib.store import address
from lib.store.marks import DEMO, WANTS_DEMO, Peek, peek

log = logging.getLogger("vip_desk.start")


@dataclass
class Preparation:
    """What the thread is doing; written by it alone, read by every visitor."""

    step: str = "store"
    share: float = 0.0
    done: bool = False
    problem: str | None = None  # the message that says why it stopped
    thread: threading.Thread | None = None
    language: str = "en"  # of whoever came first: what the people of a new local store speak

    def report(self, step: str, share: float) -> None:
        self.step, self.share = step, share


_preparations: dict[str, Preparation] = {}
_lock = threading.Lock()


def preparation(language: str = "en") -> Preparation:
    """The preparation of the store in use; starts it when nobody has, and again after it stopped."""
    with _lock:
        made = _preparations.get(address.url())
        if made is None or made.problem:
            made = _preparations[address.url()] = Preparation(language=language)
            made.thread = threading.Thread(target=_work, args=(made,), name="prepare", daemon=True)
            made.thread.start()
    return made


def forget() -> None:
    """Prepare anew at the next visit (after the store was replaced)."""
    with _lock:
        _preparations.pop(address.url(), None)


def _work(state: Preparation) -> None:
    try:
        _make_ready(state)
        state.done = True
    except DeskError as error:
        log.error("the store could not be prepared: %s", error.code)
        state.problem = error.message_id
    except Exception:
        log.exception("the store could not be prepared")
        state.problem = "frame-store-away"


def _make_ready(state: Preparation) -> None:
    """An embedded store is made here, with demo data when it is new; a server's store only when it is
    current: schema changes there are an operator's act (python -m lib migrate)."""
    from lib.flows.prepare import prepare  # late, as below: with it come pandas and all tables
    from lib.store import migrate

    if not settings().is_embedded:
        migrate.ensure_current()
        prepare(clock.now(), local_people=not settings().has_provider, language=state.language)
        return
    wants_demo = settings().may_be_demo and _is_new(peek())
    local_people = not (wants_demo or settings().has_provider)
    prepare(clock.now(), local_people=local_people, wants_demo=wants_demo, language=state.language)
    from lib import demo  # late: numpy and the generator are needed by the first start alone

    if not wants_demo:
        demo.add_missing_days(clock.now())
        return
    try:
        demo.fill(state.report, clock.now())
    except Conflict:  # another process made it meanwhile, and finishes it
        log.info("the demo is made by another process")


def is_open() -> bool:
    """Whether the store holds the demo, or will once somebody comes: then there is nothing to keep from
    whoever sits at this machine. A store that cannot be asked is closed."""
    if settings().has_provider or not settings().is_embedded:
        return False
    try:
        found = peek()
    except sqlite3.Error:
        log.warning("the store cannot be asked whether it is a demo", exc_info=True)
        return False
    return DEMO in found.marks or (_is_new(found) and settings().may_be_demo)


def _is_new(found: Peek) -> bool:
    """No store yet, or one whose first start was cut off before its demo data came."""
    return not found.made or found.marks == {WANTS_DEMO}
