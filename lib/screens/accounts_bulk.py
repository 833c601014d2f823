"""Acts on several accounts of the list: what was ticked, one form that names how many, one undo."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from lib import format
from lib.access import Viewer
from lib.accounts import fields, overview, phrases
from lib.accounts.fields import Field, Sheet
from lib.flows import bulk
from lib.flows.bulk import Batch
from lib.ui import forms, widgets
from lib.ui.acts import attempt, plain, plain_sentence
from lib.ui.i18n import t
from lib.ui.widgets import Col

NEEDS = {"assign": "account.write", "tag": "account.write", "snooze": "alert.work", "task": "task.write"}
NAMED, SNOOZE_DAYS = 8, 14
_ON, _ROUND, _BATCH = "_accounts-several", "_accounts-round", "_accounts-batch"


def acts_of(viewer: Viewer) -> list[str]:
    return [act for act, needed in NEEDS.items() if viewer.may(needed)]


def several(viewer: Viewer) -> bool:
    """The switch of the list between opening one account and ticking several; whether it is on."""
    if not acts_of(viewer):
        return False
    on = bool(st.session_state.get(_ON))
    icon = ":material/close:" if on else ":material/checklist:"
    st.button(t("accounts-several-end" if on else "accounts-several"), icon=icon, on_click=_switch)
    return on


def _switch() -> None:
    st.session_state[_ON] = not st.session_state.get(_ON)
    st.session_state.pop(_BATCH, None)


def ticked(viewer: Viewer, found: pd.DataFrame, rows: pd.DataFrame, columns: dict[str, Col]) -> None:
    """The list with boxes to tick, above it what can be done with the ticked accounts and what became of the
    last act."""
    above = st.container()
    key = f"accounts-several-{st.session_state.get(_ROUND, 0)}"
    places = widgets.table_of_many(rows, columns, key=key, empty="")
    names = {int(found["id"].iloc[at]): str(rows["account"].iloc[at]) for at in places}
    with above:
        _outcome(viewer)
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            count = len(names)
            st.caption(t("accounts-ticked", count=count) if count else t("accounts-tick"), width="content")
            for act in acts_of(viewer):
                if st.button(
                    t(f"accounts-bulk-{act}"), key=f"bulk-{act}", disabled=not names, type="tertiary"
                ):
                    _ask(viewer, act, names)


def _ask(viewer: Viewer, act: str, names: dict[int, str]) -> None:
    lang = viewer.language
    sheet = _SHEETS[act](viewer, list(names), forms.form_key(f"bulk-{act}"))
    shown = list(names.values())[:NAMED]
    more = len(names) - len(shown)
    intro = t("accounts-bulk-names", names=format.names(shown, lang), more=more)
    sheet = replace(sheet, told={"count": len(names)}, intro=intro, act=partial(_keep, sheet.act, names))
    forms.ask(sheet, forms.Spoken(*phrases.labels(lang), t("accounts-no-choice")))


def _keep(act: Callable[[dict[str, Any]], Batch], names: dict[int, str], raw: dict[str, Any]) -> Batch:
    """Run the act, and keep what became of it for the page; the boxes are empty afterwards."""
    batch = act(raw)
    refused = [(names.get(i, str(i)), message, values) for i, message, values in batch.refused]
    st.session_state[_BATCH] = (batch.key, batch.done, refused)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    return batch


def _outcome(viewer: Viewer) -> None:
    """How many were changed, which were refused and why, and the one undo."""
    kept = st.session_state.get(_BATCH)
    if kept is None:
        return
    key, done, refused = kept
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(t("accounts-bulk-done", done=done, refused=len(refused)), width="content")
            if done:
                st.button(t("accounts-bulk-undo"), icon=":material/undo:", on_click=_undo, args=(viewer, key))
        for name, message, values in refused:
            st.markdown(f":small[**{plain(name)}**: {plain_sentence(message, values)}]")


def _undo(viewer: Viewer, key: str) -> None:
    if attempt("accounts-bulk-undone", bulk.undo, viewer, key) is not None:
        st.session_state.pop(_BATCH, None)


def _assign(viewer: Viewer, ids: list[int], key: str) -> Sheet:
    people = overview.possible_owners(viewer)
    names = {
        str(row.id): phrases.name_of(row.name, row.name_zh, viewer.language) for row in people.itertuples()
    }
    asked = (fields.DUTY, Field("to", "choice", required=True, choices=tuple(names)))
    return Sheet(
        "accounts-bulk-assign-do", "accounts-bulk-saved", asked, {"duty": "owner"},
        lambda raw: bulk.assign(viewer, ids, key, raw["duty"], int(raw["to"])), names,
    )  # fmt: skip


def _tag(viewer: Viewer, ids: list[int], key: str) -> Sheet:
    asked = (replace(fields.TAGS, required=True),)
    act = partial(_with, bulk.tag, viewer, ids, key, ("tags",))
    return Sheet("accounts-bulk-tag-do", "accounts-bulk-saved", asked, {}, act)


def _snooze(viewer: Viewer, ids: list[int], key: str) -> Sheet:
    asked = (Field("until", "day", required=True), replace(fields.WHY, required=True))
    start = {"until": viewer.today + timedelta(days=SNOOZE_DAYS)}
    act = partial(_with, bulk.snooze, viewer, ids, key, ("until", "reason"))
    return Sheet("accounts-bulk-snooze-do", "accounts-bulk-saved", asked, start, act)


def _task(viewer: Viewer, ids: list[int], key: str) -> Sheet:
    asked = (Field("task_title", longest=500, required=True), Field("due_on", "day", required=True))
    start = {"due_on": viewer.today + timedelta(days=7)}
    act = partial(_with, bulk.create_tasks, viewer, ids, key, ("task_title", "due_on"))
    return Sheet("accounts-bulk-task-do", "accounts-bulk-saved", asked, start, act)


def _with(
    act: Callable[..., Batch], viewer: Viewer, ids: list[int], key: str, names: tuple[str, ...],
    raw: dict[str, Any],
) -> Batch:  # fmt: skip
    return act(viewer, ids, key, *(raw[name] for name in names))


_SHEETS: dict[str, Callable[[Viewer, list[int], str], Sheet]] = {
    "assign": _assign, "tag": _tag, "snooze": _snooze, "task": _task,
}  # fmt: skip
