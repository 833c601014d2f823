"""The drawer of one event: its facts, the viewer's guests with their answers, and who is invited next."""

from functools import partial
from typing import Any

import streamlit as st

from lib.access import Viewer
from lib.events import commands, drawers, phrases, queries, rules
from lib.ui import forms, widgets
from lib.ui.drawer import drawer, facts
from lib.ui.i18n import language, t
from lib.ui.widgets import Col, plain

GUESTS = {"account": 130, "contact": 110, "state": 90, "invited_on": 100, "answered": 100, "by": 90}


def spoken() -> forms.Spoken:
    return forms.Spoken(
        lambda name: t(f"events-field-{name.replace('_', '-')}"), lambda code: code, t("events-nothing")
    )


def ask_event(viewer: Viewer) -> None:
    forms.ask(drawers.plan(viewer, forms.form_key("events-add")), spoken())


def opened(viewer: Viewer, event_id: int) -> None:
    """The drawer of an event, or the form it asked for."""
    row = next((r for r in queries.calendar(viewer).itertuples(index=False) if r.id == event_id), None)
    if row is None:
        return
    if st.session_state.pop("event-cancels", None) == event_id:
        forms.ask(drawers.cancel(viewer, row), spoken())
    else:
        drawer(plain(phrases.name(row, language())), partial(_about, viewer), row)


def _about(viewer: Viewer, row: Any) -> None:
    if "event-cancels" in st.session_state:
        st.rerun()
    facts(phrases.facts(row, queries.reference(viewer), language()))
    if viewer.may("offer.keep") and row.status == "planned":
        st.button(t("events-cancel"), key=f"cancel-{row.id}", on_click=_cancels, args=(int(row.id),))
    found = queries.guests(viewer, int(row.id))
    told = phrases.guest_rows(found, language())
    st.markdown(f"**{t('events-guests')}**")
    columns = {name: Col(t(f"events-col-{name.replace('_', '-')}"), "text", w) for name, w in GUESTS.items()}
    widgets.table(told, columns, key=f"guests-{row.id}", empty=t("events-no-guests"))
    if viewer.may("export.run"):
        widgets.export_menu("event-guests", lambda: told, rows=len(told))
    if row.status != "planned" or not viewer.may("touch.write"):
        return
    for one in found.itertuples(index=False):
        _answer(viewer, row, one)
    if row.held_on >= viewer.today and viewer.may("contact.write"):
        _invite(viewer, row)


def _cancels(event_id: int) -> None:
    st.session_state["event-cancels"] = st.session_state["event-open"] = event_id


def _answer(viewer: Viewer, row: Any, one: Any) -> None:
    """One button for each answer that can follow."""
    st.markdown(f":small[{plain(one.contact)} · {plain(one.account)}]")
    with st.container(horizontal=True, gap="xsmall"):
        for status in rules.answers(one.status, row.held_on, viewer.today):
            st.button(t(f"events-note-{status}"), key=f"guest-{one.id}-{status}", type="tertiary",
                      on_click=widgets.attempt,
                      args=("events-noted", commands.note_answer, viewer, int(one.id), int(one.version),
                            status))  # fmt: skip


def _invite(viewer: Viewer, row: Any) -> None:
    names = queries.invitable(viewer, int(row.id))
    chosen = st.selectbox(
        t("events-invite-whom"), list(names), index=None, key=f"invite-{row.id}",
        format_func=lambda contact: " · ".join(names[contact]), placeholder=t("events-choose"),
    )  # fmt: skip
    st.button(t("events-invite"), key=f"invite-{row.id}-yes", disabled=chosen is None,
              on_click=widgets.attempt,
              args=("events-invited", commands.invite, viewer, chosen, int(row.id)))  # fmt: skip
