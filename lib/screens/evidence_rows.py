"""Rows behind a figure of the page Evidence: a table in a dialog, its export, and the way to the account."""

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from lib.ui import frame, widgets
from lib.ui.i18n import t
from lib.ui.widgets import Col

SHOWN = 200
WIDTHS = {"account": 190, "source": 200, "state": 150, "rule": 100, "verdict": 100, "outcome": 110}


def ask(figure: str) -> None:
    """Remember which figure's rows the next run opens."""
    st.session_state["evidence-rows"] = figure


def show(figure: str, rows: pd.DataFrame, columns: Sequence[str], dates: frozenset[str]) -> None:
    """`rows` are in words already and hold account_id; picking one leads to the account."""
    kinds = {name: "date" if name in dates else "status" if name == "band" else
             "figure" if name in ("lead", "delay", "score") else "text" for name in columns}  # fmt: skip
    looks = {n: Col(t(f"evidence-row-{n.replace('_', '-')}"), kinds[n], WIDTHS.get(n, 110)) for n in columns}

    @st.dialog(
        t("evidence-rows-title", figure=t(f"evidence-figure-{figure.replace('_', '-')}")), width="large"
    )
    def opened() -> None:
        height = 430 if len(rows) > 12 else None
        picked = widgets.table(
            rows.head(SHOWN), looks, key=f"evidence-{figure}", empty=t("evidence-rows-none"), height=height,
            select=True,
        )  # fmt: skip
        if rows.empty:
            return
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            st.caption(f"{t('evidence-rows-count', count=len(rows))} · {t('evidence-rows-open')}")
            widgets.export_menu(f"evidence-{figure}", lambda: exported(rows, columns), rows=len(rows))
        if picked is not None:
            frame.go("account", id=int(rows["account_id"].iloc[picked]))

    opened()


def exported(rows: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The rows as a file: shown columns under their names, statuses by their word."""
    made = rows[list(columns)].copy()
    if "band" in made:
        made["band"] = [t(f"status-{b.replace('_', '-')}") for b in made["band"]]
    return made.rename(columns={n: t(f"evidence-row-{n.replace('_', '-')}") for n in columns})


def menu(figures: Sequence[str]) -> None:
    """The button that opens the rows behind one of several figures."""
    st.menu_button(
        t("evidence-rows"), list(figures), key="evidence-figure", type="tertiary",
        icon=":material/table_rows:",
        format_func=lambda f: t(f"evidence-figure-{f.replace('_', '-')}"), on_click=_from_menu,
    )  # fmt: skip


def _from_menu() -> None:
    ask(st.session_state["evidence-figure"])


def asked(rows_of: Callable[[str], None]) -> None:
    """Open the rows somebody asked for, once."""
    if figure := st.session_state.pop("evidence-rows", None):
        rows_of(figure)
