"""The week as days with what is due on each, and as people with what each has on their hands."""

from datetime import date

import pandas as pd
import streamlit as st

from lib import format as fmt
from lib.access import Viewer
from lib.today import phrases, week
from lib.ui import frame, widgets
from lib.ui.i18n import language, t
from lib.ui.widgets import Col, Tile, plain, small

ICONS = {
    "task": "task_alt", "step": "checklist", "check_in": "event_repeat", "promise": "event",
    "notice": "campaign", "renewal": "autorenew", "quote": "request_quote",
}  # fmt: skip
PLACES = {"notice": "renewals", "renewal": "renewals", "quote": "quote"}  # others lead to the account
FIRST_LINES, MORE_LINES = 8, 40
NARROWEST = 120  # pixels for "今天 11月30日" beside its help
MARKS = {"done": ("check_circle", "gray"), "blocked": ("block", "red"), "open": ("", "")}


def days(viewer: Viewer, items: pd.DataFrame, first: date, *, owners: bool) -> None:
    """Seven figures, and below them a card for each day that has something."""
    by_day = {day: items[items["day"] == day] for day in week.days(first)}
    widgets.tiles([_tile(viewer, day, found) for day, found in by_day.items()], narrowest=NARROWEST)
    filled = [(day, found) for day, found in by_day.items() if len(found)]
    if not filled:
        widgets.nothing(t("week-none"))
        return
    columns = st.columns(2, gap="xsmall")
    for place, (day, found) in enumerate(filled):
        with columns[place % 2]:
            _day(viewer, day, found, owners=owners)


def _named(day: date, today: date) -> str:
    if day == today:
        return t("week-today", day=fmt.short_day(day, language()))
    return t("week-day", name=t("week-weekday", number=day.weekday()), day=fmt.short_day(day, language()))


def _tile(viewer: Viewer, day: date, found: pd.DataFrame) -> Tile:
    held = week.counted(found)
    late = day < viewer.today and held["open"] > 0
    told = t("week-day-counts", done=held["done"], blocked=held["blocked"])
    return Tile(_named(day, viewer.today), fmt.number(len(found), language()), told, "red" if late else "off",
                help=t("week-tile-help"))  # fmt: skip


def _day(viewer: Viewer, day: date, found: pd.DataFrame, *, owners: bool) -> None:
    held, key = week.counted(found), f"week-{day.isoformat()}"
    told = t("week-day-counts", done=held["done"], blocked=held["blocked"])
    with widgets.card(_named(day, viewer.today), told):
        shown = st.session_state.get(key, FIRST_LINES)
        for item in found.head(shown).itertuples():
            _line(item, late=day < viewer.today, owners=owners)
        if len(found) > shown:
            more = t("today-more", count=min(len(found) - shown, MORE_LINES))
            st.button(more, key=f"{key}-more", type="tertiary", on_click=st.session_state.update,
                      args=({key: shown + MORE_LINES},))  # fmt: skip


def _line(item: object, *, late: bool, owners: bool) -> None:
    icon, tone = MARKS[item.state]
    tone = tone or ("red" if late else "")
    what = plain(phrases.due_words(item.kind, item.label, language()))
    state = f" :{tone}[{t(f'week-state-{item.state}')}]" if item.state != "open" else ""
    if late and item.state == "open":
        state = f" :red[{t('week-state-open')}]"
    who = f" :gray[{plain(item.owner)}]" if owners and item.owner else ""
    mark = icon or ICONS[item.kind]
    with st.container(horizontal=True, horizontal_alignment="distribute", wrap=False, gap="small"):
        st.markdown(small(f":material/{mark}: {what}{state}{who}"))
        if item.account_id is not None:
            page = PLACES.get(item.kind, "account")
            number = item.account_id if page == "account" else item.record
            frame.link(page, label=f":violet[:small[{plain(item.account)}]]", id=int(number))


def load(items: pd.DataFrame, minutes: dict[str, int], available: float) -> None:
    """One sentence: the hours of open work beside the hours there are."""
    hours, spoken = week.hours(items, minutes), language()
    told = {"hours": fmt.number(hours, spoken, 1), "available": fmt.number(available, spoken)}
    words = t("week-load-title", **told)
    if hours > available:
        words = f"{words} :red[{t('week-load-over', over=fmt.number(hours - available, spoken, 1))}]"
    st.markdown(small(words))


def people(rows: pd.DataFrame) -> None:
    """A line a person; ticking one opens their queue."""
    spoken = language()
    shown = rows.assign(
        load=[
            t("week-load", hours=fmt.number(h, spoken, 1), available=fmt.number(a, spoken))
            for h, a in zip(rows["hours"], rows["available"], strict=True)
        ]
    )
    names = ("person", "accounts", "need", "critical", "overdue", "due", "done", "blocked", "load")
    kinds = {"person": "text", "load": "figure"}
    columns = {
        name: Col(t(f"week-people-col-{name}"), kinds.get(name, "number"), 160 if name == "person" else None)
        for name in names
    }
    with widgets.card(t("week-people"), t("week-people-hint")):
        picked = widgets.table(shown, columns, key="week-people", empty=t("week-people-none"), select=True)
    if picked is not None:
        frame.go("today", person=int(rows["person_id"].iloc[picked]))
