"""The versions of a price book: what each changed, why, and the way back for one that does not hold yet."""

import pandas as pd
import streamlit as st

from lib.access import Viewer
from lib.pricing import books, publishing, texts
from lib.ui import widgets
from lib.ui.i18n import t
from lib.ui.widgets import Col

CHANGES = {"item": ("text", 260), "what": ("text", 140), "old": ("text", 170), "new": ("text", 170),
           "share": ("figure", 85)}  # fmt: skip


def changes_table(changes: tuple, key: str, language: str) -> None:
    """What differs, item by item, with its download."""
    rows = texts.change_frame(changes, language)
    columns = {name: Col(t(f"pricebooks-col-{name}"), kind, width) for name, (kind, width) in CHANGES.items()}
    widgets.table(rows, columns, key=key, empty=t("pricebooks-same"), height=min(430, 34 + 33 * len(rows)))
    widgets.export_menu(f"price-changes-{key}", lambda: rows, rows=len(rows))


def history(viewer: Viewer, rows: pd.DataFrame, language: str) -> None:
    """Newest first; each against the one before it."""
    versions = list(rows.itertuples())
    for row, before in zip(versions, [*versions[1:], None], strict=True):
        with widgets.card(widgets.plain(texts.version_line(row, language)), key=f"version-{row.id}"):
            for name in ("reason", "feedback"):
                if isinstance(said := getattr(row, name), str):
                    st.markdown(f":gray[{t(f'policy-{name}')}] {widgets.plain(said)}")
            if before is None:
                st.caption(t("pricebooks-first"))
            else:
                changed = books.book_changes(viewer, int(before.id), int(row.id))
                changes_table(changed, f"changes-{row.id}", language)
            if row is versions[0] and row.valid_from > viewer.today and viewer.may("policy.write"):
                _withdraw(viewer, row)


def _withdraw(viewer: Viewer, row: object) -> None:
    with st.popover(t("pricebooks-withdraw"), type="tertiary", icon=":material/undo:"):
        st.write(t("pricebooks-withdraw-text", number=int(row.number)))
        st.button(
            t("pricebooks-withdraw"), key="withdraw-yes", type="primary", on_click=widgets.attempt,
            args=("pricebooks-withdrawn", publishing.withdraw_version, viewer, int(row.id)),
        )  # fmt: skip
