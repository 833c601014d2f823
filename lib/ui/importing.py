"""Parts of the import page that show given values: mapping boxes, counts, fates, problems."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import pandas as pd
import streamlit as st

from lib import format as fmt
from lib.errors import DeskError
from lib.ui import widgets
from lib.ui.acts import plain, plain_sentence
from lib.ui.i18n import language, t
from lib.ui.theme import steady
from lib.ui.widgets import Col, Tile

SHOWN = 500  # rows of a preview on the screen; the download holds all
_WORDS = {
    "stored": "imports-fate-new",
    "changed": "imports-fate-changed",
    "unchanged": "imports-fate-unchanged",
    "reported": "imports-fate-reported",
    "blank": "imports-fate-blank",
}


def refuse(error: DeskError) -> None:
    st.error(plain_sentence(error.message_id, error.values), icon=":material/error:")


def tried(act: Callable[..., Any], *args: Any) -> Any:
    """The act's result; None when it was refused, with the refusal where the result would stand."""
    try:
        return act(*args)
    except DeskError as error:
        refuse(error)
        return None


def pick(
    label_id: str, options: Sequence[str], key: str, unset_id: str, current: str | None = None
) -> str | None:
    """A select box whose first option is: not chosen."""
    choices = [None, *options]
    return st.selectbox(
        t(label_id), choices, index=choices.index(current) if current in choices else 0, key=key, width=190,
        format_func=lambda v: t(unset_id) if v is None else v.replace("\t", "Tab"),
    )  # fmt: skip


class Box(Protocol):
    """One field of a mapping with its codes; see lib.imports.choices."""

    name: str
    required: bool
    options: list[str]
    current: str
    computed: str | None


def label(item: Box) -> str:
    title = t(f"imports-field-{item.name.replace('_', '-')}")
    return t("imports-map-required", field=title) if item.required else title


def boxes(items: Sequence[Box], sample: pd.DataFrame, mark: str) -> dict[str, str]:
    """One select box a field, four in a row; the chosen codes. Column options show their first value."""
    first_row = sample.iloc[0].to_dict() if len(sample) else {}
    grid, chosen = st.grid(4, min_column_width=210, gap="small"), {}
    for item in items:
        with grid.cell():
            chosen[item.name] = st.selectbox(
                label(item), item.options, index=item.options.index(item.current),
                key=f"map-{mark}-{item.name}", format_func=_describer(item, first_row),
            )  # fmt: skip
    return chosen


def _describer(item: Box, first_row: dict[str, str]) -> Callable[[str], str]:
    def describe(code: str) -> str:
        how, _, value = code.partition(":")
        if how == "col":
            example = first_row.get(value, "")
            return f"{value} · {example[:24]}" if example else value
        if how == "fix":
            return f"= {value}"
        return t("imports-map-constant", value=item.computed or "") if how else t("imports-map-nothing")

    return describe


def below_boxes(unread: Sequence[str], keep: Callable[..., None], *args: Any) -> None:
    """The columns nothing reads, and the way to keep the mapping under a name."""
    if unread:
        st.caption(t("imports-map-ignored", names=plain(fmt.names(list(unread), language()))))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(t("imports-save-name"), key="preset-name", max_chars=64, width=260)
        st.button(t("imports-save"), key="preset-save", on_click=keep, args=args)


class Counts(Protocol):
    """Rows of a file by fate; see lib.imports.results."""

    read: int
    stored: int
    changed: int
    unchanged: int
    reported: int
    blank: int
    warnings: int


def tiles(counts: Counts, caption: str) -> None:
    """The counts that add up to the rows read."""
    shown = []
    for name, word in _WORDS.items():
        bad = name == "reported" and counts.reported
        figure = fmt.number(getattr(counts, name), language())
        meant = t(f"figure-import-{word.removeprefix('imports-fate-')}")
        shown.append(Tile(t(word), figure, tone="red" if bad else "off", help=meant))
    st.caption(caption)
    widgets.tiles(shown)


def problems(frame: pd.DataFrame, key: str, counts: Counts) -> None:
    """The problems, worst first, with their download."""
    errors, warnings = int(counts.reported), int(counts.warnings)
    title = t("imports-problems-title", errors=errors, warnings=warnings)
    with widgets.card(title, t("imports-problems-caption", warnings=warnings)):
        if frame.empty:
            st.markdown(t("imports-no-problems"))
            return
        columns = {
            "line": Col(t("imports-col-line"), "number", width=70),
            "verdict": Col(t("imports-col-severity"), width=90),
            "column": Col(t("imports-col-column"), width=150),
            "value": Col(t("imports-col-value"), width=180),
            "reason": Col(t("imports-col-reason"), width=460),
        }
        ordered = frame.sort_values(["severity", "line"], kind="stable").head(SHOWN)
        shown = ordered.assign(verdict=[t(f"imports-severity-{s}") for s in ordered.severity])
        widgets.table(shown, columns, key=f"{key}-table", empty="", height=min(364, 34 + 33 * len(shown)))
        with st.container(horizontal=True, vertical_alignment="center"):
            if len(frame) > SHOWN:
                st.caption(t("imports-preview-shown", shown=SHOWN, count=len(frame)))
            widgets.export_menu(key, lambda: frame, rows=len(frame))


def fates(frame: pd.DataFrame) -> None:
    """What becomes of every row, to filter by fate; the download holds all rows."""
    with st.expander(t("imports-preview-rows")):
        options = ["all", *sorted(set(frame.fate))]
        fate = st.segmented_control(
            t("imports-preview-fate"), options, default="all", key="imports-fate",
            label_visibility="collapsed",
            format_func=lambda f: steady(t(f"imports-{'preview' if f == 'all' else 'fate'}-{f}")),
        )  # fmt: skip
        kept = frame if fate in (None, "all") else frame[frame.fate == fate]
        shown = kept.head(SHOWN)
        shown = shown.assign(word=[t(f"imports-fate-{f}") for f in shown.fate])
        columns = {"line": Col(t("imports-col-line"), "number", width=70), "key": Col(t("imports-col-key")),
                   "word": Col(t("imports-preview-fate"))}  # fmt: skip
        widgets.table(
            shown, columns, key="imports-fates", empty="–", height=min(298, 34 + 33 * max(1, len(shown)))
        )
        st.caption(t("imports-preview-shown", shown=len(shown), count=len(kept)))
        widgets.export_menu("import-rows", lambda: kept, rows=len(kept))


def facts(file_type: str, columns: int, encoding: str | None, sheet: str | None) -> str:
    """What was found out about a file, in one line."""
    parts = [t("imports-file-facts", type=file_type.upper(), columns=columns)]
    parts += [t("imports-file-encoding", encoding=encoding)] if encoding else []
    parts += [t("imports-file-sheet", sheet=plain(sheet))] if sheet else []
    return " · ".join(parts)


def past(frame: pd.DataFrame) -> int | None:
    """Earlier imports, newest first; the position of the clicked one."""
    shown = frame.assign(what=[t(f"imports-kind-{k.replace('_', '-')}") for k in frame.kind])
    columns = {
        "imported_at": Col(t("imports-col-when"), "moment", width=135),
        "what": Col(t("imports-col-kind"), width=115),
        "file_name": Col(t("imports-col-file"), width=165),
        "preset": Col(t("imports-col-preset"), width=105),
        "person": Col(t("imports-col-person"), width=90),
        "read": Col(t("imports-col-read"), "number", width=70),
        "stored": Col(t("imports-col-new"), "number", width=65),
        "changed": Col(t("imports-col-changed"), "number", width=75),
        "unchanged": Col(t("imports-col-unchanged"), "number", width=85),
        "reported": Col(t("imports-col-reported"), "number", width=75),
        "warnings": Col(t("imports-col-warnings"), "number", width=70),
    }
    return widgets.table(shown, columns, key="imports-past", empty=t("imports-past-none"), select=True)
