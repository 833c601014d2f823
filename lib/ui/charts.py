"""Charts in the house style: a DataFrame in, an Altair chart out, drawn with its takeaway as alt text."""

from collections.abc import Sequence

import altair as alt
import pandas as pd
import streamlit as st

from lib.ui.palette import Ink, ink

_AXIS = {
    "labelFontSize": 12, "domain": False, "ticks": False, "labelPadding": 6,
    "titleFontWeight": "normal", "labelFlush": False, "title": None,
}  # fmt: skip


def is_dark() -> bool:
    return getattr(st.context.theme, "type", None) == "dark"


def colours() -> Ink:
    return ink(is_dark())


def axis(*, grid: bool = False, **more: object) -> alt.Axis:
    return alt.Axis(
        **(_AXIS | {"grid": grid, "gridColor": colours().grid, "labelColor": colours().label} | more)
    )


def finish(chart: alt.Chart | alt.LayerChart, height: int) -> alt.Chart | alt.LayerChart:
    """Padding, no frame, no legend: once, at the outermost level."""
    return (
        chart.properties(height=height, padding={"left": 0, "right": 4, "top": 6, "bottom": 2})
        .configure_view(strokeWidth=0)
        .configure_legend(disable=True)
    )


def draw(
    chart: alt.Chart | alt.LayerChart, *, alt_text: str, height: int = 238, key: str | None = None
) -> None:
    st.altair_chart(finish(chart, height), width="stretch", height=height, alt=alt_text, key=key)


def bars(
    frame: pd.DataFrame, *, name: str, value: str, label: str, highlight: str | None = None
) -> alt.LayerChart:
    """Horizontal bars from 0, as sorted in the frame; `label` is the text at the end of each bar.

    columns: name (text), value (number), label (text). `highlight` names the one bar in the accent.
    """
    paint = colours()
    frame = frame.assign(_colour=[paint.accent if n == highlight else paint.neutral for n in frame[name]])
    base = alt.Chart(frame).encode(
        y=alt.Y(
            name, sort=None, axis=axis(labelLimit=220), scale=alt.Scale(paddingInner=0.35, paddingOuter=0.15)
        )
    )
    marks = base.mark_bar().encode(x=alt.X(value, axis=None), color=alt.Color("_colour:N", scale=None))
    ends = base.mark_text(align="left", dx=6, fontSize=12, fontWeight=600, color=paint.text).encode(
        x=alt.X(value), text=label
    )
    return marks + ends


def waterfall(
    frame: pd.DataFrame, *, name: str, amount: str, total: str, label: str, status: bool = False
) -> alt.LayerChart:
    """Steps from a level to a level.

    columns: name, amount (signed step, or level where total is true), total (bool), label. With `status`
    rises are good (blue) and falls bad (red); else steps are grey and levels in the accent.
    """
    paint, rows, level = colours(), [], 0.0
    for row in frame.to_dict("records"):
        low, high = (0.0, float(row[amount])) if row[total] else (level, level + float(row[amount]))
        level = high
        step = paint.neutral if not status else (paint.good if row[amount] >= 0 else paint.bad)
        rows.append(
            {"name": row[name], "low": min(low, high), "high": max(low, high), "label": row[label],
             "colour": paint.accent if row[total] else step}
        )  # fmt: skip
    shown = pd.DataFrame(rows, columns=["name", "low", "high", "label", "colour"])
    names = axis(labelAngle=0, labelLimit=120, labelOverlap=False)
    base = alt.Chart(shown).encode(x=alt.X("name", sort=None, axis=names))
    marks = base.mark_bar(size=40).encode(
        y=alt.Y("low:Q", axis=axis(grid=True, tickCount=4)),
        y2="high:Q",
        color=alt.Color("colour:N", scale=None),
    )
    tops = base.mark_text(dy=-8, fontSize=12, fontWeight=600, color=paint.text).encode(
        y="high:Q", text="label"
    )
    return marks + tops


def line_band(
    frame: pd.DataFrame, *, day: str, value: str, low: str, high: str, events: pd.DataFrame | None = None,
    language: str = "en",
) -> alt.LayerChart:  # fmt: skip
    """A daily line against its expected band; points below the band in red; events as dashed rules.

    columns: day (date), value, low, high (numbers, may be missing: gaps stay gaps);
    events: day (date), label (text).
    """
    paint = colours()
    data = frame.assign(_day=pd.to_datetime(frame[day]))
    form = "%-m月%-d日" if language == "zh-CN" else "%-d %b"
    x = alt.X("_day:T", axis=axis(format=form, tickCount=6, labelOverlap=True), scale=alt.Scale(nice=False))
    base = alt.Chart(data).encode(x=x)
    y_axis = axis(grid=True, tickCount=4)
    band = base.mark_area(color=paint.band).encode(y=alt.Y(f"{low}:Q", axis=y_axis), y2=f"{high}:Q")
    line = base.mark_line(color=paint.accent, strokeWidth=2).encode(y=alt.Y(f"{value}:Q", axis=y_axis))
    out = (
        base.transform_filter(alt.datum[value] < alt.datum[low])
        .mark_point(filled=True, size=38, color=paint.bad, opacity=1)
        .encode(y=f"{value}:Q")
    )
    chart = band + line + out
    if events is not None and not events.empty:
        marks = alt.Chart(events.assign(_day=pd.to_datetime(events[day]))).encode(x=x)
        rule = marks.mark_rule(color=paint.label, strokeDash=[3, 3], opacity=0.6)
        names = [
            alt.Chart(marks.data.iloc[start::2])
            .mark_text(align="left", dx=4, baseline="top", fontSize=12, color=paint.label)
            .encode(x=x, y=alt.value(14 * start), text="label")
            for start in (0, 1)  # two rows by turns: neighbours in time do not lie on each other
            if len(marks.data) > start
        ]
        chart = alt.layer(chart, rule, *names)
    return chart


def trend(
    frame: pd.DataFrame, *, x: str, y: str, order: Sequence[str], unit_format: str = ",.0f"
) -> alt.Chart:
    """One line over ordinal periods (months as text): month-end dates would move a month on a time axis."""
    paint = colours()
    return (
        alt.Chart(frame)
        .mark_line(color=paint.accent, strokeWidth=2, point=alt.OverlayMarkDef(size=28, color=paint.accent))
        .encode(
            x=alt.X(x, sort=list(order), axis=axis(labelAngle=0)),
            y=alt.Y(y, axis=axis(grid=True, tickCount=4, format=unit_format), scale=alt.Scale(zero=False)),
        )
    )


def strip(frame: pd.DataFrame, *, mark: float | None = None, mark_label: str = "") -> alt.LayerChart:
    """One stacked bar, 18 px high, names above their segments where there is room; a tick at `mark`.

    columns: name, amount (number), label (text above), tone ("accent", "neutral" or "bad"), opacity (0 to 1).
    """
    paint = colours()
    tones = {"accent": paint.accent, "neutral": paint.neutral, "bad": paint.bad}
    shown = frame[frame.amount > 0].assign(_colour=lambda f: f.tone.map(tones))
    shown = shown.assign(_to=shown.amount.cumsum(), _from=lambda f: f._to - f.amount)
    whole = max(float(shown.amount.sum()), mark or 0.0, 1e-9)
    scale = alt.Scale(domain=[0, whole], nice=False)
    base = alt.Chart(shown).encode(x=alt.X("_from:Q", axis=None, scale=scale))
    marks = base.mark_bar(height=18).encode(
        x2="_to:Q",
        color=alt.Color("_colour:N", scale=None),
        opacity=alt.Opacity("opacity:Q", scale=None),
        tooltip=["label:N"],
    )
    names = (
        base.transform_filter(alt.datum.amount > whole * 0.13)
        .mark_text(align="left", dy=-18, fontSize=12, color=paint.text)
        .encode(text="label:N")
    )
    if mark is None:
        return marks + names
    tick = alt.Chart(pd.DataFrame({"at": [mark], "text": [mark_label]})).encode(
        x=alt.X("at:Q", axis=None, scale=scale)
    )
    rule = tick.mark_tick(size=30, thickness=2, color=paint.text)
    below = tick.mark_text(align="right", dx=-4, dy=20, fontSize=12, color=paint.label).encode(text="text:N")
    return marks + names + rule + below
