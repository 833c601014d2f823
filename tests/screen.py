"""A page as a person meets it, without a browser: opened for a viewer with an address, and read."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from lib.access import Viewer
from lib.settings import ROOT

SECONDS = 60
KINDS = ("title", "subheader", "markdown", "caption", "text", "code", "error", "warning", "info", "metric")


def page(name: str) -> Path:
    return ROOT / "pages" / f"{name}.py"


def opened(name: str, viewer: Viewer | None, **params: object) -> AppTest:
    """The page after its first run; parameters that are None stay out of the address."""
    at = AppTest.from_file(str(page(name)), default_timeout=SECONDS)
    if viewer is not None:
        at.session_state["viewer"] = viewer
    for key, value in params.items():
        if value is not None:
            at.query_params[key] = str(value)
    return at.run()


def words(at: AppTest) -> str:
    """What the page says, as it was handed to Streamlit: words of people still carry their backslashes."""
    said = [str(one.value) for kind in KINDS for one in at.get(kind)]
    said += [f"{one.label} {one.value}" for one in at.metric] + [one.label for one in at.button]
    return "\n".join(said)


def said(at: AppTest) -> str:
    """What the page says, as it is read."""
    return words(at).replace("\\", "")
