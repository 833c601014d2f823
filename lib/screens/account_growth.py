"""The block of an account's page that says what it should buy differently, and which accounts are like it."""

import streamlit as st

from lib import format as fmt
from lib.access import Viewer
from lib.growth import phrases, queries
from lib.screens.growth_decision import chosen, decide
from lib.ui import frame, widgets
from lib.ui.drawer import facts
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
        facts(phrases.advised(queries.advice(viewer, account_id), language))
    with right, widgets.card(t("growth-block-alike"), t("growth-block-alike-caption"), height="stretch"):
        like = queries.alike(viewer, account_id)
        for one in like.itertuples():
            _alike(one, language)
        if like.empty:
            widgets.line(t("growth-block-alike-none"))
    if row := chosen(rows, place, f"account-growth-{account_id}"):
        decide(viewer, row, language)


def _alike(one: object, language: str) -> None:
    """A button leads to the other account: a link to the page one is on would be drawn as chosen."""
    names = fmt.names([term(language, "product", name) for name in one.products], language)
    size = fmt.money(one.arr_minor, one.currency, language, compact=True)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center",
                      wrap=False, gap="small"):  # fmt: skip
        if st.button(widgets.plain(one.account), key=f"alike-{one.account_id}", type="tertiary"):
            frame.go("account", id=one.account_id)
        st.markdown(widgets.small(widgets.plain(f"{names} · {size}"), "gray"), width="content")
