"""The block of an account's page that says what it should buy differently, and which accounts are like it."""

import streamlit as st

from lib import format as fmt
from lib.access import Viewer
from lib.growth import phrases, queries
from lib.screens.growth_decision import chosen, decide
from lib.ui import frame, widgets
from lib.ui.i18n import t
from lib.ui.widgets import Col
from lib.words import term


def growth(viewer: Viewer, account_id: int, language: str) -> None:
    """Proposals of one account, to be decided in place, beside the accounts most like it."""
    rows = queries.of_account(viewer, account_id)
    left, right = st.columns([3, 2], gap="xsmall")
    with left, widgets.card(t("growth-block-title"), t("growth-block-caption"), height="stretch"):
        columns = {
            "kind": Col(t("growth-col-kind"), width=110), "finding": Col(t("growth-col-finding"), width=330),
            "change": Col(t("growth-col-change"), "figure", 90),
            "status": Col(t("growth-col-status"), width=80),
        }  # fmt: skip
        place = None
        if rows.empty:
            widgets.line(t("growth-block-none"))
        else:
            place = widgets.table(phrases.listed(rows, language), columns, key=f"account-growth-{account_id}",
                                  select=True, empty="")  # fmt: skip
    with right, widgets.card(t("growth-block-alike"), t("growth-block-alike-caption"), height="stretch"):
        like = queries.alike(viewer, account_id)
        for one in like.itertuples():
            names = ", ".join(term(language, "product", name) for name in one.products)
            frame.link("account", label=widgets.plain(one.account), icon="apartment", id=one.account_id)
            widgets.line(widgets.plain(names), widgets.plain(_size(one, language)))
        if like.empty:
            widgets.line(t("growth-block-alike-none"))
    if row := chosen(rows, place, f"account-growth-{account_id}"):
        decide(viewer, row, language)


def _size(one: object, language: str) -> str:
    return fmt.money(one.arr_minor, one.currency, language, compact=True)
