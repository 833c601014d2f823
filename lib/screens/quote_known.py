"""What the desk knows beside a quote: seats and volumes, what to look at, and the account's own prices."""

from typing import Any

import streamlit as st

from lib import format as fmt
from lib.access import Viewer
from lib.quotes import builder
from lib.quotes.known import (
    REMEDIES,
    Hint,
    Known,
    hint_texts,
    hints,
    known_rows,
    suggestion_text,
    unused_texts,
)
from lib.screens import quote_draft
from lib.screens.quote_draft import Draft
from lib.ui import editor, widgets
from lib.ui.i18n import language, t
from lib.ui.widgets import Col, plain


def known_card(viewer: Viewer, quote: Any, known: Known, draft: Draft) -> None:
    """Figures, what they say against the quote, and the suggested discount beside the largest free one."""
    lang = language()
    with widgets.card(t("builder-known"), t("builder-known-note")):
        last = quote.basis.customer.contract_ends.get(quote.form.more.amends_contract_id)
        if last is not None:
            st.markdown(f":material/swap_vert: {t('builder-amends', day=fmt.day(last, lang))}")
        if instead := unused_texts(known.unused, lang):
            st.markdown(f"**{t('builder-unused')}**")
            st.markdown("\n".join(f"- {plain(said)}" for said in instead))
        found = hints(quote.form, quote.basis, known)
        for hint, said in zip(found, hint_texts(found, quote.basis, lang), strict=True):
            _hint(viewer, quote, draft, hint, said)
        editor.value_rows(known_rows(known, quote.saved, lang))
        months = quote.form.term_months
        st.caption(plain(suggestion_text(known.suggestion, quote.basis.rails, months, lang)))
        columns = {
            "number": Col(t("quotes-col-number"), width=110),
            "status": Col(t("quotes-col-status"), "status", 118),
            "effective_discount": Col(t("quotes-col-discount"), "percent", 76),
            "net_minor": Col(t("quotes-col-net"), "money", 110),
            "currency": Col(t("quotes-col-currency"), width=60),
            "term_months": Col(t("builder-known-months"), "number", 70),
            "issued_at": Col(t("builder-known-issued"), "moment", 140),
        }
        widgets.table(known.history, columns, key="quote-history", empty=t("builder-known-none"))


def _hint(viewer: Viewer, quote: Any, draft: Draft, hint: Hint, said: str) -> None:
    """The sentence, and the button that does what it proposes."""
    remedy = REMEDIES.get(hint.code) if quote.may_edit else None
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f":material/warning: {plain(said)}", width="content")
        if remedy:
            st.button(t(f"builder-hint-{remedy}"), key=f"hint-{hint.code}-{hint.item}", type="tertiary",
                      on_click=_act, args=(viewer, draft, remedy, hint.item))  # fmt: skip


def _act(viewer: Viewer, drawn: Draft, remedy: str, code: str) -> None:
    draft = quote_draft.on_screen(drawn)
    rows = draft.rows()
    new = builder.new_lines(code, 1, draft.basis) if remedy == "add" else []
    kept = rows if remedy == "add" else [row for row in rows if row["item_code"] != code]
    quote_draft.rewrite(viewer, draft, [*kept, *new])
