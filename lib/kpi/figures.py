"""What the KPI page shows, as one value. Pure."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from lib.kpi.rules import Bridge, Ratio, RenewalRate, Span


@dataclass(frozen=True)
class Figures:
    """Everything the KPI page shows, as of the viewer's day, in minor units of one currency.

    Lists follow `days`: the ends of the last finished months, and the day itself. `risk` has a row per
    cause (cause, count, arr_minor), `due` a row per month (month, count, base_minor).
    """

    currency: str
    span: Span
    customers: int
    days: list[date]
    arr: list[int]
    nrr: list[Ratio]
    grr: list[Ratio]
    at_risk: list[int]
    logo: Ratio
    arr_before: int
    nrr_before: Ratio
    grr_before: Ratio
    at_risk_before: int
    bridge: Bridge
    risk: pd.DataFrame
    due: pd.DataFrame
    renewed: RenewalRate
