"""Events for VIP customers: what is held when, who was invited, how they answered, who came."""

import streamlit as st

from lib.events import phrases, queries
from lib.screens import events_parts as parts
from lib.ui import address, frame, widgets
from lib.ui.i18n import language, t
from lib.ui.widgets import Col, Tile

viewer = frame.open_page("events")
lang, state = language(), st.session_state
WIDTHS = {"event": 240, "kind": 110, "held": 110, "place": 130, "seats": 130, "invited": 80, "yes": 80,
          "came": 80, "rate": 90}  # fmt: skip
if (arrived := frame.arrived_id()) is not None:
    state["event-open"] = arrived

every, reference = queries.calendar(viewer), queries.reference(viewer)
with frame.head(t("events-title"), t("events-caption", count=int(every["invited"].sum()))):
    if viewer.may("offer.keep") and st.button(
        t("events-add"), icon=":material/add:", type="primary", key="events-add-open"
    ):
        parts.ask_event(viewer)
widgets.tiles([Tile(**one) for one in phrases.figures(every, reference, lang)])
with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
    view = address.choice(
        st.segmented_control, t("events-view"), queries.VIEWS, key="view", default="all",
        label_visibility="collapsed", format_func=lambda code: t(f"events-view-{code}"),
    )  # fmt: skip
    found = queries.calendar(viewer, view)
    told = phrases.listed(found, lang)
    if viewer.may("export.run"):
        widgets.export_menu(f"events-{view}", lambda: told, rows=len(told))
columns = {name: Col(t(f"events-col-{name}"), "text", width) for name, width in WIDTHS.items()}
place = widgets.table(told, columns, key=f"events-{view}", select=True, empty=t(f"events-empty-{view}"))
picked = None if place is None else int(found["id"].iloc[place])
if picked != state.get("_event-picked"):
    state["_event-picked"] = picked
    if picked is not None:
        state["event-open"] = picked
if (event := state.pop("event-open", None)) is not None:
    parts.opened(viewer, event)
