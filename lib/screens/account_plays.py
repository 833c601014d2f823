"""What playbooks do on one account: runs with their next step, milestones with dates, trial, demo, gifts."""

from datetime import date, timedelta

import streamlit as st

from lib import format as fmt
from lib.access import Viewer
from lib.errors import NotFound
from lib.playbooks import acting, care, phrases, portrait, queries
from lib.ui import frame, widgets
from lib.ui.i18n import t
from lib.ui.sending import form, send
from lib.ui.widgets import line, plain, small


def plays(viewer: Viewer, account_id: int, language: str, *, here: bool = False) -> None:
    """Running plays and milestones side by side; `here`: on the page of plays itself."""
    left, right = st.columns(2, gap="xsmall")
    with left:
        running(viewer, account_id, language, here=here)
    with right:
        milestones(viewer, account_id, language)


def running(viewer: Viewer, account_id: int, language: str, *, here: bool) -> None:
    """The runs under way with progress and next step, and a play to start by hand."""
    rows = queries.runs(viewer, status="running", account_id=account_id, size=20)
    with widgets.card(t("playbooks-plays"), t("playbooks-plays-count", running=len(rows)), height="stretch"):
        for row in rows.itertuples():
            done = t("playbooks-progress", done=int(row.done), all=int(row.steps))
            label = f"{plain(row.playbook)} :gray[{done}]"
            if here:  # a link to the page one is on is drawn as chosen
                st.button(label, key=f"run-{row.id}", type="tertiary", on_click=_open, args=(int(row.id),))
            else:
                frame.link("playbooks", label=label, run=int(row.id))
            late = "red" if row.overdue else "gray"
            st.markdown(small(plain(_next(row, viewer.today, language)), late))
        if rows.empty:
            widgets.line(t("playbooks-plays-none"))
        with st.container(horizontal=True, vertical_alignment="center"):
            if viewer.may("task.write"):
                _start(viewer, account_id, language, set(rows["code"]))
            if not here:
                frame.link("playbooks", label=t("playbooks-beside"), icon="checklist", account=account_id)


def _open(run_id: int) -> None:
    st.query_params.from_dict({"run": str(run_id)})


def _next(row, today: date, language: str) -> str:  # noqa: ANN001 - a row of runs
    if not row.next_step:
        return t("playbooks-waits")
    return t("playbooks-next", step=row.next_step, when=fmt.in_days(row.next_on, today, language))


def _start(viewer: Viewer, account_id: int, language: str, busy: set[str]) -> None:
    offered = {
        one.book.code: one.book.name(language)
        for one in queries.books(viewer)
        if one.book.active and one.book.code not in busy
    }
    if not offered:
        return
    form(f"start-{len(busy)}", t("playbooks-start-save"), "playbooks-started", acting.start_play, viewer,
         account_id, fields=[("code", "select", t("playbooks-book"), offered)], owner=account_id,
         behind=t("playbooks-start"), icon=":material/play_arrow:")  # fmt: skip


def milestones(viewer: Viewer, account_id: int, language: str) -> None:
    """Milestones ticked with dates and the numbers of use, time to first value."""
    try:
        found = portrait.account_portrait(viewer, account_id)
    except NotFound:
        frame.no_permission()
    with widgets.card(t("playbooks-milestones"), phrases.value_time(found, language), height="stretch"):
        for reached, title, told in phrases.milestone_lines(found, language):
            icon = ":blue[:material/check_circle:]" if reached else ":gray[:material/radio_button_unchecked:]"
            line(f"{icon} {plain(title)}", plain(told))


def beside(viewer: Viewer, account_id: int, language: str, *, abreast: bool = False) -> None:
    """Trial, demo and gifts with their small forms, one below or beside the other."""
    found = portrait.account_portrait(viewer, account_id)
    first, second, third = st.columns(3, gap="xsmall") if abreast else (st.container() for _ in range(3))
    height = "stretch" if abreast else "content"
    with first:
        _trial(viewer, account_id, language, found, height)
    with second:
        _demo(viewer, account_id, language, height)
    with third:
        _gifts(viewer, account_id, language, found.budget_left_minor, height)


def _trial(viewer: Viewer, account_id: int, language: str, found: portrait.Portrait, height: str) -> None:
    rows, may = portrait.trials(viewer, account_id), viewer.may("account.write")
    told = t("playbooks-potential", count=found.potential) if found.potential else None
    with widgets.card(t("playbooks-trial"), told, height=height):
        for row in rows.itertuples():
            first, last = fmt.day(row.starts_on, language), fmt.day(row.ends_on, language)
            state = t(f"playbooks-trial-{row.outcome}")
            told = t("playbooks-trial-line", start=first, end=last, state=state)
            st.markdown(small(plain(told)))
            st.text(row.criteria)
            if row.outcome == "open" and may:
                _outcome(viewer, row)
        if rows.empty:
            widgets.line(t("playbooks-trial-none"))
        if may and not (rows["outcome"] == "open").any():
            ends = viewer.today + timedelta(days=found.trial_days)
            asked = [("criteria", "area", t("playbooks-trial-criteria")),
                     ("starts_on", "day", t("playbooks-trial-start"), None, viewer.today),
                     ("ends_on", "day", t("playbooks-trial-ends"), None, ends)]  # fmt: skip
            form("trial", t("playbooks-trial-save"), "playbooks-trial-saved", care.write_trial, viewer,
                 account_id, fields=asked, owner=account_id, behind=t("playbooks-trial-new"),
                 icon=":material/add:", stacked=True)  # fmt: skip


def _outcome(viewer: Viewer, row) -> None:  # noqa: ANN001 - a row of trials
    key = f"trial-{row.id}-{row.version}"
    with st.popover(t("playbooks-trial-close"), type="tertiary"):
        st.selectbox(t("playbooks-trial-outcome"), list(care.OUTCOMES), key=f"{key}-outcome",
                     format_func=lambda code: t(f"playbooks-trial-{code}"))  # fmt: skip
        st.date_input(t("playbooks-trial-converted"), None, key=f"{key}-paid", format="YYYY-MM-DD")
        st.text_area(t("playbooks-act-note"), key=f"{key}-note", height=86, width=320)
        fields = {"outcome": f"{key}-outcome", "converted_on": f"{key}-paid", "note": f"{key}-note"}
        st.button(
            t("playbooks-trial-finish"),
            key=f"{key}-save",
            on_click=send,
            kwargs={"fields": fields},
            args=("playbooks-trial-closed", care.close_trial, viewer, int(row.id), int(row.version)),
        )


def _demo(viewer: Viewer, account_id: int, language: str, height: str) -> None:
    rows, may = portrait.demos(viewer, account_id), viewer.may("task.write")
    with widgets.card(t("playbooks-demos"), height=height):
        for row in rows.itertuples():
            told = t("playbooks-demo-line", state=t(f"playbooks-demo-{row.status}"),
                     day=fmt.day(row.offered_on, language))  # fmt: skip
            if row.status == "held":
                told = t("playbooks-demo-held-line", day=fmt.day(row.held_on, language), who=row.attendees)
            st.markdown(small(plain(told)))
            if may and care.DEMO_MOVES[row.status]:
                _moved(viewer, row)
        if rows.empty:
            widgets.line(t("playbooks-demos-none"))
        if may:
            asked = [("offered_on", "day", t("playbooks-demo-day"), None, viewer.today)]
            form("demo", t("playbooks-demo-save"), "playbooks-demo-saved", care.offer_demo, viewer,
                 account_id, fields=asked, owner=account_id, behind=t("playbooks-demo-new"),
                 icon=":material/add:")  # fmt: skip


def _moved(viewer: Viewer, row) -> None:  # noqa: ANN001 - a row of demos
    key = f"demo-{row.id}-{row.version}"
    with st.popover(t("playbooks-demo-move"), type="tertiary"):
        st.selectbox(t("playbooks-demo-state"), list(care.DEMO_MOVES[row.status]), key=f"{key}-status",
                     format_func=lambda code: t(f"playbooks-demo-{code}"))  # fmt: skip
        st.text_input(t("playbooks-demo-who"), key=f"{key}-who")
        fields = {"status": f"{key}-status", "attendees": f"{key}-who"}
        st.button(
            t("playbooks-demo-finish"),
            key=f"{key}-save",
            on_click=send,
            kwargs={"fields": fields},
            args=("playbooks-demo-saved", care.move_demo, viewer, int(row.id), int(row.version)),
        )


def _gifts(viewer: Viewer, account_id: int, language: str, left: int, height: str) -> None:
    rows = portrait.gifts(viewer, account_id)
    budget = t("playbooks-gifts-left", left=fmt.money(left, "USD", language))
    with widgets.card(t("playbooks-gifts"), budget, height=height):
        for row in rows.itertuples():
            what = f"{t(f'playbooks-gift-{row.kind}')} · {plain(row.what)}"
            line(what, f"{fmt.day(row.given_on, language)} · {fmt.money(row.cost_minor, 'USD', language)}")
        if rows.empty:
            widgets.line(t("playbooks-gifts-none"))
        if viewer.may("task.write"):
            kinds = {code: t(f"playbooks-gift-{code}") for code in care.GIFTS}
            asked = [("kind", "select", t("playbooks-gift-kind"), kinds),
                     ("what", "text", t("playbooks-gift-what")),
                     ("cost", "text", t("playbooks-gift-cost")),
                     ("given_on", "day", t("playbooks-gift-day"), None, viewer.today)]  # fmt: skip
            form("gift", t("playbooks-gift-save"), "playbooks-gift-saved", care.give_gift, viewer,
                 account_id, fields=asked, owner=account_id, behind=t("playbooks-gift-new"),
                 icon=":material/redeem:", stacked=True)  # fmt: skip
