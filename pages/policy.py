"""The rules the desk judges by: find a value, see where it comes from, change it from a day on."""

import streamlit as st

from lib.policy import commands, phrases, queries
from lib.policy.rules import entry_of
from lib.ui import address, frame, importing, policing, widgets
from lib.ui.drawer import drawer, facts
from lib.ui.i18n import language, t
from lib.ui.widgets import Col

viewer = frame.open_page("policy")
lang, state, may_change = language(), st.session_state, viewer.may("policy.write")
BARE = {"label_visibility": "collapsed"}
ALL, VIEWS = "all", ("values", "history", "file")
WIDTHS = {"document": 120, "description": 330, "value": 80, "unit": 130, "planned": 130, "source": 90,
          "since": 100, "author": 90, "path": 190}  # fmt: skip


def save(row, key: str) -> None:
    text, day, reason = (state[f"{key}-{name}"] for name in ("value", "from", "reason"))
    widgets.attempt("policy-saved", commands.change, viewer, row.document, int(row.newest), {row.path: text},
                    day, reason)  # fmt: skip
    state["policy-done"] = not widgets.refused()


def revert(document: str, newest: int, number: int) -> None:
    widgets.attempt("policy-reverted", commands.revert, viewer, document, newest, number,
                    state[f"revert-{number}"])  # fmt: skip


def take(content: bytes, seen: dict[str, int]) -> None:
    widgets.attempt("policy-imported", commands.take_file, viewer, content, seen, state["policy-file-from"],
                    state["policy-file-reason"])  # fmt: skip


def edit(row) -> None:
    """The drawer of one value: what it is, and for an admin the form with the difference it would make."""
    if state.pop("policy-done", False):
        st.rerun()
    st.text(row.description)
    facts(phrases.facts(row, entry_of(commands.entries()[row.document], row.path), lang))
    if not may_change:
        st.caption(t("policy-read-only"))
        return
    key = f"policy-{row.document}-{row.path}-{row.newest}"
    policing.value_form(
        key, row.planned or row.value, row.earliest,
        lambda text: [phrases.change_words(item, lang)
                      for item in queries.preview(viewer, row.document, {row.path: text})],
        lambda: save(row, key),
    )  # fmt: skip


def draw_values(document: str | None) -> None:
    find = address.text(t("policy-find"), key="find", limit=100, width=360)
    rows = queries.values(viewer, find, document)
    st.caption(t("policy-hint"))
    columns = {name: Col(t(f"policy-col-{name}"), "figure" if name == "value" else "text", width)
               for name, width in WIDTHS.items()}  # fmt: skip
    place = widgets.table(phrases.in_words(rows, lang), columns, key="policy-values", select=True,
                          empty=t("policy-none-found" if find or document else "policy-none"))  # fmt: skip
    picked = f"{rows.document[place]}/{rows.path[place]}" if place is not None else None
    if picked != state.get("policy-picked"):
        state["policy-picked"] = state["policy-drawer"] = picked
    for row in rows[rows.document + "/" + rows.path == state.pop("policy-drawer", None)].itertuples():
        drawer(row.path, edit, row)


def draw_history(document: str) -> None:
    found = queries.versions(viewer, document)
    cards = [
        policing.VersionCard(row.number, phrases.history_line(row, lang),
                             [phrases.change_words(item, lang) for item in row.changes], row.holds)
        for row in found.itertuples()
    ]  # fmt: skip
    newest = int(found.number.max())
    policing.versions(cards, (lambda number: revert(document, newest, number)) if may_change else None)


def draw_file() -> None:
    st.markdown(t("policy-export-text"))
    st.download_button(t("policy-export"), lambda: queries.export_file(viewer), icon=":material/download:",
                       file_name=f"policy-{viewer.today}.json", mime="application/json",
                       key="policy-export", on_click="ignore")  # fmt: skip
    if not may_change:
        return
    st.markdown(f"**{t('policy-import')}**")
    st.caption(t("policy-import-hint"))
    file = st.file_uploader(t("policy-import-upload"), type=["json"], key="policy-file")
    shown = importing.tried(queries.preview_file, viewer, file.getvalue()) if file else None
    if shown is None:
        return
    columns = {name: Col(t(f"policy-col-{name}")) for name in ("document", "path", "old", "new")}
    differences = phrases.change_frame(shown.changes, lang)
    widgets.table(differences, columns, key="policy-differences", empty=t("policy-import-same"))
    if len(differences):
        policing.plan("policy-file", shown.earliest)
        st.button(t("policy-import-run", count=len(differences)), key="policy-file-run", type="primary",
                  on_click=take, args=(file.getvalue(), shown.seen_numbers))  # fmt: skip


with frame.head(t("policy-title"), t("policy-caption", count=len(queries.values(viewer)))):
    view = address.choice(st.segmented_control, t("policy-view"), VIEWS, key="view", default="values",
                          format_func=lambda v: t(f"policy-view-{v}"), **BARE)  # fmt: skip
    names = [*commands.entries()] if view == "history" else [ALL, *commands.entries()]
    if view != "file":
        area = address.choice(st.selectbox, t("policy-document"), names, key="area", default=names[0],
                              format_func=lambda n: t("policy-document-all") if n == ALL
                              else phrases.document_name(n, lang), width=190, **BARE)  # fmt: skip
    if view == "values":
        widgets.export_menu("policy", lambda: phrases.in_words(queries.values(viewer), lang))
if view == "values":
    draw_values(None if area == ALL else area)
elif view == "history":
    draw_history(area)
else:
    draw_file()
