"""The block of an account's page that lists what it was given beside the price: betas, events, services."""

import streamlit as st

from lib.access import Viewer
from lib.concessions import phrases, queries
from lib.ui import frame, widgets
from lib.ui.i18n import t
from lib.ui.widgets import Col

WIDTHS = {"concession": 160, "detail": 200, "value": 110, "gets": 240, "due": 104, "return": 100,
          "granted": 104, "lapses": 104, "quote": 120}  # fmt: skip


def concessions(viewer: Viewer, account_id: int, language: str) -> None:
    """Granted ones and those on open quotes, with what comes back for each; a row leads to its quote."""
    if not viewer.may("quote.read"):
        return
    found = queries.of_account(viewer, account_id)
    rows = phrases.listed(found, queries.library(viewer), language, phrases.OF_ACCOUNT)
    with widgets.card(t("concessions-on-account"), t("concessions-on-account-caption")):
        columns = {name: Col(t(f"concessions-col-{name}"), "text", width) for name, width in WIDTHS.items()}
        widgets.table(rows, columns, key=f"given-{account_id}", empty=t("concessions-none-account"))
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            widgets.export_menu("account-concessions", lambda: rows, rows=len(rows))
            frame.link("concessions", label=t("concessions-to-ledger"), icon="handshake")
