"""Alerts: the inbox of accounts whose team fades, and one alert with its evidence, play and outreach."""

from functools import partial

import streamlit as st

from lib.activity import commands, phrases, queries, rules, wording
from lib.activity.outreach import outreach
from lib.errors import NotFound
from lib.flows.close_alert import log_outreach_and_close
from lib.screens import alert_evidence, alerts_inbox
from lib.ui import casework, frame, widgets
from lib.ui.i18n import language, t
from lib.ui.widgets import plain

viewer = frame.open_page("alerts")
lang, alert_id = language(), frame.asked_id()


def draw_controls(alert: queries.AlertView, seen: tuple) -> None:
    st.button(t("alerts-back"), icon=":material/arrow_back:", type="tertiary", on_click=st.query_params.clear)
    if not works:
        return
    if alert.status == "snoozed":
        wake = ("alerts-done-wake", commands.wake_alert, *seen)
        st.button(t("alerts-wake"), on_click=widgets.attempt, args=wake)
    else:
        casework.snooze("snooze", viewer.today, 14, 90, partial(commands.snooze_alert, *seen))
    casework.dismiss("dismiss", rules.DISMISSALS, partial(commands.dismiss_alert, *seen))


def draw_answer(alert: queries.AlertView) -> None:
    """The outreach form, prefilled from the last logged touch; an unchanged one is used, not logged twice."""
    known = outreach(viewer, alert.id)
    start = {n: getattr(known.last, n) for n in ("channel", "contact_id", "summary")} if known.last else {}

    def save(**typed: object) -> int:
        same = known.last and all(typed[name] == value for name, value in start.items())
        used = known.last.id if same else None
        return log_outreach_and_close(viewer, alert.id, alert.version, touch_id=used, **typed)

    codes = {"cause": rules.CAUSES, "verdict": rules.VERDICTS}
    casework.outreach_form(f"alert-{alert.id}-{alert.version}", known.names, start, codes, save)


try:
    found = queries.alert_of(viewer, alert_id) if alert_id else None
except NotFound:
    frame.no_permission()
if found is None:
    alerts_inbox.draw(viewer)
    st.stop()
works, called = viewer.may("alert.work") and found.is_open, phrases.spoken_name(found, lang)
status = widgets.badge(t(f"activity-status-{found.status}"))
title = wording.title(lang, found.kind, plain(called), found.numbers)
badges = (widgets.status_badge(rules.STATUS_WORD[found.level]), status)
with frame.head(title, phrases.caption(found, viewer.today, lang), badges):
    draw_controls(found, (viewer, found.id, found.version))
left, right = st.columns([1.75, 1], gap="xsmall")
with left:
    alert_evidence.draw(viewer, found, works)
with right:
    if works:
        draw_answer(found)
    elif not found.is_open:
        casework.told_lines(t("alerts-closed-title"), phrases.closing(found, lang))
    happened = phrases.happened(queries.alert_events(viewer, found.id), lang, viewer.clock_zone)
    casework.told_lines(t("alerts-history"), happened)
    before = phrases.earlier(queries.alert_history(viewer, found.account_id), found.id, lang)
    casework.told_lines(t("alerts-earlier"), before, none=t("alerts-earlier-none"))
    open_account = t("alerts-to-account", account=plain(called))
    frame.link("account", label=open_account, icon="apartment", id=found.account_id)
