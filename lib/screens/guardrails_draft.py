"""The draft of the matrix: one value at a time, what it changes so far, and publishing it."""

from collections.abc import Sequence

import streamlit as st

from lib.access import Viewer
from lib.policy import drafts as commands
from lib.policy.kinds import as_text
from lib.policy.rules import flatten, names_of
from lib.quotes import matrix_texts as said
from lib.quotes.simulation import Draft
from lib.ui import frame, widgets
from lib.ui.i18n import t
from lib.ui.widgets import plain


def draw(viewer: Viewer, drafts: Sequence[Draft], lang: str) -> None:
    with widgets.card(t("guardrails-draft"), t("guardrails-draft-note")):
        for draft in drafts:
            for line in said.change_lines(draft, lang):
                st.markdown(plain(line))
        if not any(draft.changes for draft in drafts):
            st.caption(t("guardrails-draft-none"))
        if viewer.may("policy.write"):
            _change(viewer, drafts)
            for draft in drafts:
                if draft.version:
                    _publish(viewer, draft)
        frame.link("guardrails", label=t("guardrails-to-simulation"), icon="play_arrow", view="simulation")


def _change(viewer: Viewer, drafts: Sequence[Draft]) -> None:
    """One value of either document, by its name, and what it should be."""
    held = {f"{one.name}.{name}": (one, path) for one in drafts
            for path, name in names_of(one.drafted).items()}  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        picked = st.selectbox(t("guardrails-value"), list(held), key="guardrails-path", width=360)
        draft, path = held[picked]
        st.text_input(t("guardrails-new"), as_text(flatten(draft.drafted)[path]), key=f"new-{picked}",
                      max_chars=120, width=160)  # fmt: skip
        st.button(t("guardrails-try"), key="guardrails-try", on_click=_put,
                  args=(viewer, draft.name, draft.number, path, f"new-{picked}"))  # fmt: skip


def _put(viewer: Viewer, name: str, number: int, path: str, key: str) -> None:
    text = st.session_state.get(key, "")
    widgets.attempt("guardrails-drafted", commands.draft_value, viewer, name, number, path, text)


def _publish(viewer: Viewer, draft: Draft) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input(t("guardrails-why", document=t(f"policy-document-{draft.name}")),
                      key=f"why-{draft.name}", max_chars=1000, width=360)  # fmt: skip
        st.date_input(t("guardrails-from"), viewer.today, min_value=viewer.today, key=f"from-{draft.name}",
                      format="YYYY-MM-DD", width=150)  # fmt: skip
        st.button(t("guardrails-publish"), key=f"publish-{draft.name}", type="primary", on_click=_go,
                  args=(viewer, draft.name, draft.version))  # fmt: skip
        st.button(t("guardrails-drop"), key=f"drop-{draft.name}", type="tertiary", on_click=_drop,
                  args=(viewer, draft.name, draft.version))  # fmt: skip


def _go(viewer: Viewer, name: str, version: int) -> None:
    state = st.session_state
    widgets.attempt("guardrails-published", commands.publish_draft, viewer, name, version,
                    state[f"from-{name}"], state[f"why-{name}"])  # fmt: skip


def _drop(viewer: Viewer, name: str, version: int) -> None:
    widgets.attempt("guardrails-dropped", commands.drop_draft, viewer, name, version)
