"""Renewals of a quarter: what they add up to, as a board or a list, and a drawer to work on one."""

import streamlit as st

from lib.money import from_minor
from lib.renewals import commands, phrases, queries, rules
from lib.screens.renewal_details import details
from lib.ui import address, charts, frame, widgets
from lib.ui.board import Card, Place, board
from lib.ui.drawer import drawer
from lib.ui.i18n import language, t
from lib.ui.paging import page_of, pager
from lib.ui.widgets import Col, plain

viewer = frame.open_page("renewals")
if (made := st.session_state.pop("renewals-quoted", None)) is not None:
    frame.go("quote", id=made)
PAGE_ROWS, CARDS, ALL, BARE = 50, 4, "all", {"label_visibility": "collapsed"}
COLUMNS = {
    "account": ("text", 160), "status": ("status", 98), "stage": ("text", 120), "next": ("text", 120),
    "ends_on": ("date", 100), "base_minor": ("money", 108), "expected_minor": ("money", 108),
    "category": ("text", 88), "touch": ("text", 96), "owner": ("text", 100)}  # fmt: skip
lang, may_move, state = language(), viewer.may("renewal.move"), st.session_state


def act(renewal_id: int, choice: str) -> None:
    if choice == "details":
        state["renewals-drawer"] = renewal_id
    else:
        seen = state["renewals-seen"][renewal_id]
        widgets.attempt("renewals-moved", commands.move_stage, viewer, renewal_id, seen, choice)


def draw_strip() -> None:
    segments = phrases.strip_rows(total, currency, lang)
    caption, said, tick = phrases.spoken(total, currency, segments, lang)
    with widgets.card(plain(phrases.finding(total, currency, lang)), plain(caption)):
        if mark := float(from_minor(total.base, currency)):
            table = charts.pairs(segments["said"], segments["exact"])
            drawn = charts.strip(segments, mark=mark, mark_label=tick)
            charts.draw(drawn, alt_text=said, table=table, height=74)


def draw_board() -> None:
    whole = state.get("renewals-whole")
    shown = queries.board(viewer, start=start, end=end, currency=currency, top=CARDS, whole=whole)
    state["renewals-seen"] = dict(zip(shown.id, shown.version, strict=True))
    places = phrases.places(sums, shown, viewer.today, may_move, lang)
    board([Place(**place | {"cards": [Card(**card) for card in place["cards"]]}) for place in places],
          menu=t("renewals-move"), on_choice=act,
          on_more=lambda place: state.update({"renewals-whole": place}))  # fmt: skip


def draw_list() -> None:
    with st.container(horizontal=True):
        find = address.text(t("renewals-find"), key="find", width=220, limit=100)
        words = {ALL: t("renewals-stage-all")} | {str(s): phrases.stage_name(s, lang) for s in rules.Stage}
        stage = address.choice(st.selectbox, t("renewals-stage"), list(words), key="stage", default=ALL,
                               format_func=words.get, width=200, **BARE)  # fmt: skip
    asked = {"start": start, "end": end, "currency": currency, "find": find,
             "stages": () if stage == ALL else (stage,)}  # fmt: skip
    count = queries.count_renewals(viewer, **asked)
    page = page_of("renewals-page", count, PAGE_ROWS)
    found = queries.renewals(viewer, **asked, limit=PAGE_ROWS, offset=PAGE_ROWS * (page - 1))
    columns = {name: Col(t(f"renewals-column-{name.split('_')[0]}", currency=currency), kind, width)
               for name, (kind, width) in COLUMNS.items()}  # fmt: skip
    empty = t("renewals-none-filtered" if find or stage != ALL else "renewals-none")
    place = widgets.table(phrases.in_words(found, viewer.today, lang), columns, key=f"renewals-{page}",
                          empty=empty, select=True)  # fmt: skip
    picked = int(found.id.iloc[place]) if place is not None else None
    if picked != state.get("renewals-picked"):
        state["renewals-picked"] = state["renewals-drawer"] = picked
    pager(count, PAGE_ROWS, key="renewals-page")
    if count:
        widgets.export_menu("renewals", lambda: phrases.export_frame(
            queries.renewals(viewer, **asked, limit=None), viewer.today, lang), rows=count)  # fmt: skip


coming, spans = rules.quarter_to_work_on(viewer.today), rules.quarters_around(viewer.today)
start, end = spans[address.asked("quarter", spans, coming)]
every = queries.summary(viewer, start=start, end=end)
known = phrases.currencies(every, viewer.currency)
currency = address.asked("currency", known, known[0])
sums = every[every.currency == currency]
total = rules.forecast(sums.drop(columns="currency").itertuples(index=False))
late = queries.count_overdue(viewer)
with frame.head(t("renewals-title"), phrases.caption(total, currency, start, late, lang)):
    view = address.choice(st.segmented_control, t("renewals-view"), ("board", "list"), key="view",
                          default="board", format_func=lambda v: t(f"renewals-view-{v}"), **BARE)  # fmt: skip
    address.choice(st.selectbox, t("renewals-period"), list(spans), key="quarter", default=coming, width=140,
                   format_func=lambda q: phrases.quarter_name(q, lang), **BARE)  # fmt: skip
    if len(known) > 1:
        address.choice(st.selectbox, t("renewals-currency"), known, key="currency", default=known[0],
                       width=90, format_func=str, **BARE)  # fmt: skip
draw_strip()
draw_board() if view == "board" else draw_list()
if opened := state.pop("renewals-drawer", None) or frame.arrived_id():
    drawer(t("renewals-drawer"), details, viewer, opened)
