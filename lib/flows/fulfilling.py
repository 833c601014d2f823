"""Hands instructions to the product beside the visitors: each until it is there, with the same key."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from lib.access import Viewer
from lib.errors import DeskError
from lib.flows.beside import Beside, one_by_one
from lib.fulfilment import adapter, sending
from lib.fulfilment.adapter import Adapter, Target
from lib.notices import webhook
from lib.notices.message import Message
from lib.people.identity import technical_viewer
from lib.settings import Channel, settings

log = logging.getLogger("vip_desk.fulfilment")
PAUSE_SECONDS = 10.0
MOST_IN_A_ROW = 500


class Web:
    """Posts an instruction to the address that was set, under the rules for plain webhooks."""

    def __init__(self, channel: Channel, clock: Callable[[], datetime]) -> None:
        self.channel, self.clock = channel, clock

    def deliver(self, key: str, payload: dict[str, Any]) -> str:
        message = Message(key, "fulfilment", "", (payload,))
        return webhook.send(self.channel, message, self.clock(), local=settings().webhook_local)


def adapters(clock: Callable[[], datetime]) -> dict[str, Adapter]:
    """The ways out that are set up, by target."""
    found: dict[str, Adapter] = {}
    if settings().fulfilment_folder is not None:
        found[Target.FILE] = adapter.Files(settings().fulfilment_folder)
    if (channel := adapter.channel()) is not None:
        found[Target.HTTP] = Web(channel, clock)
    return found


def deliver_waiting(
    viewer: Viewer, clock: Callable[[], datetime], ways: Mapping[str, Adapter] | None = None
) -> dict[str, int]:  # fmt: skip
    """Hand over whatever is due; state -> how many instructions reached it."""
    ways = adapters(clock) if ways is None else ways
    counted: dict[str, int] = {}
    for _now, claimed in one_by_one(viewer, clock, sending, MOST_IN_A_ROW):
        way = ways.get(claimed.target)
        outcome = way.deliver(claimed.key, claimed.payload) if way else "no_target"
        state = sending.finish(replace(viewer, now=clock()), claimed.id, claimed.claim, outcome)
        counted[state] = counted.get(state, 0) + 1
    return counted


def start(clock: Callable[[], datetime], acting_as: str, *, pause: float = PAUSE_SECONDS) -> bool:
    """Make sure that this process hands over what waits; False when it does already, or has no target."""
    return adapter.target() != Target.DESK and _instructions.start(clock, acting_as, pause)


def nudge() -> None:
    """Look now: a deal was just closed."""
    _instructions.nudge()


def stop() -> None:
    _instructions.stop()


def _deliver(clock: Callable[[], datetime], acting_as: str) -> None:
    try:
        deliver_waiting(technical_viewer(clock(), acting_as), clock)
    except DeskError as error:
        log.warning("instructions wait: %s", error.code)


_instructions = Beside("instructions", log, "instructions could not be handed over", _deliver)
