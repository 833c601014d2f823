"""Why an account stands where it stands, and its activity beside its own past."""

import streamlit as st

from lib.accounts import nearby, phrases, tables
from lib.activity import band, charting
from lib.activity.phrases import marks
from lib.screens.account_place import Place
from lib.ui import frame, story
from lib.ui.i18n import t
from lib.ui.widgets import card


def now(place: Place) -> None:
    left, right = st.columns([2, 3], gap="xsmall")
    with left:
        _why(place)
    with right:
        _activity(place)


def _why(place: Place) -> None:
    found, lang, viewer = place.head, place.language, place.viewer
    with card(phrases.why_title(found, lang), t("account-why-caption"), height="stretch"):
        story.findings(phrases.why(found, place.alerts, lang), found.standing)
        for alert_id, name in phrases.open_alerts(place.alerts, lang):
            frame.link("alerts", label=name, icon="notifications", id=alert_id)
        story.facts(tables.facts(nearby.nearby(viewer, found.id), found, lang, viewer.clock_zone))


def _activity(place: Place) -> None:
    lang = place.language
    days, events = charting.series(place.viewer, place.head.id)
    found = band.finding(days)
    title, caption = phrases.activity_title(found, lang), phrases.activity_caption(place.head, lang)
    with card(title, caption, height="stretch"):
        alt, empty = phrases.activity_alt(found, lang), t("account-activity-empty")
        story.activity(days, marks(events, lang), alt_text=alt, empty=empty, language=lang)
