"""One quote: lines, terms, price, guardrails, and the steps from draft to contract."""

from functools import partial

import streamlit as st

from lib.audit import history
from lib.errors import NotFound
from lib.flows.quote_known import known as known_of
from lib.quotes import compliance_texts as said
from lib.quotes import issuing, phrases, queries, requests, surroundings
from lib.quotes.known import used_texts
from lib.quotes.rules import EDITABLE, MAIN_STEPS, QuoteStatus, steps_for
from lib.screens import (
    quote_book,
    quote_builder,
    quote_concessions,
    quote_draft,
    quote_fit,
    quote_known,
    quote_life,
    quote_papers,
    quote_talk,
    quote_versions,
)
from lib.ui import auditing, compliance, editor, frame, price_cards, undo, widgets
from lib.ui.i18n import language, t
from lib.ui.widgets import plain

viewer = frame.open_page("quote")
try:
    quote = queries.quote(viewer, frame.asked_id() or 0)
except NotFound:
    frame.no_permission()
form, basis, edits, lang = quote.form, quote.basis, quote.may_edit, language()
around = surroundings.surroundings(viewer, quote.id)
contacts = said.contact_names(around.contacts, lang)
draft = quote_draft.open_draft(quote, contacts, arriving=True)
STEPS = issuing.BY_STEP


def act(step: str) -> None:
    """A step is taken with what stands on screen; what cannot be written takes none."""
    version = quote_draft.keep(viewer, quote_draft.on_screen(draft)) if edits else quote.version
    if step in STEPS and version is not None:
        words = {"reason": st.session_state["decline-reason"]} if step == "decline" else {}
        made = widgets.attempt(f"quotes-{step}-done", STEPS[step], viewer, quote.id, version, **words)
        st.session_state["quotes-made"] = made if step == "copy" else None


def button(step: str, kind: str = "secondary", **more: object) -> None:
    st.button(t(f"quotes-{step}"), key=f"quotes-{step}", type=kind, on_click=act, args=(step,), **more)


if (made := st.session_state.pop("quotes-made", None)) is not None:
    frame.go("quote", id=made)
steps = steps_for(quote.status, viewer.permissions, again=quote.again)
saves = edits and not quote_draft.autosaves(quote.status)
title = plain(phrases.headline(quote.account, quote.number, quote.revision, lang))
badges = [widgets.status_badge(quote.status)]
if edits or quote.status == QuoteStatus.SENT:
    left = phrases.countdown(form.valid_until, quote.zone or viewer.zone, viewer.now, lang)
    badges.append(widgets.badge(left, icon="timer"))
with frame.head(title, plain(phrases.subtitle(form, basis, lang)), badges):
    frame.link("quotes", label=t("quotes-back"), icon="arrow_back")
    quote_papers.papers(viewer, quote, steps, button)
    for step in [*(["save"] if saves else []), *(s for s in steps if s in MAIN_STEPS)]:
        button(step, "secondary" if step == "save" else "primary")
    quote_life.accept_buttons(viewer, quote, lang)
undo.show()
quote_book.book_card(viewer, quote, draft, lang)
compliance.notice(said.duplicate_text(around, lang, viewer.clock_zone))
compliance.notice(said.again_text(quote, lang), "published_with_changes")
known = known_of(viewer, quote.id)
quote_builder.build(viewer, quote.id, contacts, around.library, used_texts(known, lang))

left, right = st.columns([7, 3], gap="xsmall")
with left:
    quote_concessions.concessions_card(viewer, quote, lang)
    quote_known.known_card(viewer, quote, known, draft)
    quote_fit.fit_card(viewer, quote, lang)
    compliance.rights(*said.rights_card(around.rights, basis.currency, lang))
    alike = surroundings.like_for_like(viewer, quote.id)
    texts = said.alike_texts(alike, quote.saved.priced.effective_discount, lang)
    compliance.alike(texts, said.alike_rows(alike, lang, viewer.clock_zone), key="alike")
    quote_versions.side_by_side(viewer, quote.id, [int(n) for n in quote.revisions.revision], lang)
with right:
    quote_talk.talk_card(viewer, quote, lang)
    quote_life.life_card(viewer, quote, lang)
    if quote.status in EDITABLE:
        price_cards.rules_card(**said.settle_card(around.checks, lang))
    with widgets.card(t("compliance-request")):
        editor.value_rows(said.request_rows(around, lang))
        asks = said.quote_forms(around, viewer, quote.status, lang)
        compliance.forms(asks, requests.BY_FORM, viewer, quote.id, around.request.version, owner=quote.id)
    auditing.history_card(partial(history.of_quote, viewer, quote.id))
