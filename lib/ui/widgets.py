"""What pages share: cards, tiles, badges, tables, exports."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import pandas as pd
import streamlit as st

from lib import format as fmt
from lib import sheet
from lib.ui import acts, charts
from lib.ui.acts import attempt, plain, refused, show_refusal
from lib.ui.frame import head
from lib.ui.i18n import language, t
from lib.ui.palette import STATUS

__all__ = [
    "Col", "Tile", "attempt", "badge", "card", "export_menu", "line", "nothing", "only_nothing", "plain",
    "refused", "show_refusal", "small", "status_badge", "table", "table_of_many", "tiles",
]  # fmt: skip


def status_badge(status: str) -> str:
    """Icon, word and colour of a status as a Markdown badge."""
    mark = STATUS[status]
    return f":{mark.badge}-badge[:material/{mark.icon}: {t(mark.word)}]"


def badge(text: str, colour: str = "gray", icon: str | None = None) -> str:
    return f":{colour}-badge[{f':material/{icon}: ' if icon else ''}{plain(text)}]"


def small(text: str, colour: str = "") -> str:
    """12 px Markdown, in a colour of the theme where one is named. Make words of people inert first."""
    return f":{colour}[:small[{text}]]" if colour else f":small[{text}]"


def line(left: str, right: str = "", colour: str = "gray") -> None:
    """One line of a card: small text left, its clock or figure right. Both are Markdown."""
    with st.container(horizontal=True, horizontal_alignment="distribute", wrap=False, gap="small"):
        st.markdown(small(left))
        if right:
            st.markdown(small(right, colour), width="content")


@contextmanager
def card(
    title: str = "", caption: str = "", *, height: str | int = "content", key: str | None = None
) -> Iterator[Any]:
    """A bordered card; the first line holds its title (the finding) and, right in grey, unit or scope."""
    with st.container(border=True, gap="xsmall", height=height, key=key) as body:
        if title or caption:
            with st.container(
                horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
            ):
                st.markdown(f"**{title}**", width="content")
                if caption:
                    st.markdown(f":gray[:small[{caption}]]", width="content")
        yield body


@dataclass(frozen=True)
class Tile:
    """One figure with its comparison. tone: off, red, yellow, blue."""

    label: str
    value: str
    delta: str | None = None
    tone: str = "off"
    note: str | None = None
    help: str | None = None
    trend: Sequence[float] | None = None
    trend_said: str = ""


def tiles(items: Sequence[Tile], *, narrowest: int = 150) -> None:
    """Up to five figures in one row on a desk, two by two on a phone; `narrowest` is a tile's least width in
    pixels: over 160 they stand one below the other there."""
    grid = st.grid(len(items), min_column_width=narrowest, gap="xsmall", border=True)
    for item in items:
        with grid.cell():
            st.metric(
                item.label, item.value, delta=item.delta, delta_color=item.tone, delta_arrow="off",
                delta_description=item.note, help=item.help,
            )  # fmt: skip
            if item.trend:  # st.metric's own line has no words for a screen reader
                charts.spark(item.trend, alt_text=item.trend_said, bad=item.tone == "red")


Kind = Literal[
    "text",
    "figure",
    "money",
    "sum",
    "number",
    "percent",
    "date",
    "moment",
    "status",
    "progress",
    "spark",
    "link",
]


@dataclass(frozen=True)
class Col:
    """How a column is shown. `label` is text already in the reader's language; `width` in pixels.

    money and sum need a `currency` column in the frame beside it; a sum carries the sign of its currency and
    no cents, so that the table needs no column for it. percent takes shares (0.185). A figure is text that
    was put into words before.
    """

    label: str
    kind: Kind = "text"
    width: int | None = None
    digits: int = 0
    help: str | None = None


def _as_text(frame: pd.DataFrame, name: str, col: Col) -> pd.Series:
    """Figures and dates as formatted text, so that minus, missing and decimals follow the house."""
    spoken, values = language(), frame[name]
    if col.kind in ("money", "sum"):
        say = fmt.amount if col.kind == "money" else partial(fmt.money, whole=True)
        return pd.Series(
            [say(_none(v), c or "USD", spoken) for v, c in zip(values, frame.currency, strict=True)],
            index=frame.index,
            dtype="object",
        )
    makers: dict[str, Callable[[Any], str]] = {
        "number": lambda v: fmt.number(v, spoken, col.digits),
        "percent": lambda v: fmt.percent(v, spoken, col.digits or 1),
        "date": lambda v: fmt.day(v, spoken),
        "moment": lambda v: fmt.moment(v, spoken, st.session_state["viewer"].clock_zone),
    }
    return values.map(lambda v: makers[col.kind](_none(v))).astype("object")


def in_markdown(frame: pd.DataFrame, name: str, kind: Kind) -> list[str]:
    """A column for `st.table`, whose cells are Markdown: badges for a status, words of people made inert."""
    if kind == "status":
        return [status_badge(code) for code in frame[name]]
    cells = frame[name] if kind == "text" else _as_text(frame, name, Col("", kind))
    return [plain(str(cell)) for cell in cells]


def _none(value: Any) -> Any:
    """pandas' several kinds of missing as None."""
    return None if value is None or value is pd.NA or value is pd.NaT or value != value else value


def _status_cell(code: object) -> list[str]:
    if not isinstance(code, str) or code not in STATUS:
        return []
    return [f"{STATUS[code].shape} {t(STATUS[code].word)}"]


def _config(col: Col) -> Any:
    cc = st.column_config
    shared = {"label": col.label, "width": col.width, "help": col.help}
    if col.kind == "status":
        marks = list({t(mark.word): mark for mark in STATUS.values()}.values())
        return cc.MultiselectColumn(
            **shared,
            options=[f"{m.shape} {t(m.word)}" for m in marks],
            color=[m.badge for m in marks],
        )
    if col.kind == "progress":
        return cc.ProgressColumn(**shared, min_value=0, max_value=100, format="%d", color="gray")
    if col.kind == "spark":
        return cc.LineChartColumn(**shared, y_min=0, color="gray")
    if col.kind == "link":
        return cc.LinkColumn(**shared)
    right = col.kind in ("figure", "money", "sum", "number", "percent")
    return cc.TextColumn(**shared, alignment="right" if right else None)


def table(
    frame: pd.DataFrame,
    columns: dict[str, Col],
    *,
    key: str,
    empty: str,
    height: int | None = None,
    select: bool = False,
) -> int | None:
    """The frame as a table; with `select`, the position of the clicked row, else None.

    `empty` is the text to show instead of a table without rows.
    """
    mode = "single-row" if select else None
    picked = _drawn(frame, columns, key, empty, height, mode)
    return picked[0] if picked else None


def table_of_many(
    frame: pd.DataFrame, columns: dict[str, Col], *, key: str, empty: str, height: int | None = None
) -> list[int]:
    """The same, with any number of rows ticked: their positions."""
    return _drawn(frame, columns, key, empty, height, "multi-row")


def _drawn(
    frame: pd.DataFrame, columns: dict[str, Col], key: str, empty: str, height: int | None, mode: str | None
) -> list[int]:
    """The table, and the positions of the ticked rows."""
    if frame.empty:
        nothing(empty)
        return []
    shown = pd.DataFrame(index=range(len(frame)))
    source = frame.reset_index(drop=True)
    for name, col in columns.items():
        if col.kind == "status":
            shown[name] = source[name].map(_status_cell)
        elif col.kind == "text":
            shown[name] = source[name].where(source[name] != "", None)
        elif col.kind in ("figure", "progress", "spark", "link"):
            shown[name] = source[name]
        else:
            shown[name] = _as_text(source, name, col)
    exact_height = 34 + 33 * len(shown) if len(shown) < 20 else 660
    event = st.dataframe(
        shown, key=key, hide_index=True, row_height=33, height=height or exact_height, placeholder="–",
        column_config={name: _config(col) for name, col in columns.items()},
        on_select="rerun" if mode else "ignore", selection_mode=mode or "single-row",
    )  # fmt: skip
    return [row for row in event.selection.rows if row < len(frame)] if mode else []


def nothing(text: str) -> None:
    """The empty state of a list: a bordered, centred sentence."""
    with st.container(border=True, horizontal_alignment="center"):
        st.markdown(f":gray[{text}]", text_alignment="center")


def only_nothing(title: str, text: str) -> None:
    """A page that has nothing to show yet: its title, one sentence, and the end of the run."""
    with head(title):
        pass
    nothing(text)
    st.stop()


def _file(
    name: str,
    suffix: str,
    maker: Callable[[pd.DataFrame], bytes],
    make_frame: Callable[[], pd.DataFrame],
    record: Callable[[str, int, str, bytes], None],
) -> bytes:
    """The file of an export; it goes on record before it leaves."""
    frame = make_frame()
    content = maker(frame)
    record(name, len(frame), suffix, content)
    return content


def export_menu(name: str, make_frame: Callable[[], pd.DataFrame], *, rows: int | None = None) -> None:
    """CSV and XLSX of what the list shows. The file is made on the click; its name carries a random id,
    because downloads of different people must never be confused. Nothing is offered of an empty list."""
    if rows == 0:
        return
    label = t("frame-export") if rows is None else t("frame-export-rows", count=rows)
    with st.popover(label, icon=":material/download:", type="tertiary"):
        for suffix, maker in (("csv", sheet.csv_bytes), ("xlsx", sheet.xlsx_bytes)):
            st.download_button(
                suffix.upper(), data=partial(_file, name, suffix, maker, make_frame, acts.recorder()),
                file_name=f"{name}-{secrets.token_hex(6)}.{suffix}", key=f"export-{name}-{suffix}",
                on_click="ignore", width="stretch",
            )  # fmt: skip
