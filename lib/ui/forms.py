"""Drawers with a form: inputs from a table of fields, one submit, the refusal beside what was typed."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

import streamlit as st

from lib.errors import DeskError
from lib.money import from_minor
from lib.ui.acts import attempt, refused, show_refusal
from lib.ui.drawer import drawer
from lib.ui.i18n import t

EARLIEST_YEAR, LATEST_YEAR = 1970, 2199


class FormField(Protocol):
    """What an input needs to know of a field; a wing's own table of fields fits."""

    name: str
    kind: str
    longest: int
    required: bool
    choices: tuple[str, ...]


class Sheet(Protocol):
    """One form: its name (the message id of title and button), fields, values, act and toast."""

    name: str
    done: str
    fields: Sequence[FormField]
    values: Mapping[str, Any]
    act: Callable[[dict[str, Any]], Any]
    names: Mapping[str, str]


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

    def body() -> None:
        with st.form(sheet.name, border=False):
            raw = inputs(sheet.fields, sheet.values, key=sheet.name, spoken=words)
            went = submit(t(sheet.name), sheet.done, lambda: sheet.act(raw), spoken=words, key=sheet.name)
        if went is not None:
            st.rerun()

    drawer(t(sheet.name), body)


def inputs(
    fields: Sequence[FormField],
    values: Mapping[str, Any],
    *,
    key: str,
    spoken: Spoken,
) -> dict[str, Any]:
    """One widget a field, filled with its value; what they hold now, as the widgets give it.

    Flags stand side by side at the end. Amounts are typed as text, so that no digit is lost on the way.
    """
    currency = values.get("currency") or "USD"
    held: dict[str, Any] = {}
    for field in (f for f in fields if f.kind != "flag"):
        held[field.name] = _input(field, values.get(field.name), f"{key}-{field.name}", spoken, currency)
    flags = [f for f in fields if f.kind == "flag"]
    with st.container(horizontal=True):
        for field in flags:
            held[field.name] = st.checkbox(
                spoken.label(field.name), value=bool(values.get(field.name)), key=f"{key}-{field.name}"
            )
    return held


def _input(field: FormField, value: Any, key: str, spoken: Spoken, currency: str) -> Any:
    name = spoken.label(field.name)
    if field.kind == "choice":
        codes = list(field.choices) if field.required else [None, *field.choices]
        at = codes.index(value) if value in codes else 0
        return st.selectbox(
            name,
            codes,
            index=at,
            key=key,
            format_func=lambda code: spoken.nothing if code is None else spoken.option(code),
        )
    if field.kind == "whole":
        return st.number_input(name, value=value, min_value=0, step=1, key=key)
    if field.kind == "day":
        span = (f"{EARLIEST_YEAR}-01-01", f"{LATEST_YEAR}-12-31")
        return st.date_input(
            name, value=value, min_value=span[0], max_value=span[1], format="YYYY-MM-DD", key=key
        )
    if field.kind == "money":
        return st.text_input(name, value=_amount(value, currency), max_chars=24, key=key)
    if field.kind == "paragraph":
        return st.text_area(name, value=value or "", max_chars=field.longest, key=key, height=120)
    return st.text_input(name, value=value or "", max_chars=field.longest, key=key)


def _amount(minor: int | None, currency: str) -> str:
    return "" if minor is None else format(Decimal(from_minor(minor, currency)), "f")


def submit(button: str, done: str, act: Callable[[], Any], *, spoken: Spoken, key: str) -> Any:
    """The form's one button: runs `act`, closes the drawer when it went through and shows the refusal, with
    the field's own name, when not. Call it last inside a form."""
    if not st.form_submit_button(button, type="primary"):
        return None
    result = attempt(done, _with_field_named, act, spoken.label)
    if refused():
        show_refusal()
        return None
    st.session_state.pop(f"_form-{key}", None)
    return result


def _with_field_named(act: Callable[[], Any], label: Callable[[str], str]) -> Any:
    """Refusals name a field by its code; readers know it by its label."""
    try:
        return act()
    except DeskError as error:
        if isinstance(error.values.get("field"), str):
            error.values["field"] = label(error.values["field"])
        raise
