"""Quotes that wait for a decision: the queue on the left, one decision on the right."""

import streamlit as st

from lib import format as fmt
from lib.errors import NotFound
from lib.quotes import builder, commands, phrases, queries, surroundings
from lib.quotes import compliance_texts as said
from lib.ui import address, compliance, frame, price_cards, widgets
from lib.ui.i18n import language, t
from lib.ui.queue import Entry
from lib.ui.queue import queue as draw_queue
from lib.ui.widgets import Col, Tile, plain

viewer = frame.open_page("approvals")
lang, state = language(), st.session_state


def decide(approve: bool, quote_id: int, version: int) -> None:
    """The reason is read when the button was pressed, not when it was drawn."""
    reason = state.get(f"reason-{quote_id}", "")
    act, done = (commands.approve_quote, "approved") if approve else (commands.reject_quote, "refused")
    widgets.attempt(f"approvals-{done}", act, viewer, quote_id, version, reason=reason)


def choose(quote_id: int) -> None:
    st.query_params["id"] = str(quote_id)


def draw_decision(quote: queries.QuoteView) -> None:
    saved, basis = quote.saved, quote.basis
    share = fmt.percent(saved.priced.effective_discount, lang)
    title = phrases.headline(quote.account, quote.number, quote.revision, lang)
    when = fmt.moment(quote.submitted_at, lang, viewer.clock_zone)
    asked = t("approvals-asked", person=quote.asked_by, when=when)
    around = surroundings.surroundings(viewer, quote.id)
    alike = surroundings.like_for_like(viewer, quote.id)
    with widgets.card(plain(title), plain(asked)):
        compliance.notice(said.duplicate_text(around, lang, viewer.clock_zone))
        st.text(quote.form.justification or t("approvals-no-words"))
        widgets.tiles([Tile(**entry) for entry in phrases.decision_tiles(quote.form, saved, lang)])
        lines, chart = st.columns([1.1, 1], gap="small")
        with lines:
            st.markdown(f"**{t('approvals-lines')}**")
            names = {code: item.name(lang) for code, item in basis.items.items()}
            sold = builder.plain_lines(quote.lines, names, lang)
            kinds = {name: Col(name, "figure" if place else "text") for place, name in enumerate(sold)}
            widgets.table(sold, kinds, key=f"lines-{quote.id}", empty=t("approvals-none"))
            texts = phrases.rules_texts(saved.decision, saved.ways, around.library, lang)
            price_cards.rules_card(**texts, below=said.desk_text(quote.desk, lang))
            price_cards.rules_card(**said.settle_card(around.checks, lang))
        with chart:
            texts = phrases.waterfall_texts(saved.priced, lang)
            st.markdown(f"**{texts['title']}** :gray[:small[{texts['note']}]]")
            price_cards.waterfall(phrases.waterfall_rows(saved.priced, None, lang), **texts["chart"])
            texts = said.alike_texts(alike, saved.priced.effective_discount, lang)
            rows = said.alike_rows(alike, lang, viewer.clock_zone)
            compliance.alike(texts, rows, key=f"alike-{quote.id}")
        for line in phrases.decision_lines(quote.decisions, lang, viewer.clock_zone):
            st.caption(plain(line))
        if quote.bar:
            st.info(said.bar_text(quote.bar, quote.desk, lang), icon=":material/visibility:")
        st.text_area(t("approvals-reason"), key=f"reason-{quote.id}", max_chars=4000,
                     placeholder=t("approvals-reason-hint"))  # fmt: skip
        with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
            frame.link("quote", label=t("approvals-open-quote"), icon="open_in_new", id=quote.id)
            seen = (quote.id, quote.version)
            st.button(t("approvals-refuse"), key=f"refuse-{quote.id}", on_click=decide, args=(False, *seen),
                      disabled=not quote.may_decide)  # fmt: skip
            st.button(t("approvals-approve", share=share), key=f"approve-{quote.id}", type="primary",
                      icon=":material/check:", on_click=decide, args=(True, *seen),
                      disabled=not quote.may_decide)  # fmt: skip


waiting = queries.pending_approval(viewer)
with frame.head(t("approvals-title"), t("approvals-caption", count=len(waiting))):
    view = address.choice(
        st.segmented_control, t("approvals-view"), ["waiting", "decided"], key="view", default="waiting",
        label_visibility="collapsed", format_func=lambda code: t(f"approvals-{code}"),
    )  # fmt: skip
    if viewer.may("export.run"):
        source = queries.decided if view == "decided" else queries.pending_approval
        widgets.export_menu("approvals", lambda: source(viewer))
if view == "decided":
    columns = {
        "account": Col(t("quotes-col-account"), width=160), "number": Col(t("quotes-col-number"), width=110),
        "decision": Col(t("approvals-col-decision"), "status", width=110),
        "effective_discount": Col(t("quotes-col-discount"), "percent", width=80),
        "net_minor": Col(t("quotes-col-net"), "money", width=120),
        "currency": Col(t("quotes-col-currency"), width=70), "person": Col(t("quotes-col-by"), width=110),
        "reason": Col(t("approvals-col-reason"), width=240),
        "decided_at": Col(t("approvals-col-when"), "moment", width=140),
    }  # fmt: skip
    widgets.table(queries.decided(viewer), columns, key="decided", empty=t("approvals-none-decided"))
elif waiting.empty:
    widgets.nothing(t("approvals-none"))
else:
    ids = waiting.id.astype(int).tolist()
    wanted = frame.asked_id()
    shown = wanted if wanted in ids else ids[0]
    queue, right = st.columns([26, 74], gap="xsmall")
    with queue:
        draw_queue(lambda n: [Entry(**entry) for entry in phrases.queue_entries(waiting.head(n), lang)],
                   len(waiting), shown, choose, key="approvals")  # fmt: skip
    with right:
        try:
            draw_decision(queries.quote(viewer, shown))
        except NotFound:
            widgets.nothing(t("approvals-none"))
