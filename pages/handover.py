"""Handing a book over: whose, to whom, which accounts; what would move is counted before it does."""

import streamlit as st

from lib import format as fmt
from lib.flows import handover
from lib.people import phrases, queries
from lib.screens import handover_parts
from lib.ui import forms, frame, widgets
from lib.ui import staff as blocks
from lib.ui.i18n import language, t

viewer = frame.open_page("handover")
lang, state = language(), st.session_state


def hand_over(why: str) -> None:
    done = forms.once("handover", "people-handed-over", handover.hand_over_book, viewer, giver, taker, chosen,
                      reason=why, backup_id=instead)  # fmt: skip
    if done:
        state["handover-done"] = done


def undo() -> None:
    if widgets.attempt("people-handover-undone", handover.undo_handover, viewer, state["handover-done"]):
        del state["handover-done"]


with frame.head(t("people-handover-title"), t("people-handover-caption")):
    if "handover-done" in state:
        st.button(t("people-handover-undo"), icon=":material/undo:", key="handover-undo", on_click=undo)
    frame.link("people", label=t("people-handover-back"), icon="arrow_back")
people, fit = queries.givers(viewer), queries.receivers(viewer)
with st.container(horizontal=True, vertical_alignment="bottom"):
    giver = blocks.person_of("from", t("people-handover-from"), people)
    taker = blocks.person_of("to", t("people-handover-to"), {i: n for i, n in fit.items() if i != giver})
if giver is None:
    widgets.nothing(t("people-handover-begin"))
    st.stop()
book = handover.book(viewer, giver)
if book.empty:
    widgets.nothing(t("people-handover-empty"))
    st.stop()
chosen = blocks.accounts_of(book, f"handover-{giver}")
moves = handover.preview(viewer, giver, taker or 0, chosen)
told = {name: fmt.number(getattr(moves, name), lang) for name in (*blocks.MOVES, *blocks.FOLLOW)}
blocks.preview(told, t("people-handover-bare", count=moves.bare) if moves.bare else "")
instead = None
if moves.bare:
    others = {i: n for i, n in fit.items() if i != taker}
    instead = blocks.person_of("backup", t("people-handover-backup"), others)
handover_parts.beside(viewer, giver, taker, chosen)
label = t("people-handover-run", count=moves.accounts)
blocks.run(f"handover-{giver}", label, hand_over, ready=bool(taker and chosen))
handover_parts.brief_of(viewer, chosen, people[giver], fit.get(taker, ""))
told = phrases.book_rows(book[book["account_id"].isin(chosen)], lang)
if picked := blocks.listed(told, told["account_id"], "book", t("people-handover-none-chosen")):
    frame.go("account", id=picked)
