"""Parts of the record of changes that show given values: a history, an entry's fields, a person's data."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from lib.ui import widgets
from lib.ui.acts import plain
from lib.ui.i18n import t

LINES_SHOWN, MORE = 12, 20
REASON_MAX = 4000


def history(read: Callable[[int], Sequence[Mapping[str, Any]]], *, key: str) -> None:
    """Who changed what, newest first, field by field, and a button that reads more. `read` gives dicts of
    when, what, about, who, lines, reason, as text."""
    shown = st.session_state.get(f"_{key}-shown", LINES_SHOWN)
    found = read(shown + 1)
    if not found:
        st.caption(t("audit-history-none"))
    for card in found[:shown]:
        with st.container(gap=None):
            said = " · ".join(plain(part) for part in (card["what"], card["about"]) if part)
            widgets.line(f"**{said}** :gray[{plain(card['who'])}]", plain(card["when"]))
            for line in card["lines"]:
                st.markdown(f":gray[:small[{plain(line)}]]")
            if card["reason"]:
                st.markdown(f":small[{plain(card['reason'])}]")
    if len(found) > shown:
        st.button(t("account-timeline-more"), key=f"{key}-more", type="tertiary", on_click=_more,
                  args=(f"_{key}-shown", shown))  # fmt: skip


def history_card(read: Callable[[int], Sequence[Mapping[str, Any]]]) -> None:
    """The same in a card of its own."""
    with widgets.card(t("audit-history")):
        history(read, key="history")


def _more(name: str, shown: int) -> None:
    st.session_state[name] = shown + MORE


def fields(rows: Sequence[tuple[str, str, str]]) -> None:
    """Field, before, after, under thin rules."""
    st.markdown(f"**{t('audit-drawer-changes')}**")
    if not rows:
        st.caption(t("audit-drawer-none"))
        return
    names = [t(f"audit-col-{name}") for name in ("field", "old", "new")]
    frame = pd.DataFrame([[plain(cell) for cell in row] for row in rows], columns=names)
    st.table(frame, border="horizontal", hide_index=True)


def held(title: str, counts: Mapping[str, str]) -> None:
    """What there is of a person, part by part."""
    with widgets.card(title):
        for name, number in counts.items():
            widgets.line(plain(name), plain(number))


def lists(pairs: Sequence[tuple[str, Sequence[str]]]) -> None:
    """Short lists side by side, each under its title."""
    for column, (title, lines) in zip(st.columns(len(pairs), gap="xsmall"), pairs, strict=True):
        with column, widgets.card(title, height="stretch"):
            for line in lines or [t("policy-missing")]:
                st.markdown(f":small[{plain(line)}]")


def files(stem: str, json_file: Callable[[], bytes], sheet: Callable[[], bytes]) -> None:
    """Two files of a person's data, made at the click."""
    st.caption(t("audit-personal-export-text"))
    with st.container(horizontal=True):
        st.download_button(t("audit-personal-json"), json_file, f"{stem}.json", "application/json",
                           key="personal-json", icon=":material/download:", on_click="ignore")  # fmt: skip
        st.download_button(t("audit-personal-sheet"), sheet, f"{stem}.xlsx", key="personal-sheet",
                           icon=":material/download:", on_click="ignore")  # fmt: skip


def erase(key: str, act: Callable[[str], None]) -> None:
    """The reason, the word that what goes was read, and the button; the reason is kept when it is refused."""
    st.markdown(t("audit-personal-erase-text"))
    st.text_area(t("audit-personal-reason"), key=f"{key}-reason", max_chars=REASON_MAX, height=76)
    sure = st.checkbox(t("audit-personal-sure"), key=f"{key}-sure")
    st.button(t("audit-personal-erase"), key=f"{key}-erase", type="primary", disabled=not sure,
              on_click=lambda: act(st.session_state[f"{key}-reason"]))  # fmt: skip
