"""Cards around a price: its total, its way from list to net, the rules it meets; nothing is decided here."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from lib.ui import charts, frame, widgets
from lib.ui.editor import pdf_button, value_rows
from lib.ui.i18n import t
from lib.ui.widgets import plain

_TONES = {"free": ("blue", "check_circle"), "justify": ("yellow", "warning"), "approve": ("red", "error"),
          "stop": ("red", "block")}  # fmt: skip


def badge_of(level: str, text: str) -> str:
    tone, icon = _TONES[level]
    return widgets.badge(text, tone, icon)


def total_card(
    title: str, note: str, *, label: str, value: str, level: str, badge: str,
    rows: Sequence[tuple[str, str]], below: str = "",
) -> None:  # fmt: skip
    """The one big number with its badge, and the amounts that explain it; `below`: what else holds for it."""
    with widgets.card(title, note):
        st.metric(label, value, help=t("figure-quote-total"))
        st.markdown(badge_of(level, badge))
        value_rows(rows)
        if below:
            st.caption(plain(below))


def rules_card(
    title: str, note: str, *, rules: Sequence[tuple[str, str, str, str, str | None]], way: str,
    below: str = "",
) -> None:  # fmt: skip
    """Badge, finding and consequence of each rule (level, its word, finding, consequence), with a link to
    the library's clause by number; below, the nearest way to need nobody, and who may decide."""
    with widgets.card(title, note):
        for level, word, finding, consequence, clause in rules:
            words = f"**{plain(finding)}**" if level != "free" else plain(finding)
            with st.container(gap=None):
                st.markdown(f"{badge_of(level, word)} {words} {plain(consequence)}")
                if clause:
                    told = t("quotes-clause", number=clause)
                    frame.link("standards", label=told, icon="gavel", view="library", clause=clause)
        for text in (way, below):
            if text:
                st.markdown(plain(text))


def more_menu(
    steps: Sequence[str], button: Callable[[str], None], papers: Mapping[int, str],
    make: Callable[[int], bytes],
) -> None:  # fmt: skip
    """The steps beside the main ones and the papers of earlier revisions (number -> file name)."""
    if not steps and not papers:
        return
    with st.popover(t("quotes-more"), type="tertiary"):
        if "decline" in steps:
            st.text_input(t("quotes-decline-reason"), key="decline-reason", max_chars=4000)
        for step in steps:
            button(step)
        for number, stem in papers.items():
            word = t("quotes-pdf-revision", revision=number)
            pdf_button(word, partial(make, number), stem, key=f"pdf-{number}")


def waterfall(frame: pd.DataFrame, *, alt_text: str, key: str, height: int = 208) -> None:
    """The waterfall and, one click away, the table it was drawn from.

    columns: name, amount, total, label (see charts.waterfall) and value, the exact amount as text.
    """
    drawn = charts.waterfall(frame, name="name", amount="amount", total="total", label="label")
    table = charts.pairs(frame["name"], frame["value"])
    charts.draw(drawn, alt_text=alt_text, table=table, height=height, key=key)
