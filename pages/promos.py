"""The promo calendar: windows of offers by time, their slots and queues, and what competitors run."""

import streamlit as st

from lib import format as fmt
from lib.offers import commands, phrases, queries
from lib.screens import promos_windows as views
from lib.ui import address, frame, widgets
from lib.ui.i18n import language, t
from lib.ui.widgets import Tile

viewer = frame.open_page("promos")
lang, state = language(), st.session_state
VIEWS = (*queries.VIEWS, *(("rivals",) if viewer.may("note.read") else ()))
if (arrived := frame.arrived_id()) is not None:
    state["promo-open"] = arrived

every = queries.calendar(viewer)
peaks = queries.peaks(viewer)[:2]
with frame.head(
    t("promos-title"), t("promos-caption", days=fmt.names([fmt.day(d, lang) for d in peaks], lang))
):
    if viewer.may("offer.keep"):
        st.button(t("promos-prepare"), icon=":material/event_repeat:", type="tertiary", key="promos-prepare",
                  help=t("promos-prepare-help"), on_click=widgets.attempt,
                  args=("promos-prepared", commands.prepare_year, viewer))  # fmt: skip
        if st.button(t("promos-add"), icon=":material/add:", type="primary", key="promos-add-open"):
            views.ask_window(viewer)
widgets.tiles([Tile(**one) for one in phrases.figures(every, viewer.now, lang)])
with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
    view = address.choice(
        st.segmented_control, t("promos-view"), VIEWS, key="view", default="all",
        label_visibility="collapsed", format_func=lambda code: t(f"promos-view-{code}"),
    )  # fmt: skip
    if view == "rivals":
        found = queries.rivals(viewer)
        told = phrases.rival_rows(found, lang)
        if viewer.may("note.write") and st.button(
            t("promos-note-rival"), icon=":material/add:", key="rival-add"
        ):
            views.ask_rival(viewer, every)
    else:
        found = queries.calendar(viewer, view)
        told = phrases.listed(found, lang)
    if viewer.may("export.run"):
        widgets.export_menu(f"promos-{view}", lambda: told, rows=len(told))
if view == "rivals":
    views.rivals(viewer, found)
else:
    views.windows(viewer, found, view)
