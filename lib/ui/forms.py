"""Drawers with a form: inputs from a table of fields, one submit, the refusal beside what was typed."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any, Protocol

import streamlit as st

from lib.errors import DeskError
from lib.money import from_minor
from lib.ui.acts import attempt, plain, refused, show_refusal
from lib.ui.drawer import WIDTH
from lib.ui.i18n import t

FIRST, LAST = "1970-01-01", "2199-12-31"


class FormField(Protocol):
    """What an input needs to know of a field; a wing's own table of fields fits."""

    name: str
    kind: str
    longest: int
    required: bool
    choices: tuple[str, ...]


class Sheet(Protocol):
    """One form: its name (the message id of title and button, filled with `told`), a sentence above its
    fields, fields, values, act and toast."""

    name: str
    done: str
    fields: Sequence[FormField]
    values: Mapping[str, Any]
    act: Callable[[dict[str, Any]], Any]
    names: Mapping[str, str]
    told: Mapping[str, Any]
    intro: str


@dataclass(frozen=True)
class Spoken:
    """The words of a form: a field's label, a choice's label, and what stands for no choice."""

    label: Callable[[str], str]
    option: Callable[[str], str]
    nothing: str


def form_key(name: str) -> str:
    """The key a form got when it was drawn first; kept until the form has done its work."""
    return st.session_state.setdefault(f"_form-{name}", secrets.token_hex(16))


def once(name: str, done: str, act: Callable[..., Any], *args: Any, **values: Any) -> Any:
    """Run a command that makes something: two clicks in a row carry one form key and make it once."""
    result = attempt(done, act, *args, form_key=form_key(name), **values)
    if result is not None:
        st.session_state.pop(f"_form-{name}", None)
    return result


def ask(sheet: Sheet, spoken: Spoken) -> None:
    """A drawer with one form over the page; its act gets what the widgets hold when it is sent. The drawer
    closes when the act went through, and keeps what was typed beside the refusal when not."""
    words = Spoken(spoken.label, lambda code: sheet.names.get(code) or spoken.option(code), spoken.nothing)
    title = t(sheet.name, **sheet.told)

    @st.dialog(title, position="right", width=WIDTH)
    def opened() -> None:
        with st.form(sheet.name, border=False):
            if sheet.intro:
                st.markdown(plain(sheet.intro))
            inputs(sheet.fields, sheet.values, key=sheet.name, spoken=words)
            show_refusal()  # beside the button: the head of a long form has scrolled away
            sent = st.form_submit_button(title, type="primary", on_click=_send, args=(sheet, spoken.label))
        if st.session_state.pop(f"_{sheet.name}-done", False) and sent:
            st.rerun()

    opened()


def _send(sheet: Sheet, label: Callable[[str], str]) -> None:
    raw = {field.name: st.session_state[f"{sheet.name}-{field.name}"] for field in sheet.fields}
    attempt(sheet.done, _with_field_named, partial(sheet.act, raw), label)
    st.session_state[f"_{sheet.name}-done"] = not refused()  # the drawer shows, and so forgets, a refusal
    if not refused():
        st.session_state.pop(f"_form-{sheet.name}", None)


def inputs(fields: Sequence[FormField], values: Mapping[str, Any], *, key: str, spoken: Spoken) -> None:
    """One widget a field, filled with its value, under the key `key-field`; flags side by side at the end.

    Amounts are typed as text, so that no digit is lost on the way.
    """
    currency = values.get("currency") or "USD"
    for field in (f for f in fields if f.kind != "flag"):
        _input(field, values.get(field.name), f"{key}-{field.name}", spoken, currency)
    with st.container(horizontal=True):
        for field in (f for f in fields if f.kind == "flag"):
            held = bool(values.get(field.name))
            st.checkbox(spoken.label(field.name), value=held, key=f"{key}-{field.name}")


def _input(field: FormField, value: Any, key: str, spoken: Spoken, currency: str) -> None:
    name = spoken.label(field.name)
    match field.kind:
        case "choice":
            codes = list(field.choices) if field.required else [None, *field.choices]
            at = codes.index(value) if value in codes else 0
            words = {code: spoken.nothing if code is None else spoken.option(code) for code in codes}
            st.selectbox(name, codes, index=at, key=key, format_func=words.get)
        case "many":
            words = {code: spoken.option(code) for code in field.choices}
            chosen = [code for code in value or () if code in words]
            st.multiselect(name, list(words), default=chosen, key=key, format_func=words.get)
        case "whole":
            st.number_input(name, value=value, min_value=0, step=1, key=key)
        case "day":
            st.date_input(name, value=value, min_value=FIRST, max_value=LAST, format="YYYY-MM-DD", key=key)
        case "money":
            st.text_input(name, value=_amount(value, currency), max_chars=24, key=key)
        case "paragraph":
            st.text_area(name, value=value or "", max_chars=field.longest, key=key, height=120)
        case _:
            st.text_input(name, value=value or "", max_chars=field.longest, key=key)


def _amount(minor: int | None, currency: str) -> str:
    return "" if minor is None else format(Decimal(from_minor(minor, currency)), "f")


def _with_field_named(act: Callable[[], Any], label: Callable[[str], str]) -> Any:
    """Refusals name a field by its code; readers know it by its label."""
    try:
        return act()
    except DeskError as error:
        if isinstance(error.values.get("field"), str):
            error.values["field"] = label(error.values["field"])
        raise
