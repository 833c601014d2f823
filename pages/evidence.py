"""Were alerts and health scores right: past alerts against losses, past scores against renewals."""

from functools import partial

import streamlit as st

from lib.evidence import phrases, queries
from lib.screens import evidence_alerts, evidence_health, evidence_losses, evidence_replay, evidence_rows
from lib.ui import address, frame, widgets
from lib.ui.i18n import language, t
from lib.ui.widgets import plain

viewer = frame.open_page("evidence")
lang, TABS = language(), ("alerts", "health", "losses")
HIDDEN = {"label_visibility": "collapsed"}
tab = address.asked("tab", TABS, "alerts")
period = address.asked("period", list(queries.PERIODS), "year")


def choose_tab() -> None:
    address.choice(st.segmented_control, t("evidence-tab-label"), TABS, key="tab", default="alerts",
                   format_func=lambda code: t(f"evidence-tab-{code}"), **HIDDEN)  # fmt: skip


others = {"health": evidence_health.page, "losses": evidence_losses.page}
if tab in others:
    others[tab](viewer, choose_tab)
    st.stop()
past = queries.past(viewer, period)
if not past.accounts:
    widgets.only_nothing(t("evidence-title"), t("evidence-none"))
with frame.head(t("evidence-title"), plain(phrases.caption(past, lang))):
    choose_tab()
    address.choice(st.selectbox, t("evidence-period-label"), list(queries.PERIODS), key="period",
                   default="year", format_func=lambda code: t(f"evidence-period-{code}"), width=130,
                   **HIDDEN)  # fmt: skip
    evidence_rows.menu(queries.FIGURES)
    evidence_replay.button(viewer)
    if viewer.may("export.run"):
        widgets.export_menu("evidence", partial(phrases.exported, past, lang), rows=len(past.rules))
evidence_replay.told()
evidence_alerts.draw(viewer, past)
evidence_rows.asked(partial(evidence_alerts.rows_of, past))
