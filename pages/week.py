"""The week from Monday to Sunday: what is due, done and blocked on each day, and who carries how much."""

from datetime import timedelta

import streamlit as st

from lib import format as fmt
from lib.screens import week_view
from lib.today import coming, phrases, team, week
from lib.today.rules import Scope, scopes, usual_scope
from lib.today.sources import leads
from lib.today.week import View, Which
from lib.ui import address, frame, widgets
from lib.ui.i18n import language, t

viewer = frame.open_page("week")
lang, choice = language(), scopes(viewer.may("account.all"), leads(viewer))
usual = usual_scope(choice, viewer.may("quote.write"))
scope = Scope(address.asked("scope", choice, usual))
which = address.asked("week", list(Which), Which.THIS)
view = address.asked("view", list(View), View.DAYS) if len(choice) > 1 else View.DAYS
first = week.monday(viewer.today, which)
last = first + timedelta(days=6)
items = coming.coming(viewer, first, last, scope)
hidden = {"label_visibility": "collapsed"}


def switch(name: str, codes: object, default: str, words: str) -> None:
    address.choice(st.segmented_control, t(words), codes, key=name, default=default,
                   format_func=lambda code: t(f"{words}-{code}"), **hidden)  # fmt: skip


caption = t("week-caption", first=fmt.day(first, lang), last=fmt.day(last, lang), due=len(items))
with frame.head(t("week-title"), caption):
    switch("week", list(Which), Which.THIS, "week-which")
    if len(choice) > 1:
        switch("scope", choice, usual, "today-scope")
        switch("view", list(View), View.DAYS, "week-view")
if view == View.PEOPLE:
    rows = team.team(viewer, first, last, scope)
    week_view.people(rows)
    if len(rows) and viewer.may("export.run"):
        widgets.export_menu("team-week", lambda: rows.drop(columns="person_id"), rows=len(rows))
    st.stop()
if scope is Scope.MINE:
    minutes, available = team.means(viewer)
    week_view.load(items, minutes, available)
week_view.days(viewer, items, first, owners=scope is not Scope.MINE)
if len(items) and viewer.may("export.run"):
    listed = coming.coming
    widgets.export_menu("week", lambda: phrases.week_rows(listed(viewer, first, last, scope), lang),
                        rows=len(items))  # fmt: skip
