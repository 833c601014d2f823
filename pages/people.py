"""The people of the desk: who they are, what they may, who stands in, and which accounts nobody covers."""

from functools import partial
from typing import Any

import streamlit as st

from lib.accounts.fields import Sheet
from lib.people import drawers, phrases, queries, roles, staff, standins
from lib.ui import address, forms, frame, widgets
from lib.ui import staff as blocks
from lib.ui.drawer import drawer, facts
from lib.ui.i18n import language, t

viewer = frame.open_page("people")
lang, state, keeps = language(), st.session_state, viewer.may("person.keep")
BARE, VIEWS = {"label_visibility": "collapsed"}, ("people", "stand-ins", "uncovered")
OFF = {"switch-on": ("people-switched-on", staff.switch_on)}
ON = {"sign-out": ("people-signed-out", staff.end_sign_ins),
      "switch-off": ("people-switched-off", staff.switch_off)}  # fmt: skip


def ask(sheet: Sheet) -> None:
    forms.ask(sheet, forms.Spoken(*phrases.labels(lang), t("people-nobody")))


def act(done: str, command: Any, person: queries.PersonView, *args: Any) -> None:
    widgets.attempt(done, command, viewer, person.id, person.version, *args)
    if not widgets.refused():  # a refusal is read in the drawer; else the list below is drawn anew with it
        state["people-open"] = person.id


def then(what: str, person_id: int) -> None:
    state["people-next"] = (what, person_id)


def about(person_id: int) -> None:
    """The drawer of one person; what was done or asked for in it is taken up by the page below it."""
    if "people-next" in state or "people-open" in state:
        st.rerun()
    one = queries.person(viewer, person_id)
    facts(phrases.facts(one, lang, viewer.clock_zone))
    take = (lambda role: act("people-role-taken", roles.take_role, one, role)) if keeps else None
    blocks.roles(phrases.roles_of(one, lang), take)
    may = {"give-role": keeps, "link": keeps and one.state == "waiting", "edit": viewer.may("person.write"),
           "stand-in": viewer.may("book.delegate"),
           "hand-over": bool(one.held) and viewer.may("book.hand_over")}  # fmt: skip
    for what in (name for name, allowed in may.items() if allowed):
        blocks.way(what, then, what, one.id)
    ways = OFF if one.state == "off" else ON
    for way, (done, command) in ways.items() if keeps else ():
        text = t(f"people-{way}-text", sign_ins=one.open_sign_ins, accounts=one.held)
        blocks.confirm(way, t(f"people-{way}"), text, partial(act, done, command, one))


def go_on() -> None:
    """The form a button of the drawer asked for, or the drawer of a person; one of them a run."""
    what, person_id = state.pop("people-next", (None, None))
    opened = state.pop("people-open", None)
    if what == "hand-over":
        frame.go("handover", **{"from": person_id})
    elif what == "stand-in":
        ask(drawers.stand_in(viewer, person_id, forms.form_key("people-stand-in")))
    elif what:
        ask(getattr(drawers, what.replace("-", "_"))(viewer, queries.person(viewer, person_id)))
    elif opened in names:
        drawer(widgets.plain(names[opened]), about, opened)


def draw_people() -> None:
    if waiting := int((everybody["state"] == "waiting").sum()):
        st.info(t("people-waiting", count=waiting), icon=":material/person_alert:")
    for person_id, told in phrases.still_holding(everybody, lang) if viewer.may("book.hand_over") else ():
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/warning: {widgets.plain(told)}", width="content")
            frame.link("handover", label=t("people-hand-over"), icon="move_group", **{"from": person_id})
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        search = address.text(t("people-find"), key="who", width=220)
        chosen = [address.choice(st.selectbox, t(f"people-col-{name}"), list(words), key=name, default="all",
                                 format_func=words.get, width=170, **BARE)
                  for name, words in phrases.filters(everybody, lang).items()]  # fmt: skip
    rows = phrases.matching(everybody, search, *chosen)
    told = phrases.in_words(rows, standing, viewer.today, lang)
    if picked := blocks.listed(told, rows["id"], "people", t("people-none-match")):
        state["people-open"] = picked


def draw_stand_ins() -> None:
    take_back = partial(widgets.attempt, "people-taken-back", standins.take_back, viewer)
    told = phrases.stand_in_cards(standing, viewer.today, lang)
    blocks.stand_ins(told, take_back if viewer.may("book.lend") else None)


def draw_uncovered() -> None:
    st.caption(t("people-uncovered-text"))
    if viewer.may("team.keep"):
        frame.link("team", label=t("people-assign-link"), icon="group_add", view="assign")
    told = phrases.uncovered_rows(rows := queries.uncovered(viewer), lang)
    if picked := blocks.listed(told, rows["account_id"], "uncovered", t("people-all-covered")):
        frame.go("account", id=picked)


everybody, standing = queries.listed(viewer), standins.all_of_team(viewer)
names = {int(i): str(name) for i, name in zip(everybody["id"], everybody["name"], strict=True)}
if (arrived := frame.arrived_id()) is not None:
    state["people-open"] = arrived
with frame.head(t("people-title"), phrases.caption(everybody, lang)):
    bare = queries.uncovered_count(viewer)
    counts = {"people": len(everybody), "stand-ins": len(standing), "uncovered": bare}
    view = address.choice(st.segmented_control, t("people-view"), VIEWS, key="view", default="people",
                          format_func=lambda v: t(f"people-view-{v}", count=counts[v]), **BARE)  # fmt: skip
    makers = {"people": lambda: phrases.in_words(everybody, standing, viewer.today, lang),
              "stand-ins": lambda: phrases.stand_in_rows(standing, viewer.today, lang),
              "uncovered": lambda: phrases.uncovered_rows(queries.uncovered(viewer), lang)}  # fmt: skip
    if counts[view] and viewer.may("export.run"):
        widgets.export_menu(view, makers[view], rows=counts[view])
    if keeps and st.button(t("people-add"), icon=":material/person_add:", type="primary"):
        ask(drawers.add(viewer, forms.form_key("people-add")))
{"people": draw_people, "stand-ins": draw_stand_ins, "uncovered": draw_uncovered}[view]()
go_on()
