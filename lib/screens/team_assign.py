"""The list of accounts to assign: proposals with their reasons, accepted one or many at once, one undo."""

import pandas as pd
import streamlit as st

from lib import format as fmt
from lib.access import Viewer
from lib.flows import assigning
from lib.teams import covering, phrases, queries
from lib.ui import forms, widgets
from lib.ui.i18n import language, t

WIDTHS = {"account": 140, "tier": 76, "missing": 76, "now": 130, "owner": 90, "why_owner": 560,
          "backup": 90, "why_backup": 560}  # fmt: skip


def draw(viewer: Viewer, count: int) -> None:
    """`count`: how many accounts the list holds in all."""
    found, lang = covering.to_assign(viewer), language()
    if "team-assigned" in st.session_state:
        st.button(t("team-assign-undo"), icon=":material/undo:", key="assign-undo", on_click=_undo,
                  args=(viewer,))  # fmt: skip
    if not found:
        widgets.nothing(t("team-assign-none"))
        return
    st.caption(t("team-assign-text"))
    if count > len(found):
        st.caption(t("team-assign-more", shown=len(found), count=count))
    missing = {one.need.id: covering.missing_of(one.need) for one, _, _ in found}
    told = phrases.assign_rows(found, lang, missing)
    picked = _table(told)
    chosen = [found[place][0] for place in picked] or [one for one, _, _ in found]
    picks = covering.picks_of(chosen)
    with st.container(horizontal=True, vertical_alignment="center"):
        if viewer.may("book.hand_over"):
            _accept(viewer, picks)
        if viewer.may("export.run"):
            widgets.export_menu("to-assign", lambda: told, rows=len(told))
    _formula(viewer)


def _table(told: pd.DataFrame) -> list[int]:
    """The rows that are ticked; nothing ticked stands for all of them."""
    cc = st.column_config
    shown = told.dropna(axis="columns", how="all")  # a list that lacks backups alone shows no owners
    columns = {
        name: cc.TextColumn(t(f"team-col-{name.replace('_', '-')}"), width=width)
        for name, width in WIDTHS.items()
    }
    event = st.dataframe(
        shown, key="list-assign", hide_index=True, row_height=33, placeholder="–", column_config=columns,
        height=34 + 33 * min(len(told), 15), on_select="rerun", selection_mode="multi-row",
    )  # fmt: skip
    return [place for place in event.selection.rows if place < len(told)]


def _accept(viewer: Viewer, picks: list) -> None:
    """One confirmation that says how many, whatever was ticked."""
    label = t("team-assign-accept", count=len(picks))
    with st.popover(label, icon=":material/group_add:", key="assign-ask", disabled=not picks, type="primary"):
        st.write(t("team-assign-confirm", count=len(picks)))
        st.text_input(t("people-reason"), key="assign-reason", max_chars=1000)
        st.button(label, key="assign-yes", type="primary", on_click=_assign, args=(viewer, picks))


def _assign(viewer: Viewer, picks: list) -> None:
    done = forms.once("assign", "team-assigned", assigning.assign_many, viewer, picks,
                      reason=st.session_state["assign-reason"])  # fmt: skip
    if done:
        st.session_state["team-assigned"] = done


def _undo(viewer: Viewer) -> None:
    if widgets.attempt(
        "team-assign-undone", assigning.undo_assign, viewer, st.session_state["team-assigned"]
    ):
        del st.session_state["team-assigned"]


def _formula(viewer: Viewer) -> None:
    parts, least = queries.formula(viewer)
    lang = language()
    with st.expander(t("team-assign-formula")):
        told = {name: fmt.number(value, lang, 2) for name, value in parts.items()}
        st.markdown(widgets.plain(
            t("team-assign-formula-text", least=phrases.level(least, lang), free=told["free"],
              level=told["level"], speech=told["language"], hours=told["hours"])
        ))  # fmt: skip
