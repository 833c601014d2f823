"""The drawers of the VIP page: a proposal to decide, a member to look after."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from lib.access import Viewer
from lib.flows import designate_vip
from lib.ui import frame, widgets
from lib.ui.acts import plain
from lib.ui.drawer import Field, facts, form, history
from lib.ui.forms import once
from lib.ui.i18n import t
from lib.ui.theme import steady
from lib.vips import commands, forms, phrases, queries


def _fields(asked: forms.Asked) -> list[Field]:
    return [Field(**one) for one in asked]


def _head(viewer: Viewer, account_id: int) -> queries.Known:
    known = queries.known(viewer, account_id)
    frame.link("account", label=f"**{plain(known.account)}**", id=account_id)
    return known


def proposal(viewer: Viewer, row: Any, language: str) -> None:
    """Why the account is proposed, what is known of it, and the three answers."""
    known = _head(viewer, row.account_id)
    st.markdown(widgets.badge(phrases.rule_name(row.rule, language)))
    st.markdown(plain(phrases.evidence(row.rule, row.evidence, language)))
    if viewer.may("account.write"):
        answer = st.segmented_control(
            t("vips-answer"), ("accept", "later", "refuse"), key=f"vips-answer-{row.id}", default="accept",
            format_func=lambda code: steady(t(f"vips-do-{code}")), label_visibility="collapsed",
            required=True,
        )  # fmt: skip
        st.caption(t(f"vips-do-{answer}-text"))
        _answer(viewer, row, answer, language)
    facts(phrases.facts(known, language))
    told = phrases.history(queries.history(viewer, row.account_id), viewer.clock_zone, language)
    history(t("vips-history"), told)


def _answer(viewer: Viewer, row: Any, answer: str, language: str) -> None:
    seen = (viewer, int(row.id), int(row.version))
    key = f"vips-{answer}-{row.id}"
    if answer == "accept":
        standard = queries.standard(viewer)
        asked = forms.accept(standard, phrases.level_names(standard.levels, language), language)
        form(key, _fields(asked), t("vips-do-accept"), partial(_accept, seen))
        return
    command, done = {"refuse": (commands.refuse, "vips-refused"),
                     "later": (commands.put_off, "vips-put-off")}[answer]  # fmt: skip
    form(key, _fields(forms.reason(language)), t(f"vips-do-{answer}"),
         lambda values: widgets.attempt(done, command, *seen, values["reason"]))  # fmt: skip


def _accept(seen: tuple[Viewer, int, int], values: Mapping[str, Any]) -> None:
    widgets.attempt(
        "vips-accepted", designate_vip.designate, *seen, values["reason"], mode=values["mode"] or "",
        level=values["level"], answers=forms.answers(values), override=values["override"],
    )  # fmt: skip


def decided(viewer: Viewer, row: Any, language: str) -> None:
    """An answered proposal; a refusal or a delay can be taken back."""
    _head(viewer, row.account_id)
    told = phrases.decided(pd.DataFrame([row._asdict()]), viewer.clock_zone, language).iloc[0]
    facts(
        [(t(f"vips-col-{name}"), told[name]) for name in ("rule", "answer", "decided", "decider", "reason")]
    )
    st.markdown(plain(told["evidence"]))
    if viewer.may("account.write") and row.status in ("refused", "later"):
        st.button(t("vips-undo"), icon=":material/undo:", key=f"vips-undo-{row.id}", on_click=widgets.attempt,
                  args=("vips-undone", commands.undo, viewer, int(row.id), int(row.version)))  # fmt: skip
    lines = phrases.history(queries.history(viewer, row.account_id), viewer.clock_zone, language)
    history(t("vips-history"), lines)


def member(viewer: Viewer, row: Any, language: str) -> None:
    """How a member is looked after, what is known of it, and the way out."""
    known = _head(viewer, row.account_id)
    standard = queries.standard(viewer)
    names = phrases.level_names(standard.levels, language)
    st.markdown(widgets.badge(phrases.mode_name(row.mode, row.level, names, language)))
    facts([*phrases.membership(row, language), *phrases.answers(row.answers, language)])
    facts(phrases.facts(known, language))
    if viewer.may("account.write"):
        key = f"{row.account_id}-{known.version or 0}-{known.account_version}"
        with st.expander(t("vips-profile-edit")):
            form(f"vips-profile-{key}", _fields(forms.profile(known, language)), t("vips-profile-save"),
                 lambda values: widgets.attempt("vips-profile-saved", commands.set_profile, viewer,
                                                known.account_id, known.version,
                                                **forms.profile_values(values)))  # fmt: skip
        with st.expander(t("vips-facts-edit")):
            form(f"vips-facts-{key}", _fields(forms.facts(known, language)), t("vips-facts-save"),
                 lambda values: widgets.attempt("vips-facts-saved", lambda: designate_vip.set_facts(
                     viewer, known.account_id, known.account_version,
                     forms.fact_values(values, known.currency))))  # fmt: skip
        with st.expander(t("vips-withdraw")):
            st.caption(t("vips-withdraw-text"))
            form(f"vips-withdraw-{row.id}", _fields(forms.reason(language)), t("vips-withdraw"),
                 lambda values: widgets.attempt("vips-withdrawn", _withdraw, viewer, int(row.id),
                                                int(row.version), values["reason"]))  # fmt: skip
    lines = phrases.history(queries.history(viewer, row.account_id), viewer.clock_zone, language)
    history(t("vips-history"), lines)


def _withdraw(viewer: Viewer, membership_id: int, seen: int, reason: str) -> None:
    """End the membership, and remember which it was: the page offers to take it back."""
    designate_vip.withdraw(viewer, membership_id, seen, reason)
    st.session_state["vips-left"] = membership_id


def way_back(viewer: Viewer) -> None:
    """A withdrawal of this sitting can be taken back."""
    left = st.session_state.get("vips-left")
    ended = queries.ended_membership(viewer, left) if left else None
    if ended:
        st.button(t("vips-reinstate"), icon=":material/undo:", key="vips-reinstate",
                  on_click=widgets.attempt,
                  args=("vips-reinstated", designate_vip.reinstate, viewer, left, ended[0]))  # fmt: skip


def propose(viewer: Viewer, language: str) -> None:
    """Propose an account by hand: found by its name, with a reason."""
    text = st.text_input(t("vips-find"), key="vips-find", max_chars=100)
    found = queries.find(viewer, text)
    if not found:
        st.caption(t("vips-find-none") if text.strip() else t("vips-find-hint"))
        return
    asked = [{"code": "account", "label": t("vips-field-account"), "options": found,
              "value": next(iter(found))}, *forms.reason(language)]  # fmt: skip
    form("vips-propose", _fields(asked), t("vips-propose"), lambda values: once(
        "vips-propose", "vips-proposed", commands.propose, viewer, values["account"] or 0,
        values["reason"]))  # fmt: skip
