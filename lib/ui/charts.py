"""Charts in the house style: a DataFrame in, a Vega-Lite specification out, drawn with its takeaway as alt
text. Specifications are plain dicts: Altair's objects took half of an account page's time."""

import zlib
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from lib.ui.acts import plain
from lib.ui.i18n import t
from lib.ui.palette import Ink, ink
from lib.ui.theme import is_dark

Spec = dict[str, Any]
MOST_ROWS = 13  # behind a chart without scrolling: a year of months and the day itself
_AXIS = {
    "labelFontSize": 12, "domain": False, "ticks": False, "labelPadding": 6,
    "titleFontWeight": "normal", "labelFlush": False, "title": None,
}  # fmt: skip
_END = {"fontSize": 12, "fontWeight": 600}


def colours() -> Ink:
    return ink(is_dark())


def axis(*, grid: bool = False, **more: object) -> Spec:
    paint = colours()
    return _AXIS | {"grid": grid, "gridColor": paint.grid, "labelColor": paint.label} | more


def draw(
    chart: Spec, *, alt_text: str, table: pd.DataFrame, height: int = 238, key: str | None = None,
    beside: Callable[[], None] | None = None,
) -> None:  # fmt: skip
    """The chart, what it says for a screen reader, and one click below it the table it was drawn from.

    `table` is in words already, its columns named in the reader's language; `beside` draws what stands right
    of the table's button. Single marks stay silent: they have no words of their own.
    """
    _plot(chart, alt_text, height, key)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        behind = st.popover(t("chart-table"), type="tertiary", icon=":material/table_view:")
        with behind:
            if len(table) <= MOST_ROWS:
                st.table(table.map(plain), border="horizontal", hide_index=True)
            else:  # what scrolls must be reached by keys: this table can
                st.dataframe(table, hide_index=True, row_height=33, height=34 + 33 * MOST_ROWS)
        if beside is not None:
            beside()


def pairs(names: Iterable[str], figures: Iterable[str]) -> pd.DataFrame:
    """The table behind a chart of named figures."""
    return pd.DataFrame({t("chart-what"): list(names), t("chart-figure"): list(figures)})


def spark(values: Sequence[float], *, alt_text: str, bad: bool = False) -> None:
    """A small grey line below a figure, red when it runs the wrong way; `alt_text` says what it shows."""
    paint = colours()
    rows = pd.DataFrame({"at": range(len(values)), "value": list(values)})
    line = {"type": "line", "color": paint.bad if bad else paint.label, "strokeWidth": 1.5}
    y = _field("value", "quantitative", axis=None, scale={"zero": False})
    encoding = {"x": _field("at", "quantitative", axis=None), "y": y}
    _plot(_over(rows, {"mark": line, "encoding": encoding}), alt_text, 48, None)


def _plot(chart: Spec, alt_text: str, height: int, key: str | None) -> None:
    """Padding, no frame, no legend: once, at the outermost level."""
    whole = chart | {
        "height": height,
        "padding": {"left": 0, "right": 4, "top": 6, "bottom": 2},
        "config": {"view": {"strokeWidth": 0}, "legend": {"disable": True}, "mark": {"aria": False}},
    }
    st.vega_lite_chart(spec=whole, width="stretch", height=height, alt=alt_text, key=key)


def _field(name: str, kind: str, **more: object) -> Spec:
    return {"field": name, "type": kind, **more}


def _over(frame: pd.DataFrame, *layers: Spec) -> Spec:
    """Layers over one frame. Its name follows from its content, so that new rows make a new drawing."""
    name = f"rows-{zlib.crc32(repr(frame.to_dict('list')).encode()):08x}"
    return {"datasets": {name: frame}, "data": {"name": name}, "layer": list(layers)}


def _beside(chart: Spec, other: Spec) -> Spec:
    """Both, each over its own rows, on the same axes."""
    kept = [{k: v for k, v in part.items() if k != "datasets"} for part in (chart, other)]
    return {"datasets": chart["datasets"] | other["datasets"], "layer": kept}


def bars(frame: pd.DataFrame, *, name: str, value: str, label: str, highlight: str | None = None) -> Spec:
    """Horizontal bars from 0, as sorted in the frame; `label` is the text at the end of each bar.

    columns: name (text), value (number), label (text). `highlight` names the one bar in the accent.
    """
    paint = colours()
    frame = frame.assign(_colour=[paint.accent if n == highlight else paint.neutral for n in frame[name]])
    rows = {"y": _field(name, "nominal", sort=None, axis=axis(labelLimit=220),
                        scale={"paddingInner": 0.35, "paddingOuter": 0.15})}  # fmt: skip
    return _over(
        frame,
        {
            "mark": {"type": "bar"},
            "encoding": rows | {"x": _field(value, "quantitative", axis=None), "color": _paint("_colour")},
        },
        {
            "mark": {"type": "text", "align": "left", "dx": 6, "color": paint.text} | _END,
            "encoding": rows | {"x": _field(value, "quantitative"), "text": _field(label, "nominal")},
        },
    )


def _paint(column: str) -> Spec:
    return _field(column, "nominal", scale=None)


def waterfall(
    frame: pd.DataFrame, *, name: str, amount: str, total: str, label: str, status: bool = False
) -> Spec:
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
    steps = {"x": _field("name", "nominal", sort=None, axis=names)}
    low = _field("low", "quantitative", axis=axis(grid=True, tickCount=4))
    return _over(
        shown,
        {
            "mark": {"type": "bar", "size": 40},
            "encoding": steps | {"y": low, "y2": {"field": "high"}, "color": _paint("colour")},
        },
        {
            "mark": {"type": "text", "dy": -8, "color": paint.text} | _END,
            "encoding": steps | {"y": _field("high", "quantitative"), "text": _field("label", "nominal")},
        },
    )


def line_band(
    frame: pd.DataFrame, *, day: str, value: str, low: str, high: str, events: pd.DataFrame | None = None,
    language: str = "en",
) -> Spec:  # fmt: skip
    """A daily line against its expected band; points below the band in red; events as dashed rules.

    columns: day (date), value, low, high (numbers, may be missing: gaps stay gaps);
    events: day (date), label (text).
    """
    paint = colours()
    data = frame.assign(_day=pd.to_datetime(frame[day]))
    form = "%-m月%-d日" if language == "zh-CN" else "%-d %b"
    days = axis(format=form, tickCount=6, labelOverlap=True)
    x = {"x": _field("_day", "temporal", axis=days, scale={"nice": False})}
    y_axis = axis(grid=True, tickCount=4)
    chart = _over(
        data,
        {
            "mark": {"type": "area", "color": paint.band},
            "encoding": x | {"y": _field(low, "quantitative", axis=y_axis), "y2": {"field": high}},
        },
        {
            "mark": {"type": "line", "color": paint.accent, "strokeWidth": 2},
            "encoding": x | {"y": _field(value, "quantitative", axis=y_axis)},
        },
        {
            "mark": {"type": "point", "filled": True, "size": 38, "color": paint.bad, "opacity": 1},
            "encoding": x | {"y": _field(value, "quantitative")},
            "transform": [{"filter": f"(datum['{value}'] < datum['{low}'])"}],
        },
    )
    if events is None or events.empty:
        return chart
    return _beside(chart, _events(events.assign(_day=pd.to_datetime(events[day])), x, paint))


def _events(marks: pd.DataFrame, x: Spec, paint: Ink) -> Spec:
    """Dashed rules with their names in three rows by turns: neighbours in time do not lie on each other."""
    text = {"type": "text", "align": "left", "dx": 4, "baseline": "top", "fontSize": 12, "color": paint.label}
    names = [
        {
            "mark": text,
            "encoding": x | {"y": {"value": 14 * row}, "text": _field("label", "nominal")},
            "transform": [{"filter": f"datum._row == {row}"}],
        }
        for row in range(min(3, len(marks)))
    ]
    rule = {"type": "rule", "color": paint.label, "strokeDash": [3, 3], "opacity": 0.6}
    turns = [place % 3 for place in range(len(marks))]
    return _over(marks.assign(_row=turns), {"mark": rule, "encoding": x}, *names)


def trend(frame: pd.DataFrame, *, x: str, y: str, order: Sequence[str], unit_format: str = ",.0f") -> Spec:
    """One line over ordinal periods (months as text): month-end dates would move a month on a time axis."""
    paint = colours()
    shown = axis(grid=True, tickCount=4, format=unit_format)
    point = {"size": 28, "color": paint.accent}
    return _over(
        frame,
        {
            "mark": {"type": "line", "color": paint.accent, "strokeWidth": 2, "point": point},
            "encoding": {
                "x": _field(x, "nominal", sort=list(order), axis=axis(labelAngle=0)),
                "y": _field(y, "quantitative", axis=shown, scale={"zero": False}),
            },
        },
    )


def strip(frame: pd.DataFrame, *, mark: float | None = None, mark_label: str = "") -> Spec:
    """One stacked bar, 18 px high, names above their segments where there is room; a tick at `mark`.

    columns: name, amount (number), label (text above), tone ("accent", "neutral" or "bad"), opacity (0 to 1).
    """
    paint = colours()
    tones = {"accent": paint.accent, "neutral": paint.neutral, "bad": paint.bad}
    shown = frame[frame.amount > 0].assign(_colour=lambda f: f.tone.map(tones))
    shown = shown.assign(_to=shown.amount.cumsum(), _from=lambda f: f._to - f.amount)
    whole = max(float(shown.amount.sum()), mark or 0.0, 1e-9)
    scale = {"domain": [0, whole], "nice": False}
    x = {"x": _field("_from", "quantitative", axis=None, scale=scale)}
    small = {"type": "text", "fontSize": 12}
    chart = _over(
        shown,
        {
            "mark": {"type": "bar", "height": 18},
            "encoding": x | {
                "x2": {"field": "_to"}, "color": _paint("_colour"),
                "opacity": _field("opacity", "quantitative", scale=None),
                "tooltip": [_field("label", "nominal")],
            },
        },
        {
            "mark": small | {"align": "left", "dy": -18, "color": paint.text},
            "encoding": x | {"text": _field("label", "nominal")},
            "transform": [{"filter": f"(datum.amount > {whole * 0.13})"}],
        },
    )  # fmt: skip
    if mark is None:
        return chart
    at = {"x": _field("at", "quantitative", axis=None, scale=scale)}
    tick = _over(
        pd.DataFrame({"at": [mark], "text": [mark_label]}),
        {"mark": {"type": "tick", "size": 30, "thickness": 2, "color": paint.text}, "encoding": at},
        {
            "mark": small | {"align": "right", "dx": -4, "dy": 20, "color": paint.label},
            "encoding": at | {"text": _field("text", "nominal")},
        },
    )
    return _beside(chart, tick)
