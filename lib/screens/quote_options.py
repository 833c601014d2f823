"""Three options on one paper: made from a quote with one button, seen side by side, one of them chosen."""

from typing import Any

import streamlit as st

from lib.access import Viewer
from lib.quotes import options
from lib.quotes.rules import EDITABLE, QuoteStatus
from lib.ui import frame, widgets
from lib.ui.i18n import t
from lib.ui.widgets import Col


def options_card(viewer: Viewer, quote: Any) -> None:
    """What is offered beside this quote, or the way to offer it; nothing on a quote that stands alone and
    has left the house."""
    if quote.form.more.scenario_set is None:
        if quote.status == QuoteStatus.DRAFT and quote.may_edit and quote.form.lines:
            _offer(viewer, quote)
        return
    found = options.options_of(viewer, quote.id)
    columns = {
        "title": Col(t("quotes-col-title"), width=260),
        "status": Col(t("quotes-col-status"), "status", 118),
        "term_months": Col(t("builder-known-months"), "number", 70),
        "effective_discount": Col(t("quotes-col-discount"), "percent", 76),
        "net_minor": Col(t("quotes-col-net"), "money", 110),
        "currency": Col(t("quotes-col-currency"), width=60),
    }
    with widgets.card(t("builder-options"), t("builder-options-count", count=len(found))):
        picked = widgets.table(found, columns, key=f"quote-options-{quote.id}", select=True,
                               empty=t("builder-options-none"))  # fmt: skip
        if picked is not None and int(found.id.iloc[picked]) != quote.id:
            frame.go("quote", id=int(found.id.iloc[picked]))
        st.caption(t("builder-options-note"))
        open_still = quote.status in (*EDITABLE, QuoteStatus.SENT)
        with st.container(horizontal=True, gap="xsmall"):
            if viewer.may("quote.write") and open_still and len(found) > 1:
                st.button(t("builder-options-choose"), key="quotes-choose-option", icon=":material/check:",
                          on_click=widgets.attempt,
                          args=("builder-options-chosen", options.choose_option, viewer, quote.id,
                                quote.version))  # fmt: skip
            widgets.export_menu(f"quote-{quote.id}-options", lambda: found, rows=len(found))


def _offer(viewer: Viewer, quote: Any) -> None:
    row = {"horizontal": True, "vertical_alignment": "bottom", "gap": "xsmall"}
    with widgets.card(t("builder-options"), t("builder-options-offer-note")), st.container(**row):
        for kind in options.KINDS:
            st.button(t(f"builder-options-{kind}"), key=f"quotes-options-{kind}",
                      icon=":material/view_column_2:", on_click=_make,
                      args=(viewer, quote, kind))  # fmt: skip


def _make(viewer: Viewer, quote: Any, kind: str) -> None:
    widgets.attempt("builder-options-made", options.offer_options, viewer, quote.id, quote.version, kind=kind)
