"""Draws a health score: signed bars that add up, the line of the past, what moved, the opinion beside it."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Protocol

import pandas as pd
import streamlit as st

from lib.ui import charts, widgets
from lib.ui.acts import attempt, plain
from lib.ui.i18n import t

MOVED = 3  # so many of the parts that moved are told; the table of each day is one click away


class Bar(Protocol):
    """One part of a score in words."""

    name: str
    points: float
    label: str
    fact: str


class Story(Protocol):
    """A score in words."""

    title: str
    caption: str
    alt: str
    bars: Sequence[Bar]
    lines: Sequence[str]


class Shown(Protocol):
    """Everything the two cards show, in words; `opinion` and `undo` are None for who may not write."""

    story: Story
    parts: pd.DataFrame
    past: pd.DataFrame
    past_title: str
    past_caption: str
    past_alt: str
    past_rows: pd.DataFrame
    ends: tuple[int, int]
    steps: Sequence[tuple[str, str]]
    said: tuple[str, str]
    opinion: Any
    undo: Callable[[], Any] | None
    chinese: bool
    compare: Callable[[date, date], tuple[str, Sequence[tuple[str, str]]]]
    span: tuple[date, date, date]


def cards(shown: Shown, ask: Callable[[Any], None]) -> None:
    """The score with its parts and the opinion beside it; right of it the past and what moved. `ask` opens
    the drawer for an opinion."""
    left, right = st.columns([2, 3], gap="xsmall")
    with left, widgets.card(shown.story.title, shown.story.caption, height="stretch"):
        score(shown.story, shown.parts)
        _opinion(shown, ask)
    with right:
        if shown.story.bars:
            with widgets.card(t("health-facts"), t("health-facts-caption")):
                steps([(bar.name, bar.fact) for bar in shown.story.bars])
        with widgets.card(shown.past_title, shown.past_caption, height="stretch"):
            past(shown.past, shown.ends, alt=shown.past_alt, behind=shown.past_rows, chinese=shown.chinese)
            steps(shown.steps[:MOVED])
            _compare(shown)


def _compare(shown: Shown) -> None:
    """What moved the score between any two days: two dates, the sum, and every part that adds up to it."""
    earliest, first, last = shown.span
    with st.popover(t("health-compare"), icon=":material/compare_arrows:", type="tertiary"):
        bounds = {"min_value": earliest, "max_value": last, "format": "YYYY-MM-DD"}
        one = st.date_input(t("health-compare-from"), first, key="health-first", **bounds)
        two = st.date_input(t("health-compare-to"), last, key="health-last", **bounds)
        if one and two:
            title, moved = shown.compare(one, two)
            st.markdown(f"**{plain(title)}**")
            steps(moved)


def _opinion(shown: Shown, ask: Callable[[Any], None]) -> None:
    word, detail = shown.said
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        label = f":small[{plain(t('health-opinion-label'))}] :small[**{plain(word)}**]"
        st.markdown(label, width="content", help=t("health-opinion-help"))
        if shown.opinion is not None:
            icon = ":material/edit:"
            if st.button(t("health-opinion-set"), key="health-opinion", icon=icon, type="tertiary"):
                ask(shown.opinion)
        if shown.undo is not None:
            st.button(
                t("health-opinion-undo"), key="health-undo", icon=":material/undo:", type="tertiary",
                on_click=attempt, args=("health-opinion-undone", shown.undo),
            )  # fmt: skip
    if detail:
        st.markdown(f":gray[:small[{plain(detail)}]]")


def score(told: Story, behind: pd.DataFrame) -> None:
    """The bars with their table (`behind`), then the sum, the cap, what is missing and the way out."""
    if told.bars:
        charts.draw(signed(told.bars), alt_text=told.alt, table=behind, height=196, key="health-bars")
    with st.container(gap="xxsmall"):
        for line in told.lines:
            st.markdown(widgets.small(plain(line)))


def signed(bars: Sequence[Bar]) -> dict[str, Any]:
    """Bars left and right of 0: blue adds, red takes; the points at the far end."""
    paint = charts.colours()
    rows = pd.DataFrame({
        "name": [bar.name for bar in bars], "points": [bar.points for bar in bars],
        "label": [bar.label for bar in bars],
        "colour": [paint.good if bar.points >= 0 else paint.bad for bar in bars],
    })  # fmt: skip
    reach = max(10.0, *(abs(bar.points) for bar in bars)) * 1.35
    y = {"field": "name", "type": "nominal", "sort": None, "axis": charts.axis(labelLimit=160),
         "scale": {"paddingInner": 0.35, "paddingOuter": 0.15}}  # fmt: skip
    x = {"field": "points", "type": "quantitative", "axis": None, "scale": {"domain": [-reach, reach]}}
    end = {"type": "text", "fontSize": 12, "fontWeight": 600, "color": paint.text}
    text = {"y": y, "x": x, "text": {"field": "label", "type": "nominal"}}
    colour = {"field": "colour", "type": "nominal", "scale": None}
    return {
        "datasets": {"parts": rows},
        "data": {"name": "parts"},
        "layer": [
            {"mark": {"type": "bar"}, "encoding": {"y": y, "x": x, "color": colour}},
            {"mark": end | {"align": "left", "dx": 6}, "encoding": text,
             "transform": [{"filter": "(datum.points >= 0)"}]},
            {"mark": end | {"align": "right", "dx": -6}, "encoding": text,
             "transform": [{"filter": "(datum.points < 0)"}]},
            {"mark": {"type": "rule", "color": paint.label}, "encoding": {"x": {"datum": 0}}},
        ],
    }  # fmt: skip


def past(days: pd.DataFrame, ends: tuple[int, int], *, alt: str, behind: pd.DataFrame, chinese: bool) -> None:
    """The score of each morning from 0 to 100 with the two ends of Watch; one sentence before the second."""
    known = days.dropna(subset=["score"])
    if len(known) < 2:
        st.caption(t("health-history-none"))
        return
    paint = charts.colours()
    rows = pd.DataFrame({"day": pd.to_datetime(known["day"]), "score": known["score"].astype(float)})
    form = "%-m月%-d日" if chinese else "%-d %b"
    x = {"field": "day", "type": "temporal", "scale": {"nice": False},
         "axis": charts.axis(format=form, tickCount=6, labelOverlap=True)}  # fmt: skip
    scale = {"domain": [0, 100]}
    y = {"field": "score", "type": "quantitative", "scale": scale,
         "axis": charts.axis(grid=True, values=[0, *ends, 100], labelOverlap=False)}  # fmt: skip
    rule = {"type": "rule", "color": paint.label, "strokeDash": [3, 3]}
    chart = {
        "datasets": {"past": rows},
        "data": {"name": "past"},
        "layer": [
            *({"mark": rule, "encoding": {"y": {"datum": end, "scale": scale}}} for end in ends),
            {"mark": {"type": "line", "color": paint.accent, "strokeWidth": 2},
             "encoding": {"x": x, "y": y}},
        ],
    }  # fmt: skip
    charts.draw(chart, alt_text=alt, table=behind, height=128, key="health-past")


def steps(found: Sequence[tuple[str, str]]) -> None:
    """What moved, the largest first: the points in bold, the numbers behind them in grey."""
    with st.container(gap="xxsmall"):
        for head, detail in found:
            more = f" :gray[:small[{plain(detail)}]]" if detail else ""
            st.markdown(f":small[**{plain(head)}**]{more}")
