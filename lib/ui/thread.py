"""Writings by people: a thread of notes, and lines somebody closes with a word. Text is shown as typed."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

import streamlit as st

from lib.ui.acts import plain
from lib.ui.i18n import t
from lib.ui.sending import send
from lib.ui.widgets import badge, nothing, small


class Writing(Protocol):
    """One text of a thread. `marks` are (text, badge colour, icon); a follow-up has a `head` of its own
    instead of author and marks."""

    note_id: int
    author: str
    moment: str
    text: str
    marks: Sequence[tuple[str, str, str]]
    head: str | None


def thread(writings: Iterable[Writing], beside: Callable[[int], None] | None = None) -> None:
    """Draw the writings in order; `beside` draws what stands right of a note's author, by the note's id."""
    for one in writings:
        with st.container(gap=None):
            if one.head is not None:
                st.caption(plain(one.head))
            else:
                with st.container(
                    horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
                ):
                    marks = " ".join(badge(*mark) for mark in one.marks)
                    moment = small(plain(one.moment), "gray")
                    st.markdown(f"**{plain(one.author)}** {marks} {moment}", width="content")
                    if beside is not None:
                        beside(one.note_id)
            st.text(one.text)


def lines(said: Iterable[tuple[str, str]], empty: str) -> None:
    """Texts with a detail below each; the sentence `empty` without any."""
    found = list(said)
    for what, detail in found:
        with st.container(gap=None):
            st.text(what)
            st.markdown(small(plain(detail), "gray"))
    if not found:
        nothing(empty)


def older(left: int, key: str, limit: int) -> None:
    """A button for more of what is not shown yet; the new limit lies in the session under `key`."""
    if left > 0:
        more = t("negotiation-notes-more", count=left)
        st.button(more, type="tertiary", on_click=st.session_state.update, args=({key: limit + 50},))


def closable(
    what: str, detail: str, colour: str, *, key: str, label: str = "", ask: str = "",
    acts: Sequence[tuple[str, str, Callable[..., Any], str]] = (), seen: tuple = (),
) -> None:  # fmt: skip
    """A line of text with its detail below, and a small form that closes it with a word.

    `acts`: (button, done message, command, the argument that takes the word); `seen` goes before it.
    """
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", wrap=False
    ):
        with st.container(gap=None):
            st.text(what)
            st.markdown(small(plain(detail), colour))
        if not acts:
            return
        with st.popover(label, type="tertiary"):
            st.text_area(ask, key=f"word-{key}", height=86, width=320)
            with st.container(horizontal=True):
                for button, done, act, argument in acts:
                    st.button(
                        button, key=f"{argument}-{key}", on_click=send, args=(done, act, *seen),
                        kwargs={"fields": {argument: f"word-{key}"}},
                    )  # fmt: skip
