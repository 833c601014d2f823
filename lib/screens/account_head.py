"""The head of an account's page: its name and people, what can be done, the five figures."""

import streamlit as st

from lib.accounts import commands, drawers, phrases, tables
from lib.accounts.portrait import Portrait
from lib.accounts.portrait_phrases import now
from lib.flows import leaving, renewal_quote, talking
from lib.screens import account_brief
from lib.screens.account_place import Place
from lib.ui import forms, frame, widgets
from lib.ui.i18n import t
from lib.ui.widgets import Tile, badge, plain


def head(place: Place, portrait: Portrait) -> None:
    found, lang = place.head, place.language
    marks = [widgets.status_badge(found.standing), *(badge(text) for text in phrases.badges(found, lang))]
    with frame.head(plain(phrases.title(found, lang)), plain(phrases.head_caption(found, lang)), marks):
        _buttons(place)
    viewer = place.viewer
    st.markdown(plain(now(found, place.alerts, place.people, portrait, viewer.today, viewer.zone, lang)))
    widgets.tiles([Tile(**figure) for figure in tables.figures(found, place.viewer.today, lang)])


def _buttons(place: Place) -> None:
    viewer, found = place.viewer, place.head
    if viewer.may("quote.write") and st.button(t("account-new-quote"), icon=":material/request_quote:"):
        due = (found.renewal or {}).get("id")
        made = forms.once(
            "quote", "account-quoted", renewal_quote.start_quote, viewer, found.id, renewal_id=due
        )
        if made:
            frame.go("quotes", id=made)
    account_brief.meeting(place)
    if viewer.may("touch.write") and st.button(t("account-log"), icon=":material/call:", type="primary"):
        key = forms.form_key("account-log")
        place.ask(drawers.outreach(viewer, found, place.people, talking.log_touch, key))
    if viewer.may("account.write"):
        more = [*drawers.OWN, *(["undo"] if found.undo_id else [])]
        picked = st.menu_button(t("account-more"), more, format_func=lambda code: t(f"account-{code}"))
        if picked == "undo":
            place.undo(commands.undo_last, found.undo_id)
        elif picked:
            acts = (leaving.set_status,) if picked == "state" else ()
            place.ask(drawers.OWN[picked](viewer, found, *acts))
