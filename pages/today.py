"""What needs the viewer today: figures, the ranked queue with one act a row, and what goes on around it."""

from datetime import timedelta

import streamlit as st

from lib import format as fmt
from lib.negotiation import ledger, tasks
from lib.policy.rules import REVIEW_TASK
from lib.today import phrases, queries
from lib.today.figures import said
from lib.today.rules import Kind, Row, Scope, scopes
from lib.ui import address, frame, widgets
from lib.ui.i18n import language, t
from lib.ui.widgets import Tile, line, plain, small

viewer = frame.open_page("today")
FIRST_ROWS, MORE_ROWS = 12, 25
INDENT = "\u2002"  # a page link keeps room left of its label; what stands below it follows
lang, choice = language(), scopes(viewer.may("account.all"))


def draw_row(row: Row, first: bool) -> None:
    left, right = st.columns([6, 3.15], vertical_alignment="center", gap="xsmall")
    with left, st.container(horizontal=True, vertical_alignment="center", wrap=False, gap="small"):
        st.markdown(widgets.status_badge(row.severity), width=76)
        with st.container(gap=None):
            frame.link(
                "account", label=f":violet[**{plain(queue.name(row.account_id, lang))}**]", id=row.account_id
            )
            reason, *others = [
                plain(phrases.sentence(one, viewer.today, lang)) for one in (row.lead, *row.others)
            ]
            more = f" :gray[{t('today-others', count=len(others))}]" if others else ""
            st.markdown(small(INDENT + reason + more), help="\n".join(f"- {o}" for o in others) or None)
    with right, st.container(horizontal=True, vertical_alignment="center", wrap=False, gap="xsmall"):
        with st.container(gap=None):
            st.markdown(f"**{plain(phrases.arr(row, lang))}**", text_alignment="right")
            st.markdown(small(phrases.clock(row, viewer.today, lang), "gray"), text_alignment="right")
        kind = "primary" if first else "secondary"
        if st.button(phrases.action(row.lead, lang), key=f"act-{row.account_id}", type=kind, width=118):
            frame.go(row.lead.page, **dict(row.lead.params))


def draw_queue() -> None:
    with st.container(border=True, gap=10):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(f"**{t('today-queue')}**", width="content")
            labels = phrases.chips(queue.reasons, st.query_params.get("kind"), lang)
            kind = address.choice(
                st.pills, t("today-kind"), list(labels), key="kind", default="all", format_func=labels.get,
                label_visibility="collapsed",
            )  # fmt: skip
        only = None if kind == "all" else Kind(kind)
        rows = queue.rows(only)
        shown = st.session_state.get("shown", FIRST_ROWS)
        for place, row in enumerate(rows[:shown]):
            draw_row(row, first=place == 0)
        if not rows and figures.accounts == 0 and viewer.may("import.read"):
            widgets.nothing(t("today-no-accounts"))
            frame.link("imports", label=t("today-to-imports"), icon="upload_file")
        elif not rows:
            widgets.nothing(t("today-clear-filtered" if only else "today-clear"))
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            if len(rows) > shown:
                more = t("today-more", count=min(len(rows) - shown, MORE_ROWS))
                st.button(more, type="tertiary", key="more", on_click=st.session_state.update,
                          args=({"shown": shown + MORE_ROWS},))  # fmt: skip
            if rows and viewer.may("export.run"):
                widgets.export_menu("today", lambda: queries.listed(viewer, scope, only), rows=len(rows))


def draw_side() -> None:
    mine = ledger.tasks(viewer, viewer.today + timedelta(days=6), promises=False)
    if not mine.empty:
        with widgets.card(t("today-tasks"), t("today-tasks-count", count=len(mine))):
            for task in mine.head(5).itertuples():
                act = (tasks.finish_task, viewer, int(task.id), int(task.version))
                with st.container(horizontal=True, horizontal_alignment="distribute", wrap=False):
                    st.markdown(small(plain(task.title or t("today-task-untitled"))))
                    if task.kind == REVIEW_TASK:  # it ends with its sign-off
                        frame.link("standards", label=t("policy-review-open"), view="review")
                    else:
                        st.button(t("today-task-done"), key=f"task-{task.id}", type="tertiary",
                                  on_click=widgets.attempt, args=("today-task-finished", *act))  # fmt: skip
    waiting = queries.waiting(viewer)
    with widgets.card(t("today-waiting"), t("today-waiting-count", count=len(waiting))):
        for one in waiting.itertuples():
            clock, late = phrases.waited(one.since, one.due_on, viewer.now, viewer.today, lang)
            line(plain(phrases.waits(one.kind, one.label, one.who, lang)), clock, "red" if late else "gray")
        if waiting.empty:
            line(t("today-waiting-none"))
    news = queries.news(viewer, scope)
    with widgets.card(t("today-news")):
        for one in news.itertuples():
            icon, words = phrases.told(one.kind, one.code, one.who, lang)
            line(f":material/{icon}: {plain(words)} **{plain(one.account)}**")
        if news.empty:
            line(t("today-news-none"))


usual = Scope.MINE if len(choice) == 1 or viewer.may("quote.write") else Scope.ALL
scope = Scope(address.asked("scope", choice, usual))
queue, figures = queries.queue(viewer, scope), queries.figures(viewer, scope)
newest = fmt.day(figures.newest_activity, lang)
fresh = t("today-activity-through", day=newest) if figures.newest_activity else t("today-activity-none")
with frame.head(t("today-title"), t("today-caption", scope=scope, accounts=figures.accounts, activity=fresh)):
    if len(choice) > 1:
        address.choice(st.segmented_control, t("today-scope"), choice, key="scope", default=usual,
                       format_func=lambda code: t(f"today-scope-{code}"),
                       label_visibility="collapsed")  # fmt: skip
if figures.feed_stopped:
    st.warning(t("today-feed-stopped", day=newest), icon=":material/warning:")
told = said(queue.rows(), figures, lang, viewer.currency)
widgets.tiles([Tile(one.label, one.value, one.delta, one.tone, help=one.help) for one in told])
wide, narrow = st.columns([2.9, 1], gap="small")
with wide:
    draw_queue()
with narrow:
    draw_side()
