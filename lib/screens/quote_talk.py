"""The request for approval as its author sees it: whom the chain asks, the talk, and the answer."""

import streamlit as st

from lib.access import Viewer
from lib.quotes import inbox, inbox_texts, queries, questions
from lib.ui import widgets
from lib.ui.i18n import t
from lib.ui.widgets import plain

_ICONS = {"done": "check_circle", "open": "hourglass_top", "late": "alarm", "waiting": "schedule",
          "void": "block"}  # fmt: skip


def steps(view: inbox.RequestView, viewer: Viewer, lang: str) -> None:
    """Whom the chain asks, and the talk with the author."""
    for state, text in inbox_texts.step_lines(view, viewer.now, lang):
        st.markdown(f":material/{_ICONS[state]}: {plain(text)}")
    if words := inbox_texts.appoint_text(view, lang):
        st.warning(plain(words), icon=":material/person_add:")
    for who, words in inbox_texts.talk_lines(view.talk, lang, viewer.clock_zone):
        st.caption(plain(who))
        st.text(words)


def talk_card(viewer: Viewer, quote: queries.QuoteView, lang: str) -> None:
    """Nothing where nobody was ever asked; with an open question, a field for the answer."""
    view = inbox.request_view(viewer, quote.id)
    if not view.places and view.talk.empty:
        return
    with widgets.card(t("approvals-request")):
        steps(view, viewer, lang)
        if view.question is None or not viewer.may("quote.write"):
            return
        st.text_area(t("approvals-answer"), key=f"answer-{quote.id}", max_chars=4000)
        st.button(t("approvals-answer-send"), key=f"send-answer-{quote.id}", type="primary", on_click=_answer,
                  args=(viewer, quote.id, quote.version))  # fmt: skip


def _answer(viewer: Viewer, quote_id: int, version: int) -> None:
    text = st.session_state.get(f"answer-{quote_id}", "")
    widgets.attempt("approvals-answer-sent", questions.answer_question, viewer, quote_id, version, text=text)
