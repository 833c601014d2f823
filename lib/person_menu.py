"""What the sidebar shows of the person alone: stand-ins, what they opened last, preferences.

It stands on the roof beside the main script, which draws it on every run.
"""

from functools import partial
from typing import Literal

import pandas as pd
import streamlit as st

from lib.access import Viewer
from lib.money import CURRENCIES
from lib.people import commands, drawers, phrases, recent, standins
from lib.screens import notifications
from lib.ui import forms, frame, preferences
from lib.ui.acts import attempt, plain
from lib.ui.i18n import t
from lib.ui.widgets import small
from lib.words import LANGUAGES

Wanted = Literal["preferences", "notifications", "stand-in"]


def recent_items(viewer: Viewer, page: str) -> None:
    """What the person opened last, beside the search box; the record of this page becomes the newest."""
    if not viewer.may("account.read"):
        return
    found = recent.visited(viewer, page, frame.asked_id() if page in recent.PAGES else None)
    if found.empty:
        return
    with st.popover(t("people-recent"), icon=":material/history:", type="tertiary", key="recent"):
        for row in found.itertuples():
            icon = frame.SCREENS[row.page].icon
            frame.link(row.page, label=plain(row.label), icon=icon, id=int(row.row_id))


def stand_ins(viewer: Viewer) -> pd.DataFrame:
    """Who the person stands in for, and who for them, each with its last day; the rows, for the menu."""
    rows = standins.own(viewer)
    for line in phrases.stand_in_lines(rows, viewer):
        st.markdown(small(f":material/swap_horiz: {plain(line)}", "gray"))
    return rows


def entries(viewer: Viewer, standing: pd.DataFrame) -> Wanted | None:
    """The person's own lines in their menu, with the stand-ins they gave or took; what was asked for in this
    run."""
    wanted: Wanted | None = None
    if st.button(t("people-preferences"), icon=":material/tune:", key="prefer", width="stretch"):
        wanted = "preferences"
    if st.button(t("notices-mine"), icon=":material/notifications_active:", key="notify", width="stretch"):
        wanted = "notifications"
    if not viewer.may("book.lend"):
        return wanted
    if st.button(t("people-stand-in-own"), icon=":material/swap_horiz:", key="lend", width="stretch"):
        wanted = "stand-in"
    take_back = partial(attempt, "people-taken-back", standins.take_back, viewer)
    for row in standing.itertuples():
        told = phrases.stand_in_of(row, viewer.today, viewer.language)
        label = t("people-take-back-from", told=plain(told))
        st.button(label, key=f"lent-{row.id}", type="tertiary", width="stretch", on_click=take_back,
                  args=(int(row.id), int(row.version)))  # fmt: skip
    return wanted


def open_form(viewer: Viewer, wanted: Wanted | None) -> None:
    """The form that was asked for, over the page."""
    if wanted == "preferences":
        held = {"language": viewer.language, "zone": viewer.own_zone, "currency": viewer.currency}
        zones = phrases.zones(viewer.language, viewer.today)
        save = partial(attempt, "people-preferences-saved", commands.choose_preferences, viewer)
        preferences.ask(held, LANGUAGES, zones, viewer.zone, CURRENCIES, save)
    elif wanted == "notifications":
        notifications.ask(viewer)
    elif wanted == "stand-in":
        sheet = drawers.stand_in(viewer, viewer.person_id, forms.form_key("people-stand-in"))
        forms.ask(sheet, forms.Spoken(*phrases.labels(viewer.language), t("people-nobody")))
