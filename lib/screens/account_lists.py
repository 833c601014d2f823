"""The lists of an account's page: promises and quotes, and the tabs with everything else on it."""

from functools import partial

import pandas as pd
import streamlit as st

from lib.accounts import blocks, drawers, phrases, tables, timeline
from lib.audit import history
from lib.contracts import commands as papers
from lib.contracts import queries as contracts
from lib.negotiation import commands as talks
from lib.negotiation import ledger
from lib.negotiation import queries as room
from lib.screens.account_place import Place
from lib.ui import address, auditing, forms, frame, story
from lib.ui.i18n import t
from lib.ui.story import Act
from lib.ui.widgets import card


def lists(place: Place) -> None:
    left, right = st.columns([2, 3], gap="xsmall")
    with left:
        _kept(place)
    with right, st.container(border=True, height="stretch"):
        _tabs(place)


def _kept(place: Place) -> None:
    """What was promised and offered, with the way to the room where both are made."""
    viewer, found, lang = place.viewer, place.head, place.language
    with card(t("account-promises"), phrases.kept_caption(found, lang)):
        story.dense("promises", ledger.promises(viewer, found.id, status="open"), tables.COLUMNS)
        _dated(place, "promises")
        story.dense("quotes", tables.quotes(room.latest_quotes(viewer, found.id), lang), tables.COLUMNS)
        _dated(place, "quotes")
        frame.link("negotiation", label=t("account-open-room"), icon="handshake", account=found.id)


def _dated(place: Place, block: str) -> None:
    """When the block above last changed; nothing for one that is empty."""
    if said := place.updated(block):
        st.caption(said)


def _story(place: Place) -> None:
    """The merged timeline, narrowed by kind and period in the address, with a note in place."""
    viewer, account = place.viewer, place.head.id
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        kind = _choice("story", ["all", *timeline.GROUPS], 150)
        since = _choice("within", ["ever", *timeline.PERIODS], 150)
        writes = viewer.may("note.write")
        if writes and st.button(t("account-add-note"), icon=":material/edit_note:", type="tertiary"):
            key = forms.form_key("account-add-note")
            place.ask(drawers.note(viewer, place.head, talks.write_note, key))
    group, days = None if kind == "all" else kind, None if since == "ever" else int(since)
    told = partial(tables.timeline_lines, language=place.language, zone=viewer.clock_zone)
    narrowed = group is not None or days is not None
    empty = t("account-timeline-none-match" if narrowed else "account-timeline-none")
    story.timeline(lambda n: told(timeline.timeline(viewer, account, n, group, days)), empty)


def _choice(name: str, codes: list[str], width: int) -> str:
    words = {code: t(f"account-{name}-{code}") for code in codes}
    return address.choice(
        st.selectbox, t(f"account-{name}"), codes, key=name, default=codes[0], format_func=words.get,
        label_visibility="collapsed", width=width,
    )  # fmt: skip


def _tabs(place: Place) -> None:
    viewer, found = place.viewer, place.head
    rows = _rows(place)
    names = [t(f"account-tab-{name}", count=len(its)) for name, its in rows.items()]
    story_tab, *tabs, past = st.tabs([t("account-tab-timeline"), *names, t("audit-history")])
    with story_tab:
        _story(place)
    with past:
        auditing.history(partial(history.of_account, viewer, found.id), key="history")
    acts = {"contract": _contract_acts, "contacts": _contact_acts}
    for tab, (name, its) in zip(tabs, rows.items(), strict=True):
        with tab:
            place.block(name, its, *(acts[name](place) if name in acts else []))
            if name == "contract":
                place.block("periods", contracts.periods_of_account(viewer, found.id))


def _rows(place: Place) -> dict[str, pd.DataFrame]:
    viewer, found = place.viewer, place.head
    rows = {
        "contract": contracts.contract_of_account(viewer, found.id), "contacts": place.people,
        "alerts": place.alerts, "renewals": blocks.renewals(viewer, found.id),
        "notes": room.notes(viewer, found.id), "cases": blocks.cases(viewer, found.id),
    }  # fmt: skip
    if found.held or place.people["held"].any():
        held = blocks.held_values(viewer, found.id)
        rows["held"] = tables.corrected(held, found, place.people, place.language)
    return rows


def _contract_acts(place: Place) -> list[Act]:
    viewer = place.viewer
    if not viewer.may("contract.write"):
        return []

    def form(row: dict | None) -> None:
        key = forms.form_key("contracts-create")
        does = (papers.create_contract, papers.correct_contract)
        place.ask(drawers.contract(viewer, place.head, row, *does, key=key))

    def undo(row: dict) -> None:
        place.undo(papers.undo_correction, int(row["id"]), int(row["version"]))

    return [
        Act("contracts-create", "add", form, needs_row=False), Act("contracts-correct", "edit", form),
        Act("contracts-undo", "undo", undo, offered=partial(contracts.can_undo, viewer)),
    ]  # fmt: skip


def _contact_acts(place: Place) -> list[Act]:
    viewer = place.viewer
    if not viewer.may("contact.write"):
        return []

    def form(row: dict | None) -> None:
        place.ask(drawers.contact(viewer, place.head, row, forms.form_key("account-add-contact")))

    return [
        Act("account-add-contact", "add", form, needs_row=False),
        Act("account-correct-contact", "edit", form),
    ]
