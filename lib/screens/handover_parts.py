"""Beside the handover of a book: what both people carry, who is away, the brief of the chosen accounts."""

from collections.abc import Sequence

import streamlit as st

from lib import format as fmt
from lib.access import Viewer
from lib.people import phrases as people
from lib.people import standins
from lib.screens import team_records
from lib.teams import brief, phrases, queries
from lib.ui import widgets
from lib.ui.i18n import language, t


def beside(viewer: Viewer, giver: int, taker: int | None, chosen: Sequence[int]) -> None:
    """The load of each of the two as it is now, the receiver's with the chosen accounts, and the stand-ins
    that touch them."""
    lang = language()
    carried = queries.carried(viewer)
    both = {giver: t("people-handover-from"), taker: t("people-handover-to")}
    for person_id, label in both.items():
        if person_id is not None:
            told = phrases.load_line(carried.get(person_id), lang)
            widgets.line(widgets.plain(fmt.labelled(label, told, lang)))
    if taker is not None:
        after = queries.carried_after(viewer, giver, taker, chosen)
        told = phrases.load_line(after, lang)
        widgets.line(widgets.plain(t("people-handover-after", load=told)))
    away = standins.all_of_team(viewer)
    away = away[away["from_id"].isin([giver, taker]) | away["to_id"].isin([giver, taker])]
    if not away.empty:
        with widgets.card(t("people-handover-stand-ins")):
            for who, when, _why, _ in people.stand_in_cards(away, viewer.today, lang):
                widgets.line(widgets.plain(who), widgets.plain(when))


def brief_of(viewer: Viewer, chosen: Sequence[int], giver: str, taker: str) -> None:
    """The brief of what is about to move; after the handover it stands on the team's page, for both."""
    if not chosen:
        return
    title = t("team-brief-title", giver=giver, taker=taker or "–")
    with st.expander(t("team-brief")):
        found = brief.brief_of(viewer, chosen)
        team_records.draw_brief(viewer, found, widgets.plain(title), title, language())
