"""Hours and peaks, records of review meetings, and handovers with their brief."""

from typing import Any

import pandas as pd
import streamlit as st

from lib import format as fmt
from lib.access import Viewer
from lib.screens import team_people
from lib.teams import brief, phrases, queries, records
from lib.teams.paper import brief_pdf
from lib.ui import address, charts, heat, widgets
from lib.ui.editor import pdf_button
from lib.ui.i18n import language, t
from lib.ui.widgets import Col

BRIEF = {"account": 150, "step": 150, "contract": 430, "health": 110, "alerts": 120, "promises": 230,
         "touch": 260, "sponsor": 110}  # fmt: skip
HANDOVERS = {"handed_at": 140, "giver": 130, "taker": 130, "by": 130, "accounts": 90, "state": 120}
MEETINGS = ("held_on", "title", "departments", "attendees", "decisions", "award", "next_on", "by")


def hours(viewer: Viewer, rows: pd.DataFrame) -> None:
    """When cases come in, and one person's hours in common with their accounts."""
    figures = queries.figures(viewer)
    _peaks(viewer, figures)
    names = {int(i): str(n) for i, n in zip(rows["id"], rows["name"], strict=True)}
    who = viewer.person_id
    if viewer.may("team.keep") and names:
        owns = set(rows.loc[rows["owned"] > 0, "id"])
        start = str(who if who in owns else next(iter(names)))  # the fullest book stands first
        who = int(address.choice(
            st.selectbox, t("team-open-person"), [str(i) for i in names], key="member", default=start,
            format_func=lambda code: names[int(code)], width=220,
        ))  # fmt: skip
    one = queries.own(viewer) if who == viewer.person_id else queries.member(viewer, who)
    team_people.book(viewer, one, figures["least_overlap"], key="list-hours")


def _peaks(viewer: Viewer, figures: dict[str, int]) -> None:
    found, lang = records.peaks(viewer), language()
    with widgets.card(t("team-peaks-title"), t("team-peaks-caption")):
        if not found.total:
            widgets.line(t("team-peaks-none"))
            return
        days = [t(f"team-day-{day}") for day in range(7)]
        flat = pd.DataFrame(
            [{"day": days[d], "hour": h, "count": n} for d, row in enumerate(found.grid)
             for h, n in enumerate(row)]
        )  # fmt: skip
        top = flat.iloc[int(flat["count"].to_numpy().argmax())]
        said: dict[str, Any] = {"day": top["day"], "hour": int(top["hour"]), "outside": found.outside,
                                "total": found.total}  # fmt: skip
        st.caption(t("team-peaks-text", count=int(top["count"]), start=figures["start"], end=figures["end"],
                     **said))  # fmt: skip
        columns = [t("team-col-weekday"), *map(str, range(24))]
        rows = [[days[d], *(fmt.number(n, lang) for n in row)] for d, row in enumerate(found.grid)]
        table = pd.DataFrame(rows, columns=columns, dtype="object")
        charts.draw(heat.grid(flat, days=days), alt_text=t("team-peaks-alt", **said), table=table,
                    height=230, key="team-peaks")  # fmt: skip


def meetings(rows: pd.DataFrame) -> None:
    """A card a record, newest first: they are read, not picked."""
    lang = language()
    if rows.empty:
        widgets.nothing(t("team-meetings-none"))
    for row in rows.head(50).itertuples(index=False):
        with widgets.card(widgets.plain(row.title), fmt.day(row.held_on, lang)):
            told = {"attendees": row.attendees, "departments": row.departments, "award": row.award,
                    "next-on": fmt.day(row.next_on, lang) if _is(row.next_on) else None,
                    "by": row.by}  # fmt: skip
            st.markdown(widgets.plain(row.decisions))
            for name, text in told.items():
                if _is(text):
                    told_line = fmt.labelled(t(f"team-col-{name}"), str(text), lang)
                    widgets.line(widgets.plain(told_line))


def _is(value: object) -> bool:
    return value is not None and value == value


def meeting_rows(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[list(MEETINGS)]


def handovers(viewer: Viewer, rows: pd.DataFrame) -> None:
    """The list, and below it the brief of the one that was picked."""
    lang = language()
    told = handover_rows(viewer, rows)
    kinds = {"accounts": "figure"}
    columns = {name: Col(t(f"team-col-{name.replace('_', '-')}"), kinds.get(name, "text"), width)
               for name, width in HANDOVERS.items()}  # fmt: skip
    place = widgets.table(told, columns, key="list-handovers", select=True, empty=t("team-handovers-none"))
    if rows.empty:
        return
    row = rows.iloc[place or 0]  # the newest, until another one is picked
    title = t("team-brief-title", giver=row["giver"], taker=row["taker"])
    found = brief.brief(viewer, int(row["id"]))
    draw_brief(viewer, found, widgets.plain(title), title, lang)


def handover_rows(viewer: Viewer, rows: pd.DataFrame) -> pd.DataFrame:
    lang = language()
    made = [
        {"handed_at": fmt.moment(r.handed_at, lang, viewer.clock_zone), "giver": r.giver, "taker": r.taker,
         "by": r.by, "accounts": fmt.number(r.accounts, lang),
         "state": t("team-handover-undone") if r.is_undone else None}
        for r in rows.itertuples(index=False)
    ]  # fmt: skip
    return pd.DataFrame(made, columns=list(HANDOVERS), dtype="object")


def draw_brief(viewer: Viewer, found: pd.DataFrame, heading: str, title: str, lang: str) -> None:
    """The brief as a table, with its paper and its export."""
    told = phrases.brief_rows(found, queries.health_limits(viewer), viewer.today, viewer.clock_zone, lang)
    with widgets.card(heading):
        columns = {name: Col(t(f"team-col-{name}"), "text", width) for name, width in BRIEF.items()}
        widgets.table(told, columns, key="list-brief", empty=t("team-brief-none"))
        if told.empty:
            return
        day = fmt.day(viewer.today, lang)
        subtitle = t("team-brief-subtitle", count=len(told), day=day)
        with st.container(horizontal=True):
            pdf_button(t("team-brief-pdf"), lambda: brief_pdf(told, title, subtitle, viewer.today, lang),
                       "handover-brief", key="brief-pdf", icon=":material/picture_as_pdf:")  # fmt: skip
            if viewer.may("export.run"):
                widgets.export_menu("handover-brief", lambda: told, rows=len(told))
