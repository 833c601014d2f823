"""Events for VIP customers: which answer follows which, how many seats are left, who responded. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from lib.errors import Conflict, Invalid

KINDS = ("golf", "art", "health", "tax", "summit", "dinner")
STATES = ("invited", "accepted", "declined", "attended", "missed")
SEATED = frozenset({"accepted", "attended", "missed"})  # they said yes
_MOVES = {
    "invited": frozenset({"accepted", "declined"}),
    "accepted": frozenset({"declined", "attended", "missed"}),
    "declined": frozenset({"accepted"}),
    "attended": frozenset({"missed"}),
    "missed": frozenset({"attended"}),
}
CAME = frozenset({"attended", "missed"})
NAME_MAX, REASON_MAX, SEATS_MAX = 120, 1000, 10_000


@dataclass(frozen=True)
class Response:
    """How an event was answered. `rate`: those who said yes among those invited; None without any."""

    invited: int
    said_yes: int
    came: int

    @property
    def rate(self) -> Decimal | None:
        return Decimal(self.said_yes) / self.invited if self.invited else None


def response(states: Iterable[str]) -> Response:
    held = list(states)
    return Response(len(held), sum(s in SEATED for s in held), sum(s == "attended" for s in held))


def answers(status: str, held_on: date, today: date) -> list[str]:
    """What can be noted next: whether somebody came is known from the day on."""
    return [s for s in STATES if s in _MOVES[status] and (s not in CAME or today >= held_on)]


def answer(status: str, target: str, held_on: date, today: date, seats_left: int | None) -> str:
    """Raises Conflict for a step that does not follow, or a yes beyond the last seat."""
    if target not in answers(status, held_on, today):
        raise Conflict("event_answer")
    if target in SEATED and status not in SEATED and seats_left is not None and seats_left < 1:
        raise Conflict("event_full")
    return target


def check_event(values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of an event from a form. Raises Invalid naming the field."""
    name, place = (" ".join(str(values.get(key) or "").split()) for key in ("name", "place"))
    if values.get("kind") not in KINDS:
        raise Invalid("event_value", field="kind")
    if not name or len(name) > NAME_MAX:
        raise Invalid("event_value", field="name")
    if not isinstance(values.get("held_on"), date):
        raise Invalid("event_value", field="held_on")
    seats = values.get("seats")
    if seats is not None and not 1 <= seats <= SEATS_MAX:
        raise Invalid("event_value", field="seats")
    return {"kind": values["kind"], "name": name, "place": place[:NAME_MAX] or None,
            "held_on": values["held_on"], "seats": seats}  # fmt: skip
