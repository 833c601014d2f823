"""What the forms of the events page ask for, and the command that takes the answer; nothing is drawn."""

from functools import partial
from typing import Any

from lib.access import Viewer
from lib.accounts.fields import Field, Sheet
from lib.events import commands, phrases, rules

EVENT = (
    Field("kind", "choice", required=True, choices=rules.KINDS),
    Field("name", longest=rules.NAME_MAX, required=True),
    Field("held_on", "day", required=True),
    Field("place", longest=rules.NAME_MAX),
    Field("seats", "whole"),
)
WHY = (Field("reason", "paragraph", longest=rules.REASON_MAX, required=True),)


def plan(viewer: Viewer, key: str) -> Sheet:
    names = {kind: phrases.kind_word(kind, viewer.language) for kind in rules.KINDS}
    start = {"kind": rules.KINDS[0], "held_on": viewer.today}
    return Sheet("events-add", "events-added", EVENT, start, partial(_add, viewer, key), names)


def _add(viewer: Viewer, key: str, raw: dict[str, Any]) -> int:
    return commands.add(viewer, raw, key)


def cancel(viewer: Viewer, row: Any) -> Sheet:
    def act(raw: dict[str, Any]) -> int:
        commands.cancel(viewer, int(row.id), int(row.version), raw["reason"] or "")
        return int(row.id)

    return Sheet("events-cancel", "events-was-cancelled", WHY, {}, act)
