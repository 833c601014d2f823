"""The team: who carries how much, which accounts lack somebody, requests, hours, reviews, handovers."""

import streamlit as st

from lib.screens import team_assign, team_people, team_records, team_requests
from lib.teams import covering, drawers, phrases, queries, records
from lib.ui import address, forms, frame, widgets
from lib.ui.i18n import language, t

viewer = frame.open_page("team")
lang, state, leads = language(), st.session_state, viewer.may("team.keep")
views = ("people", "assign") if leads else ("people",)
VIEWS = (*views, "requests", "hours", "meetings", "handovers")

rows = queries.listed(viewer)
asked, wrote = records.requests(viewer), records.meetings(viewer)
handed = records.handovers(viewer)
lacking = covering.to_assign_count(viewer) if leads else 0
waiting = int((asked["state"] != "closed").sum())
counts = {"people": len(rows), "assign": lacking, "requests": waiting, "hours": 0, "meetings": len(wrote),
          "handovers": len(handed)}  # fmt: skip
capacity = queries.figures(viewer)["capacity"]
exports = {
    "people": lambda: phrases.staff_rows(rows, capacity, lang),
    "requests": lambda: phrases.request_rows(asked, viewer.today, lang),
    "meetings": lambda: team_records.meeting_rows(wrote),
    "handovers": lambda: team_records.handover_rows(viewer, handed),
}
if (arrived := frame.arrived_id()) is not None:
    state["team-open"] = arrived
if (arrived := frame.arrived_id("request")) is not None:
    state["request-open"] = arrived

with frame.head(t("team-title" if leads else "team-title-own"), phrases.caption(rows, lang) if leads else ""):
    view = address.choice(st.segmented_control, t("team-view"), VIEWS, key="view", default="people",
                          format_func=lambda v: t(f"team-view-{v}", count=counts[v]),
                          label_visibility="collapsed")  # fmt: skip
    if view in exports and counts[view] and viewer.may("export.run"):
        widgets.export_menu(f"team-{view}", exports[view])
    if view == "requests" and st.button(t("team-raise-request"), icon=":material/add:", type="primary"):
        team_requests.ask_new(viewer, frame.asked_id("account"))
    if view == "meetings" and leads and st.button(t("team-write-meeting"), icon=":material/add:"):
        forms.ask(drawers.write_meeting(viewer, forms.form_key("team-write-meeting")), team_people.spoken())
    if view == "people" and leads:
        frame.link("week", label=t("team-week-link"), icon="calendar_view_week", view="people")
    if view in ("people", "assign") and leads and viewer.may("book.hand_over"):
        frame.link("handover", label=t("team-handover-link"), icon="move_group")

match view:
    case "people" if leads:
        team_people.listed(viewer, rows, capacity)
    case "people":
        team_people.whole(viewer, queries.own(viewer))
        team_people.go_on(viewer, {})
    case "assign":
        team_assign.draw(viewer, lacking)
    case "requests":
        team_requests.draw(viewer, asked)
    case "hours":
        team_records.hours(viewer, rows)
    case "meetings":
        team_records.meetings(wrote)
    case _:
        team_records.handovers(viewer, handed)
