"""Light or dark, and labels that stay readable in both."""

import streamlit as st


def is_dark() -> bool:
    return getattr(st.context.theme, "type", None) == "dark"


def steady(label: str) -> str:
    """A label that keeps its colour. Streamlit paints the chosen segment, and the open popover without a
    border, in shades of the primary colour that fall under 4 : 1 on a dark ground; a grey of the theme reads
    well on all of them, and the tint or the open window shows the state."""
    return f":gray[{label}]" if is_dark() else label
