"""A drawer from the right: facts, small forms, a history; the page behind it stays visible."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from lib.ui.acts import plain, refused, show_refusal
from lib.ui.i18n import t

WIDTH = 420


@dataclass(frozen=True)
class Field:
    """One input of a form: a choice when it has `options` (code -> word), else a line or an area of text."""

    code: str
    label: str
    value: Any = None
    options: Mapping[str, str] | None = None
    long: bool = False
    limit: int = 255


def drawer(title: str, body: Callable[..., None], *args: Any) -> None:
    """Opens the drawer over the page and draws the body in it."""

    @st.dialog(title, position="right", width=WIDTH)
    def opened() -> None:
        show_refusal()
        body(*args)

    opened()


def facts(pairs: Sequence[tuple[str, str]]) -> None:
    """Label left in grey, value right, below it when the two do not fit side by side; both plain text."""
    for label, value in pairs:
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            st.markdown(f":gray[{plain(label)}]", width="content")
            st.markdown(plain(value), width="content", text_alignment="right")


def history(title: str, lines: Sequence[str]) -> None:
    st.markdown(f"**{title}**")
    for line in lines:
        st.markdown(f":gray[:small[{plain(line)}]]")


def form(key: str, fields: Sequence[Field], submit: str, on_submit: Callable[[dict[str, Any]], None]) -> None:
    """A form whose values are handed to `on_submit` by code when it is sent; the drawer closes unless the
    act was refused, and then keeps what was typed."""

    def send() -> None:
        on_submit({field.code: st.session_state[f"{key}-{field.code}"] for field in fields})
        st.session_state[f"_{key}-done"] = not refused()

    with st.form(key, border=False):
        for field in fields:
            _input(f"{key}-{field.code}", field)
        sent = st.form_submit_button(submit, on_click=send)
    if st.session_state.pop(f"_{key}-done", False) and sent:
        st.rerun()


def _input(key: str, field: Field) -> None:
    if field.options is not None:
        codes = list(field.options)
        index = codes.index(field.value) if field.value in codes else None
        st.selectbox(field.label, codes, index=index, key=key, format_func=lambda code: field.options[code],
                     placeholder=t("frame-choose", what=field.label))  # fmt: skip
    elif field.long:
        st.text_area(field.label, field.value or "", key=key, max_chars=field.limit, height=76)
    else:
        st.text_input(field.label, field.value or "", key=key, max_chars=field.limit)
