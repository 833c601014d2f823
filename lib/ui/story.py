"""What an account's page is told with: lines of a timeline, findings with their detail, small tables."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from lib import format as fmt
from lib.ui import charts, widgets
from lib.ui.acts import plain
from lib.ui.i18n import language, t
from lib.ui.palette import STATUS
from lib.ui.widgets import Col, Kind
from lib.words import has

LONGEST, FIRST_LINES, MORE_LINES = 160, 6, 20
LABEL = 120  # pixels
ICONS = {
    "touch": "call", "note": "edit_note", "amendment": "edit_note", "alert": "notifications",
    "renewal": "autorenew", "quote": "request_quote", "decision": "approval", "issued": "send",
    "accepted": "handshake", "promise": "event", "promise_closed": "event_available", "case": "support_agent",
    "case_closed": "support_agent", "change": "edit", "imported": "upload_file", "meeting": "groups",
    "payment": "payments", "survey": "thumbs_up_down", "play": "playlist_play",
    "play_closed": "playlist_add_check",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One thing that happened: when (short), its kind, what in words, by whom, what was said."""

    when: str
    kind: str
    what: str
    who: str | None
    text: str | None


def lines(found: Iterable[Line]) -> None:
    for line in found:
        with st.container(horizontal=True, wrap=False, gap="small"):
            st.markdown(f":gray[:small[{line.when}]]", width=86)
            said = shortened(line.text) if line.text else ""
            parts = [f"**{plain(line.what)}**", *(plain(part) for part in (line.who, said) if part)]
            st.markdown(f":material/{ICONS[line.kind]}: " + " · ".join(parts))


def timeline(read: Callable[[int], Sequence[Mapping[str, str | None]]], empty: str) -> None:
    """The newest lines, and a button that reads more of them; `read` gives the fields of a Line."""
    shown = st.session_state.get("_lines", FIRST_LINES)
    found = [Line(**line) for line in read(shown + 1)]
    if not found:
        st.caption(empty)
    lines(found[:shown])
    if len(found) > shown:
        st.button(
            t("account-timeline-more"), key="more-lines", on_click=_more, args=(shown,), type="tertiary"
        )


def _more(shown: int) -> None:
    st.session_state["_lines"] = shown + MORE_LINES


def shortened(text: str) -> str:
    """One line of a longer text; the whole stands in its own room."""
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 1] + "…"


def findings(pairs: Iterable[tuple[str, str]], status: str) -> None:
    """What speaks for a status: the finding in bold with the status's mark, the fact behind it in grey."""
    mark = STATUS[status]
    for finding, detail in pairs:
        with st.container(gap=None):
            st.markdown(f":{mark.badge}[:material/{mark.icon}:] **{plain(finding)}**")
            if detail:
                st.markdown(f":gray[:small[{plain(detail)}]]")


def facts(rows: Iterable[tuple[str, str, str]]) -> None:
    """Label left, its value right in a colour of the theme; a long value wraps, its label does not."""
    with st.container(gap="xxsmall"):
        for label, value, colour in rows:
            with st.container(horizontal=True, wrap=False, gap="small"):
                st.markdown(widgets.small(plain(label), "gray"), width=LABEL)
                st.markdown(widgets.small(plain(value), colour), width="stretch", text_alignment="right")


def dense(name: str, frame: pd.DataFrame, columns: Mapping[str, Mapping[str, Kind]]) -> None:
    """The few rows of block `name` under thin rules, without controls; one sentence when there are none."""
    if frame.empty:
        st.caption(t(f"account-{name}-none"))
        return
    said = {
        t(f"account-col-{column.replace('_', '-')}"): widgets.in_markdown(frame, column, kind)
        for column, kind in columns[name].items()
    }
    st.table(pd.DataFrame(said), border="horizontal", hide_index=True)


def small_table(
    frame: pd.DataFrame, columns: Mapping[str, Kind], *, key: str, empty: str, select: bool = False
) -> int | None:
    """A table whose headings are the account page's words by column name, or the block's own words for it;
    the chosen row with `select`."""
    shown = {name: Col(_heading(key, name), kind) for name, kind in columns.items()}
    height = None if len(frame) < 9 else 331
    return widgets.table(frame, shown, key=key, empty=empty, select=select, height=height)


def _heading(block: str, column: str) -> str:
    code = column.replace("_", "-")
    own = f"account-{block.replace('_', '-')}-{code}"
    return t(own if has(language(), own) else f"account-col-{code}")


@dataclass(frozen=True)
class Act:
    """A button above a list: `act` gets the chosen row, or None when it needs none.

    `offered` gets the chosen row's id and says whether the button makes sense there.
    """

    name: str
    icon: str
    act: Callable[[dict[str, Any] | None], Any]
    needs_row: bool = True
    offered: Callable[[int], bool] = lambda _id: True


def block(
    frame: pd.DataFrame,
    columns: Mapping[str, Kind],
    *,
    key: str,
    empty: str,
    caption: str,
    acts: Sequence[Act] = (),
    rows: pd.DataFrame | None = None,
) -> None:
    """A list with when it last changed, and buttons that add a row or act on the chosen one.

    `rows` are the rows as the query gave them, when `frame` shows them in words.
    """
    buttons = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
    if caption:
        buttons.caption(caption, width="content")
    if acts:
        buttons = buttons.container(horizontal=True, width="content", gap="xsmall")
    at = small_table(frame, columns, key=key, empty=empty, select=bool(acts))
    row = None if at is None else (frame if rows is None else rows).iloc[at].to_dict()
    for one in acts:
        if one.needs_row and (row is None or not one.offered(int(row["id"]))):
            continue
        icon = f":material/{one.icon}:"
        if buttons.button(t(one.name), key=f"{key}-{one.name}", icon=icon, type="tertiary"):
            one.act(row if one.needs_row else None)


def activity(days: pd.DataFrame, events: pd.DataFrame, *, alt_text: str, empty: str, language: str) -> None:
    """The daily line beside its range, with marked events; the sentence `empty` without any activity."""
    if days.empty:
        widgets.nothing(empty)
        return
    columns = {"day": "day", "value": "value", "low": "low", "high": "high"}
    drawn = charts.line_band(days, **columns, events=events, language=language)
    charts.draw(drawn, alt_text=alt_text, table=days_table(days, language), height=238, key="activity")


def days_table(days: pd.DataFrame, language: str) -> pd.DataFrame:
    """The days behind an activity line (day, value, low, high) in words, the newest first."""
    newest = days[["day", "value", "low", "high"]].iloc[::-1]
    said = {t("account-col-day"): [fmt.day(day, language) for day in newest["day"]]}
    for name, digits in (("value", 0), ("low", 1), ("high", 1)):
        said[t(f"account-col-{name}")] = [fmt.number(v, language, digits) for v in newest[name]]
    return pd.DataFrame(said)


@dataclass(frozen=True)
class Meter:
    """One cell of `meters`: a name with its state, how much of it is used (0 to 1), a sentence below, and
    where it comes from. `act` gets the code of what a person chose for it."""

    name: str
    state: str
    colour: str
    share: float | None
    text: str
    note: str
    key: str
    acts: Mapping[str, str]
    act: Callable[[str], Any]


def meters(cells: Sequence[Meter], *, most: int = 3) -> None:
    """Cells with a bar each, side by side."""
    grid = st.grid(most, min_column_width=220, gap="xsmall", border=True)
    for cell in cells:
        with grid.cell():
            _meter(cell)


def _meter(cell: Meter) -> None:
    with st.container(gap="xxsmall"):
        head = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
        head.markdown(f"**{plain(cell.name)}** {widgets.badge(cell.state, cell.colour)}", width="content")
        if cell.acts:
            chosen = head.menu_button(
                t("account-right-more"), list(cell.acts), format_func=cell.acts.get, key=f"meter-{cell.key}",
                type="tertiary",
            )  # fmt: skip
            if chosen:
                cell.act(chosen)
        if cell.share is not None:
            st.progress(cell.share)
        st.markdown(f":gray[:small[{plain(cell.text)}]]")
        if cell.note:
            st.markdown(f":gray[:small[{plain(cell.note)}]]")
