"""Draws how right past health scores were: a sentence for each horizon, tenths of the scores, the bands."""

from collections.abc import Sequence
from typing import Protocol

import pandas as pd
import streamlit as st

from lib.ui import charts, widgets
from lib.ui.acts import plain


class Graded(Protocol):
    """The back-test in words."""

    title: str
    caption: str
    because: Sequence[str]
    lines: Sequence[str]
    tenths: pd.DataFrame
    tenths_title: str
    bands: pd.DataFrame
    bands_title: str
    alt: str


def section(told: Graded) -> None:
    """Two cards: the finding with its horizons and bands, and the share lost in each tenth of the scores."""
    left, right = st.columns(2, gap="xsmall")
    with left, widgets.card(plain(told.title), height="stretch"):
        for line in told.because:
            st.markdown(plain(line))
        for line in told.lines:
            st.markdown(widgets.small(plain(line)))
        st.markdown(widgets.small(plain(told.bands_title), "gray"))
        st.table(told.bands.map(plain), border="horizontal", hide_index=True)
    if told.tenths.empty:
        return
    with right, widgets.card(plain(told.tenths_title), height="stretch"):
        chart = charts.bars(told.tenths, name="name", value="amount", label="label")
        behind = charts.pairs(told.tenths["name"], told.tenths["label"])
        charts.draw(chart, alt_text=told.alt, table=behind, height=16 + 26 * len(told.tenths), key="tenths")
