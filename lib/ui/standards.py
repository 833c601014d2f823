"""The published standard, the library and the review of the policy, drawn from given values."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import pandas as pd
import streamlit as st

from lib.ui import frame, widgets
from lib.ui.acts import plain
from lib.ui.i18n import t

NOTE_MAX = 4000
HELD, NOT_HELD = "✓", "–"


class Tier(Protocol):
    """See lib.policy.library.Tier."""

    name: str
    fits: str
    rights: tuple[str, ...]


class Clause(Protocol):
    """See lib.policy.library.Clause."""

    number: str
    title: str
    text: str
    rules: tuple[str, ...]


def tiers(found: Sequence[Tier], rights: Mapping[str, str], edition: str) -> None:
    """A row per right, a column per tier; whom each tier fits stands above."""
    with widgets.card(t("standards-tiers"), plain(edition)):
        rows = {
            t("standards-right"): [plain(words) for words in rights.values()],
            **{
                plain(one.name): [HELD if code in one.rights else NOT_HELD for code in rights]
                for one in found
            },
        }
        grid = st.grid(len(found), min_column_width=150, gap="xsmall")
        for one in found:
            with grid.cell():
                st.markdown(f"**{plain(one.name)}**  \n{widgets.small(plain(one.fits), 'gray')}")
        st.table(pd.DataFrame(rows), border="horizontal", hide_index=True)


def plain_tables(title: str, caption: str, *tables: pd.DataFrame) -> None:
    """Small tables with words already in the reader's language."""
    with widgets.card(title, plain(caption), height="stretch"):
        for rows in tables:
            _table(rows)


def _table(rows: pd.DataFrame) -> None:
    st.table(rows.map(lambda cell: plain(str(cell))), border="horizontal", hide_index=True)


def lines(title: str, found: Sequence[str], empty: str, *, caption: str = "") -> None:
    """Lines of a history; a sentence where there are none."""
    with widgets.card(title, plain(caption)):
        for one in found:
            widgets.line(plain(one))
        if not found:
            st.markdown(f":gray[{empty}]")


def groups(title: str, caption: str, found: Mapping[str, Sequence[tuple[str, str]]]) -> None:
    """Lists side by side, each entry with what it means."""
    with widgets.card(title, plain(caption)):
        grid = st.grid(min(4, len(found)), min_column_width=210, gap="small")
        for name, entries in found.items():
            with grid.cell():
                st.markdown(f"**{name}**")
                for word, meaning in entries:
                    st.markdown(f"{plain(word)}  \n{widgets.small(plain(meaning), 'gray')}")


def clause(one: Clause, rules: Sequence[str], *, chosen: bool = False) -> None:
    """A clause with its number as the link that opens it."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        frame.link("standards", label=f":violet[**{plain(one.number)}**]", view="library", clause=one.number)
        st.markdown(f"**{plain(one.title)}**", width="content")
        if chosen:
            st.markdown(widgets.badge(t("standards-chosen"), "violet", "link"), width="content")
        for rule in rules:
            st.markdown(widgets.badge(rule), width="content")
    st.markdown(plain(one.text))


def review_form(quarter: str, key: str, on_sign: Callable[[], None]) -> None:
    """The note and the sign-off; the text lies under `key`."""
    with widgets.card(t("policy-review-form"), t("policy-review-sign-text")), st.form(key, border=False):
        st.text_area(t("policy-review-note"), key=f"{key}-note", max_chars=NOTE_MAX, height=120,
                     placeholder=t("policy-review-note-hint"))  # fmt: skip
        st.form_submit_button(t("policy-review-sign", quarter=quarter), type="primary", on_click=on_sign)


def signed(line: str, note: str, changes: int, figures: Sequence[pd.DataFrame]) -> None:
    """One earlier review: who and when, what was decided, and the figures of that day behind a click."""
    with widgets.card(plain(line), t("policy-review-changed", count=changes)):
        st.text(note)
        if figures:
            with st.popover(t("policy-review-inputs"), type="tertiary", icon=":material/table_view:"):
                for rows in figures:
                    _table(rows)
