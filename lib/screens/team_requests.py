"""Internal requests: the list, one request's drawer with its steps, and ageing by step."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from lib.access import Viewer
from lib.screens.team_people import spoken
from lib.teams import drawers, phrases, records
from lib.ui import forms, frame, widgets
from lib.ui.drawer import drawer, facts, history
from lib.ui.i18n import language, t
from lib.ui.widgets import Col

WIDTHS = {"title": 250, "ask": 84, "department": 100, "account": 170, "owner": 110, "due": 190, "state": 100,
          "raiser": 110}  # fmt: skip
AGEING = {"state": 140, "now": 90, "median": 110, "longest": 110, "slow": 110}


def draw(viewer: Viewer, rows: pd.DataFrame) -> None:
    """`rows`: records.requests; a picked row opens its drawer."""
    told = phrases.request_rows(rows, viewer.today, language())
    columns = {name: Col(t(f"team-col-{name}"), "text", width) for name, width in WIDTHS.items()}
    place = widgets.table(told, columns, key="list-requests", select=True, empty=t("team-requests-none"))
    picked = int(rows["id"].iloc[place]) if place is not None else None
    if picked != st.session_state.get("_request-picked"):
        st.session_state["_request-picked"] = picked
        if picked is not None:
            st.session_state["request-open"] = picked
    if said := phrases.answered(rows, language()):
        st.caption(widgets.plain(said))
    if not rows.empty:
        _ageing(viewer)
    _go_on(viewer, rows)


def _ageing(viewer: Viewer) -> None:
    told = phrases.ageing_rows(records.ageing(viewer), language())
    with widgets.card(t("team-requests-ageing")):
        columns = {name: Col(t(f"team-col-{name}"), "text" if name == "state" else "figure", width)
                   for name, width in AGEING.items()}  # fmt: skip
        widgets.table(told, columns, key="list-ageing", empty=t("team-requests-none"))
        if viewer.may("export.run"):
            widgets.export_menu("request-ageing", lambda: told, rows=len(told))


def ask_new(viewer: Viewer, account: int | None = None) -> None:
    """The drawer in which a request is raised, from an account or from none."""
    forms.ask(drawers.raise_request(viewer, forms.form_key("team-raise-request"), account), spoken())


def _go_on(viewer: Viewer, rows: pd.DataFrame) -> None:
    by_id = {int(row.id): row for row in rows.itertuples(index=False)}
    what, request_id = st.session_state.pop("request-next", (None, None))
    opened = st.session_state.pop("request-open", None)
    if what == "account":
        frame.go("account", id=request_id)
    elif what and request_id in by_id:
        sheet = getattr(drawers, what.replace("-", "_"))(viewer, by_id[request_id])
        forms.ask(sheet, spoken())
    elif opened in by_id:
        drawer(widgets.plain(by_id[opened].title), partial(_about, viewer), by_id[opened])


def _then(what: str, row_id: int) -> None:
    st.session_state["request-next"] = (what, row_id)


def _about(viewer: Viewer, row: Any) -> None:
    if "request-next" in st.session_state:
        st.rerun()
    lang = language()
    facts(phrases.request_facts(row, viewer.today, lang))
    for text in (row.detail, row.answer):
        if isinstance(text, str):
            st.markdown(widgets.plain(text))
    ways = {"move-request": row.state != "closed", "reassign-request": row.state in ("open", "working")}
    with st.container(horizontal=True, gap="xsmall"):
        for what in (name for name, is_open in ways.items() if is_open):
            st.button(t(f"team-{what}"), key=f"{what}-{row.id}", on_click=_then, args=(what, int(row.id)))
        if not pd.isna(row.account_id):
            st.button(t("team-open-account"), key=f"account-{row.id}", type="tertiary", on_click=_then,
                      args=("account", int(row.account_id)))  # fmt: skip
    way = records.request_steps(viewer, int(row.id))
    history(t("team-way"), phrases.steps(way, lang, viewer.clock_zone))
