"""A board: columns of small cards, each with a menu of what can be done with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from lib.ui import frame, widgets
from lib.ui.acts import plain

INDENT = ":small[\u2002]"  # a page link keeps room left of its label; what stands below it follows


@dataclass(frozen=True)
class Card:
    """Three lines: a name that leads to its page, a figure with a remark, a status with a note and the menu.

    `name`, `figure`, `remark` and `note` are plain text; `choices` maps codes to the words of the menu.
    """

    id: int
    name: str
    figure: str
    remark: str
    status: str
    urgent: bool = False
    note: str = ""
    page: str = "account"
    params: Mapping[str, object] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """A column: its name, a grey summary, its cards, and a button for the rest (empty when all are shown)."""

    code: str
    name: str
    summary: str
    cards: Sequence[Card]
    more: str = ""


def board(
    places: Sequence[Place],
    *,
    menu: str,
    on_choice: Callable[[int, Any], None],
    on_more: Callable[[str], None],
) -> None:
    """Draws the columns side by side; on a phone they stack. Callbacks get (card id, code) and the
    column's code, before the page is drawn anew."""
    for place, column in zip(places, st.columns(len(places), gap="xsmall"), strict=True):
        with column.container(gap="xsmall"):
            st.markdown(f"**{plain(place.name)}** :gray[{plain(place.summary)}]")
            for card in place.cards:
                _draw(card, menu, on_choice)
            if place.more:
                st.button(place.more, key=f"more-{place.code}", type="tertiary", on_click=on_more,
                          args=(place.code,))  # fmt: skip


def _draw(card: Card, menu: str, on_choice: Callable[[int, Any], None]) -> None:
    with st.container(border=True, gap=None):
        frame.link(card.page, label=f":violet[**{plain(card.name)}**]", **card.params)
        tone = "red" if card.urgent else "gray"
        st.markdown(f"{INDENT}{plain(card.figure)} :{tone}[:small[· {plain(card.remark)}]]")
        with st.container(
            horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", wrap=False
        ):
            note = f" :gray[:small[{plain(card.note)}]]" if card.note else ""
            st.markdown(INDENT + widgets.status_badge(card.status) + note, width="content")
            key = f"card-{card.id}"
            st.menu_button(
                "", list(card.choices), key=key, icon=":material/arrow_forward:", type="tertiary", help=menu,
                format_func=lambda code: card.choices[code],
                on_click=lambda: on_choice(card.id, st.session_state[key]),
            )  # fmt: skip
