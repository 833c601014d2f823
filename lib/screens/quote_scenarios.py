"""Scenarios of a quote side by side, and the way to make one of them the quote."""

from typing import Any

import streamlit as st

from lib.access import Viewer
from lib.quotes import alternatives, builder
from lib.quotes.scenarios import name_of, scenario_frame
from lib.screens import quote_draft
from lib.screens.quote_draft import Draft
from lib.ui import widgets
from lib.ui.i18n import language, t
from lib.ui.widgets import Col

WIDTHS = {"scenario": 190, "off": 70, "monthly": 108, "total": 118, "change": 112, "saved": 150,
          "first": 108, "margin": 70, "needs": 110}  # fmt: skip


def side_by_side(viewer: Viewer, quote: Any, draft: Draft) -> None:
    """What other terms, prepayment and lines without bundle come to; one chosen row becomes the quote."""
    if not quote.form.lines:
        return
    lang = language()
    found, shows = alternatives.scenarios(viewer, quote.id)
    frame = scenario_frame(found, lang, shows_cost=shows)
    columns = {
        name: Col(t(f"builder-scenario-col-{name}"), "text" if name in ("scenario", "needs") else "figure",
                  width, help=t("figure-quote-saved") if name == "saved" else None)
        for name, width in WIDTHS.items()
        if shows or name != "margin"
    }  # fmt: skip
    with widgets.card(t("builder-scenarios"), t("builder-scenarios-note")):
        widgets.table(frame, columns, key=f"{draft.key}scenarios", empty=t("builder-no-lines"))
        with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
            if quote.may_edit and len(found) > 1:
                names = {n: name_of(one, lang) for n, one in enumerate(found) if n}
                st.selectbox(t("builder-scenario-choose"), list(names), format_func=names.get, width=280,
                             key=f"{draft.key}scenario")  # fmt: skip
                st.button(t("builder-scenario-use"), key="quotes-use-scenario", icon=":material/swap_horiz:",
                          on_click=_use, args=(viewer, draft, found))  # fmt: skip
            widgets.export_menu(f"quote-{quote.id}-scenarios", lambda: frame, rows=len(frame))


def _use(viewer: Viewer, draft: Draft, found: list) -> None:
    form = found[st.session_state[f"{draft.key}scenario"]].form
    lines = [builder.stored_line(line) for line in form.lines]
    quote_draft.rewrite(viewer, draft, lines, term_months=form.term_months, prepaid=form.prepaid)
