"""The VIP programme: who is proposed and why, who is in, how their clocks stand, and the six axes."""

import streamlit as st

from lib.screens import vips_views as views
from lib.ui import address, frame
from lib.ui.i18n import language, t
from lib.vips import lane, phrases, queries

viewer = frame.open_page("vips")
lang, VIEWS = language(), ("proposals", "members", "clocks", "segments", "terms")

counts = queries.counts(viewer)
cases = lane.lane(viewer)
with frame.head(t("vips-title"), phrases.caption(counts, cases, lang)):
    default = "proposals" if counts["proposals"] else "members"
    view = address.choice(st.segmented_control, t("vips-view"), VIEWS, key="view", default=default,
                          label_visibility="collapsed",
                          format_func=lambda v: t(f"vips-view-{v}"))  # fmt: skip
if view == "proposals":
    views.proposals(viewer, lang)
elif view == "members":
    views.members(viewer, lang)
    if counts["named"]:
        st.caption(t("vips-named", count=counts["named"]))
elif view == "clocks":
    views.clocks(viewer, cases, lang)
elif view == "segments":
    views.by_segment(viewer, lang)
else:
    views.terms(viewer, lang)
