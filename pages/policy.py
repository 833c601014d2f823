"""The rules the desk judges by: find a value, see where it comes from, change it from a day on."""

import pandas as pd
import streamlit as st

from lib.policy import commands, log, phrases, queries, tables
from lib.policy.rules import entry_of
from lib.ui import address, frame, importing, policing, widgets
from lib.ui.drawer import drawer, facts
from lib.ui.i18n import language, t

viewer = frame.open_page("policy")
lang, state, may_change = language(), st.session_state, viewer.may("policy.write")
BARE = {"label_visibility": "collapsed"}
ALL, VIEWS = "all", ("values", "history", "file")


def act(done: str, key: str, row, command, *given) -> None:
    """A command of the drawer, with the day, reason and feedback of its form."""
    widgets.attempt(done, command, viewer, row.document, int(row.newest), *given, *policing.planned(key))
    state["policy-done"] = not widgets.refused()


def edit(row) -> None:
    """The drawer of one value: what it is, its past, and for an admin the forms with their difference."""
    if state.pop("policy-done", False):
        st.rerun()
    st.text(phrases.meaning(row.description, row.row, lang))
    catalogue = commands.entries()[row.document]
    entry, table = entry_of(catalogue, row.path), tables.rows_of(catalogue, row.path)
    facts(phrases.facts(row, entry, lang))
    key = f"policy-{row.document}-{row.name}-{row.newest}"

    def row_preview(texts: dict[str, str] | None) -> list[str]:
        return phrases.change_lines(queries.preview_row(viewer, row.document, row.name, texts), lang)

    todo = policing.row_act(f"{key}-todo") if may_change and table else "change"
    if not may_change:
        st.caption(t("policy-read-only"))
    elif todo == "change":
        policing.value_form(
            key, entry, row.planned or row.value, row.earliest,
            lambda text: phrases.change_lines(queries.preview(viewer, row.document, {row.name: text}), lang),
            lambda: act("policy-saved", key, row, commands.change, {row.name: state[f"{key}-value"]}),
        )  # fmt: skip
    elif todo == "add":
        policing.row_form(
            f"{key}-add", phrases.row_fields(table, lang), row.earliest, row_preview,
            lambda texts: act("policy-row-added", f"{key}-add", row, commands.add_row, row.name, texts),
        )  # fmt: skip
    else:
        policing.drop_form(
            f"{key}-drop", row.earliest, row_preview,
            lambda: act("policy-row-removed", f"{key}-drop", row, commands.remove_row, row.name),
        )  # fmt: skip
    policing.past(phrases.past_lines(log.log(viewer, row.document, row.name), lang))


def draw_values(document: str | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        find = address.text(t("policy-find"), key="find", limit=100, width=360)
        st.caption(t("policy-hint"))
    rows = queries.values(viewer, find, document)
    empty = t("policy-none-found" if find or document else "policy-none")
    place = widgets.table(phrases.in_words(rows, lang), policing.columns("values"), key="policy-values",
                          select=True, empty=empty)  # fmt: skip
    picked = f"{rows.document[place]}/{rows.name[place]}" if place is not None else None
    if picked != state.get("policy-picked"):
        state["policy-picked"] = state["policy-drawer"] = picked
    for row in rows[rows.document + "/" + rows["name"] == state.pop("policy-drawer", None)].itertuples():
        drawer(phrases.document_name(row.document, lang), edit, row)


def draw_history(document: str | None) -> None:
    policing.change_log(phrases.log_in_words(log.log(viewer, document), lang), whole=document is None)
    if document is None:
        return
    all_of = log.versions(viewer, document)
    newest = int(all_of.number.max())

    def back(number: int) -> None:
        widgets.attempt("policy-reverted", commands.revert, viewer, document, newest, number,
                        state[f"revert-{number}"])  # fmt: skip

    policing.versions(phrases.version_cards(all_of, lang), back if may_change else None)


def draw_file() -> None:
    policing.downloads(lambda kind: queries.export_file(viewer, kind), f"policy-{viewer.today}")
    file = policing.upload() if may_change else None
    shown = importing.tried(queries.preview_file, viewer, file.getvalue()) if file else None
    if shown is None:
        return
    differences = phrases.change_frame(shown.changes, lang)
    same = t("policy-import-same")
    widgets.table(differences, policing.columns("file"), key="policy-differences", empty=same)
    policing.take_form(len(differences), shown.earliest, lambda: widgets.attempt(
        "policy-imported", commands.take_file, viewer, file.getvalue(), shown.seen_numbers,
        *policing.planned("policy-file")))  # fmt: skip


def exported() -> pd.DataFrame:
    if view == "values":
        return phrases.in_words(queries.values(viewer, document=wanted), lang)
    return phrases.log_in_words(log.log(viewer, wanted), lang)


with frame.head(t("policy-title"), phrases.caption(queries.values(viewer), lang)):
    view = address.choice(st.segmented_control, t("policy-view"), VIEWS, key="view", default="values",
                          format_func=lambda v: t(f"policy-view-{v}"), **BARE)  # fmt: skip
    area = ALL if view == "file" else address.choice(
        st.selectbox, t("policy-document"), [ALL, *commands.entries()], key="area", default=ALL, width=190,
        format_func=lambda name: phrases.area_name(name, lang), **BARE)  # fmt: skip
    wanted = None if area == ALL else area
    if view != "file":
        widgets.export_menu("policy", exported)
if view == "file":
    draw_file()
else:
    {"values": draw_values, "history": draw_history}[view](wanted)
