"""One quote: lines, terms, price, guardrails, and the steps from draft to contract."""

from functools import partial

import streamlit as st

from lib.audit import history
from lib.errors import DeskError, NotFound
from lib.quotes import builder, commands, issuing, phrases, queries, requests, surroundings
from lib.quotes import compliance_texts as said
from lib.quotes.rules import EDITABLE, MAIN_STEPS, steps_for
from lib.screens import quote_life, quote_papers, quote_talk, quote_versions
from lib.ui import acts, auditing, compliance, editor, frame, price_cards, widgets
from lib.ui.i18n import language, t
from lib.ui.widgets import plain

viewer = frame.open_page("quote")
try:
    quote = queries.quote(viewer, frame.asked_id() or 0)
except NotFound:
    frame.no_permission()
form, basis, edits, lang = quote.form, quote.basis, quote.may_edit, language()
key = f"q{quote.id}v{quote.version}-"  # a saved quote draws fresh widgets; a refused one keeps them
around = surroundings.surroundings(viewer, quote.id)
STEPS = issuing.BY_STEP
FIELDS = builder.form_fields(form, basis, said.contact_names(around.contacts, lang), lang)


def typed() -> dict:
    """The form as it stands on screen; callbacks read it here, their arguments would be stale."""
    return builder.form_values(form, {f["name"]: editor.held(key, f["name"], f["value"]) for f in FIELDS})


def rows() -> list[dict]:
    return builder.edited_lines(form.lines, editor.held(key, "lines", {}).get("edited_rows", {}))


def act(step: str) -> None:
    version = quote.version
    if step in ("save", "add", "submit"):
        new = {name: st.session_state.get(f"add-{name.split('_')[0]}") for name in ("item_code", "quantity")}
        version = widgets.attempt(
            None if step == "submit" else "quotes-save-done", commands.save_draft, viewer, quote.id, version,
            values=typed(), lines=builder.kept_lines(rows()) + ([new] if step == "add" else []),
        )  # fmt: skip
    if step in STEPS and version is not None:
        words = {"reason": st.session_state["decline-reason"]} if step == "decline" else {}
        made = widgets.attempt(f"quotes-{step}-done", STEPS[step], viewer, quote.id, version, **words)
        st.session_state["quotes-made"] = made if step == "copy" else None


def button(step: str, kind: str = "secondary", **more: object) -> None:
    st.button(t(f"quotes-{step}"), key=f"quotes-{step}", type=kind, on_click=act, args=(step,), **more)


if (made := st.session_state.pop("quotes-made", None)) is not None:
    frame.go("quote", id=made)
live, fault = quote.saved, None
if edits:
    try:
        live = queries.live_price(viewer, quote.id, typed(), builder.kept_lines(rows()))
    except DeskError as error:
        fault = error
priced, steps = live.priced, steps_for(quote.status, viewer.permissions)
badges = [widgets.status_badge(quote.status)]
badges += [widgets.badge(t("quotes-unsaved"))] if priced != quote.saved.priced else []
title = plain(phrases.headline(quote.account, quote.number, quote.revision, lang))
with frame.head(title, plain(phrases.subtitle(form, basis, lang)), badges):
    frame.link("quotes", label=t("quotes-back"), icon="arrow_back")
    quote_papers.papers(viewer, quote, steps, button)
    for step in [*(["save"] if edits else []), *(s for s in steps if s in MAIN_STEPS)]:
        button(step, "secondary" if step == "save" else "primary")
    quote_life.accept_buttons(viewer, quote, lang)
if fault:
    st.warning(acts.plain_sentence(fault.message_id, fault.values), icon=":material/warning:")
compliance.notice(said.duplicate_text(around, lang, viewer.clock_zone))

left, right = st.columns([7, 3], gap="xsmall")
names = {code: item.name(lang) for code, item in basis.items.items()}
with left, widgets.card(t("quotes-lines"), plain(builder.lines_note(priced, lang))):
    if form.lines:
        table = builder.line_table(form.lines, rows(), None if fault else priced, basis, lang)
        columns = [editor.Column(**c) for c in builder.line_columns(basis.currency, lang)]
        editor.line_editor(table, columns, key=key + "lines", names=names, disabled=not edits)
    if edits:
        labels = (t("quotes-add-product"), t("quotes-add-quantity"), t("quotes-add"))
        editor.add_row(names, labels, key="add", on_add=act, args=("add",))
with left, widgets.card(t("quotes-terms")):
    inputs = [editor.Field(**f) for f in FIELDS]
    editor.draw_grid(inputs[:8], key, 4, disabled=not edits)
    st.markdown(f"**{t('quotes-discovery')}** :gray[:small[{t('quotes-discovery-note')}]]")
    editor.draw_grid(inputs[8:-1], key, 3, disabled=not edits)
if priced.lines:
    texts = phrases.waterfall_texts(priced, lang)
    with left, widgets.card(texts["title"], texts["note"]):
        price_cards.waterfall(phrases.waterfall_rows(priced, live.cost_minor, lang), **texts["chart"])
with left:
    compliance.rights(*said.rights_card(around.rights, basis.currency, lang))
    alike = surroundings.like_for_like(viewer, quote.id)
    texts = said.alike_texts(alike, priced.effective_discount, lang)
    compliance.alike(texts, said.alike_rows(alike, lang, viewer.clock_zone), key="alike")
    quote_versions.side_by_side(viewer, quote.id, [int(n) for n in quote.revisions.revision], lang)
with right:
    quote_talk.talk_card(viewer, quote, lang)
    quote_life.life_card(viewer, quote, lang)
    price_cards.total_card(**phrases.total_texts(live.priced, live.cost_minor, live.decision, edits, lang))
    texts = phrases.rules_texts(live.decision, live.ways, around.library, lang, open_still=edits)
    price_cards.rules_card(**texts, below=said.desk_text(quote.desk, lang))
    if quote.status in EDITABLE:
        price_cards.rules_card(**said.settle_card(around.checks, lang))
    with widgets.card(t("compliance-request")):
        editor.value_rows(said.request_rows(around, lang))
        asks = said.quote_forms(around, viewer, quote.status, lang)
        compliance.forms(asks, requests.BY_FORM, viewer, quote.id, around.request.version, owner=quote.id)
    with widgets.card():
        editor.draw(inputs[-1], key, disabled=not edits)
        for line in phrases.decision_lines(quote.decisions, lang, viewer.clock_zone):
            st.caption(plain(line))
    auditing.history_card(partial(history.of_quote, viewer, quote.id))
