"""Editing on a page: form fields kept under a key, a table of lines to edit, label and value rows."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from lib.ui.widgets import plain


def held(key: str, name: str, saved: object) -> Any:
    """What the widget `key + name` holds now, else the saved value. Callbacks read it here: their
    arguments are those of the last drawing and would be stale."""
    return st.session_state.get(key + name, saved)


@dataclass(frozen=True)
class Column:
    """A column of a line editor. kind: choice, number or shown (never edited)."""

    name: str
    kind: str
    label: str
    width: int
    largest: float | None = None
    right: bool = True


def line_editor(
    frame: pd.DataFrame, columns: Sequence[Column], *, key: str, names: Mapping[str, str], disabled: bool,
    **commit: Any,
) -> None:  # fmt: skip
    """Rows to edit in place; `names` are the codes and words of the choice column.

    The changes lie in the session under `key`; nothing they hold is trusted before a command checked it.
    """
    st.data_editor(
        frame[[c.name for c in columns]], key=key, hide_index=True, num_rows="fixed", row_height=33,
        height=34 + 33 * min(len(frame), 15), column_config={c.name: _config(c, names) for c in columns},
        disabled=True if disabled else [c.name for c in columns if c.kind == "shown"], **commit,
    )  # fmt: skip


def _config(column: Column, names: Mapping[str, str]) -> Any:
    cc, shared = st.column_config, {"label": column.label, "width": column.width}
    if column.kind == "choice":
        return cc.SelectboxColumn(
            **shared, options=list(names), format_func=lambda code: names.get(code, code)
        )
    if column.kind == "number":
        return cc.NumberColumn(**shared, min_value=0.0, max_value=column.largest)
    return cc.TextColumn(**shared, disabled=True, alignment="right" if column.right else None)


def add_row(
    names: Mapping[str, str],
    labels: tuple[str, str, str, str],
    *,
    key: str,
    on_add: Callable[..., None],
    args: tuple,
) -> None:
    """Choose one of `names`, how many, and whether as a gift (`key-item`, `key-quantity`, `key-gift`).

    labels: choice, quantity, button, gift.
    """
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
        st.selectbox(labels[0], list(names), format_func=names.get, key=f"{key}-item", width=330)
        st.number_input(labels[1], 1, 1_000_000, key=f"{key}-quantity", width=150)
        st.checkbox(labels[3], key=f"{key}-gift")
        st.button(labels[2], key=f"{key}-button", icon=":material/add:", on_click=on_add, args=args)


def pdf_button(label: str, make: Callable[[], bytes], stem: str, *, key: str, **more: Any) -> None:
    """A download that is made on the click; a random id in its name keeps files of two people apart."""
    st.download_button(label, data=make, file_name=f"{stem}-{secrets.token_hex(6)}.pdf", key=key,
                       mime="application/pdf", on_click="ignore", **more)  # fmt: skip


def value_rows(rows: Sequence[tuple[str, str]]) -> None:
    """Label left in grey, value right in bold, one line each."""
    with st.container(gap="xxsmall"):
        for label, value in rows:
            with st.container(horizontal=True, horizontal_alignment="distribute"):
                st.markdown(f":gray[{plain(label)}]", width="content")
                st.markdown(f"**{plain(value)}**", width="content")


@dataclass(frozen=True)
class Field:
    """An input of a form held in keyed widgets.

    kind: text, area, day, choice, several, flag, percent, count or amount.
    """

    name: str
    kind: str
    label: str
    value: Any = None
    options: Sequence[Any] = ()
    name_of: Callable[[Any], str] = str
    hint: str | None = None
    largest: int = 10**9


def draw(
    field: Field, key: str, *, disabled: bool = False, on_change: Callable[..., None] | None = None,
    args: tuple = (),
) -> None:  # fmt: skip
    """The widget of a field under `key + name`; `on_change` runs once a change is committed."""
    shared = {"key": key + field.name, "disabled": disabled, "help": None, "on_change": on_change,
              "args": args}  # fmt: skip
    if field.kind == "choice":
        st.selectbox(field.label, field.options, index=list(field.options).index(field.value),
                     format_func=field.name_of, **shared)  # fmt: skip
    elif field.kind == "several":
        st.multiselect(field.label, field.options, default=field.value, format_func=field.name_of,
                       placeholder=field.hint or "", **shared)  # fmt: skip
    elif field.kind == "day":
        st.date_input(field.label, value=field.value, format="YYYY-MM-DD", **shared)
    elif field.kind == "flag":
        st.checkbox(field.label, value=field.value, **shared | {"help": field.hint})
    elif field.kind == "percent":
        st.number_input(field.label, value=field.value, min_value=0.0, max_value=100.0, step=0.5, **shared)
    elif field.kind == "count":
        st.number_input(field.label, value=field.value, min_value=0, max_value=field.largest, **shared)
    elif field.kind == "amount":
        st.number_input(field.label, value=field.value, min_value=0.0, step=1.0, **shared)
    else:
        box = st.text_area if field.kind == "area" else st.text_input
        box(field.label, value=field.value or "", max_chars=4000, placeholder=field.hint, **shared)


def draw_grid(
    fields: Sequence[Field], key: str, columns: int, *, disabled: bool = False, **commit: Any
) -> None:
    """Fields side by side, filled row by row; one below the other on a phone."""
    for start in range(0, len(fields), columns):
        for place, field in zip(st.columns(columns, gap="xsmall", vertical_alignment="bottom"),
                                fields[start : start + columns], strict=False):  # fmt: skip
            with place:
                draw(field, key, disabled=disabled, **commit)
