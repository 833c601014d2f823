"""Quotes that wait for a decision: the queue on the left, one decision on the right."""

import streamlit as st

from lib.errors import NotFound
from lib.quotes import phrases, queries
from lib.screens import approvals_decision
from lib.ui import address, frame, widgets
from lib.ui.i18n import language, t
from lib.ui.queue import Entry
from lib.ui.queue import queue as draw_queue
from lib.ui.widgets import Col

viewer = frame.open_page("approvals")
lang = language()


def choose(quote_id: int) -> None:
    st.query_params["id"] = str(quote_id)


waiting = queries.pending_approval(viewer)
with frame.head(t("approvals-title"), t("approvals-caption", count=len(waiting))):
    view = address.choice(
        st.segmented_control, t("approvals-view"), ["waiting", "decided"], key="view", default="waiting",
        label_visibility="collapsed", format_func=lambda code: t(f"approvals-{code}"),
    )  # fmt: skip
    if viewer.may("export.run"):
        source = queries.decided if view == "decided" else queries.pending_approval
        widgets.export_menu("approvals", lambda: source(viewer))
if view == "decided":
    columns = {
        "account": Col(t("quotes-col-account"), width=160), "number": Col(t("quotes-col-number"), width=110),
        "decision": Col(t("approvals-col-decision"), "status", width=110),
        "effective_discount": Col(t("quotes-col-discount"), "percent", width=80),
        "net_minor": Col(t("quotes-col-net"), "money", width=120),
        "currency": Col(t("quotes-col-currency"), width=70), "person": Col(t("quotes-col-by"), width=110),
        "reason": Col(t("approvals-col-reason"), width=240),
        "decided_at": Col(t("approvals-col-when"), "moment", width=140),
    }  # fmt: skip
    widgets.table(queries.decided(viewer), columns, key="decided", empty=t("approvals-none-decided"))
elif waiting.empty:
    widgets.nothing(t("approvals-none"))
else:
    ids = waiting.id.astype(int).tolist()
    wanted = frame.asked_id()
    shown = wanted if wanted in ids else ids[0]
    queue, right = st.columns([26, 74], gap="xsmall")
    with queue:
        draw_queue(lambda n: [Entry(**entry) for entry in phrases.queue_entries(waiting.head(n), lang)],
                   len(waiting), shown, choose, key="approvals")  # fmt: skip
    with right:
        try:
            approvals_decision.draw(viewer, queries.quote(viewer, shown), lang)
        except NotFound:
            widgets.nothing(t("approvals-none"))
