"""Blocks of the people page: roles with their way out, confirmations, the handover of a book."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import streamlit as st

from lib.ui import address, widgets
from lib.ui.i18n import t
from lib.ui.theme import steady
from lib.ui.widgets import Col, Kind, Tile, plain

REASON_MAX = 1000
WHOLE, CHOSEN = "whole", "chosen"
ICONS = {
    "give-role": "badge", "link": "link", "edit": "edit", "stand-in": "swap_horiz", "hand-over": "move_group",
    "switch-on": "toggle_on", "switch-off": "toggle_off", "sign-out": "logout",
}  # fmt: skip
MOVES = ("accounts", "owned", "backed_up", "tasks", "promises")
FOLLOW = ("requests", "alerts", "renewals", "opinions")
# The columns of each list: kind and width in pixels.
LOOKS: dict[str, dict[str, tuple[Kind, int]]] = {
    "people": {
        "name": ("text", 120), "roles": ("text", 190), "team": ("text", 112), "lead": ("text", 90),
        "state": ("text", 72), "signed_in_at": ("moment", 128), "owned": ("number", 60),
        "backed_up": ("number", 76), "stand_in": ("text", 160),
    },
    "uncovered": {
        "account": ("text", 240), "missing": ("text", 190), "owner": ("text", 150), "backup": ("text", 150),
        "tier": ("text", 100),
    },
    "book": {
        "account": ("text", 260), "duties": ("text", 150), "tier": ("text", 100), "tasks": ("number", 90),
        "promises": ("number", 90), "alerts": ("number", 90),
    },
}  # fmt: skip


def listed(told: pd.DataFrame, ids: pd.Series, key: str, none: str) -> int | None:
    """The list called `key` in LOOKS; the id of a row that was picked in this run, once a click."""
    columns = {name: Col(t(f"people-col-{name.replace('_', '-')}"), kind, width)
               for name, (kind, width) in LOOKS[key].items()}  # fmt: skip
    place = widgets.table(told, columns, key=f"list-{key}", select=True, empty=none)
    picked = int(ids.iloc[place]) if place is not None else None
    is_new = picked != st.session_state.get(f"_{key}-picked")
    st.session_state[f"_{key}-picked"] = picked
    return picked if is_new else None


def stand_ins(
    rows: Sequence[tuple[str, str, str, tuple[int, int]]], take_back: Callable[..., None] | None
) -> None:
    """Each stand-in as a line: who for whom, when, why, and its id and version for taking it back."""
    for who, when, why, seen in rows:
        with (
            widgets.card(key=f"stand-in-{seen[0]}"),
            st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"),
        ):
            with st.container(gap=None, width="content"):
                st.markdown(f"**{plain(who)}**")
                st.markdown(widgets.small(plain(" · ".join(filter(None, (when, why)))), "gray"))
            if take_back:
                with st.popover(t("people-take-back"), type="tertiary"):
                    st.write(t("people-take-back-text"))
                    st.button(t("people-take-back"), key=f"take-back-{seen[0]}", type="primary",
                              on_click=take_back, args=seen)  # fmt: skip


def roles(held: Sequence[tuple[str, str, bool]], take: Callable[[str], None] | None) -> None:
    """Each role as a line: (code, words, may be taken); taken at once, because it is as quickly given."""
    st.markdown(f"**{t('people-roles')}**")
    for code, told, by_hand in held:
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(plain(told), width="content")
            if take and by_hand:
                st.button(t("people-take-role"), key=f"take-{code}", type="tertiary", on_click=take,
                          args=(code,))  # fmt: skip
    if not held:
        st.caption(t("people-no-role"))


def way(code: str, then: Callable[..., None], *args: object) -> None:
    """A button of the drawer that leads to a form of its own."""
    st.button(t(f"people-{code}"), key=f"way-{code}", icon=f":material/{ICONS[code]}:", width="stretch",
              on_click=then, args=args)  # fmt: skip


def confirm(code: str, label: str, text: str, act: Callable[[str], None]) -> None:
    """A button that says what follows before it is done, with room for a reason."""
    with st.popover(label, icon=f":material/{ICONS[code]}:", width="stretch", key=f"ask-{code}"):
        st.write(text)
        st.text_input(t("people-reason"), key=f"{code}-reason", max_chars=REASON_MAX)
        st.button(label, key=f"{code}-yes", type="primary",
                  on_click=lambda: act(st.session_state[f"{code}-reason"]))  # fmt: skip


def person_of(key: str, label: str, names: Mapping[int, str], width: int = 220) -> int | None:
    """A person chosen from the names, kept in the address as `?key=id`."""
    codes = ["", *map(str, names)]
    found = address.choice(
        st.selectbox, label, codes, key=key, default="", width=width,
        format_func=lambda code: names[int(code)] if code else label,
    )  # fmt: skip
    return int(found) if found else None


def accounts_of(book: pd.DataFrame, key: str) -> list[int]:
    """The whole book, or accounts chosen from it; their ids. `book`: account_id, account."""
    way = st.segmented_control(
        t("people-handover-which"), [WHOLE, CHOSEN], default=WHOLE, required=True, key=f"{key}-which",
        format_func=lambda code: steady(t(f"people-handover-{code}", count=len(book))),
    )  # fmt: skip
    names = {int(i): str(name) for i, name in zip(book["account_id"], book["account"], strict=True)}
    if way == WHOLE:
        return list(names)
    return st.multiselect(
        t("people-handover-accounts"), list(names), key=f"{key}-accounts", format_func=names.get,
        placeholder=t("people-handover-accounts"),
    )  # fmt: skip


def preview(told: Mapping[str, str], bare: str) -> None:
    """What would move, MOVES and FOLLOW in words, as tiles; `bare` is a warning, empty without one."""
    for names in (MOVES, FOLLOW):
        codes = {name: name.replace("_", "-") for name in names}
        widgets.tiles([
            Tile(t(f"people-moves-{code}"), told[name], help=t(f"figure-moves-{code}"))
            for name, code in codes.items()
        ])  # fmt: skip
    if bare:
        st.warning(bare, icon=":material/warning:")


def run(key: str, label: str, act: Callable[[str], None], *, ready: bool) -> None:
    """Reason and button of a handover."""
    st.text_input(t("people-reason"), key=f"{key}-reason", max_chars=REASON_MAX)
    st.button(label, key=f"{key}-run", type="primary", disabled=not ready,
              on_click=lambda: act(st.session_state[f"{key}-reason"]))  # fmt: skip
