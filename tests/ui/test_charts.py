"""Every chart is valid Vega-Lite by Altair's own schema, in both themes and with no rows at all."""

from datetime import date, timedelta

import altair as alt
import pandas as pd
import pytest

from lib.ui import charts
from lib.ui.palette import ink

DAYS = [date(2026, 11, 1) + timedelta(days=n) for n in range(5)]
STEPS = pd.DataFrame(
    {"name": ["New", "Churn", "Net"], "amount": [5.0, -2.0, 3.0], "total": [False, False, True],
     "label": ["+5", "−2", "+3"]}
)  # fmt: skip
SERIES = pd.DataFrame({"day": DAYS, "value": [3, 4, None, 1, 0], "low": [2.0] * 5, "high": [6.0] * 5})
EVENTS = pd.DataFrame({"day": [DAYS[2]], "label": ["Double 11"]})
MONTHS = pd.DataFrame({"month": ["Oct", "Nov"], "arr": [1.0, 2.0]})
PARTS = pd.DataFrame(
    {"name": ["a", "b"], "amount": [30.0, 70.0], "label": ["A", "B"], "tone": ["accent", "accent"],
     "opacity": [1.0, 1.0]}
)  # fmt: skip
CHARTS = {
    "bars": lambda: charts.bars(STEPS, name="name", value="amount", label="label", highlight="New"),
    "waterfall": lambda: charts.waterfall(STEPS, name="name", amount="amount", total="total", label="label"),
    "line_band": lambda: charts.line_band(SERIES, day="day", value="value", low="low", high="high"),
    "line_band with events": lambda: charts.line_band(
        SERIES, day="day", value="value", low="low", high="high", events=EVENTS
    ),
    "trend": lambda: charts.trend(MONTHS, x="month", y="arr", order=["Oct", "Nov"]),
    "strip": lambda: charts.strip(PARTS, mark=80.0, mark_label="Up for renewal"),
}


def as_json(spec: dict) -> dict:
    """The specification as the browser gets it: frames as rows."""
    sets = {name: rows.astype(object).where(rows.notna(), None).astype(str).to_dict("records")
            for name, rows in spec["datasets"].items()}  # fmt: skip
    return spec | {"datasets": sets}


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_valid_by_the_schema(name, dark, monkeypatch):
    monkeypatch.setattr(charts, "colours", lambda: ink(dark))

    chart = alt.Chart.from_dict(as_json(CHARTS[name]()), validate=True)

    assert isinstance(chart, alt.LayerChart | alt.Chart)


def test_the_schema_does_refuse_what_is_none():
    with pytest.raises(Exception, match="mark"):
        alt.Chart.from_dict({"data": {"values": []}, "mark": "no such mark"}, validate=True)
