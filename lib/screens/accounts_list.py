"""How the list of accounts is drawn: its columns."""

import pandas as pd

from lib.ui.i18n import t
from lib.ui.widgets import Col


def columns(found: pd.DataFrame) -> dict[str, Col]:
    """The columns of a page of accounts; one currency stands in the heading, several in a column."""
    one = found["currency"].nunique() == 1
    arr = t("accounts-col-arr") + (f", {found['currency'].iloc[0]}" if one else "")
    return {
        "account": Col(t("accounts-col-account"), width=150),
        "standing": Col(t("accounts-col-status"), "status", 98),
        "score": Col(t("accounts-col-health"), "figure", 64, help=t("accounts-col-health-help")),
        "weekly": Col(t("accounts-col-weeks"), "spark", 90, help=t("accounts-col-weeks-help")),
        "why": Col(t("accounts-col-reason"), width=190), "arr_minor": Col(arr, "money", 104),
        **({} if one else {"currency": Col(t("accounts-col-currency"), width=62)}),
        "renews_on": Col(t("accounts-col-renewal"), "date", 96),
        "days": Col(t("accounts-col-days"), "number", 62),
        "looked_after": Col(t("accounts-col-owner"), width=90),
    }  # fmt: skip
