"""The dialog in which a person chooses language, time zone and currency for themselves."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from lib.ui.acts import refused, show_refusal
from lib.ui.drawer import WIDTH
from lib.ui.i18n import t

NONE = ""  # the company's zone, the commonest currency


def ask(
    held: Mapping[str, str | None],
    languages: Sequence[str],
    zones: Mapping[str, str],
    company_zone: str,
    currencies: Sequence[str],
    save: Callable[[str, str | None, str | None], None],
) -> None:
    """`held`: language, zone, currency as they are; `zones`: zone -> words. `save` gets the three, None for
    no choice of one's own; the dialog closes unless it was refused."""
    company = t("people-zone-company", zone=zones.get(company_zone, company_zone))
    kept = held["zone"] or company_zone  # an older name of a place is not among the zones
    told = {NONE: company, kept: kept} | dict(zones)

    def send() -> None:
        chosen = [st.session_state[f"prefer-{name}"] for name in ("language", "zone", "currency")]
        save(chosen[0], chosen[1] or None, chosen[2] or None)
        st.session_state["_prefer-done"] = not refused()

    @st.dialog(t("people-preferences"), position="right", width=WIDTH)
    def opened() -> None:
        show_refusal()
        if st.session_state.pop("_prefer-done", False):
            st.rerun()
        _select("language", list(languages), held["language"],
                lambda code: t(f"frame-language-{code.lower()}"), t("frame-language"))  # fmt: skip
        _select("zone", list(told), held["zone"], lambda code: told[code], t("people-zone"))
        _select("currency", [NONE, *currencies], held["currency"],
                lambda code: code or t("people-currency-common"), t("people-currency"))  # fmt: skip
        st.caption(t("people-preferences-text"))
        st.button(t("people-preferences-save"), type="primary", key="prefer-save", on_click=send)

    opened()


def _select(name: str, codes: list[str], held: str | None, words: Callable[[str], str], label: str) -> None:
    at = codes.index(held) if held in codes else 0
    st.selectbox(label, codes, index=at, key=f"prefer-{name}", format_func=words)
