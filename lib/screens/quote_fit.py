"""Whether a quote fits its customer: rules that were not kept, lifetime value, and where its plan leads."""

from typing import Any

import streamlit as st

from lib.access import Viewer
from lib.quotes import fit, fitting
from lib.ui import editor, widgets
from lib.ui.i18n import t
from lib.ui.widgets import Col, plain

WIDTHS = {"way": 150, "item": 250, "price": 200, "more": 110}


def fit_card(viewer: Viewer, quote: Any, language: str) -> None:
    """Nothing for a quote without lines."""
    priced = quote.saved.priced
    if not priced.lines:
        return
    standing, limits = fitting.customer_fit(viewer, quote.id)
    found = fit.warnings(priced, quote.basis, standing, limits)
    with widgets.card(t("fit-title"), t("fit-none" if not found else "fit-count", count=len(found))):
        for rule, said in fit.warning_texts(found, priced.currency, language):
            st.markdown(f"{widgets.badge(rule, 'yellow', 'warning')} {plain(said)}")
        if told := fit.beside_text(priced, quote.basis, language):
            st.caption(plain(told))
        editor.value_rows(fit.lifetime_rows(priced, standing, language))
        frame = fit.path_frame(priced, quote.basis, language)
        columns = {name: Col(t(f"fit-col-{name}"), "figure" if name == "more" else "text", width)
                   for name, width in WIDTHS.items()}  # fmt: skip
        widgets.table(frame, columns, key="quote-paths", empty=t("fit-no-path"))
        widgets.export_menu(f"quote-{quote.id}-paths", lambda: frame, rows=len(frame))
