"""Long lists in pages: which page is open, and below the list the rows it holds and the way to the others."""

import streamlit as st

from lib.ui.i18n import t


def page_of(key: str, total: int, size: int) -> int:
    """The open page, from 1; to be read before the list is. A shorter list ends at its last page."""
    return min(st.session_state.get(key, 1), max(1, -(-total // size)))


def pager(total: int, size: int, *, key: str, hint: str = "") -> None:
    """Which rows of how many, with a hint behind them, and the pages when there are several."""
    if not total:
        return
    first = (page_of(key, total, size) - 1) * size + 1
    rows = t("frame-rows", first=first, last=min(first + size - 1, total), total=total)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(f"{rows} · {hint}" if hint else rows, width="content")
        if total > size:
            st.pagination(-(-total // size), key=key)
