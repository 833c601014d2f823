"""One run of a playbook: its steps to work on, the texts to send, cancelling and its undo."""

from datetime import timedelta
from typing import Any

import streamlit as st

from lib import format as fmt
from lib.access import Viewer
from lib.playbooks import acting, commands, phrases, queries
from lib.screens import account_plays, account_requests
from lib.ui import frame, widgets
from lib.ui.i18n import t
from lib.ui.sending import send
from lib.ui.widgets import badge, plain, small

_COLOURS = {"overdue": "red", "blocked": "orange"}


def run(viewer: Viewer, found: queries.Run, lang: str) -> None:
    steps = queries.run_steps(viewer, found.id)
    title = t("playbooks-run-title", playbook=found.book.name(lang), account=found.account)
    caption = t("playbooks-run-caption", number=found.number, day=fmt.day(found.started_on, lang),
                trigger=phrases.trigger(found.trigger, lang))  # fmt: skip
    with frame.head(plain(title), caption, (badge(phrases.run_status(found.status, lang)),)):
        st.button(t("playbooks-back"), icon=":material/arrow_back:", type="tertiary",
                  on_click=st.query_params.pop, args=("run", None))  # fmt: skip
        frame.link("account", label=t("playbooks-to-account"), icon="apartment", id=found.account_id)
        if viewer.may("task.write"):
            _ending(viewer, found)
    if found.reason:
        st.info(t("playbooks-cancelled-why", why=plain(found.reason)), icon=":material/info:")
    wide, narrow = st.columns([1.7, 1], gap="small")
    with wide:
        kept = steps[steps["status"] != "dropped"]
        count = t("playbooks-steps-count", done=int((kept["status"] == "done").sum()), all=len(kept))
        with widgets.card(t("playbooks-steps"), count):
            if found.status == "running":
                st.caption(plain(account_requests.call(viewer, found.account_id, lang)))
            for row in steps.itertuples():
                _step(viewer, row, lang, works=viewer.may("task.write") and found.status != "cancelled")
            if steps.empty:
                widgets.line(t("playbooks-empty-steps"))
    with narrow:
        account_plays.milestones(viewer, found.account_id, lang)
        account_plays.beside(viewer, found.account_id, lang)


def _step(viewer: Viewer, row: Any, lang: str, *, works: bool) -> None:
    with st.container(gap="xsmall", key=f"step-{row.id}"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            with st.container(gap=None, width="stretch"):
                icon, colour = phrases.SIGNS[row.state], _COLOURS.get(row.state, "gray")
                st.markdown(f":{colour}[:material/{icon}:] {plain(row.title)}")
                st.markdown(small(plain(phrases.detail(row, viewer.today, lang)), colour))
            if works:
                with st.container(horizontal=True, width="content", gap="xsmall"):
                    _acts(viewer, row)
        if row.text and row.status == "open":
            with st.expander(t("playbooks-text"), icon=":material/content_copy:"):
                st.code(row.text, None, wrap_lines=True)


def _acts(viewer: Viewer, row: Any) -> None:
    seen, key = (viewer, int(row.id), int(row.version)), f"{row.id}-{row.version}"
    if row.status != "open":
        st.button(t("playbooks-act-reopen"), key=f"reopen-{key}", type="tertiary", on_click=widgets.attempt,
                  args=("playbooks-did-reopen", commands.reopen_task, *seen))  # fmt: skip
        return
    if row.state in ("snoozed", "blocked"):
        st.button(t("playbooks-act-resume"), key=f"resume-{key}", type="tertiary", on_click=widgets.attempt,
                  args=("playbooks-did-resume", commands.resume_task, *seen))  # fmt: skip
    with st.popover(t("playbooks-act-done"), type="tertiary"):
        st.text_area(t("playbooks-act-note"), key=f"note-{key}", height=86, width=320)
        st.button(t("playbooks-act-save"), key=f"done-{key}", on_click=send,
                  args=("playbooks-did-done", commands.finish_task, *seen),
                  kwargs={"fields": {"note": f"note-{key}"}})  # fmt: skip
    with st.popover(t("playbooks-act-later"), type="tertiary"):
        st.text_area(t("playbooks-act-why"), key=f"why-{key}", height=86, width=320)
        tomorrow = viewer.today + timedelta(days=1)
        st.date_input(t("playbooks-act-until"), viewer.today + timedelta(days=7), min_value=tomorrow,
                      key=f"until-{key}", format="YYYY-MM-DD")  # fmt: skip
        fields = {"reason": f"why-{key}"}
        with st.container(horizontal=True):
            for name, act, more in (
                ("snooze", commands.snooze_task, {"until": f"until-{key}"}),
                ("block", commands.block_task, {}),
                ("skip", commands.skip_task, {}),
            ):
                st.button(t(f"playbooks-act-{name}"), key=f"{name}-{key}", on_click=send,
                          args=(f"playbooks-did-{name}", act, *seen),
                          kwargs={"fields": fields | more})  # fmt: skip


def _ending(viewer: Viewer, found: queries.Run) -> None:
    seen = (viewer, found.id, found.version)
    if found.status == "cancelled" and found.can_resume:
        st.button(t("playbooks-resume-run"), on_click=widgets.attempt, key="resume-run",
                  args=("playbooks-resumed", acting.resume_run, *seen))  # fmt: skip
    elif found.status == "running":
        with st.popover(t("playbooks-cancel"), type="tertiary"):
            st.text_area(t("playbooks-cancel-why"), key=f"cancel-{found.id}", height=86, width=320)
            st.caption(t("playbooks-cancel-rule"))
            st.button(t("playbooks-cancel-save"), key="cancel-run", on_click=send,
                      args=("playbooks-cancelled", acting.cancel_run, *seen),
                      kwargs={"fields": {"reason": f"cancel-{found.id}"}})  # fmt: skip
