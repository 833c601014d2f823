"""What stands beside the queue of Today: own tasks, what others owe, what happened since yesterday."""

from datetime import timedelta

import streamlit as st

from lib.access import Viewer
from lib.playbooks import register
from lib.playbooks.register import Filters
from lib.playbooks.rules import Only, Scope, State
from lib.policy.rules import REVIEW_TASK
from lib.screens import today_acts as acts
from lib.today import phrases, queries
from lib.ui import frame, widgets
from lib.ui.i18n import language, t
from lib.ui.widgets import line, plain, small
from lib.vips import queries as vips

REQUEST = "internal_request"  # the kind of the task that asks a colleague for something
MOST_TASKS, AHEAD = 5, timedelta(days=6)
AWAKE = [State.OVERDUE, State.TODAY, State.AHEAD]


def draw(viewer: Viewer, scope: str) -> None:
    own_tasks(viewer)
    proposals(viewer)
    waiting(viewer)
    news(viewer, scope)


def own_tasks(viewer: Viewer) -> None:
    """The viewer's tasks of this week that neither sleep nor are blocked; those of no customer stand here
    alone, from the day they are raised."""
    found = register.tasks(viewer, Scope.MINE, Only.OPEN, Filters(promises=False))
    near = (found["due_on"] <= viewer.today + AHEAD) | found["account_id"].isna()
    mine = found[near & found["state"].isin(AWAKE)]
    if mine.empty:
        return
    with widgets.card(t("today-tasks"), t("today-tasks-count", count=len(mine))):
        for task in mine.head(MOST_TASKS).itertuples():
            with st.container(horizontal=True, horizontal_alignment="distribute", wrap=False):
                title = task.title or t("today-task-untitled")
                st.markdown(small(plain(title)))
                if task.kind == REVIEW_TASK:  # it ends with its sign-off
                    frame.link("standards", label=t("policy-review-open"), view="review")
                elif task.kind == REQUEST and viewer.may("team.read"):  # it ends with its answer
                    frame.link("team", label=t("today-request-open"), view="requests")
                elif viewer.may("task.write"):
                    st.button(t("today-task-done"), key=f"task-{task.id}", type="tertiary",
                              on_click=acts.finish,
                              args=(viewer, (int(task.id), int(task.version)), title))  # fmt: skip


def proposals(viewer: Viewer) -> None:
    """How many VIP proposals wait for a quiet hour, and the way to them."""
    count = vips.counts(viewer)["proposals"] if viewer.may("account.write") else 0
    if count:
        frame.link("vips", label=t("today-proposals", count=count), icon="workspace_premium")


def waiting(viewer: Viewer) -> None:
    """Decisions and promises others owe the viewer."""
    spoken, found = language(), queries.waiting(viewer)
    with widgets.card(t("today-waiting"), t("today-waiting-count", count=len(found))):
        for one in found.itertuples():
            clock, late = phrases.waited(one.since, one.due_on, viewer.now, viewer.today, spoken)
            line(plain(phrases.waits(one.kind, one.label, one.who, spoken)), clock, "red" if late else "gray")
        if found.empty:
            line(t("today-waiting-none"))


def news(viewer: Viewer, scope: str) -> None:
    """What others did since yesterday."""
    found = queries.news(viewer, scope)
    with widgets.card(t("today-news")):
        for one in found.itertuples():
            icon, words = phrases.told(one.kind, one.code, one.who, language())
            line(f":material/{icon}: {plain(words)} **{plain(one.account)}**")
        if found.empty:
            line(t("today-news-none"))
