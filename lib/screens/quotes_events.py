"""Events of quotes from a file of a mail or signing tool: looked through first, then stored on a word."""

import hashlib
from typing import Any

import streamlit as st

from lib.access import Viewer
from lib.errors import DeskError
from lib.quotes.event_file import FILE_MAX, Row, read_events
from lib.quotes.following import import_events, known_events
from lib.ui.acts import attempt, plain_sentence
from lib.ui.i18n import t

SHOWN = 20  # reported lines


def events_menu(viewer: Viewer) -> None:
    """Behind a button: the file, what it holds, and the word that stores the good rows."""
    with st.popover(t("quotes-events-import"), icon=":material/upload:", type="tertiary"):
        st.caption(t("quotes-events-caption"))
        file = st.file_uploader(t("quotes-events-file", limit=FILE_MAX // 1024), type=["csv"],
                                key="quotes-events-file")  # fmt: skip
        if counted := st.session_state.pop("quotes-events-counted", None):
            st.caption(t("quotes-events-counted", **counted))
        if file is None:
            return
        content = file.getvalue()
        try:
            rows = read_events(content, viewer.now)
        except DeskError as error:
            st.error(plain_sentence(error.message_id, error.values))
            return
        _preview(viewer, rows, hashlib.sha256(content).hexdigest()[:12])


def _preview(viewer: Viewer, rows: list[Row], mark: str) -> None:
    sound = [row for row in rows if row.fault is None]
    known = known_events(viewer, [row.values["id"] for row in sound])
    new = [dict(row.values) for row in sound if row.values["id"] not in known]
    wrong = [row for row in rows if row.fault is not None]
    st.markdown(t("quotes-events-found", good=len(new), known=len(sound) - len(new), bad=len(wrong)))
    for row in wrong[:SHOWN]:
        reason = plain_sentence(row.fault.message_id, row.fault.values)
        st.caption(t("quotes-events-line", line=row.line, reason=reason))
    st.button(t("quotes-events-run", count=len(new)), key=f"quotes-events-run-{mark}", type="primary",
              disabled=not new, on_click=_store, args=(viewer, new))  # fmt: skip


def _store(viewer: Viewer, rows: list[dict[str, Any]]) -> None:
    counted = attempt("quotes-events-done", import_events, viewer, rows)
    if counted is not None:
        st.session_state["quotes-events-counted"] = counted
