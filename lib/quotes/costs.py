"""The one gate through which cost and margin of quotes are read."""

from collections.abc import Iterable

import pandas as pd

from lib.access import Viewer
from lib.store.costs import on_record
from lib.store.models import Quote


def opens(viewer: Viewer, quote_ids: Iterable[int]) -> bool:
    """Whether the viewer is shown cost and margin of these quotes. Whatever shows them asks here, and the
    reading goes on record."""
    return viewer.may("cost.read") and on_record(viewer, Quote, quote_ids)


def in_frame(viewer: Viewer, frame: pd.DataFrame) -> pd.DataFrame:
    """Quotes with their `cost_minor` (columns id, cost_minor, …) as the viewer may have them: the column is
    gone for whoever may not see it."""
    if opens(viewer, frame["id"].astype(int)):
        return frame
    return frame.drop(columns="cost_minor")
