"""The forecast strip by its spec: segments side by side, labels where there is room, a tick at the mark."""

import pandas as pd

from lib.ui import charts


def segments(*amounts: float) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"name": f"s{i}", "amount": a, "label": f"Segment {i}", "tone": "accent", "opacity": 1.0}
            for i, a in enumerate(amounts)
        ]
    )


def data_of(chart: dict) -> list[dict]:
    name = (chart.get("data") or chart["layer"][0]["data"])["name"]
    return chart["datasets"][name].to_dict("records")


def marks(chart: dict) -> list[dict]:
    """The drawn layers, those of layers within layers too."""
    parts = [marks(layer) if "layer" in layer else [layer] for layer in chart["layer"]]
    return [one for part in parts for one in part]


def test_segments_follow_each_other_and_nothing_has_no_segment():
    drawn = data_of(charts.strip(segments(30.0, 0.0, 70.0)))

    assert [(row["_from"], row["_to"]) for row in drawn] == [(0.0, 30.0), (30.0, 100.0)]


def test_the_scale_reaches_the_mark_beyond_the_bar():
    bar = marks(charts.strip(segments(30.0), mark=50.0, mark_label="Target"))[0]

    assert bar["encoding"]["x"]["scale"]["domain"] == [0, 50.0]


def test_without_a_mark_there_is_no_tick():
    assert len(marks(charts.strip(segments(30.0)))) == 2
    assert len(marks(charts.strip(segments(30.0), mark=40.0))) == 4


def test_an_empty_forecast_can_be_drawn():
    assert data_of(charts.strip(segments(0.0))) == []
