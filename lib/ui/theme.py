"""Light or dark, and labels that stay readable in both."""

import streamlit as st


def is_dark() -> bool:
    return getattr(st.context.theme, "type", None) == "dark"


def steady(label: str) -> str:
    """The label of a segment or pill. Streamlit paints the chosen one in the primary colour on a tint of it,
    under 4 : 1 on a dark ground; a grey of the theme reads well on both, and the tint shows the choice. Not
    for popovers: they take their label, marks and all, as the name of what opens."""
    return f":gray[{label}]" if is_dark() else label
