"""Parts of the policy page that show given values: the forms of a value and of a row, versions, the past."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import pandas as pd
import streamlit as st

from lib.errors import DeskError
from lib.ui import importing, widgets
from lib.ui.acts import plain
from lib.ui.i18n import t
from lib.ui.theme import steady
from lib.ui.widgets import Col

REASON_MAX, TEXT_MAX, PROSE_MAX = 1000, 120, 2000
Preview = Callable[..., Sequence[str]]
WIDTHS = {
    "values": {"document": 130, "description": 420, "value": 90, "unit": 140, "state": 130, "source": 125,
               "since": 95, "author": 90, "path": 190},
    "log": {"since": 90, "document": 130, "what": 330, "old": 90, "new": 90, "author": 90, "reason": 260,
            "feedback": 200},
    "file": {"document": 160, "path": 330, "old": 200, "new": 200},
}  # fmt: skip


class Kind(Protocol):
    """What a value may be; see lib.policy.kinds.Entry."""

    kind: str
    choices: tuple[str, ...]
    optional: bool


@dataclass(frozen=True)
class VersionCard:
    """One version of a document: its line, what it changed, the feedback behind it, and whether it holds."""

    number: int
    line: str
    changes: Sequence[str]
    holds: bool
    feedback: str = ""


def columns(table: str) -> dict[str, Col]:
    """The columns of one of the page's tables."""
    return {name: Col(t(f"policy-col-{name}"), "figure" if name == "value" else "text", width)
            for name, width in WIDTHS[table].items()}  # fmt: skip


def plan(key: str, earliest: date) -> None:
    """From which day, why, and what was heard before; kept under `key-from`, `-reason` and `-feedback`."""
    st.date_input(t("policy-from"), earliest, min_value=earliest, format="YYYY-MM-DD", key=f"{key}-from")
    st.text_area(t("policy-reason"), key=f"{key}-reason", max_chars=REASON_MAX, height=76,
                 placeholder=t("policy-reason-hint"))  # fmt: skip
    st.text_area(t("policy-feedback"), key=f"{key}-feedback", max_chars=REASON_MAX, height=76,
                 placeholder=t("policy-feedback-hint"))  # fmt: skip


def planned(key: str) -> tuple[Any, Any, Any]:
    """What stands in the fields of `plan` now."""
    return tuple(st.session_state[f"{key}-{name}"] for name in ("from", "reason", "feedback"))


def entry_input(entry: Kind, label: str, key: str, value: str = "") -> str:
    """One value as text, in the widget its kind asks for."""
    if entry.kind in ("choice", "flag"):
        options = [*entry.choices] or ["true", "false"]
        word = (lambda code: t(f"policy-flag-{code}")) if entry.kind == "flag" else str
        return st.selectbox(label, options, index=options.index(value) if value in options else 0, key=key,
                            format_func=word)  # fmt: skip
    if entry.kind == "prose":
        return st.text_area(label, value, key=key, max_chars=PROSE_MAX, height=140)
    return st.text_input(label, value, key=key, max_chars=TEXT_MAX)


def value_form(
    key: str, entry: Kind, value: str, earliest: date, preview: Preview, on_save: Callable[[], None]
) -> None:
    """A new value with the difference it would make, before it can be saved."""
    text = entry_input(entry, t("policy-new-value"), f"{key}-value", value)
    plan(key, earliest)
    lines = _previewed(preview, text)
    st.button(t("policy-save"), key=f"{key}-save", type="primary", on_click=on_save, disabled=not lines)


def row_form(
    key: str, fields: Mapping[str, tuple[str, Kind]], earliest: date, preview: Preview,
    on_save: Callable[[dict[str, str]], None],
) -> None:  # fmt: skip
    """A row more: its columns (name -> label, kind), and the difference once something is filled in."""
    texts = {name: entry_input(entry, label, f"{key}-{name}") for name, (label, entry) in fields.items()}
    plan(key, earliest)
    needed = [texts[name] for name, (_, entry) in fields.items() if not entry.optional]
    lines = _previewed(preview, texts) if all(text.strip() for text in needed) else ()
    st.button(t("policy-row-save"), key=f"{key}-save", type="primary", on_click=on_save, args=(texts,),
              disabled=not lines)  # fmt: skip


def drop_form(key: str, earliest: date, preview: Preview, on_save: Callable[[], None]) -> None:
    """What taking out the row would remove, before it can be done."""
    plan(key, earliest)
    lines = _previewed(preview, None)
    st.button(t("policy-row-drop"), key=f"{key}-save", type="primary", on_click=on_save, disabled=not lines)


def _previewed(preview: Preview, given: Any) -> Sequence[str]:
    """The difference, or the refusal, where the reader looks before saving."""
    try:
        lines = preview(given)
    except DeskError as error:
        importing.refuse(error)
        return ()
    st.markdown(f"**{t('policy-preview')}**")
    st.text("\n".join(lines or [t("policy-preview-same")]))
    return lines


def past(lines: Sequence[str]) -> None:
    """Who changed a value when, from what to what, and why."""
    st.markdown(f"**{t('policy-past')}**")
    for line in lines:
        st.markdown(widgets.small(plain(line), "gray"))


def change_log(found: pd.DataFrame, *, whole: bool) -> None:
    """Who changed which value, newest first; `whole`: of every area."""
    with widgets.card(t("policy-log-title"), t("policy-log-count", count=len(found))):
        none = t("policy-log-none" if whole else "policy-log-none-area")
        widgets.table(found, columns("log"), key="policy-log", empty=none)


def versions(found: Sequence[Mapping[str, Any]], on_revert: Callable[[int], None] | None) -> None:
    """The versions, newest first; the earlier ones can be brought back where `on_revert` is given.
    `found`: the fields of a VersionCard each."""
    cards = [VersionCard(**one) for one in found]
    for card in cards:
        with widgets.card(plain(card.line), key=f"version-{card.number}"):
            if card.holds:
                st.markdown(widgets.badge(t("policy-history-holds"), "green", "check"))
            if card.changes:
                st.text("\n".join(card.changes))
            if card.feedback:
                st.markdown(f":gray[{t('policy-feedback')}] {plain(card.feedback)}")
            if on_revert and card is not cards[0]:
                with st.popover(t("policy-revert", number=card.number), type="tertiary"):
                    st.write(t("policy-revert-text", number=card.number))
                    st.text_area(t("policy-reason"), key=f"revert-{card.number}", max_chars=REASON_MAX)
                    st.button(t("policy-revert", number=card.number), key=f"revert-{card.number}-yes",
                              type="primary", on_click=on_revert, args=(card.number,))  # fmt: skip


def downloads(make: Callable[[str], bytes], stem: str) -> None:
    """The whole policy as one file, in either format; made on the click."""
    with widgets.card(t("policy-export")):
        st.markdown(t("policy-export-text"))
        with st.container(horizontal=True):
            for kind, mime in (("toml", "application/toml"), ("json", "application/json")):
                st.download_button(t(f"policy-export-{kind}"), lambda kind=kind: make(kind), mime=mime,
                                   icon=":material/download:", file_name=f"{stem}.{kind}",
                                   key=f"policy-export-{kind}", on_click="ignore")  # fmt: skip


def upload() -> Any:
    """A policy file to take; None until one is there."""
    with widgets.card(t("policy-import")):
        st.caption(t("policy-import-hint"))
        return st.file_uploader(t("policy-import-upload"), type=["toml", "json"], key="policy-file")


def take_form(count: int, earliest: date, on_take: Callable[[], None]) -> None:
    """From which day the differences of a file are to hold, and why; nothing where there are none."""
    if count:
        plan("policy-file", earliest)
        st.button(
            t("policy-import-run", count=count), key="policy-file-run", type="primary", on_click=on_take
        )


def row_act(key: str) -> str:
    """What is to be done with a value that lies in a table: change, add or remove."""
    return st.segmented_control(
        t("policy-table-title"), ("change", "add", "remove"), default="change", required=True, key=key,
        format_func=lambda code: steady(t(f"policy-row-do-{code}")), label_visibility="collapsed",
    )  # fmt: skip
