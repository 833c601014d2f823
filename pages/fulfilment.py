"""Fulfilment: promised benefits that wait, exceptions with their clock, orders, causes, unused, rights."""

import streamlit as st

from lib.errors import NotFound
from lib.fulfilment import phrases, queries
from lib.screens import fulfilment_causes, fulfilment_desk, fulfilment_order, fulfilment_rights
from lib.ui import address, frame, widgets
from lib.ui.i18n import language, t
from lib.ui.widgets import Tile

viewer = frame.open_page("fulfilment")
lang = language()
VIEWS = {
    "queue": fulfilment_desk.queue, "problems": fulfilment_desk.problems, "orders": fulfilment_desk.orders,
    "causes": fulfilment_causes.draw, "unused": fulfilment_desk.unused,
    "rights": fulfilment_rights.draw,
}  # fmt: skip
if (benefit_id := frame.asked_id()) is not None:
    try:
        fulfilment_order.draw(viewer, benefit_id)
    except NotFound:
        frame.no_permission()
    st.stop()
counts = queries.counts(viewer)
with frame.head(t("fulfilment-title"), t("fulfilment-caption", waiting=counts.waiting, late=counts.late)):
    view = address.choice(
        st.segmented_control, t("fulfilment-view"), list(VIEWS), key="view", default="queue",
        format_func=lambda one: t(f"fulfilment-view-{one}"), label_visibility="collapsed",
    )  # fmt: skip
reached = phrases.reach(fulfilment_causes.recent(viewer), lang)
widgets.tiles([Tile(**one) for one in phrases.figures(counts, reached, lang)])
VIEWS[view](viewer)
