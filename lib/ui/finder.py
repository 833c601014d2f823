"""The search box of the sidebar and the field of the search page, which keeps its text in the address."""

from typing import Any

import streamlit as st

from lib.ui.i18n import t

_BOX, _FIELD, _SOUGHT, _PARAM = "_find-box", "_find", "_sought", "find"


def box() -> None:
    """The sidebar's box; it empties itself, because the page then shows the text and lets it be changed."""
    st.text_input(
        t("search-label"), key=_BOX, type="search", icon=":material/search:", placeholder=t("search-hint"),
        label_visibility="collapsed", on_change=_submit, autocomplete="off",
    )  # fmt: skip


def _submit() -> None:
    typed = str(st.session_state[_BOX] or "").strip()
    st.session_state[_BOX] = ""
    if typed:
        st.session_state[_SOUGHT] = typed


def waits() -> bool:
    """Whether something was typed in the box that the search page has not taken up yet."""
    return _SOUGHT in st.session_state


def leave(page: Any) -> None:
    """Switch to the search page, which takes the text up."""
    st.switch_page(page)


def field(longest: int) -> str:
    """The page's own field: what was typed in the box, else what the address asks for as ?find=….

    Not bound to the address by Streamlit, which then refuses to be told a text from the box.
    """
    if waits():
        st.query_params[_PARAM] = st.session_state.pop(_SOUGHT)
    st.session_state[_FIELD] = st.query_params.get(_PARAM, "")[:longest]
    return st.text_input(
        t("search-label"), key=_FIELD, type="search", icon=":material/search:", width=320,
        placeholder=t("search-hint"), label_visibility="collapsed", max_chars=longest, on_change=_keep,
        autocomplete="off",
    )  # fmt: skip


def _keep() -> None:
    st.query_params[_PARAM] = st.session_state[_FIELD] or ""
