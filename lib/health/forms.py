"""What the drawer for an account manager's opinion asks for, and the command it calls; nothing is drawn."""

from typing import Any

from lib.access import Viewer
from lib.accounts.fields import Field, Sheet
from lib.health import commands
from lib.health.rules import Opinion
from lib.words import say

_ASKED = (
    Field("opinion", "choice", required=True, choices=tuple(map(str, Opinion))),
    Field("opinion_note", "paragraph", longest=1000, required=True),
    Field("opinion_on", "day", required=True),
)


def opinion(viewer: Viewer, account_id: int, card: Any) -> Sheet:
    """A new opinion; `card` is what the person saw (`queries.Card`)."""
    held = card.opinion

    def act(raw: dict[str, Any]) -> int:
        return commands.set_opinion(
            viewer, account_id, raw["opinion"], raw["opinion_note"], raw["opinion_on"], held and held.id
        )

    names = {str(o): say(viewer.language, f"health-opinion-{o}") for o in Opinion}
    start = {"opinion": held.value if held else "good", "opinion_on": viewer.today}
    return Sheet("health-opinion-set", "health-opinion-saved", _ASKED, start, act, names)
