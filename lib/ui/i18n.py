"""The reader's language, and words in it, for pages."""

import streamlit as st

from lib.words import LANGUAGES, say


def language() -> str:
    """The viewer's language; before there is a viewer, the browser's, else English."""
    viewer = st.session_state.get("viewer")
    if viewer is not None:
        return viewer.language
    chosen = st.session_state.get("language")
    if chosen in LANGUAGES:
        return chosen
    return browsers()


def browsers() -> str:
    """The language the browser asks for, where the desk speaks it, else English."""
    locale = st.context.locale
    return "zh-CN" if isinstance(locale, str) and locale.lower().startswith("zh") else "en"


def t(message_id: str, **values: object) -> str:
    """The message in the reader's language."""
    return say(language(), message_id, **values)
