"""What needs the viewer today: figures, the ranked queue with its acts, and what goes on around it."""

import streamlit as st

from lib import format as fmt
from lib.errors import NotFound
from lib.screens import today_acts, today_card, today_side
from lib.today import coming, phrases, queries
from lib.today.figures import said
from lib.today.rules import Kind, Scope, scopes, usual_scope
from lib.today.sources import leads
from lib.ui import address, frame, undo, widgets
from lib.ui.i18n import language, t
from lib.ui.widgets import Tile, plain

viewer = frame.open_page("today")
FIRST_ROWS, MORE_ROWS = 12, 25
lang, whose = language(), frame.asked_id("person")
choice = scopes(viewer.may("account.all"), leads(viewer))


def draw_empty(only: Kind | None) -> None:
    if figures.accounts == 0 and viewer.may("import.read"):
        widgets.nothing(t("today-no-accounts"))
        frame.link("imports", label=t("today-to-imports"), icon="upload_file")
    elif only:
        widgets.nothing(t("today-clear-filtered"))
    else:
        following = coming.following(viewer, scope, whose)
        widgets.nothing(" ".join((t("today-clear"), plain(phrases.following(following, viewer.today, lang)))))


def draw_queue() -> None:
    with st.container(border=True, gap=10):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(f"**{t('today-queue')}**", width="content")
            labels = phrases.chips(queue.awake, st.query_params.get("kind"), lang)
            kind = address.choice(
                st.pills, t("today-kind"), list(labels), key="kind", default="all", format_func=labels.get,
                label_visibility="collapsed",
            )  # fmt: skip
        only = None if kind == "all" else Kind(kind)
        rows = queue.rows(only)
        today_acts.drawn(acting, queue, rows)
        shown = st.session_state.get("shown", FIRST_ROWS)
        for place, row in enumerate(rows[:shown]):
            today_card.draw(acting, queue, row, first=place == 0)
        if not rows:
            draw_empty(only)
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            if len(rows) > shown:
                more = t("today-more", count=min(len(rows) - shown, MORE_ROWS))
                st.button(more, type="tertiary", key="more", on_click=st.session_state.update,
                          args=({"shown": shown + MORE_ROWS},))  # fmt: skip
            today_card.asleep(acting, queue)
            if rows and viewer.may("export.run"):
                listed = lambda: queries.listed(viewer, scope, only, whose)  # noqa: E731 - made on the click
                widgets.export_menu("today", listed, rows=len(rows))


usual = usual_scope(choice, viewer.may("quote.write"))
scope = Scope.MINE if whose else Scope(address.asked("scope", choice, usual))
acting = today_acts.Acting(viewer, mine=whose in (None, viewer.person_id))
try:
    queue, figures = queries.queue(viewer, scope, whose), queries.figures(viewer, scope, whose)
except NotFound:
    frame.no_permission()
newest = fmt.day(figures.newest_activity, lang)
fresh = t("today-activity-through", day=newest) if figures.newest_activity else t("today-activity-none")
title = t("today-title") if acting.mine else t("today-title-of", person=plain(queue.whose or ""))
reach = scope if acting.mine else "person"
with frame.head(title, t("today-caption", scope=reach, accounts=figures.accounts, activity=fresh)):
    if whose:
        st.button(t("today-own"), icon=":material/arrow_back:", type="tertiary",
                  on_click=st.query_params.clear)  # fmt: skip
    elif len(choice) > 1:
        address.choice(st.segmented_control, t("today-scope"), choice, key="scope", default=usual,
                       format_func=lambda code: t(f"today-scope-{code}"),
                       label_visibility="collapsed")  # fmt: skip
undo.show()
if figures.feed_stopped:
    st.warning(t("today-feed-stopped", day=newest), icon=":material/warning:")
told = said(queue.rows(), figures, lang, viewer.currency)
widgets.tiles([Tile(one.label, one.value, one.delta, one.tone, help=one.help) for one in told])
wide, narrow = st.columns([3.3, 1], gap="small")
with wide:
    draw_queue()
with narrow:
    if acting.mine:
        today_side.draw(viewer, scope)
    frame.link("week", label=t("today-to-week"), icon="calendar_view_week")
