"""A grid of weekdays and hours, darker where more happened; read as a table beside it."""

import pandas as pd

from lib.ui import charts
from lib.ui.charts import Spec


def grid(rows: pd.DataFrame, *, days: list[str]) -> Spec:
    """columns: day (text), hour (0 to 23), count. `days` in their order; nothing is left blank, not grey."""
    paint = charts.colours()
    most = max(int(rows["count"].max()), 1)
    shown = rows.assign(shade=rows["count"] / most)
    x = charts._field("hour", "ordinal", axis=charts.axis(labelAngle=0))
    y = charts._field("day", "nominal", sort=days, axis=charts.axis())
    return charts._over(
        shown,
        {
            "mark": {"type": "rect", "color": paint.accent, "stroke": paint.grid, "strokeWidth": 0.5},
            "encoding": {"x": x, "y": y, "opacity": charts._field("shade", "quantitative", scale=None)},
        },
    )
