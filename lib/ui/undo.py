"""One line below the page head that takes the last act back: what was done, and a button."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from lib.ui.acts import attempt, plain
from lib.ui.i18n import t

_HELD = "_undo"


def offer(done: str, back: str, act: Callable[..., Any], *args: Any) -> None:
    """Keep the act that takes the last one back. `done` is what was done, in words; `back` the message of the
    toast once it is taken back. Called by the callback that just acted; the next act replaces it."""
    screen = st.session_state.get("_screen")
    st.session_state[_HELD] = {"screen": screen, "done": done, "back": back, "act": act, "args": args}


def forget() -> None:
    st.session_state.pop(_HELD, None)


def show() -> None:
    """The line, on the page the act was done on; nothing where there is nothing to take back."""
    held = st.session_state.get(_HELD)
    if held is None or held["screen"] != st.session_state.get("_screen"):
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="undo-line"):
        st.markdown(f":material/check: {plain(held['done'])}", width="content")
        st.button(
            t("frame-undo"), key="undo", icon=":material/undo:", type="tertiary", shortcut="u",
            on_click=_take_back, args=(held,),
        )  # fmt: skip


def _take_back(held: dict[str, Any]) -> None:
    forget()
    attempt(held["back"], held["act"], *held["args"])
