"""Sends messages beside the visitors, where a channel is set up."""

import logging
from collections.abc import Callable
from datetime import datetime

from lib.errors import DeskError
from lib.flows import notices
from lib.flows.beside import Beside
from lib.people.identity import technical_viewer
from lib.settings import channels

log = logging.getLogger("vip_desk.notices")
PAUSE_SECONDS = 20.0


def start(clock: Callable[[], datetime], acting_as: str, *, pause: float = PAUSE_SECONDS) -> bool:
    """Make sure that this process sends what waits; False when it does already, or has no channel."""
    return bool(channels()) and _messages.start(clock, acting_as, pause)


def nudge() -> None:
    """Look now: somebody wants a failed message sent again."""
    _messages.nudge()


def stop() -> None:
    _messages.stop()


def _send(clock: Callable[[], datetime], acting_as: str) -> None:
    try:
        notices.send_waiting(technical_viewer(clock(), acting_as), clock)
    except DeskError as error:
        log.warning("messages wait: %s", error.code)


_messages = Beside("messenger", log, "messages could not be sent", _send)
