"""Rights of loyalty levels: what is offered without anybody applying, and who holds what."""

from functools import partial

import streamlit as st

from lib.access import Viewer
from lib.fulfilment import right_phrases, rights_commands, rights_queries
from lib.screens.fulfilment_desk import columns
from lib.ui import sending, widgets
from lib.ui.acts import attempt
from lib.ui.i18n import language, t
from lib.ui.widgets import plain

OFFERED = {
    "account": ("text", 170), "right": ("text", 240), "level": ("text", 90), "given_by": ("text", 110),
    "free": ("text", 130), "proposed": ("text", 140),
}  # fmt: skip
HELD = {
    "account": ("text", 170), "right": ("text", 240), "level": ("text", 90), "expires_on": ("date", 120),
    "decided": ("text", 140), "person": ("text", 110),
}  # fmt: skip


def draw(viewer: Viewer) -> None:
    lang, zone = language(), viewer.clock_zone
    types, free = rights_queries.right_types(viewer)
    found = rights_queries.rights(viewer)
    rows = right_phrases.offered_rows(found, types, free, lang, zone)
    st.caption(t("fulfilment-rights-caption"))
    place = widgets.table(rows, columns(OFFERED), key="fulfilment-rights", select=True,
                          empty=t("fulfilment-rights-none"))  # fmt: skip
    widgets.export_menu("offered-rights", lambda: rows, rows=len(rows))
    if place is not None and viewer.may("account.write"):
        _decide(
            viewer, found.iloc[place], plain(f"{rows['right'].iloc[place]} · {rows['account'].iloc[place]}")
        )
    holders = rights_queries.rights(viewer, "granted")
    held = right_phrases.held_rows(holders, types, lang, zone)
    with widgets.card(t("fulfilment-holders"), t("fulfilment-holders-caption")):
        widgets.table(held, columns(HELD), key="fulfilment-holders", empty=t("fulfilment-holders-none"))
        widgets.export_menu("held-rights", lambda: held, rows=len(held))


def _decide(viewer: Viewer, row: object, title: str) -> None:
    seen = (int(row["id"]), int(row["version"]))
    with widgets.card(title):
        st.button(t("fulfilment-right-accept"), type="primary", key="accept-right", on_click=attempt,
                  icon=":material/task_alt:",
                  args=("fulfilment-right-accepted", rights_commands.accept_right, viewer,
                        *seen))  # fmt: skip
        sending.form(
            "decline-right", t("fulfilment-right-decline"), "fulfilment-right-declined",
            partial(_decline, seen[1]), viewer, seen[0], owner=seen[0],
            fields=[("reason", "text", t("fulfilment-right-reason"))],
        )  # fmt: skip


def _decline(seen_version: int, viewer: Viewer, grant_id: int, *, form_key: str, reason: str) -> None:  # noqa: ARG001
    rights_commands.decline_right(viewer, grant_id, seen_version, reason=reason)
