"""Replay the past: walk the rules over earlier mornings from the page, with its progress."""

from datetime import date, timedelta

import streamlit as st

from lib import format as fmt
from lib.access import Viewer
from lib.flows import daily
from lib.ui import acts, widgets
from lib.ui.i18n import language, t

LONGEST, USUAL = 1100, 365  # days


def button(viewer: Viewer) -> None:
    """For who may run days: a range, and the start. The work itself is done by `told`, above the page."""
    if not viewer.may("day.run"):
        return
    with st.popover(t("evidence-replay"), icon=":material/replay:", type="tertiary", key="replay-open"):
        st.caption(t("evidence-replay-help"))
        last = viewer.today
        span = {"min_value": last - timedelta(days=LONGEST), "max_value": last, "format": "YYYY-MM-DD"}
        first = st.date_input(
            t("evidence-replay-from"), last - timedelta(days=USUAL), key="replay-from", **span
        )
        to = st.date_input(t("evidence-replay-to"), last, key="replay-to", **span)
        st.button(t("evidence-replay-start"), key="replay-start", type="primary", on_click=_ask,
                  args=(viewer, first, to))  # fmt: skip


def _ask(viewer: Viewer, first: date, last: date) -> None:
    """Runs as the button's callback: the page below is drawn with what the replay found."""
    if first > last:
        st.session_state["replay-said"] = t("evidence-replay-range")
        return
    spoken = language()
    words = {"first": fmt.day(first, spoken), "last": fmt.day(last, spoken)}
    bar = st.progress(0.0, text=t("evidence-replay-running", **words))

    def report(step: str, share: float) -> None:
        bar.progress(min(share, 1.0), text=t(f"daily-step-{step.replace('_', '-')}"))

    found = acts.attempt(None, daily.replay, viewer, first, last, report)
    bar.empty()
    if found is not None:
        st.session_state["replay-said"] = t("evidence-replay-done", opened=found["opened"], **words)


def told() -> None:
    """What the last replay came to, once."""
    if said := st.session_state.pop("replay-said", None):
        st.info(widgets.plain(said), icon=":material/replay:")
