"""The drawer in which a proposal is decided, and the block of proposals on an account's page."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from lib import format as fmt
from lib.access import Viewer
from lib.growth import commands, phrases
from lib.growth.rules import DISMISSALS, Status
from lib.ui import frame, widgets
from lib.ui.acts import refused
from lib.ui.drawer import WIDTH
from lib.ui.i18n import t
from lib.ui.widgets import plain

NOTE_MAX = 900


def decide(viewer: Viewer, row: Mapping[str, Any], language: str) -> None:
    """Opens the drawer over the page: the finding, its decision, and the way to the account."""

    @st.dialog(phrases.kind_word(row["kind"], language), position="right", width=WIDTH)
    def opened() -> None:
        widgets.show_refusal()
        _decision(viewer, row, language)
        if st.session_state.pop("_growth-done", False):
            st.rerun()

    opened()


def _decision(viewer: Viewer, row: Mapping[str, Any], language: str) -> None:
    told = phrases.sentence(row["kind"], row["target"], row["evidence"], language, row["currency"])
    st.markdown(f"**{plain(row['account'])}**")
    st.markdown(plain(told))
    if change := phrases.change_words(row["change_minor"], row["currency"], language):
        widgets.line(t("growth-col-change"), plain(change))
    widgets.line(t("growth-col-ends"), fmt.day(row["ends_on"], language))
    frame.link("account", label=t("growth-to-account", account=plain(row["account"])), icon="apartment",
               id=row["account_id"])  # fmt: skip
    seen = (viewer, int(row["id"]), int(row["version"]))
    if row["status"] != Status.OPEN:
        _decided(viewer, row, language, seen)
    elif viewer.may("task.write"):
        _open(seen)


def _send(done: str, act: Any, *args: Any) -> None:
    widgets.attempt(done, act, *args)
    st.session_state["_growth-done"] = not refused()


def _open(seen: tuple) -> None:
    key = f"growth-{seen[1]}"
    st.button(t("growth-accept"), type="primary", icon=":material/check:", help=t("growth-accept-help"),
              key=f"{key}-accept", on_click=_send,
              args=("growth-done-accept", commands.accept, *seen))  # fmt: skip

    def send() -> None:
        typed = (st.session_state[f"{key}-code"] or "", st.session_state[f"{key}-note"])
        _send("growth-done-dismiss", commands.dismiss, *seen, *typed)

    with st.form(f"{key}-dismiss", border=True):
        st.selectbox(
            t("growth-dismiss-why"), list(DISMISSALS), index=None, key=f"{key}-code",
            placeholder=t("growth-dismiss-choose"),
            format_func=lambda code: t(f"growth-why-{code.replace('_', '-')}"),
        )  # fmt: skip
        st.text_input(t("growth-dismiss-note"), key=f"{key}-note", max_chars=NOTE_MAX)
        st.form_submit_button(t("growth-dismiss-save"), on_click=send)


def _decided(viewer: Viewer, row: Mapping[str, Any], language: str, seen: tuple) -> None:
    if row["decided_by"] and row["decided_at"] is not None:
        when = fmt.moment(row["decided_at"], language, viewer.clock_zone)
        status = phrases.status_word(row["status"], language)
        st.caption(t("growth-decided-line", status=status, who=plain(row["decided_by"]), when=when))
    if why := phrases.reason_words(row["reason"], language):
        widgets.line(t("growth-col-reason"), plain(why))
    taken = row["status"] in (Status.ACCEPTED, Status.DISMISSED) and row["ends_on"] >= viewer.today
    if viewer.may("task.write") and taken:
        st.button(t("growth-reopen"), icon=":material/undo:", key=f"growth-{seen[1]}-reopen",
                  on_click=_send, args=("growth-done-reopen", commands.reopen, *seen))  # fmt: skip


def chosen(rows: pd.DataFrame, place: int | None, key: str) -> dict[str, Any] | None:
    """The picked row as values, once a click: a rerun with the same tick opens nothing."""
    picked = None if place is None else int(rows["id"].iloc[place])
    is_new = picked != st.session_state.get(f"_{key}-picked")
    st.session_state[f"_{key}-picked"] = picked
    if picked is None or not is_new:
        return None
    row = rows.iloc[place]
    return dict(row)
