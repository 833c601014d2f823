"""Stretches of time as horizontal bars, each with a thin run-up before it and today as a line."""

from datetime import date

import pandas as pd

from lib.ui.charts import Spec, axis, colours


def spans(frame: pd.DataFrame, *, today: date) -> Spec:
    """One line a row, in the order of the frame.

    columns: name (text), apply, from, to (dates; from apply to from the run-up, from from to to the period),
    now (bool: in the accent).
    """
    paint = colours()
    shown = frame.assign(_colour=[paint.accent if on else paint.neutral for on in frame["now"]])
    for name in ("apply", "from", "to"):
        shown[name] = [f"{day.isoformat()}T00:00:00" for day in frame[name]]
    order = list(dict.fromkeys(frame["name"]))
    y = {"field": "name", "type": "nominal", "sort": order, "axis": axis(labelLimit=180)}
    colour = {"field": "_colour", "type": "nominal", "scale": None}

    def bar(first: str, last: str, size: int, opacity: float) -> Spec:
        x = {"field": first, "type": "temporal", "axis": axis(grid=True, format="%Y-%m", tickCount=8)}
        return {"mark": {"type": "bar", "height": size, "opacity": opacity},
                "encoding": {"y": y, "x": x, "x2": {"field": last}, "color": colour}}  # fmt: skip

    line = {
        "data": {"values": [{"at": f"{today.isoformat()}T00:00:00"}]},
        "mark": {"type": "rule", "color": paint.text, "strokeDash": [3, 3]},
        "encoding": {"x": {"field": "at", "type": "temporal"}},
    }
    rows = shown.drop(columns="now").to_dict("records")
    return {"data": {"values": rows},
            "layer": [bar("apply", "from", 4, 0.6), bar("from", "to", 14, 1.0), line]}  # fmt: skip
