"""The pages of somebody who is not in: sign-in, nobody mapped, no key. One centred card each."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import streamlit as st

from lib.ui.acts import plain
from lib.ui.i18n import language, t
from lib.ui.theme import steady
from lib.words import LANGUAGES

TOP = 96  # pixels above the card
WHY = ("expired", "switched_off")


@contextmanager
def _card() -> Iterator[None]:
    st.space(TOP)
    with st.columns([1, 1.05, 1])[1], st.container(border=True, gap="small"):
        yield


def sign_in(enter: Callable[[], None], why: str | None = None) -> None:
    """The way in. `why` is one of WHY for somebody who was in before, anything else says nothing; `enter`
    starts the sign-in and is called within the run, because it ends it."""
    with _card():
        st.markdown(f":primary[:material/diamond:] **{t('entrance-name')}**")
        st.title(t("entrance-title"), anchor=False)
        if why in WHY:
            st.warning(t(f"entrance-{why.replace('_', '-')}"), icon=":material/lock_clock:")
        st.markdown(t("entrance-text"))
        wants = st.button(
            t("entrance-continue"), type="primary", icon=":material/login:", width="stretch", key="enter"
        )
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            _languages()
            st.caption(t("entrance-no-access"), width="content")
    if wants:
        enter()


def _languages() -> None:
    st.segmented_control(
        t("frame-language"), LANGUAGES, default=language(), required=True, key="entrance-language",
        label_visibility="collapsed", width="content",
        format_func=lambda code: steady(t(f"frame-language-{code.lower()}")), on_change=_speak,
    )  # fmt: skip


def _speak() -> None:
    st.session_state["language"] = st.session_state["entrance-language"]


def nobody_mapped(name: str, admins: Sequence[str], leave: Callable[[], None]) -> None:
    """For a person the company knows and the desk has no role for: so it says, and whom to ask."""
    with _card():
        st.markdown(f":primary[:material/diamond:] **{t('entrance-name')}**")
        st.title(t("entrance-no-role-title"), anchor=False)
        st.markdown(t("entrance-no-role", name=plain(name)))
        if admins:
            st.markdown(t("entrance-ask", names=t("entrance-and").join(map(plain, admins))))
        else:
            st.markdown(t("entrance-ask-nobody"))
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            _languages()
            wants = st.button(t("entrance-leave"), icon=":material/logout:", key="leave")
    if wants:
        leave()


def no_key() -> None:
    """For a browser that was never let in, or no longer is."""
    with _card():
        st.markdown(f":primary[:material/diamond:] **{t('entrance-name')}**")
        st.markdown(t("edge-key"))
