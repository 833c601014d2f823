"""Parts of the policy page that show given values: the form of one value, versions, a file's differences."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from lib.errors import DeskError
from lib.ui import importing, widgets
from lib.ui.acts import plain
from lib.ui.i18n import t

REASON_MAX = 1000


@dataclass(frozen=True)
class VersionCard:
    """One version of a document: its line, what it changed, and whether it holds today."""

    number: int
    line: str
    changes: Sequence[str]
    holds: bool


def plan(key: str, earliest: date) -> None:
    """From which day, and why; kept under `key-from` and `key-reason`."""
    st.date_input(t("policy-from"), earliest, min_value=earliest, format="YYYY-MM-DD", key=f"{key}-from")
    st.text_area(t("policy-reason"), key=f"{key}-reason", max_chars=REASON_MAX, height=76,
                 placeholder=t("policy-reason-hint"))  # fmt: skip


def value_form(
    key: str, value: str, earliest: date, preview: Callable[[str], Sequence[str]], on_save: Callable[[], None]
) -> None:
    """A new value with the difference it would make, before it can be saved."""
    text = st.text_input(t("policy-new-value"), value, key=f"{key}-value", max_chars=120)
    plan(key, earliest)
    lines: Sequence[str] = ()
    try:
        lines = preview(text)
    except DeskError as error:
        importing.refuse(error)
    else:
        st.markdown(f"**{t('policy-preview')}**")
        st.text("\n".join(lines or [t("policy-preview-same")]))
    st.button(t("policy-save"), key=f"{key}-save", type="primary", on_click=on_save, disabled=not lines)


def versions(cards: Sequence[VersionCard], on_revert: Callable[[int], None] | None) -> None:
    """The versions, newest first; the earlier ones can be brought back where `on_revert` is given."""
    for card in cards:
        with widgets.card(plain(card.line), key=f"version-{card.number}"):
            if card.holds:
                st.markdown(widgets.badge(t("policy-history-holds"), "green", "check"))
            if card.changes:
                st.text("\n".join(card.changes))
            if on_revert and card is not cards[0]:
                with st.popover(t("policy-revert", number=card.number), type="tertiary"):
                    st.write(t("policy-revert-text", number=card.number))
                    st.text_area(t("policy-reason"), key=f"revert-{card.number}", max_chars=REASON_MAX)
                    st.button(t("policy-revert", number=card.number), key=f"revert-{card.number}-yes",
                              type="primary", on_click=on_revert, args=(card.number,))  # fmt: skip
