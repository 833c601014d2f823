"""A queue of records that wait for somebody: the shown one is marked, the others open on a click."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from lib.ui import widgets
from lib.ui.i18n import t
from lib.ui.widgets import plain

ROWS = 20
_APART = {"horizontal": True, "horizontal_alignment": "distribute"}


@dataclass(frozen=True)
class Entry:
    """One record: who it is for, its amount, a line below, and what it asks of whoever decides."""

    id: int
    name: str
    amount: str
    line: str
    asks: str = ""


def queue(
    first: Callable[[int], Sequence[Entry]],
    count: int,
    shown: int,
    on_open: Callable[[int], None],
    *,
    key: str,
) -> None:
    """The first of `count` entries, and a button for more: `first(n)` words no more than are shown."""
    limit = st.session_state.get(f"{key}-rows", ROWS)
    for entry in first(limit):
        with st.container(border=True, gap="xsmall", key=f"queue-{entry.id}"):
            with st.container(**_APART):
                st.markdown(f"**{plain(entry.name)}**", width="content")
                st.markdown(f"**{plain(entry.amount)}**", width="content")
            with st.container(**_APART, vertical_alignment="center"):
                asks = f" {widgets.badge(entry.asks)}" if entry.asks else ""
                st.markdown(f":gray[:small[{plain(entry.line)}]]{asks}", width="content")
                if entry.id == shown:
                    # As high as the others' button, so that no card jumps when another one is opened.
                    st.button(t("approvals-shown"), key=f"shown-{entry.id}", type="tertiary", disabled=True,
                              icon=":material/visibility:")  # fmt: skip
                else:
                    st.button(t("approvals-open"), key=f"open-{entry.id}", type="tertiary", on_click=on_open,
                              args=(entry.id,))  # fmt: skip
    if (left := count - limit) > 0:
        st.button(t("approvals-more", count=left), key=f"{key}-more", type="tertiary", width="stretch",
                  on_click=lambda: st.session_state.update({f"{key}-rows": limit + ROWS}))  # fmt: skip
