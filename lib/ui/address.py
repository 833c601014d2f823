"""Filters that live in the address by their code, so that a view can be sent to a colleague.

Streamlit's own binding writes the label a reader sees; a label with a count, or in another language, would
make a link that stops working. It also keeps code from switching the page while a filter is bound.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from lib.ui.theme import steady

LONGEST = 255


def choice(
    draw: Callable[..., Any],
    label: str,
    options: Sequence[str],
    *,
    key: str,
    default: str,
    format_func: Callable[[str], str],
    on_change: Callable[[], None] | None = None,
    **look: Any,
) -> str:
    """One code of `options`, drawn by st.pills, st.segmented_control or st.selectbox, kept as `?key=code`.

    An address with an unknown code shows the default; the default itself leaves the address clean.
    """
    held = f"_{key}"
    st.session_state[held] = asked(key, options, default)
    menu = draw is st.selectbox
    draw(
        label, list(options), key=held, on_change=_keep, args=(key, held, default, on_change),
        format_func=format_func if menu else lambda code: steady(format_func(code)),
        **({} if menu else {"required": True}), **look,
    )  # fmt: skip
    return st.session_state[held]


def text(
    label: str, *, key: str, on_change: Callable[[], None] | None = None, limit: int = LONGEST, **look: Any
) -> str:
    """A search field without a visible label, kept as `?key=words`; what is typed there now."""
    held = f"_text-{key}"
    st.session_state[held] = st.query_params.get(key, "")[:limit]
    typed = st.text_input(
        label, key=held, max_chars=limit, label_visibility="collapsed", autocomplete="off", on_change=_keep,
        args=(key, held, "", on_change), **{"placeholder": label, "icon": ":material/search:"} | look,
    )  # fmt: skip
    return typed or ""


def asked(key: str, options: Sequence[str], default: str) -> str:
    """The code the address asks for, when it is one of the options; to be read before the widget is drawn."""
    found = st.query_params.get(key)
    return found if found in options else default


def _keep(key: str, held: str, default: str, then: Callable[[], None] | None) -> None:
    value = st.session_state[held]
    if value is None or value == default:
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = str(value)
    if then is not None:
        then()


def record(find: Callable[[str], Mapping[int, str]], *, key: str, label: str, search: str) -> None:
    """A search field beside a list of records; choosing one puts its id into the address as `?key=id`."""
    hidden = {"label_visibility": "collapsed"}
    typed = st.text_input(search, key=f"_find-{key}", width=160, placeholder=search, **hidden)
    names = find(typed)
    st.selectbox(
        label, list(names), index=None, format_func=lambda one: names.get(one, ""), width=190,
        placeholder=label, key=f"_chosen-{key}", on_change=_open, args=(key,), **hidden,
    )  # fmt: skip


def _open(key: str) -> None:
    chosen = st.session_state[f"_chosen-{key}"]
    if chosen is not None:
        st.query_params[key] = str(chosen)
