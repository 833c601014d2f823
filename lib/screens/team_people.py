"""The staff list and one person's drawer: level with its history, hours, certificates, goals, book."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from lib.access import Viewer
from lib.people.phrases import zones
from lib.teams import drawers, phrases, queries, staff
from lib.teams.queries import Member
from lib.ui import forms, frame, widgets
from lib.ui.drawer import drawer, facts, history
from lib.ui.i18n import language, t
from lib.ui.widgets import Col

WIDTHS = {"name": 96, "roles": 136, "level": 88, "review": 170, "load": 84, "share": 66, "state": 106,
          "below": 164, "csat": 160}  # fmt: skip
RIGHT = {"load", "share"}
BOOK = {"account": 200, "zone": 140, "overlap": 130, "slot": 200, "template": 150}


def spoken() -> forms.Spoken:
    return forms.Spoken(
        lambda name: t(f"team-field-{name.replace('_', '-')}"), lambda code: code, t("people-nobody")
    )


def listed(viewer: Viewer, rows: pd.DataFrame, capacity: int) -> None:
    """The list; a picked row opens the person's drawer at the end of the run."""
    told = phrases.staff_rows(rows, capacity, language())
    columns = {name: Col(t(f"team-col-{name}"), "figure" if name in RIGHT else "text", width)
               for name, width in WIDTHS.items()}  # fmt: skip
    place = widgets.table(told, columns, key="list-team", select=True, empty=t("team-people-none"))
    picked = int(rows["id"].iloc[place]) if place is not None else None
    if picked != st.session_state.get("_team-picked"):
        st.session_state["_team-picked"] = picked
        if picked is not None:
            st.session_state["team-open"] = picked
    go_on(viewer, {int(i): str(n) for i, n in zip(rows["id"], rows["name"], strict=True)})


def go_on(viewer: Viewer, names: dict[int, str]) -> None:
    """The form a button asked for, or the drawer of a person; one of them a run."""
    what, person_id = st.session_state.pop("team-next", (None, None))
    opened = st.session_state.pop("team-open", None)
    if what:
        forms.ask(_sheet(viewer, what, person_id), spoken())
    elif opened in names:
        drawer(widgets.plain(names[opened]), partial(_about, viewer), opened)


def _sheet(viewer: Viewer, what: str, person_id: int) -> Any:
    one = queries.own(viewer) if person_id == viewer.person_id else queries.member(viewer, person_id)
    key = forms.form_key(f"team-{what}")
    if what == "describe":
        return drawers.describe(viewer, one, zones(language(), viewer.today))
    if what == "settle-goal":
        return drawers.settle_goal(viewer, one)
    makers: dict[str, Callable] = {
        "set-level": drawers.set_level, "note-record": drawers.note_record, "set-goal": drawers.set_goal,
        "name-win": drawers.name_win,
    }  # fmt: skip
    return makers[what](viewer, one, key)


def _then(what: str, person_id: int) -> None:
    st.session_state["team-next"] = (what, person_id)


def _about(viewer: Viewer, person_id: int) -> None:
    if "team-next" in st.session_state:
        st.rerun()
    whole(viewer, queries.member(viewer, person_id))


def whole(viewer: Viewer, one: Member) -> None:
    """Everything about one person, with the ways to change it that are open to the viewer."""
    lang, leads = language(), viewer.may("team.keep")
    facts(phrases.facts(one, lang))
    ways = {"describe": True, "note-record": True, "set-level": leads and one.id != viewer.person_id,
            "set-goal": leads, "name-win": leads, "settle-goal": leads and not one.goals.empty}  # fmt: skip
    with st.container(horizontal=True, gap="xsmall"):
        for what in (name for name, is_open in ways.items() if is_open):
            st.button(t(f"team-{what}"), key=f"team-{what}-{one.id}", on_click=_then, args=(what, one.id))
    history(t("team-history"), phrases.history(one.levels, lang) or [t("team-history-none")])
    history(t("team-goals"), [phrases.goal(g, lang) for g in one.goals.itertuples()] or [t("team-goal-none")])
    st.markdown(f"**{t('team-records')}**")
    for record in one.records.itertuples():
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(widgets.small(widgets.plain(phrases.record(record, lang)), "gray"), width="content")
            if leads:
                st.button(t("team-withdraw"), key=f"withdraw-{record.id}", type="tertiary",
                          on_click=widgets.attempt,
                          args=("team-withdrawn", staff.withdraw_record, viewer, int(record.id)))  # fmt: skip
    if one.records.empty:
        st.caption(t("team-records-none"))


def book(viewer: Viewer, one: Member, least: int, *, key: str) -> None:
    """The accounts somebody owns: zone, hours in common, when to call next, what could be automated."""
    lang = language()
    told = phrases.book_rows(one.book, one.beyond, one.zone, least, lang)
    with widgets.card(t("team-hours-title"), t("team-hours-caption", name=widgets.plain(one.name))):
        if told.empty:
            widgets.line(t("team-book-none"))
            return
        columns = {name: Col(t(f"team-col-{name}"), "text", width) for name, width in BOOK.items()}
        place = widgets.table(told, columns, key=key, select=True, empty="")
        if viewer.may("export.run"):
            widgets.export_menu("team-hours", lambda: told, rows=len(told))
    picked = int(one.book["account_id"].iloc[place]) if place is not None else None
    if picked is not None and picked != st.session_state.get(f"_{key}"):
        st.session_state[f"_{key}"] = picked
        frame.go("account", id=picked)
