"""The block of an account's page that says which other suppliers are in play, and why a lost one left."""

import streamlit as st

from lib import format as fmt
from lib.screens.account_place import Place
from lib.signals import forms, queries
from lib.ui import widgets
from lib.ui.i18n import t
from lib.ui.widgets import plain
from lib.words import has, say


def rivals(place: Place) -> None:
    """Suppliers in play with who noted them, and the newest loss with its reason; both written in place."""
    found = queries.rivals(place.viewer, place.head.id)
    with widgets.card(t("signals-block-title"), t("signals-block-caption")):
        _suppliers(place, found.suppliers)
        if found.loss is not None:
            _loss(place, found.loss)


def _suppliers(place: Place, held: queries.Suppliers) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        if not held.version:
            st.markdown(widgets.small(t("signals-block-none"), "gray"), width="content")
        else:
            told = t("signals-block-count", count=held.count) if held.count else t("signals-block-zero")
            names = f" · {plain(held.names)}" if held.names else ""
            by = t("signals-block-by", person=held.person or fmt.MISSING,
                   day=fmt.day(held.noted_on, place.language))  # fmt: skip
            st.markdown(f":small[**{plain(told)}**{names}] :gray[:small[{plain(by)}]]", width="content")
        if place.writes and st.button(
            t("signals-suppliers-set"), key="suppliers", icon=":material/edit:", type="tertiary"
        ):
            place.ask(forms.suppliers(place.viewer, place.head.id, held))


def _loss(place: Place, held: queries.Loss) -> None:
    told = t("signals-loss-none")
    if held.reason:
        told = _reason(held.reason, place.language) + (f": {held.comment}" if held.comment else "")
    elif held.given:
        told = t("signals-loss-given", reason=_reason(held.given, place.language))
    title = t("signals-loss-title", day=fmt.day(held.lost_on, place.language))
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f":small[**{plain(title)}**] :small[{plain(told)}]", width="content")
        if place.writes and st.button(
            t("signals-loss-set"), key="loss-reason", icon=":material/edit:", type="tertiary"
        ):
            place.ask(forms.loss(place.viewer, place.head.id, held))


def _reason(code: str, language: str) -> str:
    known = f"renewals-reason-{code.replace('_', '-')}"
    return say(language, known) if has(language, known) else code
