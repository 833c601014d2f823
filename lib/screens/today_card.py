"""A card of Today: what it says, its first act, and everything else that can be done with it."""

import streamlit as st

from lib.screens import today_acts as acts
from lib.today import phrases
from lib.today.queries import Queue
from lib.today.rules import Reason, Row
from lib.ui import frame, widgets
from lib.ui.i18n import language, t
from lib.ui.widgets import plain, small

INDENT = "\u2002"  # a page link keeps room left of its label; what stands below it follows


def draw(acting: acts.Acting, queue: Queue, row: Row, *, first: bool) -> None:
    """One row: status, account and lead reason; ARR and clock; the act, a contact to log, the rest."""
    left, right = st.columns([5.5, 4.6], vertical_alignment="center", gap="xsmall")
    with left, st.container(horizontal=True, vertical_alignment="center", wrap=False, gap="small"):
        st.markdown(widgets.status_badge(row.severity), width=76)
        with st.container(gap=None):
            name = plain(queue.name(row.account_id, language()))
            frame.link("account", label=f":violet[**{name}**]", id=row.account_id)
            more = f" :gray[{t('today-others', count=len(row.others))}]" if row.others else ""
            st.markdown(small(INDENT + _said(acting, row.lead) + more))
    with right, st.container(horizontal=True, vertical_alignment="center", wrap=False, gap="xsmall"):
        with st.container(gap=None):
            st.markdown(f"**{plain(phrases.arr(row, language()))}**", text_alignment="right")
            clock = phrases.clock(row, acting.viewer.today, language())
            st.markdown(small(clock, "gray"), text_alignment="right")
        _act(row.lead, f"act-{row.account_id}", first=first)
        if acting.viewer.may("touch.write"):
            st.button("", key=f"log-{row.account_id}", icon=":material/add_call:", type="tertiary",
                      help=t("today-log"), shortcut="l" if first else None, width=50, on_click=acts.open_log,
                      args=(row.account_id,))  # fmt: skip
        _rest(acting, row)


def _raw(acting: acts.Acting, reason: Reason) -> str:
    return phrases.sentence(reason, acting.viewer.today, language())


def _said(acting: acts.Acting, reason: Reason) -> str:
    return plain(_raw(acting, reason))


def _act(reason: Reason, key: str, *, first: bool) -> None:
    kind = "primary" if first else "secondary"
    if st.button(phrases.action(reason, language()), key=key, type=kind, width=118,
                 shortcut="a" if first else None):  # fmt: skip
        frame.go(reason.page, **dict(reason.params))


def _rest(acting: acts.Acting, row: Row) -> None:
    """The other reasons, each with its act; tasks to tick off; snooze and hand over; why it stands here."""
    # The label names the dialog that opens, for a screen reader.
    rest = st.popover(t("today-rest"), type="tertiary", key=f"rest-{row.account_id}")
    with rest, st.container(width=360, gap="xsmall"):
        for place, reason in enumerate(row.reasons):
            if place or reason.task:
                _line(acting, reason, f"{row.account_id}-{place}", lead=place == 0)
        if acting.mine and acting.viewer.may("task.write"):
            with st.container(horizontal=True, gap="xsmall"):
                for name, icon, opener in (
                    ("snooze", "snooze", acts.open_snooze), ("hand-over", "move_up", acts.open_handing),
                ):  # fmt: skip
                    st.button(t(f"today-{name}"), key=f"{name}-{row.account_id}", icon=f":material/{icon}:",
                              on_click=opener, args=(row.account_id,))  # fmt: skip
        st.markdown(f"**{t('today-why')}**")
        st.markdown(small(plain(phrases.formula(row, language())), "gray"))


def _line(acting: acts.Acting, reason: Reason, key: str, *, lead: bool) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center",
                      wrap=False, gap="small"):  # fmt: skip
        st.markdown(small(_said(acting, reason)))
        if reason.task and acting.viewer.may("task.write"):
            st.button(t("today-task-done"), key=f"done-{key}", type="tertiary", on_click=acts.finish,
                      args=(acting.viewer, reason.task, _raw(acting, reason)))  # fmt: skip
        elif not lead:
            label = phrases.action(reason, language())
            if st.button(label, key=f"also-{key}", type="tertiary"):
                frame.go(reason.page, **dict(reason.params))


def asleep(acting: acts.Acting, queue: Queue) -> None:
    """The cards that were put aside, with their reason and a way back."""
    rows = queue.asleep
    if not rows:
        return
    label = t("today-asleep", count=len(rows))
    with st.popover(label, icon=":material/snooze:", type="tertiary"), st.container(width=360, gap="xsmall"):
        for row in rows:
            held = queue.snoozes[row.account_id]
            name = plain(queue.name(row.account_id, language()))
            told = phrases.asleep(held.until, held.words, language())
            with st.container(horizontal=True, horizontal_alignment="distribute", wrap=False):
                st.markdown(f"{name} {small(plain(told), 'gray')}")
                if acting.mine:
                    st.button(t("today-wake"), key=f"wake-{row.account_id}", type="tertiary",
                              on_click=acts.wake, args=(acting.viewer, row.account_id, held.id))  # fmt: skip
