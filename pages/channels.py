"""The channels messages leave by: which are set up, whether they work, and what became of the messages."""

import streamlit as st

from lib import clock
from lib.flows import messenger
from lib.flows import notices as flow
from lib.notices import commands, phrases, queries
from lib.screens import channel_messages as parts
from lib.ui import address, frame, widgets
from lib.ui.drawer import drawer, facts
from lib.ui.i18n import language, t

viewer = frame.open_page("channels")
lang, state, PAGE, VIEWS = language(), st.session_state, 50, ("all", "failed")


def try_one(channel: str) -> None:
    """Send a test message now; the outcome stands in the list and above the cards."""
    told = widgets.attempt(None, flow.send_test, viewer, channel, clock.now)
    if told is not None:
        state["channels-tried"] = told


def again(message_id: int, version: int) -> None:
    widgets.attempt("channels-again-done", commands.retry, viewer, message_id, version)
    if not widgets.refused():
        messenger.nudge()
        state["channels-close"] = True


def about(row, told) -> None:
    """One message: what became of it; a failed one can be sent again."""
    if state.pop("channels-close", False):
        st.rerun()
    facts([(t(f"channels-col-{name}"), getattr(told, name)) for name in parts.WIDTHS])
    if row.state == "failed":
        st.button(t("channels-again"), type="primary", key="again", on_click=again,
                  args=(int(row.id), int(row.version)))  # fmt: skip
        st.caption(t("channels-again-text"))


def tried() -> None:
    if told := state.pop("channels-tried", None):
        name, became = told
        message = "channels-tried-sent" if became == "sent" else "channels-tried-not"
        outcome = phrases.outcome_words(became, None, lang)
        said = t(message, channel=widgets.plain(name), outcome=outcome)
        (st.success if became == "sent" else st.error)(said)


def draw_messages(failed: bool) -> None:
    total = queries.message_count(viewer, failed)
    if not total:
        widgets.nothing(t("channels-no-failed" if failed else "channels-no-messages"))
        return
    pages = -(-total // PAGE)
    place = st.container()
    page = st.pagination(pages, key=f"messages-{failed}") if pages > 1 else 1
    found = queries.messages(viewer, failed, PAGE, (page - 1) * PAGE)
    shown = phrases.listed(found, services, viewer.clock_zone, lang)
    with place:
        at = parts.table(shown, f"messages-table-{failed}")
    picked = None if at is None else int(found.id.iloc[at])
    if picked is not None and picked != state.get("channels-picked"):
        row = next(found.iloc[[at]].itertuples())
        drawer(str(shown.kind.iloc[at]), about, row, next(shown.iloc[[at]].itertuples()))
    state["channels-picked"] = picked


ways = queries.ways(viewer)
services = {way.name: way.service for way in ways}
failing = queries.message_count(viewer, True)
with frame.head(t("channels-title"), t("channels-caption", count=len(ways), failed=failing)):
    view = address.choice(st.segmented_control, t("channels-view"), VIEWS, key="view", default="all",
                          format_func=lambda v: t(f"channels-view-{v}", count=failing),
                          label_visibility="collapsed")  # fmt: skip
    if viewer.may("export.run") and queries.message_count(viewer, view == "failed"):
        rows = queries.messages(viewer, view == "failed")
        widgets.export_menu("messages", lambda: phrases.listed(rows, services, viewer.clock_zone, lang),
                            rows=len(rows))  # fmt: skip
tried()
if ways:
    parts.ways(ways, viewer, try_one)
else:
    parts.none_yet()
if ways or queries.message_count(viewer):
    draw_messages(view == "failed")
