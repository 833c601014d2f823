"""Why benefits went wrong: the exception rate by month, root causes, and what keeps them from coming back."""

from datetime import timedelta

import pandas as pd
import streamlit as st

from lib.access import Viewer
from lib.fulfilment import commands, phrases, queries
from lib.screens.fulfilment_desk import columns
from lib.ui import charts, widgets
from lib.ui.acts import attempt
from lib.ui.i18n import language, t

MONTHS_SHOWN, DAYS_READ = 6, 200
ACTIONS = {
    "action": ("text", 320), "clock": ("text", 160), "account": ("text", 160), "done": ("text", 140),
}  # fmt: skip


def recent(viewer: Viewer) -> pd.DataFrame:
    return queries.rates(viewer, viewer.now - timedelta(days=DAYS_READ))


def draw(viewer: Viewer) -> None:
    lang, zone = language(), viewer.clock_zone
    rates = phrases.rate_rows(recent(viewer), viewer.today, lang, zone, MONTHS_SHOWN)
    closed = queries.problems(viewer, closed=True)
    left, right = st.columns(2, gap="small")
    with left, widgets.card(t("fulfilment-rates"), t("fulfilment-rates-caption"), height="stretch"):
        _bars(rates, t("fulfilment-rates"))
    causes = phrases.cause_bars(closed, lang)
    with right, widgets.card(t("fulfilment-causes"), t("fulfilment-causes-caption"), height="stretch"):
        if causes.empty:
            widgets.nothing(t("fulfilment-causes-none"))
        else:
            _bars(causes, t("fulfilment-causes"))
    _actions(viewer, closed, lang)


def _bars(rows: pd.DataFrame, told: str) -> None:
    table = charts.pairs(rows["name"], rows["label"])
    drawn = charts.bars(rows, name="name", value="value", label="label")
    charts.draw(drawn, alt_text=told, table=table, height=40 + 34 * len(rows))


def _actions(viewer: Viewer, closed: pd.DataFrame, lang: str) -> None:
    """The corrective actions, the open ones first; a ticked one can be marked done."""
    found = closed[closed["action"].notna()].sort_values("action_done_at", na_position="first", kind="stable")
    rows = phrases.problem_rows(found, viewer.now, lang, viewer.clock_zone)
    with widgets.card(t("fulfilment-actions"), t("fulfilment-actions-caption")):
        looks = columns(ACTIONS)
        looks["clock"] = columns({"cause": ("text", 160)})["cause"]
        place = widgets.table(rows, looks, key="fulfilment-actions", empty=t("fulfilment-actions-none"),
                              select=True)  # fmt: skip
        widgets.export_menu("corrective-actions", lambda: rows, rows=len(rows))
        if place is not None and viewer.may("account.write"):
            row = found.iloc[place]
            st.button(t("fulfilment-action-finish"), key="finish-action", on_click=attempt,
                      args=("fulfilment-action-finished", commands.finish_corrective, viewer,
                            int(row["id"]), int(row["version"])))  # fmt: skip
