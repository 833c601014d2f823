"""What surrounds a price: notices, what has to be settled, small forms, rights at no price, like accounts."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import pandas as pd
import streamlit as st

from lib.ui import price_cards, sending, widgets
from lib.ui.editor import value_rows
from lib.ui.widgets import Col, plain

ICONS = {
    "flags": "flag", "review": "gavel", "request": "edit", "promises": "handshake", "fit": "event_repeat",
    "characters": "translate", "rules": "edit", "block": "block", "unblock": "lock_open",
}  # fmt: skip


class Form(Protocol):
    """A small form behind a button: its name, fields as ui.sending takes them, and its words."""

    name: str
    fields: Sequence[tuple[Any, ...]]
    behind: str
    button: str
    done: str


def notice(text: str, icon: str = "content_copy") -> None:
    """A sentence somebody should read first; nothing where it is empty."""
    if text:
        st.warning(plain(text), icon=f":material/{icon}:")


def forms(found: Sequence[Form], commands: Mapping[str, Callable[..., Any]], *seen: Any, owner: int) -> None:
    """The forms side by side, each behind its button; `seen` (viewer, id, version) goes before what is typed.

    A version that has moved on draws fresh fields, so that nobody saves what somebody else has replaced.
    """
    with st.container(horizontal=True, gap="xsmall"):
        for one in found:
            look = {"behind": one.behind, "icon": f":material/{ICONS[one.name]}:", "stacked": True}
            sending.form(f"{one.name}{seen[-1]}", one.button, one.done, commands[one.name], *seen,
                         fields=one.fields, owner=owner, **look)  # fmt: skip


def rules(rows: Sequence[tuple[str, str, str]]) -> None:
    """What holds for an account: level, its word, sentence."""
    for level, word, text in rows:
        st.markdown(f"{price_cards.badge_of(level, word)} {plain(text)}")


def rights(title: str, note: str, rows: Sequence[tuple[str, str]]) -> None:
    """What the region brings at no price; nothing where there is none."""
    if rows:
        with widgets.card(title, note):
            value_rows(rows)


def alike(texts: Mapping[str, str], frame: pd.DataFrame, *, key: str) -> None:
    """Discounts of like accounts: those one may see as rows, the others as one sentence."""
    with widgets.card(texts["title"], plain(texts["caption"])):
        figures = set(frame.columns[2:5])
        columns = {name: Col(name, "figure" if name in figures else "text") for name in frame}
        if len(frame) or not texts["others"]:
            widgets.table(frame, columns, key=key, empty=texts["empty"])
        if texts["others"]:
            st.caption(plain(texts["others"]))
