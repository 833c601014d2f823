"""The promo calendar's views: the windows on a line of time and as a list, one window's drawer, rivals."""

from datetime import timedelta
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from lib.access import Viewer
from lib.offers import commands, drawers, phrases, queries
from lib.ui import charts, forms, periods, widgets
from lib.ui.drawer import drawer, facts
from lib.ui.i18n import language, t
from lib.ui.widgets import Col

WIDTHS = {"window": 170, "phase": 124, "terms": 110, "slots": 190, "apply_from": 104, "opens": 144,
          "closes": 144, "eligible": 160, "budget": 170}  # fmt: skip
QUEUE = {"place": 50, "account": 150, "state": 80, "applied": 140}
RIVAL = {"rival": 130, "what": 260, "period": 230, "response": 270, "window": 130, "state": 90, "by": 100}
AHEAD, BACK = 400, 120  # days the line of time shows


def spoken() -> forms.Spoken:
    return forms.Spoken(
        lambda name: t(f"promos-field-{name.replace('_', '-')}"), lambda code: code, t("promos-nothing")
    )


def windows(viewer: Viewer, frame_: pd.DataFrame, view: str) -> None:
    """The line of time and the list; a picked row opens the window's drawer."""
    lang = language()
    _line(viewer, frame_)
    told = phrases.listed(frame_, lang)
    columns = {name: Col(t(f"promos-col-{name.replace('_', '-')}"), "text", w) for name, w in WIDTHS.items()}
    place = widgets.table(told, columns, key=f"promos-{view}", select=True, empty=t(f"promos-empty-{view}"))
    picked = int(frame_["id"].iloc[place]) if place is not None else None
    if picked != st.session_state.get("_promo-picked"):
        st.session_state["_promo-picked"] = picked
        if picked is not None:
            st.session_state["promo-open"] = picked
    _go_on(viewer)


def _line(viewer: Viewer, frame_: pd.DataFrame) -> None:
    first, last = viewer.today - timedelta(days=BACK), viewer.today + timedelta(days=AHEAD)
    lang = language()
    rows = [
        {"name": phrases.name(r, lang), "apply": max(r.apply_from, first), "from": phrases.first_day(r),
         "to": r.closes_at.date(), "now": r.phase in ("open", "full", "spent")}
        for r in frame_.itertuples(index=False)
        if r.opens_at.date() <= last and r.closes_at.date() >= first and r.phase != "withdrawn"
    ]  # fmt: skip
    if not rows:
        return
    told = phrases.listed(frame_, lang)[["window", "apply_from", "opens", "closes"]]
    table = told.rename(columns={name: t(f"promos-col-{name.replace('_', '-')}") for name in told})
    with widgets.card(t("promos-line-title"), t("promos-line-caption")):
        charts.draw(periods.spans(pd.DataFrame(rows), today=viewer.today),
                    alt_text=t("promos-line-alt", count=len(rows)),
                    table=table, height=34 + 28 * len(rows), key="promos-line")  # fmt: skip


def _then(what: str, row_id: int) -> None:
    st.session_state["promo-next"] = (what, row_id)


def _go_on(viewer: Viewer) -> None:
    what, row_id = st.session_state.pop("promo-next", (None, None))
    opened = st.session_state.pop("promo-open", None)
    if what is None and opened is None:
        return
    by_id = {int(row.id): row for row in queries.calendar(viewer).itertuples(index=False)}
    row = by_id.get(row_id or opened)
    if row is None:
        return
    if what == "change":
        forms.ask(drawers.window(viewer, "", row), spoken())
    elif what == "withdraw":
        forms.ask(drawers.withdraw(viewer, row), spoken())
    else:
        drawer(widgets.plain(phrases.name(row, language())), partial(_about, viewer), row)


def _about(viewer: Viewer, row: Any) -> None:
    """What a window says, who is in it, and what can be done with it."""
    if "promo-next" in st.session_state:
        st.rerun()
    facts(phrases.facts(row, language()))
    seen = (viewer, int(row.id), int(row.version))
    if viewer.may("offer.keep"):
        with st.container(horizontal=True, gap="xsmall"):
            if row.status == "draft":
                with st.popover(t("promos-publish"), icon=":material/campaign:", key=f"publish-{row.id}"):
                    st.write(t("promos-publish-text"))
                    st.button(t("promos-publish"), type="primary", key=f"publish-{row.id}-yes",
                              on_click=widgets.attempt,
                              args=("promos-published", commands.publish_window, *seen))  # fmt: skip
                st.button(t("promos-change"), key=f"change-{row.id}", on_click=_then,
                          args=("change", int(row.id)))  # fmt: skip
            if row.status != "withdrawn":
                st.button(t("promos-withdraw"), key=f"withdraw-{row.id}", on_click=_then,
                          args=("withdraw", int(row.id)))  # fmt: skip
    _queue(viewer, row)


def _queue(viewer: Viewer, row: Any) -> None:
    found = queries.queue(viewer, int(row.id))
    told = phrases.queue_rows(found, language(), viewer.clock_zone)
    st.markdown(f"**{t('promos-queue-title')}**")
    columns = {name: Col(t(f"promos-col-{name}"), "text", width) for name, width in QUEUE.items()}
    widgets.table(told, columns, key=f"promos-queue-{row.id}", empty=t("promos-queue-empty"))
    if viewer.may("export.run"):
        widgets.export_menu("promo-queue", lambda: told, rows=len(told))
    if not viewer.may("quote.write"):
        return
    for one in found[found["status"] == "queued"].itertuples(index=False):
        st.button(t("promos-leave", account=widgets.plain(one.account)), type="tertiary",
                  key=f"leave-{one.id}", icon=":material/undo:", on_click=widgets.attempt,
                  args=("promos-left", commands.leave_queue, viewer, int(one.id),
                        int(one.version)))  # fmt: skip
    if row.phase in ("applying", "open"):
        names = queries.applicants(viewer, int(row.id))
        chosen = st.selectbox(t("promos-apply-account"), list(names), index=None, key=f"apply-{row.id}",
                              format_func=names.get, placeholder=t("promos-apply-choose"))  # fmt: skip
        st.button(t("promos-apply"), key=f"apply-{row.id}-yes", disabled=chosen is None,
                  on_click=widgets.attempt,
                  args=("promos-applied", commands.apply, viewer, chosen, int(row.id)))  # fmt: skip


def rivals(viewer: Viewer, found: pd.DataFrame) -> None:
    """What competitors run, each with the answer prepared for it; a picked row is answered."""
    told = phrases.rival_rows(found, language())
    columns = {name: Col(t(f"promos-col-{name}"), "text", width) for name, width in RIVAL.items()}
    place = widgets.table(told, columns, key="promos-rivals", select=True, empty=t("promos-empty-rivals"))
    picked = int(found["id"].iloc[place]) if place is not None else None
    is_new = picked != st.session_state.get("_rival-picked")
    st.session_state["_rival-picked"] = picked
    if picked is not None and is_new and viewer.may("note.write"):
        row = next(r for r in found.itertuples(index=False) if r.id == picked)
        forms.ask(drawers.answer_rival(viewer, row), spoken())


def ask_rival(viewer: Viewer, frame_: pd.DataFrame) -> None:
    names = {str(r.id): phrases.name(r, language()) for r in frame_.itertuples(index=False)}
    forms.ask(drawers.note_rival(viewer, forms.form_key("promos-note-rival"), names), spoken())


def ask_window(viewer: Viewer) -> None:
    forms.ask(drawers.window(viewer, forms.form_key("promos-add")), spoken())
