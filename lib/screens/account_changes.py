"""On an account's page: changes of its subscriptions with their figures, outages, and availability."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from lib.errors import DeskError, Invalid
from lib.flows import change_subscription as does
from lib.flows import outages as stops
from lib.flows import renewal_quote
from lib.money import parse_decimal, to_minor
from lib.screens.account_place import Place
from lib.subscriptions import phrases, queries
from lib.subscriptions.rules import CONVENTIONS, Kind, Running
from lib.ui import acts, forms, frame, widgets
from lib.ui.acts import refused
from lib.ui.drawer import WIDTH
from lib.ui.i18n import t
from lib.ui.widgets import plain

SHOWN = 5
DONE, OPEN, QUOTED = "_changes-done", "_changes-open", "_changes-quoted"


def changes(place: Place) -> None:
    viewer, account = place.viewer, place.head.id
    made, stopped = queries.changes(viewer, account), queries.outages(viewer, account)
    with widgets.card(t("changes-title"), t("changes-caption")):
        _list(place, made, stopped)
        _availability(place, stopped)
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            with st.container(horizontal=True, gap="xsmall", width="content"):
                _buttons(place)
            frames = {"subscription-changes": made, "outages": stopped}
            for name, frame in frames.items():
                if len(frame):
                    widgets.export_menu(name, lambda frame=frame: frame, rows=len(frame))
        if st.session_state.get(OPEN, False) and viewer.may("contract.write"):
            _change(place)


def _list(place: Place, made: Any, stopped: Any) -> None:
    if not len(made) and not len(stopped):
        widgets.line(f":gray[{t('changes-none')}]")
    writes = place.viewer.may("contract.write")
    for row in made.head(SHOWN).to_dict("records"):
        told = phrases.change_line(row, place.language)
        open_still = writes and row["status"] == "planned"
        _row(place, told, f"change-{row['id']}", open_still and does.cancel_change, row)
    for row in stopped.head(SHOWN).to_dict("records"):
        told = phrases.outage_line(row, place.language, place.viewer.clock_zone)
        _row(place, told, f"outage-{row['id']}", writes and stops.remove_outage, row)


def _row(place: Place, told: tuple[str, str], key: str, act: Any, row: dict[str, Any]) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f":small[**{plain(told[0])}**] :gray[:small[{plain(told[1])}]]", width="content")
        if act:
            st.button(t("changes-take-back"), key=key, icon=":material/undo:", type="tertiary",
                      on_click=acts.attempt,
                      args=("changes-taken-back", act, place.viewer, int(row["id"]),
                            int(row["version"])))  # fmt: skip


def _availability(place: Place, stopped: Any) -> None:
    for month in queries.availability(place.viewer, stopped):
        name, said, kept = phrases.month_line(month, place.language)
        widgets.line(t("changes-uptime-month", month=name), plain(said), "gray" if kept else "red")


def _buttons(place: Place) -> None:
    if not place.viewer.may("contract.write"):
        return
    running = queries.running(place.viewer, place.head.id)
    st.button(t("changes-change"), key="changes-change", icon=":material/swap_vert:", disabled=not running,
              help=None if running else t("changes-nothing-runs"), on_click=_turn, args=(OPEN,))  # fmt: skip
    if st.button(t("changes-outage"), key="changes-outage", icon=":material/power_off:", type="tertiary"):
        _outage(place)


def _turn(flag: str) -> None:
    st.session_state[flag] = not st.session_state.get(flag, False)


@st.fragment
def _change(place: Place) -> None:
    """The calculator, open until the change is made or the button is pressed again."""
    running = queries.running(place.viewer, place.head.id)
    if not running:
        return
    with st.container(border=True):
        widgets.show_refusal()
        _calculator(place, running)
    if st.session_state.pop(DONE, False):
        st.session_state[OPEN] = False
        st.rerun()


def _calculator(place: Place, running: list[Running]) -> None:
    viewer, lang = place.viewer, place.language
    names = {row.id: phrases.running_name(row, lang) for row in running}
    of = {row.id: row for row in running}
    chosen = of[st.selectbox(t("changes-period"), list(names), format_func=names.get, key="changes-period")]
    if viewer.may("quote.write"):
        st.button(t("changes-quote"), key="changes-quote", icon=":material/request_quote:", type="tertiary",
                  help=t("changes-quote-help"), on_click=_quote, args=(place, chosen))  # fmt: skip
    if (made := st.session_state.pop(QUOTED, None)) is not None:
        frame.go("quote", id=made)
    kind = st.segmented_control(
        t("changes-kind"), list(Kind), default=Kind.UPGRADE, required=True, key="changes-kind",
        format_func=lambda code: t(f"changes-kind-{code}"),
    )  # fmt: skip
    typed = _typed(chosen, kind, viewer.today)
    try:
        values = _values(typed, chosen)
        asked = {k: values[k] for k in ("new_arr_minor", "day", "convention") if k in values}
        found = queries.preview(viewer, chosen.id, kind, **asked)
    except DeskError as error:
        st.caption(acts.plain_sentence(error.message_id, error.values))
        return
    for label, value in phrases.preview_lines(found, lang):
        widgets.line(plain(label), plain(value))
    if kind == Kind.REFUND and not found.made.eligible:
        return
    st.caption(t(f"changes-confirm-{kind}"))
    st.button(t(f"changes-do-{kind}"), type="primary", key="changes-do", on_click=_send,
              args=(place, kind, chosen, values))  # fmt: skip


def _quote(place: Place, chosen: Running) -> None:
    st.session_state[QUOTED] = forms.once(
        f"amend-{chosen.id}", "account-quoted", renewal_quote.start_amendment, place.viewer, chosen.id
    )


def _typed(chosen: Running, kind: str, today: date) -> dict[str, Any]:
    typed: dict[str, Any] = {}
    if kind != Kind.REFUND:
        typed["arr"] = st.text_input(t("changes-new-arr", currency=chosen.currency), key="changes-arr",
                                     max_chars=24)  # fmt: skip
        left, right = st.columns(2)
        typed["plan"] = left.text_input(t("changes-new-plan"), key="changes-plan", max_chars=64)
        typed["seats"] = right.number_input(t("changes-new-seats"), value=None, min_value=0, step=1,
                                            key="changes-seats")  # fmt: skip
    if kind == Kind.UPGRADE:
        typed["day"] = st.date_input(t("changes-day"), today, key="changes-day", format="YYYY-MM-DD",
                                     min_value=chosen.cycle.starts_on,
                                     max_value=chosen.cycle.ends_on - timedelta(days=1))  # fmt: skip
        typed["convention"] = st.selectbox(
            t("changes-convention"), list(CONVENTIONS), key="changes-convention",
            format_func=lambda code: t(f"changes-convention-{code.replace('_', '-')}"),
        )  # fmt: skip
    typed["reason"] = st.text_input(t("changes-reason"), key="changes-reason", max_chars=does.REASON_MAX)
    return typed


def _values(typed: dict[str, Any], chosen: Running) -> dict[str, Any]:
    """What was typed as the commands take it. Raises Invalid for an amount nobody can read."""
    values = {k: v for k, v in typed.items() if k != "arr" and v not in (None, "")}
    if "arr" in typed:
        if not typed["arr"].strip():
            raise Invalid("change_amount_missing")
        values["new_arr_minor"] = to_minor(parse_decimal(typed["arr"]), chosen.currency)
    return values


ACTS = {Kind.UPGRADE: does.upgrade, Kind.DOWNGRADE: does.plan_downgrade, Kind.REFUND: does.give_refund}


def _send(place: Place, kind: Kind, chosen: Running, values: dict[str, Any]) -> None:
    made = forms.once(f"changes-{kind}-{chosen.id}", f"changes-done-{kind}", ACTS[kind], place.viewer,
                      chosen.id, chosen.version, **values)  # fmt: skip
    st.session_state[DONE] = made is not None and not refused()


def _outage(place: Place) -> None:
    @st.dialog(t("changes-outage"), position="right", width=WIDTH)
    def opened() -> None:
        widgets.show_refusal()
        with st.form("outage", border=False):
            zone = place.viewer.clock_zone
            st.markdown(t("changes-outage-intro", zone=zone))
            for name in ("from", "to"):
                left, right = st.columns(2)
                left.date_input(t(f"changes-outage-{name}-day"), key=f"outage-{name}-day",
                                value=place.viewer.today, format="YYYY-MM-DD")  # fmt: skip
                right.time_input(t(f"changes-outage-{name}-time"), key=f"outage-{name}-time", step=60,
                                 value=time(0, 0))  # fmt: skip
            st.text_input(t("changes-outage-cause"), key="outage-cause", max_chars=stops.CAUSE_MAX)
            st.form_submit_button(t("changes-outage-save"), type="primary", on_click=_stopped, args=(place,))
        if st.session_state.pop(DONE, False):
            st.rerun()

    opened()


def _stopped(place: Place) -> None:
    held, zone = st.session_state, ZoneInfo(place.viewer.clock_zone)
    moments = [
        datetime.combine(held[f"outage-{name}-day"], held[f"outage-{name}-time"], zone).astimezone(UTC)
        for name in ("from", "to")
    ]
    made = forms.once("outage", "changes-outage-done", stops.record_outage, place.viewer, place.head.id,
                      *moments, cause=held["outage-cause"])  # fmt: skip
    st.session_state[DONE] = made is not None and not refused()
