"""The brief for a meeting and the record of it: what every capability knows of an account, on one paper."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from lib import format
from lib.access import Viewer
from lib.accounts import blocks, brief, drawers, overview, phrases, portrait_phrases, tables
from lib.accounts.brief import Brief, Section, Signs
from lib.accounts.overview import Head
from lib.accounts.portrait import Portrait, colleagues, portrait
from lib.accounts.portrait_rules import Use
from lib.activity import band, charting
from lib.flows.meeting import record_meeting
from lib.health.shown import shown
from lib.negotiation import ledger
from lib.negotiation import queries as room
from lib.screens.account_place import Place
from lib.settings import settings
from lib.ui import acts, forms
from lib.ui.i18n import t
from lib.ui.palette import STATUS
from lib.words import say

ROWS, WEEKS = 6, 12
_ROUND = "_meeting-round"
LANGUAGES = {"en": "English", "zh-CN": "中文"}


def meeting(place: Place) -> None:
    """Both papers, made on the click, and the drawer for how it went."""
    viewer, account = place.viewer, place.head.id
    place_of = f"meeting-{st.session_state.get(_ROUND, 0)}"
    with st.popover(t("account-meeting"), icon=":material/groups:", key=place_of):
        st.caption(t("account-meeting-help"))
        for language, name in LANGUAGES.items():
            st.download_button(
                t("account-meeting-brief", spoken=name), icon=":material/print:", width="stretch",
                data=partial(_file, viewer, account, language, acts.recorder()), mime="application/pdf",
                file_name=f"brief-{account}-{secrets.token_hex(6)}.pdf", key=f"brief-{language}",
                on_click="ignore",
            )  # fmt: skip
        label, writes = t("account-meeting-record"), viewer.may("touch.write")
        look = {"icon": ":material/edit_calendar:", "width": "stretch", "on_click": _closed}
        if writes and st.button(label, key="record-meeting", **look):
            key = forms.form_key("account-meeting-record")
            staff = colleagues(viewer)
            place.ask(drawers.meeting(viewer, place.head, place.people, staff, record_meeting, key))


def _closed() -> None:
    """A new popover in the place of the open one, which would lie over the drawer."""
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def _file(
    viewer: Viewer, account_id: int, language: str, record: Callable[[str, int, str, bytes], None]
) -> bytes:
    """The paper; it goes on record before it leaves."""
    content = brief.render(gather(viewer, account_id, language))
    record("account-brief", 1, "pdf", content)
    return content


def gather(viewer: Viewer, account_id: int, language: str) -> Brief:
    """Everything the paper says of an account, in words of that language. Raises NotFound."""
    reader = replace(viewer, language=language)
    head = overview.account_head(reader, account_id)
    found = portrait(reader, account_id)
    people, alerts = blocks.contacts(reader, account_id), blocks.alerts(reader, account_id)
    word = partial(say, language)
    days, _events = charting.series(reader, account_id)
    activity = band.finding(days)
    now = format.moment(viewer.now, language, viewer.clock_zone)
    company = settings().company_zh if language == "zh-CN" else settings().company_en
    mark = hashlib.sha256(f"{account_id} {viewer.now}".encode()).hexdigest()[:8]
    return Brief(
        lang="zh" if language == "zh-CN" else "en", date=viewer.today.isoformat(), company=company,
        internal=word("brief-internal"), title=word("brief-title"), name=phrases.title(head, language),
        subject=phrases.head_caption(head, language),
        now=portrait_phrases.now(head, alerts, people, found, viewer.today, viewer.zone, language),
        facts=_facts(reader, head, found, language), weeks=_weeks(days, language),
        activity=[
            phrases.activity_title(activity, language), phrases.activity_caption(head, language),
            word("brief-weeks"),
        ],
        sections=[
            _points(reader, head, found, people, alerts, language), _health(reader, head, language),
            *_lists(reader, head, found, people, alerts, language),
        ],
        notes=word("brief-notes"), foot=word("brief-foot", moment=now, name=viewer.name, mark=mark),
        page=word("document-page", page="@p", pages="@n"),
    )  # fmt: skip


def _facts(viewer: Viewer, head: Head, found: Portrait, language: str) -> list[list[str]]:
    figures = tables.figures(head, viewer.today, language)
    told = [[f["label"], " · ".join(x for x in (f["value"], f.get("delta")) if x)] for f in figures]
    facts = portrait_phrases.facts(found, language)
    wanted = {say(language, f"account-fact-{name}") for name in ("channel", "products", "competitor")}
    return told + [[label, value] for label, value, _ in facts if label in wanted]


def _weeks(days: pd.DataFrame, language: str) -> list[tuple[str, float, float]]:
    """Active users a day by week, beside what was expected; nothing without activity."""
    rows = days.dropna(subset=["value"]).tail(7 * WEEKS)
    if rows.empty:
        return []
    found = []
    for start in range(0, len(rows), 7):
        week = rows.iloc[start : start + 7]
        middle = (week["low"].astype(float) + week["high"].astype(float)).mean() / 2
        label = format.short_day(week["day"].iloc[0], language)
        found.append((label, float(week["value"].mean()), 0.0 if pd.isna(middle) else float(middle)))
    return found


def _points(
    viewer: Viewer, head: Head, found: Portrait, people: pd.DataFrame, alerts: pd.DataFrame, language: str
) -> Section:
    cases = blocks.cases(viewer, head.id)
    rights = found.blocks["entitlement"]
    goals, asked = found.blocks["customer_goal"], found.blocks["roadmap_request"]
    notice = (head.renewal or {}).get("notice_on")
    left = (notice - viewer.today).days if notice else None
    seats = rights[rights["origin"] == "seats"]["left"].dropna()
    signs = Signs(
        urgent_cases=int((cases["closed_at"].isna() & (cases["priority"] == "urgent")).sum()),
        overdue_promises=head.promises_overdue,
        sponsor_gone=bool(portrait_phrases.sponsor(head, people, viewer.today, viewer.zone, language)),
        notice_in=left if left is not None and 0 <= left <= portrait_phrases.SOON else None,
        alert_open=bool(alerts["resolved_on"].isna().any()),
        spent=[r.item for r in portrait_phrases.rights(rights, language)
               if r.row["use"] in (Use.USED_UP, Use.NEARLY)],
        unused_seats=int(seats.iloc[0]) if len(seats) else 0,
        goals_due=list(goals[goals["state"] == "open"]["what"]),
        promised_requests=int((asked["state"] == "promised").sum()),
    )  # fmt: skip
    rows = [[say(language, f"brief-point-{code}", **values)] for code, values in brief.points(signs)]
    return Section(say(language, "brief-points"), rows, "")


def _health(viewer: Viewer, head: Head, language: str) -> Section:
    story = shown(viewer, head.id, head.standing, language).story
    told = "{}，{}：" if language == "zh-CN" else "{}, {}:"
    rows = [[told.format(bar.name, bar.label), bar.fact] for bar in story.bars]
    return Section(story.title, rows or [[line] for line in story.lines[:1]], "")


def _lists(
    viewer: Viewer, head: Head, found: Portrait, people: pd.DataFrame, alerts: pd.DataFrame, language: str
) -> list[Section]:
    """Promises, alerts, quotes, cases, goals, entitlements and people, the nearest of each."""
    still = alerts[alerts["resolved_on"].isna()]
    cases = blocks.cases(viewer, head.id)
    goals = found.blocks["customer_goal"]
    tabled: dict[str, tuple[pd.DataFrame, tuple[str, ...]]] = {
        "contacts": (people[people["active"].astype(bool)], ("name", "title", "is_sponsor", "touched_at")),
        "promises": (ledger.promises(viewer, head.id, status="open"), ("what", "due_on", "owner")),
        "alerts": (still, ("level", "kind", "opened_on")),
        "quotes": (room.latest_quotes(viewer, head.id, 3), ("quote", "status", "net_minor")),
        "cases": (cases[cases["closed_at"].isna()], ("subject", "priority", "opened_at")),
        "customer_goal": (goals[goals["state"] == "open"], ("what", "measure", "target", "due_on")),
    }
    made = [_table(viewer, name, frame, columns, language) for name, (frame, columns) in tabled.items()]
    told = portrait_phrases.rights(found.blocks["entitlement"], language)
    rights = [[one.item, one.text, one.state] for one in told[:ROWS]]
    empty = say(language, "account-entitlement-none")
    columns = [say(language, f"brief-col-{name}") for name in ("right", "use", "state")]
    made.insert(1, Section(say(language, "brief-entitlement"), rights, empty, columns if rights else ()))
    return made


def _table(
    viewer: Viewer, name: str, frame: pd.DataFrame, columns: tuple[str, ...], language: str
) -> Section:
    said = tables.said(name, frame.head(ROWS), language)
    kinds = tables.COLUMNS[name]
    cells = [
        [_cell(row[c], kinds[c], row.get("currency"), viewer, language) for c in columns]
        for row in said.to_dict("records")
    ]
    code = name.replace("_", "-")
    more = len(frame) - ROWS
    return Section(
        say(language, f"brief-{code}"), cells, say(language, f"brief-{code}-none"),
        [say(language, _column(name, c)) for c in columns] if cells else (),
        note=say(language, "brief-more", count=more) if more > 0 else "",
    )  # fmt: skip


def _column(block: str, column: str) -> str:
    special = {("customer_goal", "what"): "account-customer-goal-what"}
    return special.get((block, column), f"account-col-{column.replace('_', '-')}")


def _cell(value: Any, kind: str, currency: Any, viewer: Viewer, language: str) -> str:
    if value is None or value is pd.NA or value != value or value == "":
        return format.MISSING
    if kind == "date":
        return format.day(value, language)
    if kind == "moment":
        return format.day(portrait_phrases.local_day(value, viewer.clock_zone), language)
    if kind in ("money", "sum"):
        return format.money(int(value), currency, language, whole=True)
    if kind == "status":
        return say(language, STATUS[str(value)].word)
    return str(value)
