"""Small forms described by a table of fields: what was typed stays until the act went through."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Literal

import streamlit as st

from lib.ui.acts import attempt, refused
from lib.ui.forms import form_key

_TEXTS = ("text", "summary", "what", "proof", "reason")  # arguments a person types anew each time


@dataclass(frozen=True)
class Field:
    """An argument of the command and how it is asked for. `options` maps codes to words (select);
    `start` is what a field begins with, `earliest` and `latest` bound a day."""

    name: str
    kind: Literal["area", "text", "select", "tick", "day", "time"]
    label: str
    options: Mapping[Any, str] | None = None
    start: date | time | bool | int | str | None = None
    earliest: date | None = None
    latest: date | None = None


def form(
    name: str, button: str, done: str, act: Callable[..., Any], *args: Any, fields: Sequence[tuple],
    owner: int, primary: bool = False, behind: str | None = None, icon: str | None = None,
    stacked: bool = False,
) -> None:  # fmt: skip
    """Draw the fields (rows as `Field` takes them) and one button that runs `act(*args, name=value, …)`.

    `owner` is the record the form belongs to: a draft never moves to another one, and survives a look at
    another page. The act also gets the form's key, so that a second click writes nothing new. `behind`
    is the label of a button the form opens from; `stacked` puts the fields one below the other.
    """
    place = st.container() if behind is None else st.popover(behind, type=_weight(icon), icon=icon)
    asked, key = [Field(*row) for row in fields], f"{name}-{owner}"
    keys = {field.name: f"{key}-{field.name}" for field in asked}
    with place:
        for field in (f for f in asked if f.kind == "area"):
            _draw(field, keys[field.name])
        with st.container(horizontal=not stacked, vertical_alignment="bottom", gap="small"):
            for field in (f for f in asked if f.kind != "area"):
                _draw(field, keys[field.name])
            st.button(
                button, key=f"send-{key}", type="primary" if primary else "secondary", on_click=send,
                args=(done, act, *args), kwargs={"form": key, "fields": keys},
            )  # fmt: skip


def _weight(icon: str | None) -> Literal["secondary", "tertiary"]:
    """A button beside a text is quiet, one that stands alone carries an icon and a frame."""
    return "secondary" if icon else "tertiary"


def send(
    done: str, act: Callable[..., Any], *args: Any, fields: Mapping[str, str], form: str | None = None
) -> None:
    """A button's callback: runs `act` with what the widgets hold at the click (argument -> widget key).
    After a refusal everything stays as it was typed; otherwise texts are emptied and the form's key ends."""
    values = {name: st.session_state.get(key) for name, key in fields.items()}
    if form is not None:
        values["form_key"] = form_key(form)
    attempt(done, act, *args, **values)
    if refused():
        return
    st.session_state.pop(f"_form-{form}", None)
    for name, key in fields.items():
        if name in _TEXTS:
            st.session_state[key] = ""


def _draw(field: Field, key: str) -> None:
    keep: dict[str, Any] = {"key": key, "persist_state": "session"}
    match field.kind:
        case "area":
            st.text_area(
                field.label, placeholder=field.label, label_visibility="collapsed", height=86, **keep
            )
        case "text":
            st.text_input(field.label, str(field.start or ""), **keep)
        case "tick":
            st.checkbox(field.label, value=bool(field.start), **keep)
        case "day":
            st.date_input(
                field.label, field.start, min_value=field.earliest, max_value=field.latest, width=130,
                format="YYYY-MM-DD", **keep,
            )  # fmt: skip
        case "time":
            st.time_input(field.label, field.start, width=100, **keep)
        case "select":
            options = field.options or {}
            codes = list(options)
            st.selectbox(
                field.label, codes, format_func=lambda code: options.get(code, ""), width=190,
                index=codes.index(field.start) if field.start in codes else 0 if codes else None,
                placeholder=options.get(None), **keep,
            )  # fmt: skip
