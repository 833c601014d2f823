"""How the list of accounts is drawn: the filters behind one button, and its columns."""

import pandas as pd
import streamlit as st

from lib import format as fmt
from lib.access import Viewer
from lib.accounts.portrait import tags
from lib.accounts.queries import choices
from lib.segments import phrases as segments
from lib.segments.queries import levels
from lib.segments.rules import VALUES
from lib.ui import address
from lib.ui.i18n import t
from lib.ui.widgets import Col
from lib.words import term

BANDS = ("critical", "watch", "no_data", "healthy")
Words = dict[str, dict[str, str]]


def rarer(viewer: Viewer, language: str) -> Words:
    """The filters that stand behind "More filters": name -> code -> words; the first code narrows nothing."""
    named, tiers = levels(viewer), choices(viewer)["tier"]
    grouped = {
        f"{axis}:{value}": fmt.labelled(
            segments.axis_name(axis, language), segments.value_name(axis, value, named, language), language
        )
        for axis, values in VALUES.items()
        for value in (named if axis == "loyalty" else values)
    }
    bands = {band: t(f"accounts-health-{band.replace('_', '-')}") for band in ("any", *BANDS)}
    return {
        "health": bands,
        "segment": {"all": t("accounts-segment-all")} | grouped,
        "tier": {"all": t("accounts-tier-all")} | {n: term(language, "tier", n) for n in tiers},
        "tag": {"all": t("accounts-tag-all")} | {tag: tag for tag in tags(viewer)},
    }


def asked(words: Words) -> dict[str, str | None]:
    """What the address asks of each of them, None for nothing; read before they are drawn."""
    found = {name: (address.asked(name, list(its), next(iter(its))), next(iter(its)))
             for name, its in words.items()}  # fmt: skip
    return {name: None if code == usual else code for name, (code, usual) in found.items()}


def more_filters(words: Words) -> None:
    """One button that says how many of the filters behind it are set."""
    count = sum(code is not None for code in asked(words).values())
    button = st.popover(t("accounts-more", count=count), icon=":material/tune:", key="more-filters")
    with button, st.container(width=260, gap="small"):
        for name, its in words.items():
            if len(its) > 1:
                address.choice(
                    st.selectbox, t(f"accounts-{name}-label"), list(its), key=name, default=next(iter(its)),
                    format_func=its.get,
                )  # fmt: skip


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
