"""What is done with a card of Today: drawers that log, snooze and hand over, each with its way back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import streamlit as st

from lib import format as fmt
from lib.access import Viewer
from lib.flows import card, finishing
from lib.playbooks import register
from lib.today import commands, phrases
from lib.today.queries import Queue
from lib.today.rules import Outcome, Row, seen_of
from lib.ui import undo
from lib.ui.acts import attempt, plain, refused
from lib.ui.casework import CHANNELS
from lib.ui.drawer import drawer
from lib.ui.forms import form_key
from lib.ui.i18n import language, t
from lib.ui.theme import steady

OPEN = "_today-open"  # (what, account): the drawer the last click asked for
SUMMARY_MAX, REASON_MAX, NOTE_MAX = 1_000, 500, 2_000


@dataclass(frozen=True)
class Acting:
    """Who works on the queue; `mine` when it is their own."""

    viewer: Viewer
    mine: bool


def open_log(account_id: int) -> None:
    st.session_state[OPEN] = ("log", account_id)


def open_snooze(account_id: int) -> None:
    st.session_state[OPEN] = ("snooze", account_id)


def open_handing(account_id: int) -> None:
    st.session_state[OPEN] = ("hand-over", account_id)


def drawn(acting: Acting, queue: Queue, rows: Sequence[Row]) -> None:
    """The drawer the last click asked for, once; for a card that is still there."""
    what, account_id = st.session_state.pop(OPEN, (None, None))
    row = next((one for one in rows if one.account_id == account_id), None)
    if row is None:
        return
    body = {"log": _log, "snooze": _snooze, "hand-over": _hand_over}[what]
    name = queue.name(account_id, language())
    drawer(t(f"today-{what}-title", account=plain(name)), body, acting.viewer, queue, row)


def finish(viewer: Viewer, task: tuple[int, int], said: str) -> None:
    """Tick a task off, with a way back."""
    pairs = attempt("today-task-finished", finishing.finish_task, viewer, *task)
    if pairs:
        undo.offer(
            t("today-done-task", task=said), "today-back-task", finishing.take_back_task, viewer, *pairs[0]
        )


def wake(viewer: Viewer, account_id: int, snooze_id: int) -> None:
    undo.forget()
    attempt("today-woken", commands.wake_card, viewer, account_id, snooze_id)


def _form(key: str, button: str, fields: Callable[[], None], save: Callable[[], None]) -> None:
    """A form in a drawer, sent by its button or the Enter key; after a refusal it keeps what was typed, else
    the drawer closes."""

    def send() -> None:
        save()
        st.session_state[f"_{key}-done"] = not refused()
        if not refused():
            st.session_state.pop(f"_form-{key}", None)

    with st.form(key, border=False):
        fields()
        sent = st.form_submit_button(button, type="primary", on_click=send)
    if st.session_state.pop(f"_{key}-done", False) and sent:
        st.rerun()


def _pick(name: str, codes: Sequence[str], words: str, key: str) -> None:
    st.segmented_control(
        t(f"today-{name}"), list(codes), default=codes[0], key=key, required=True,
        format_func=lambda code: steady(t(f"{words}-{code.replace('_', '-')}")),
    )  # fmt: skip


def _log(viewer: Viewer, _queue: Queue, row: Row) -> None:
    key = f"log-form-{row.account_id}"
    sent_as = form_key(key)
    closing = [(reason.task, reason) for reason in row.reasons if reason.task]

    def fields() -> None:
        _pick("channel", CHANNELS, "negotiation-channel", f"{key}-channel")
        _pick("outcome", list(Outcome), "today-outcome-short", f"{key}-outcome")
        st.text_input(t("today-summary"), key=f"{key}-summary", max_chars=SUMMARY_MAX,
                      placeholder=t("today-summary-hint"))  # fmt: skip
        for task, reason in closing:
            said = plain(phrases.sentence(reason, viewer.today, language()))
            st.checkbox(t("today-closes-task", task=said), key=f"{key}-task-{task[0]}")
        st.caption(t("today-log-rule"))

    def save() -> None:
        held = st.session_state
        done = [task for task, _ in closing if held.get(f"{key}-task-{task[0]}")]
        logged = attempt(
            "today-logged", card.log_touch, viewer, row.account_id, channel=held[f"{key}-channel"],
            outcome=held[f"{key}-outcome"], summary=held[f"{key}-summary"], closing=done,
            form_key=sent_as,
        )  # fmt: skip
        if logged is None:
            return
        undo.forget()
        if logged.alerts or logged.tasks:
            told = phrases.logged(len(logged.alerts), len(logged.tasks), logged.plays, language())
            undo.offer(told, "today-back-touch", card.take_back_touch, viewer, row.account_id,
                       logged.alerts, logged.tasks)  # fmt: skip

    _form(key, t("today-log-save"), fields, save)


def _snooze(viewer: Viewer, queue: Queue, row: Row) -> None:
    key, limits = f"snooze-form-{row.account_id}", queue.limits
    sent_as = form_key(key)

    def fields() -> None:
        st.date_input(
            t("today-snooze-until"), viewer.today + timedelta(days=limits.snooze_days), key=f"{key}-until",
            min_value=viewer.today + timedelta(days=1), format="YYYY-MM-DD",
            max_value=viewer.today + timedelta(days=limits.snooze_longest),
        )  # fmt: skip
        st.text_input(t("today-snooze-reason"), key=f"{key}-reason", max_chars=REASON_MAX)
        st.caption(t("today-snooze-rule"))

    def save() -> None:
        until = st.session_state[f"{key}-until"]
        made = attempt(
            "today-snoozed", commands.snooze_card, viewer, row.account_id, until=until,
            reason=st.session_state[f"{key}-reason"], seen=seen_of(row.reasons), form_key=sent_as,
        )  # fmt: skip
        if made:
            done = t("today-done-snooze", account=queue.name(row.account_id, language()),
                     day=fmt.short_day(until, language()))  # fmt: skip
            undo.offer(done, "today-woken", commands.wake_card, viewer, row.account_id, made)

    _form(key, t("today-snooze-save"), fields, save)


def _hand_over(viewer: Viewer, queue: Queue, row: Row) -> None:
    key, spoken = f"hand-form-{row.account_id}", language()
    sent_as = form_key(key)
    people = {int(one.id): one.name for one in register.receivers(viewer, row.account_id).itertuples()
              if int(one.id) != viewer.person_id}  # fmt: skip
    if not people:
        st.markdown(t("today-hand-over-nobody"))
        return
    lead = phrases.sentence(row.lead, viewer.today, spoken)

    def fields() -> None:
        st.selectbox(t("today-hand-over-to"), list(people), format_func=people.get, key=f"{key}-to")
        st.text_input(t("today-hand-over-what"), lead, key=f"{key}-what", max_chars=REASON_MAX)
        st.date_input(t("today-hand-over-due"), viewer.today + timedelta(days=queue.limits.snooze_days),
                      key=f"{key}-due", min_value=viewer.today, format="YYYY-MM-DD")  # fmt: skip
        st.text_area(t("today-hand-over-note"), key=f"{key}-note", max_chars=NOTE_MAX, height=76)
        st.caption(t("today-hand-over-rule"))

    def save() -> None:
        held: Any = st.session_state
        made = attempt(
            "today-handed", card.hand_over_card, viewer, row.account_id, to_id=held[f"{key}-to"],
            title=held[f"{key}-what"], due_on=held[f"{key}-due"], note=held[f"{key}-note"] or None,
            mine=[one.task for one in row.reasons if one.task], seen=seen_of(row.reasons),
            form_key=sent_as,
        )  # fmt: skip
        if made:
            done = t("today-done-handed", account=queue.name(row.account_id, spoken),
                     person=people[held[f"{key}-to"]])  # fmt: skip
            undo.offer(done, "today-back-card", card.take_back_card, viewer, row.account_id, made.task,
                       made.moved, made.snooze)  # fmt: skip

    _form(key, t("today-hand-over-save"), fields, save)
