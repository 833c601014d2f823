"""Two versions of a quote side by side, with what changed in terms, totals and lines."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from lib.access import Viewer
from lib.quotes import life_texts, versions
from lib.ui import widgets
from lib.ui.i18n import t
from lib.ui.widgets import Col


def side_by_side(viewer: Viewer, quote_id: int, revisions: Sequence[int], language: str) -> None:
    """Choose two revisions and see them beside each other; nothing where there is only one."""
    if len(revisions) < 2:
        return
    names = life_texts.version_names(sorted(revisions), language)
    with widgets.card(t("quotes-compare"), t("quotes-compare-caption")):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            old = st.selectbox(t("quotes-compare-old"), list(names), index=len(names) - 2, width=170,
                               format_func=names.get, key=f"compare-old-{quote_id}")  # fmt: skip
            new = st.selectbox(t("quotes-compare-new"), list(names), index=len(names) - 1, width=170,
                               format_func=names.get, key=f"compare-new-{quote_id}")  # fmt: skip
            only = st.checkbox(t("quotes-compare-only"), value=True, key=f"compare-only-{quote_id}")
        found = versions.compared(viewer, quote_id, old, new)
        if not found.differs:
            widgets.nothing(t("quotes-compare-none"))
            return
        terms = life_texts.terms_frame(found, language)
        sides = {"old": Col(names[old], "figure", 150), "new": Col(names[new], "figure", 150)}
        change = {"change": Col(t("quotes-compare-change"), "figure", 120)}
        shown = terms[terms.change != ""].reset_index(drop=True) if only else terms
        widgets.table(shown, {"item": Col(t("quotes-compare-what"), width=170), **sides, **change},
                      key=f"compare-terms-{quote_id}", empty=t("quotes-compare-terms-none"))  # fmt: skip
        lines = life_texts.lines_frame(found, language, only_changes=only)
        columns = {
            "state": Col(t("quotes-compare-state"), width=84),
            "item": Col(t("quotes-line-product"), width=190),
            "old_quantity": Col(t("quotes-compare-quantity", version=names[old]), "figure", 100),
            "new_quantity": Col(t("quotes-compare-quantity", version=names[new]), "figure", 100),
            "old_net": Col(t("quotes-compare-net", version=names[old]), "figure", 110),
            "new_net": Col(t("quotes-compare-net", version=names[new]), "figure", 110), **change,
        }  # fmt: skip
        widgets.table(lines, columns, key=f"compare-lines-{quote_id}", empty=t("quotes-compare-lines-none"))
        widgets.export_menu(
            f"quote-{quote_id}-{old}-{new}", lambda: _whole(terms, lines), rows=len(terms) + len(lines)
        )


def _whole(terms: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """Terms and lines in one table, as they stand on screen."""
    named = lines.rename(columns={"old_net": "old", "new_net": "new"})
    return pd.concat([terms, named], ignore_index=True)[
        ["item", "state", "old_quantity", "new_quantity", "old", "new", "change"]
    ].fillna("")
