"""Colours, icons and shapes with one meaning each, for the light and the dark theme.

Red, amber and blue mean status and nothing else; see .streamlit/config.toml for the same hues.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """How one status looks: Material icon, shape for table cells, badge colour, chart colours, message id."""

    icon: str
    shape: str
    badge: str
    light: str
    dark: str
    word: str

    def colour(self, dark: bool) -> str:
        return self.dark if dark else self.light


_CRITICAL = ("error", "◆", "red", "#B42318", "#E5534B")
_WATCH = ("warning", "▲", "yellow", "#E69F00", "#FFD166")
_GOOD = ("check_circle", "●", "blue", "#0072B2", "#5AB0F0")
_NONE = ("remove", "○", "gray", "#9AA0A6", "#8A8F98")
_CHOSEN = ("visibility", "◇", "violet", "#332288", "#7C6BF0")

_LOOKS = {
    "critical": _CRITICAL, "watch": _WATCH, "healthy": _GOOD, "no_data": _NONE,
    "high": _WATCH, "medium": _WATCH,
    "draft": ("edit", *_NONE[1:]), "pending_approval": ("hourglass_top", *_WATCH[1:]), "approved": _GOOD,
    "rejected": ("block", *_CRITICAL[1:]), "sent": ("send", *_CHOSEN[1:]), "accepted": _GOOD,
    "declined": ("thumb_down", *_NONE[1:]), "expired": ("event_busy", *_NONE[1:]),
    "withdrawn": ("undo", *_NONE[1:]), "former": ("logout", *_NONE[1:]), "replaced": ("history", *_NONE[1:]),
}  # fmt: skip

STATUS = {code: Mark(*look, word="status-" + code.replace("_", "-")) for code, look in _LOOKS.items()}


@dataclass(frozen=True)
class Ink:
    """Colours for marks in charts."""

    accent: str
    neutral: str
    grid: str
    band: str
    label: str
    text: str
    good: str
    bad: str
    series: tuple[str, ...]


LIGHT = Ink(
    "#332288", "#C4C8CF", "#ECEEF1", "#ECEEF2", "#555B66", "#14161B", "#0072B2", "#B42318",
    ("#332288", "#009E73", "#88CCEE", "#AA4499"),
)  # fmt: skip
DARK = Ink(
    "#6E5BD6", "#565C68", "#262A31", "#262A31", "#A4AAB5", "#E7E9ED", "#5AB0F0", "#E5534B",
    ("#7C6BF0", "#3CC79E", "#DDF3FC", "#D070B5"),
)  # fmt: skip


def ink(dark: bool) -> Ink:
    return DARK if dark else LIGHT
