"""The portrait of an account: what it may use and has used, what is connected, its profile, goals, requests,
team, departments and the accounts below it."""

from functools import partial

import pandas as pd
import streamlit as st

from lib.accounts import drawers, group, item_commands, portrait_phrases, tables
from lib.accounts.portrait import Portrait, colleagues
from lib.screens.account_place import Place
from lib.ui import forms, frame, story, widgets
from lib.ui.acts import attempt
from lib.ui.i18n import t
from lib.ui.story import Act, Meter
from lib.ui.widgets import card

TABS = ("customer_goal", "roadmap_request", "referral", "team_role", "department")


def portrait(place: Place, found: Portrait) -> None:
    _rights(place, found)
    left, right = st.columns([2, 3], gap="xsmall")
    with left, card(t("account-profile"), place.updated("profile"), height="stretch"):
        _profile(place, found)
    with right, st.container(border=True, height="stretch"):
        _tabs(place, found)


def _rights(place: Place, found: Portrait) -> None:
    """Entitlements as cells with a bar; the ones a person wrote down are corrected in place."""
    told = portrait_phrases.rights(found.blocks["entitlement"], place.language)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            st.markdown(f"**{t('account-entitlement', count=len(told))}**", width="content")
            st.caption(place.updated("entitlement"), width="content")
        if place.writes and st.button(
            t("account-add-entitlement"), icon=":material/add:", type="tertiary", key="add-entitlement"
        ):
            _form(place, "entitlement", None)
    if not told:
        widgets.nothing(t("account-entitlement-none"))
        return
    words = {code: t(f"account-item-{code}") for code in ("correct", "remove")}
    story.meters(
        [
            Meter(
                one.item, one.state, one.colour, one.share, one.text, one.origin, key=f"right-{n}",
                acts=words if place.writes and not one.origin else {},
                act=partial(_chosen, place, "entitlement", dict(one.row)),
            )
            for n, one in enumerate(told)
        ]
    )  # fmt: skip


def _profile(place: Place, found: Portrait) -> None:
    if not found.profile["version"] and not found.tags:
        st.caption(t("account-profile-none"))
    story.facts(portrait_phrases.facts(found, place.language))
    if place.writes and st.button(
        t("account-profile-edit"), icon=":material/edit:", type="tertiary", key="edit-profile"
    ):
        place.ask(drawers.profile(place.viewer, place.head, found.profile, found.tags))


def _tabs(place: Place, found: Portrait) -> None:
    below = group.group(place.viewer, place.head.id) if place.head.children else None
    names = ["integration", *TABS]
    labels = [t(f"account-tab-{_code(name)}", count=len(found.blocks[name])) for name in names]
    if below is not None:
        labels.append(t("account-tab-group", count=len(below)))
    tabs = st.tabs(labels)
    for tab, name in zip(tabs, names, strict=False):
        with tab:
            place.block(name, found.blocks[name], *_acts(place, name))
            if name == "integration":
                st.caption(portrait_phrases.coverage(found, place.language))
            elif name == "referral":
                st.caption(portrait_phrases.referral(found, place.language))
    if below is not None:
        with tabs[-1]:
            _group(place, below)


def _group(place: Place, below: pd.DataFrame) -> None:
    """The accounts below, each a click away, and their sums."""
    st.caption(portrait_phrases.group_caption(below, place.language))
    said = tables.said("group", below, place.language)
    at = story.small_table(said, tables.COLUMNS["group"], key="group", empty="", select=True)
    if at is not None:
        frame.go("account", id=int(below["id"].iloc[at]))


def _acts(place: Place, block: str) -> list[Act]:
    if not place.writes:
        return []
    name = _code(block)
    return [
        Act(f"account-add-{name}", "add", partial(_form, place, block), needs_row=False),
        Act("account-item-correct", "edit", partial(_form, place, block)),
        Act("account-item-remove", "delete", partial(_chosen, place, block, code="remove")),
    ]


def _form(place: Place, block: str, row: dict | None) -> None:
    people = colleagues(place.viewer) if block == "team_role" else pd.DataFrame({"id": [], "name": []})
    key = forms.form_key(f"account-add-{_code(block)}")
    place.ask(drawers.item(place.viewer, place.head, block, row, key, people))


def _chosen(place: Place, block: str, row: dict, code: str) -> None:
    """What was chosen for a row: its form, or taking it out, which the account's menu takes back."""
    if code == "correct":
        _form(place, block, row)
        return
    where = (place.head.id, block, int(row["id"]), int(row["version"]))
    attempt("account-item-removed", item_commands.remove_item, place.viewer, *where)
    st.rerun()


def _code(block: str) -> str:
    return block.replace("_", "-")
