"""Blocks of a page on which a finding is worked: its chart, the steps to take, the form that answers it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from lib.ui import address, charts, widgets
from lib.ui.i18n import language, t
from lib.ui.sending import send
from lib.ui.story import days_table
from lib.ui.theme import steady
from lib.ui.widgets import Col, line, plain, small

CHANNELS = ("call", "wechat", "email", "meeting", "visit")
FORM_FIELDS = ("channel", "contact_id", "summary", "cause", "verdict")
SUMMARY_MAX, REASON_MAX = 4_000, 500
MOST_PEOPLE = 9  # rows; more scroll inside the table


def search(words: str) -> str:
    """A search field that lives in the address; what is typed there now."""
    return address.text(words, key="search", type="search", width=200)


def choice(draw: Callable[..., Any], name: str, codes: Sequence[str], **look: object) -> str:
    """A filter kept in the address; the first code is the default."""
    return address.choice(
        draw, t(f"alerts-{name}-label"), codes, key=name, default=codes[0], label_visibility="collapsed",
        format_func=lambda code: t(f"alerts-{name}-{code}"), **look,
    )  # fmt: skip


def inbox(rows: pd.DataFrame, *, key: str, none: str) -> int | None:
    """Findings as a list: level, account, finding, status, owner, opened, arr_minor, currency; the position
    of the picked one."""
    looks = {
        "level": ("status", 92), "account": ("text", 136), "finding": ("text", 430), "status": ("text", 76),
        "owner": ("text", 82), "opened": ("date", 106), "arr_minor": ("sum", 90),
    }  # fmt: skip
    columns = {
        name: Col(t(f"alerts-col-{name.removesuffix('_minor')}"), kind, width)
        for name, (kind, width) in looks.items()
    }
    return widgets.table(rows, columns, key=key, empty=none, select=True)


def finding(told: str, odds: str, band: pd.DataFrame, marks: pd.DataFrame, *, apart: bool = False) -> None:
    """The sentence with its numbers, and below it the days it speaks of (day, value, low, high). `apart`: the
    sentence speaks of something else than the days, and stands in a card of its own."""
    if apart:
        with widgets.card(t("signals-what")):
            st.markdown(plain(told))
    with widgets.card(t("alerts-chart-title"), t("alerts-chart-scope")):
        if not apart:
            st.markdown(plain(told))
        if odds:
            st.markdown(small(plain(odds), "gray"))
        if not band.empty:
            drawn = charts.line_band(
                band, day="day", value="value", low="low", high="high", events=marks, language=language()
            )
            charts.draw(drawn, alt_text=told, table=days_table(band, language()), height=240)


def fallen(people: pd.DataFrame, scope: str) -> None:
    """Who fell, worst first: columns user, role, weeks, last_seen, change."""
    columns = {
        "user": Col(t("alerts-who-user"), width=92),
        "role": Col(t("alerts-who-role"), width=72),
        "weeks": Col(t("alerts-who-weeks"), "spark", 70),
        "last_seen": Col(t("alerts-who-seen"), width=66),
        "change": Col(t("alerts-who-change"), width=60),
    }
    if people["role"].isna().all():
        del columns["role"]
    height = 34 + 33 * MOST_PEOPLE if len(people) > MOST_PEOPLE else None
    with widgets.card(t("alerts-who"), scope, height="stretch"):
        widgets.table(people, columns, key="who", empty=t("alerts-who-none"), height=height)


def checklist(
    title: str,
    items: Sequence[tuple[str, str, bool]],
    tick: Callable[[str, bool], Any],
    *,
    key: str,
    may: bool,
) -> None:
    """Steps as checkboxes: (code, label, ticked); a tick is saved at once."""

    def save(code: str, held: str) -> None:
        widgets.attempt(None, tick, code, st.session_state[held])

    done = t("alerts-play-done", done=sum(ticked for *_, ticked in items), all=len(items))
    with widgets.card(title, done, height="stretch"):
        for code, label, ticked in items:
            held = f"step-{key}-{code}"
            st.checkbox(label, value=ticked, key=held, on_change=save, args=(code, held), disabled=not may)


def outreach_form(
    key: str,
    contacts: Mapping[int, str],
    start: Mapping[str, Any],
    codes: Mapping[str, Sequence[str]],
    act: Callable[..., Any],
) -> None:
    """The outreach that answers a finding, with cause and verdict; `act` gets FORM_FIELDS, keep_open and
    form_key. `start` prefills channel, contact_id and summary; `codes` holds cause and verdict."""
    codes = {"channel": CHANNELS} | dict(codes)
    held = {name: f"{key}-{name}" for name in FORM_FIELDS}

    def pick(name: str, prefix: str, default: Any = None) -> None:
        st.segmented_control(
            t(f"alerts-form-{name}"), list(codes[name]), default=default, key=held[name], width="stretch",
            format_func=lambda code: steady(t(f"{prefix}-{code.replace('_', '-')}")),
        )  # fmt: skip

    with widgets.card(t("alerts-form-title")):
        pick("channel", "negotiation-channel", start.get("channel") or codes["channel"][0])
        people = [None, *contacts]
        st.selectbox(
            t("alerts-form-contact"), people, key=held["contact_id"],
            index=people.index(start.get("contact_id")) if start.get("contact_id") in people else 0,
            format_func=lambda one: contacts.get(one) or t("alerts-form-nobody"),
        )  # fmt: skip
        st.text_area(
            t("alerts-form-summary"),
            start.get("summary", ""),
            key=held["summary"],
            max_chars=SUMMARY_MAX,
            height=110,
        )
        st.selectbox(
            t("alerts-form-cause"), list(codes["cause"]), index=None, key=held["cause"],
            placeholder=t("alerts-form-choose"),
            format_func=lambda code: t(f"activity-cause-{code.replace('_', '-')}"),
        )  # fmt: skip
        pick("verdict", "activity-verdict")
        st.caption(t("alerts-form-rule"))
        with st.container(horizontal=True, horizontal_alignment="right"):
            for name, keep, kind in (("keep", True, "secondary"), ("close", False, "primary")):
                st.button(
                    t(f"alerts-form-{name}"), type=kind, key=f"{key}-{name}", on_click=send,
                    args=(f"alerts-done-{name}", lambda keep=keep, **typed: act(keep_open=keep, **typed)),
                    kwargs={"form": key, "fields": held},
                )  # fmt: skip


def snooze(key: str, today: date, days: int, longest: int, act: Callable[[date, str], Any]) -> None:
    """A popover that hides the finding until a day, with a reason."""

    def save() -> None:
        widgets.attempt(
            "alerts-done-snooze", act, st.session_state[f"{key}-until"], st.session_state[f"{key}-why"]
        )

    with st.popover(t("alerts-snooze"), icon=":material/snooze:"):
        st.date_input(
            t("alerts-snooze-until"), today + timedelta(days=days), key=f"{key}-until", format="YYYY-MM-DD",
            min_value=today + timedelta(days=1), max_value=today + timedelta(days=longest),
        )  # fmt: skip
        st.text_input(t("alerts-snooze-why"), key=f"{key}-why", max_chars=REASON_MAX)
        st.button(t("alerts-snooze-save"), key=f"{key}-snooze", on_click=save)


def dismiss(key: str, reasons: Sequence[str], act: Callable[[str, str], Any]) -> None:
    """A popover that says: this drop was to be expected."""

    def save() -> None:
        widgets.attempt(
            "alerts-done-dismiss", act, st.session_state[f"{key}-code"], st.session_state[f"{key}-note"]
        )

    with st.popover(t("alerts-dismiss"), icon=":material/thumb_down:", type="tertiary"):
        st.selectbox(
            t("alerts-dismiss-why"), list(reasons), key=f"{key}-code",
            format_func=lambda code: t(f"activity-cause-{code.replace('_', '-')}"),
        )  # fmt: skip
        st.text_input(t("alerts-dismiss-note"), key=f"{key}-note", max_chars=REASON_MAX)
        st.caption(t("alerts-dismiss-rule"))
        st.button(t("alerts-dismiss-save"), key=f"{key}-dismiss", on_click=save)


def told_lines(title: str, rows: Sequence[tuple[str, str]], scope: str = "", none: str = "") -> None:
    """A card of small lines: what, and right of it by whom and when."""
    with widgets.card(title, scope):
        for left, right in rows:
            line(plain(left), plain(right))
        if not rows and none:
            line(none)
