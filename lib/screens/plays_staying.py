"""Milestones of the first days beside who pays and who stays, for every account whose beginning is known."""

import pandas as pd
import streamlit as st

from lib import format as fmt
from lib.access import Viewer
from lib.playbooks.staying import staying
from lib.ui import widgets
from lib.ui.i18n import t
from lib.ui.widgets import Col


def draw(viewer: Viewer, lang: str) -> None:
    rows = staying(viewer)
    whole = rows["accounts"].where(rows["accounts"] > 0)
    rows["paid_share"], rows["stay_share"] = rows["paying"] / whole, rows["staying"] / whole
    bands = [t("playbooks-staying-band", low=row.low, high=row.high) for row in rows.itertuples()]
    rows["band"] = pd.Series(bands, rows.index, "object")
    first, last = rows.iloc[0], rows.iloc[-1]
    with widgets.card(t("playbooks-staying-title"), t("playbooks-staying-scope")):
        if first["accounts"] and last["accounts"]:
            told = {
                "few": fmt.percent(first["stay_share"], lang, 0),
                "many": fmt.percent(last["stay_share"], lang, 0),
            }
            st.markdown(t("playbooks-staying-finding", **told))
        if not rows["accounts"].sum():
            widgets.line(t("playbooks-staying-none"))
            return
        widgets.table(rows, {
            "band": Col(t("playbooks-staying-reached"), width=220),
            "accounts": Col(t("playbooks-col-accounts"), "number", 110),
            "paid_share": Col(t("playbooks-staying-paying"), "percent", 140),
            "stay_share": Col(t("playbooks-staying-staying"), "percent", 140),
        }, key="staying", empty="")  # fmt: skip
        st.caption(t("playbooks-staying-note"))
        if viewer.may("export.run"):
            shown = rows[["band", "accounts", "paying", "staying"]]
            widgets.export_menu("milestones-and-staying", lambda: shown, rows=len(shown))
