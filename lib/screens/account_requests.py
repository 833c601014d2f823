"""On an account's page: when to call next, and what was asked of colleagues about it, with a way to ask."""

import streamlit as st

from lib import format as fmt
from lib.access import Viewer
from lib.teams import calling, phrases, records
from lib.ui import frame, widgets
from lib.ui.i18n import t


def requests(viewer: Viewer, account: int, language: str) -> None:
    if not viewer.may("request.write"):
        return
    rows = records.requests(viewer, account)
    with widgets.card(t("account-requests-title")):
        for row in rows.itertuples(index=False):
            told = phrases.request_line(row, viewer.today, language)
            widgets.line(widgets.plain(told[0]), widgets.plain(told[1]))
        if rows.empty:
            widgets.line(f":gray[{t('account-requests-none')}]")
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(
                widgets.small(widgets.plain(call(viewer, account, language)), "gray"), width="content"
            )
            frame.link("team", label=t("account-requests-raise"), icon="forward_to_inbox", view="requests",
                       account=account)  # fmt: skip


def call(viewer: Viewer, account: int, language: str) -> str:
    """When both work next, by the viewer's own hours."""
    found = calling.calling(viewer, account)
    if found.zone is None:
        return t("account-call-unknown")
    if found.slot is None:
        return t("account-call-none", zone=found.zone)
    slot = phrases.slot(*found.slot, viewer.clock_zone, language)
    return t("account-call-next", slot=slot, zone=found.zone, hours=fmt.number(found.hours, language, 0))
