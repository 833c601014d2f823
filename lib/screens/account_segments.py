"""The six axes of one account as a card on its page: value, reason, since when, and the last changes."""

import streamlit as st

from lib.access import Viewer
from lib.segments import phrases, queries
from lib.ui import frame, widgets
from lib.ui.acts import plain
from lib.ui.i18n import t

SHOWN = 5  # changes


def segments(viewer: Viewer, account_id: int, language: str) -> None:
    """Draws the card; one sentence before the first morning."""
    found = queries.of_account(viewer, account_id, SHOWN)
    with widgets.card(t("segments-title"), plain(phrases.computed(found, language))):
        if not found.segments:
            st.markdown(f":gray[{t('segments-none')}]")
            return
        grid = st.grid(3, min_column_width=220, gap="small")
        for axis, value, reason, since in phrases.rows(found, language):
            with grid.cell():
                st.markdown(
                    f"{widgets.small(plain(axis), 'gray')}  \n**{plain(value)}**  \n"
                    f"{widgets.small(plain(reason))}  \n{widgets.small(plain(since), 'gray')}"
                )
        if told := phrases.worth(found, language):
            st.markdown(widgets.small(plain(told)))
        for line in phrases.changes(found, language):
            st.markdown(widgets.small(plain(line), "gray"))
        frame.link("vips", label=t("segments-to-list"), icon="category", view="segments")
