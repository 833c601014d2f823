"""The views of the VIP page: proposals, members, clocks, segments, terms."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from lib import format as fmt
from lib.access import Viewer
from lib.screens import vips_drawers as drawers
from lib.segments import phrases as segment_phrases
from lib.segments import queries as segments
from lib.segments.worth import lifetimes
from lib.ui import address, frame, widgets
from lib.ui import standards as tables
from lib.ui.drawer import drawer
from lib.ui.i18n import t
from lib.ui.paging import page_of, pager
from lib.ui.widgets import Col, Kind
from lib.vips import phrases, queries
from lib.vips.lane import Lane
from lib.vips.terms import Clock

PAGE = 50
ALL = "all"
BARE = {"label_visibility": "collapsed"}
Look = dict[str, tuple[Kind, int]]
PROPOSED: Look = {"account": ("text", 170), "rule": ("text", 130), "evidence": ("text", 420),
                  "arr_minor": ("sum", 110), "proposed_on": ("date", 104),
                  "owner": ("text", 100)}  # fmt: skip
DECIDED: Look = {"account": ("text", 170), "answer": ("text", 150), "rule": ("text", 120),
                 "reason": ("text", 260), "decider": ("text", 100), "decided": ("text", 140),
                 "evidence": ("text", 300)}  # fmt: skip
INSIDE: Look = {"account": ("text", 164), "mode": ("text", 180), "since": ("date", 106),
                "until": ("date", 106), "leaves": ("text", 164), "advocacy": ("text", 124),
                "arr_minor": ("sum", 104), "owner": ("text", 90)}  # fmt: skip
CASES: Look = {"status": ("status", 98), "lane": ("text", 120), "account": ("text", 160),
               "case": ("text", 270), "target": ("text", 84), "clock": ("text", 166),
               "opened": ("text", 160)}  # fmt: skip
LISTED: Look = {"account": ("text", 128), "value": ("text", 84), "reason": ("text", 560),
                "since": ("date", 106), "arr_minor": ("sum", 92), "owner": ("text", 84)}  # fmt: skip


def _table(told: pd.DataFrame, look: Look, key: str, empty: str) -> int | None:
    """The list; the place of a row that was picked in this run, once a click."""
    columns = {name: Col(t(f"vips-col-{name.replace('_minor', '').replace('_', '-')}"), kind, width)
               for name, (kind, width) in look.items()}  # fmt: skip
    place = widgets.table(told, columns, key=f"vips-{key}", empty=empty, select=True)
    is_new = place != st.session_state.get(f"_vips-{key}")
    st.session_state[f"_vips-{key}"] = place
    return place if is_new else None


def _export(viewer: Viewer, name: str, told: pd.DataFrame) -> None:
    if len(told) and viewer.may("export.run"):
        widgets.export_menu(name, lambda: told, rows=len(told))


def _rows(frame: pd.DataFrame) -> list:
    return list(frame.itertuples(index=False))


def proposals(viewer: Viewer, language: str) -> None:
    """Open proposals, or those that were answered; a row opens its drawer."""
    with st.container(horizontal=True, vertical_alignment="center"):
        which = address.choice(st.segmented_control, t("vips-which"), ("open", "decided"), key="which",
                               default="open", **BARE,
                               format_func=lambda v: t(f"vips-which-{v}"))  # fmt: skip
        if viewer.may("account.write") and st.button(t("vips-propose"), icon=":material/add:"):
            drawer(t("vips-propose"), drawers.propose, viewer, language)
    found = queries.proposals(viewer, decided=which == "decided")
    if which == "decided":
        told = phrases.decided(found, viewer.clock_zone, language)
        place = _table(told, DECIDED, "decided", t("vips-none-decided"))
        body: Callable[..., None] = drawers.decided
    else:
        told = phrases.proposed(found, language)
        place = _table(told, PROPOSED, "open", t("vips-none-proposed"))
        body = drawers.proposal
    _export(viewer, f"vip-proposals-{which}", told)
    if place is not None:
        drawer(t("vips-proposal"), body, viewer, _rows(found)[place], language)


def members(viewer: Viewer, language: str) -> None:
    """Who is in the programme; a row opens its drawer, as does a link with the account's id."""
    found = queries.members(viewer)
    names = phrases.level_names(queries.standard(viewer).levels, language)
    drawers.way_back(viewer)
    told = phrases.inside(found, names, language)
    place = _table(told, INSIDE, "members", t("vips-none-inside"))
    _export(viewer, "vip-members", told)
    asked = frame.arrived_id("account")
    if place is None and asked is not None and asked in list(found["account_id"]):
        place = list(found["account_id"]).index(asked)
    if place is not None:
        drawer(t("vips-member"), drawers.member, viewer, _rows(found)[place], language)


def clocks(viewer: Viewer, lane: Lane, language: str) -> None:
    """The VIP lane: open cases with their first-response clocks, and how those of 90 days went."""
    tiles = [widgets.Tile(t(f"vips-tile-{clock}"), str(lane.count(clock)), note=t("vips-tile-note"),
                          help=t(f"figure-vips-{clock}"))
             for clock in (Clock.BREACHED, Clock.RUNNING, Clock.WITHIN)]  # fmt: skip
    widgets.tiles(tiles)
    st.caption(t("vips-peak") if lane.peak else t("vips-no-peak"))
    st.caption(t("vips-claimed-leaving", share=fmt.percent(lane.leaving, language, 0)))
    told = phrases.cases(lane.open, viewer.now, viewer.clock_zone, language)
    place = _table(told, CASES, "cases", t("vips-none-cases"))
    _export(viewer, "vip-cases", told)
    if place is not None:
        frame.go("account", id=int(lane.open["account_id"].iloc[place]))


def by_segment(viewer: Viewer, language: str) -> None:
    """How accounts spread over an axis, and the accounts of one value."""
    levels = segments.levels(viewer)
    spread = segment_phrases.spread(segments.counts(viewer), levels, language)
    if not any(spread.values()):
        widgets.nothing(t("segments-none"))
        return
    names = {axis: segment_phrases.axis_name(axis, language) for axis in spread}
    with st.container(horizontal=True, vertical_alignment="center"):
        axis = address.choice(st.segmented_control, t("segments-axis"), list(names), key="axis",
                              default="activity", format_func=names.get, **BARE)  # fmt: skip
        words = {ALL: t("segments-all")} | {code: f"{name} · {count}" for code, name, count in spread[axis]}
        value = address.choice(st.selectbox, t("segments-value"), list(words), key="value", default=ALL,
                               format_func=words.get, width=220, **BARE)  # fmt: skip
    total = sum(count for code, _, count in spread[axis] if value in (ALL, code))
    asked = {"axis": axis, "value": "" if value == ALL else value}
    key = f"segments-{axis}-{value}"
    found = segments.listed(viewer, **asked, limit=PAGE, offset=PAGE * (page_of(key, total, PAGE) - 1))
    told = segment_phrases.listed(found, axis, levels, language)
    place = _table(told, LISTED, key, t("segments-none"))
    pager(total, PAGE, key=key)
    if total and viewer.may("export.run"):
        widgets.export_menu("segments", lambda: segment_phrases.listed(
            segments.listed(viewer, **asked, limit=None), axis, levels, language), rows=total)  # fmt: skip
    held = lifetimes(viewer, axis)
    if held["times"].notna().any():
        rows = segment_phrases.lifetimes(held, axis, levels, language)
        tables.plain_tables(t("segments-worth-title"), t("segments-worth-formula"), rows)
    if place is not None:
        frame.go("account", id=int(found["account_id"].iloc[place]))


def terms(viewer: Viewer, language: str) -> None:
    """What each tier switches, and what the programme can carry."""
    held = queries.standard(viewer)
    told = phrases.terms(held, language)
    with widgets.card(t("vips-terms-title"), t("vips-terms-caption")):
        widgets.table(told, {name: Col(name) for name in told.columns}, key="vips-terms", empty="")
    tables.lines(t("vips-room-title"), phrases.room(held, language), "")
    frame.link("policy", label=t("vips-to-policy"), icon="rule", area="tiers")
