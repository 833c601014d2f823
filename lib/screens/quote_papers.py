"""The files of a quote: its paper, and those of earlier revisions in the menu beside the other steps."""

import secrets
from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from lib.access import Viewer
from lib.flows import recorded
from lib.quotes.rules import ISSUED, beside
from lib.ui import price_cards
from lib.ui.editor import pdf_button
from lib.ui.i18n import t


def papers(viewer: Viewer, quote: Any, steps: list[str], button: Callable[..., None]) -> None:
    """The menu of further steps and earlier papers, and the button of the paper as it stands."""
    make = partial(recorded.paper, viewer, quote.id)
    price_cards.more_menu(beside(steps), partial(button, width="stretch"), quote.earlier, make)
    word = t("quotes-pdf" if quote.status in ISSUED else "quotes-pdf-draft")
    pdf_button(word, make, f"{quote.number or 'draft'}-{quote.revision}", key="quotes-pdf",
               disabled=not quote.form.lines)  # fmt: skip
    name = f"{quote.number or 'draft'}-{quote.revision}-{secrets.token_hex(6)}.xlsx"
    st.download_button("XLSX", data=partial(recorded.workbook, viewer, quote.id), file_name=name,
                       key="quotes-xlsx", on_click="ignore", disabled=not quote.form.lines)  # fmt: skip
