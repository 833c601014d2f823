"""What one alert rests on: for the rules of activity the chart and who fell, for other signs the facts behind
the sentence and, where a feature is neglected, the note to send."""

from functools import partial

import streamlit as st

from lib.access import Viewer
from lib.activity import charting, commands, levels, phrases, queries, wording
from lib.activity.rules import OF_ACTIVITY
from lib.signals import wording as signals
from lib.signals.queries import greeting
from lib.ui import casework, widgets
from lib.ui.i18n import language, t
from lib.ui.widgets import plain

NOTE_HEIGHT = 220


def draw(viewer: Viewer, alert: queries.AlertView, works: bool) -> None:
    """The evidence and the play; `works`: may the viewer tick its steps."""
    lang = language()
    told = wording.sentence(lang, alert.kind, alert.numbers)
    age = (viewer.today - alert.opened_on).days
    band, events = charting.series(viewer, alert.account_id, max(charting.SHOWN_DAYS, age + 14))
    of_activity = alert.kind in OF_ACTIVITY
    odds = phrases.odds(alert.level, lang) if of_activity else ""
    casework.finding(told, odds, band, phrases.marks(events, lang), apart=not of_activity)
    if at_risk := phrases.risk(levels.risk_level(viewer, alert.account_id), lang):
        st.caption(at_risk)
    items = phrases.steps(alert.kind, alert.opened_on, queries.steps_done(viewer, alert.id), lang)
    tick = partial(commands.tick_step, viewer, alert.id)
    if not of_activity:
        if alert.numbers.get("feature"):
            _note(viewer, alert)
        casework.checklist(t(f"alerts-play-{alert.kind}"), items, tick, key=str(alert.id), may=works)
        return
    who, play = st.columns([1.35, 1], gap="xsmall")
    with who:
        casework.fallen(phrases.people(alert.numbers, lang), phrases.who_scope(alert.numbers, lang))
    with play:
        casework.checklist(t(f"alerts-play-{alert.kind}"), items, tick, key=str(alert.id), may=works)


def _note(viewer: Viewer, alert: queries.AlertView) -> None:
    """In the customer's language, to be changed before it is sent."""
    contact, speaks = greeting(viewer, alert.account_id)
    with widgets.card(t("signals-note-title"), t("signals-note-caption")):
        st.text_area(
            plain(t("signals-note-title")), signals.note(speaks, alert.numbers, contact, viewer.name),
            key=f"note-{alert.id}", height=NOTE_HEIGHT, label_visibility="collapsed",
        )  # fmt: skip
