"""One order: what was signed beside what is provisioned and used, and the steps to take."""

from functools import partial
from typing import Any

import streamlit as st

from lib.access import Viewer
from lib.fulfilment import commands, phrases, queries, rules
from lib.screens.fulfilment_desk import columns
from lib.screens.fulfilment_statement import papers
from lib.ui import frame, sending, widgets
from lib.ui.acts import attempt, plain
from lib.ui.i18n import language, t

LINES = {
    "title": ("text", 220), "kind_said": ("text", 100), "signed": ("text", 90),
    "provisioned_said": ("text", 100), "used_said": ("text", 80), "difference": ("text", 130),
    "state_said": ("text", 110), "until": ("text", 110),
}  # fmt: skip


def draw(viewer: Viewer, benefit_id: int) -> None:
    """The order of a benefit. Raises NotFound."""
    about = queries.benefit(viewer, benefit_id)
    account, order, lang = about["account_id"], about["order_number"], language()
    found = queries.lines(viewer, account, order)
    with frame.head(t("fulfilment-order", order=order), phrases.order_state(found, lang)):
        st.button(t("fulfilment-back"), icon=":material/arrow_back:", type="tertiary",
                  on_click=st.query_params.clear)  # fmt: skip
        papers(viewer, account, order)
        if viewer.may("touch.write") and found["told_at"].isna().any():
            st.button(t("fulfilment-tell"), icon=":material/mark_email_read:", on_click=attempt,
                      args=("fulfilment-told", commands.tell, viewer, account, order))  # fmt: skip
    frame.link("account", label=t("fulfilment-to-account"), icon="apartment", id=account)
    rows = phrases.line_rows(found, lang, viewer.clock_zone)
    start = found["id"].tolist().index(benefit_id)
    place = widgets.table(rows, columns(LINES), key=f"order-{account}-{order}", empty=t("fulfilment-none"),
                          select=True)  # fmt: skip
    widgets.export_menu("order", lambda: rows[list(phrases.EXPORTED)], rows=len(rows))
    row = found.iloc[start if place is None else place]
    left, right = st.columns(2, gap="small")
    with left, widgets.card(plain(phrases.title(row, lang)), _clock(row, viewer, lang)):
        _acts(viewer, row)
    with right, widgets.card(t("fulfilment-report"), t("fulfilment-report-caption")):
        _report(viewer, account, order, row, lang)


def _clock(row: Any, viewer: Viewer, lang: str) -> str:
    if row["state"] == rules.State.IN_FORCE:
        return phrases.state_word(row["state"], lang)
    return phrases.clock(row["due_at"], viewer.now, lang)


def _acts(viewer: Viewer, row: Any) -> None:
    """What the ticked line needs; nothing is offered of what the rules would refuse."""
    settled = row["state"] == rules.State.IN_FORCE
    if not viewer.may("account.write"):
        st.caption(t("fulfilment-only-owner"))
        return
    seen = (viewer, int(row["id"]), int(row["version"]))
    with st.container(horizontal=True):
        if row["state"] == rules.State.CHECKING:
            st.button(t("fulfilment-confirm"), type="primary", key="confirm", icon=":material/task_alt:",
                      on_click=attempt, args=("fulfilment-confirmed", commands.confirm, *seen))  # fmt: skip
        if row["automatic"] and row["state"] in (rules.State.FAILED, rules.State.CHECKING):
            st.button(t("fulfilment-send-again"), key="again", icon=":material/replay:", on_click=attempt,
                      args=("fulfilment-sent-again", commands.send_again, *seen))  # fmt: skip
    if row["granted"] == row["granted"] and row["granted"] is not None:
        now = row["provisioned"]
        known = int(now) if now == now and now is not None else int(row["granted"])
        key = f"provisioned-{row['id']}-{row['version']}"
        st.number_input(t("fulfilment-provisioned"), min_value=0, value=known, key=key)
        st.button(t("fulfilment-correct"), key="correct", on_click=_correct, args=(*seen, key))
    if settled:
        st.caption(t("fulfilment-settled"))


def _correct(viewer: Viewer, benefit_id: int, seen_version: int, key: str) -> None:
    attempt("fulfilment-corrected", commands.correct, viewer, benefit_id, seen_version,
            provisioned=int(st.session_state[key]))  # fmt: skip


def _report(viewer: Viewer, account: int, order: str, row: Any, lang: str) -> None:
    """The exception form, prefilled with account, order and benefit."""
    if not viewer.may("note.write"):
        return
    about = phrases.title(row, lang)
    sending.form(
        "benefit-problem", t("fulfilment-report-send"), "fulfilment-reported",
        partial(_send, int(row["id"])), viewer, account, owner=int(row["id"]), primary=True, stacked=True,
        fields=[("order_number", "text", t("fulfilment-col-order-number"), None, order),
                ("what", "text", t("fulfilment-report-what", benefit=about))],
    )  # fmt: skip


def _send(benefit_id: int, viewer: Viewer, account_id: int, **typed: str) -> int:
    return commands.report(viewer, account_id, benefit_id=benefit_id, **typed)
