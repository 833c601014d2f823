"""One quote that waits: who asks and why, what changed, the price, the customer, and the decision."""

from typing import Any

import streamlit as st

from lib import format as fmt
from lib.access import Viewer
from lib.accounts.overview import account_head
from lib.concessions import phrases as given
from lib.concessions.queries import library
from lib.errors import NotFound
from lib.health.queries import card as health_card
from lib.quotes import builder, commands, inbox, inbox_texts, phrases, queries, questions, surroundings
from lib.quotes import compliance_texts as said
from lib.quotes.suggesting import suggestion
from lib.screens.approvals_trial import trial
from lib.screens.quote_talk import steps
from lib.ui import compliance, frame, price_cards, widgets
from lib.ui.i18n import t
from lib.ui.widgets import Col, Tile, plain


def draw(viewer: Viewer, quote: queries.QuoteView, lang: str) -> None:
    """The whole decision; the reason and the alternative are read when a button is pressed."""
    saved, zone = quote.saved, viewer.clock_zone
    view, around = inbox.request_view(viewer, quote.id), surroundings.surroundings(viewer, quote.id)
    when = fmt.moment(quote.submitted_at, lang, zone)
    title = phrases.headline(quote.account, quote.number, quote.revision, lang)
    with widgets.card(plain(title), plain(t("approvals-asked", person=quote.asked_by, when=when))):
        compliance.notice(said.duplicate_text(around, lang, zone))
        st.text(quote.form.justification or t("approvals-no-words"))
        _tiles(view, quote, lang)
        lines, chart = st.columns([1.1, 1], gap="small")
        with lines:
            _changes(viewer, view, quote, lang)
            texts = phrases.rules_texts(saved.decision, saved.ways, around.library, lang)
            price_cards.rules_card(**texts, below=said.desk_text(quote.desk, lang))
            price_cards.rules_card(**said.settle_card(around.checks, lang))
        with chart:
            texts = phrases.waterfall_texts(saved.priced, lang)
            st.markdown(f"**{texts['title']}** :gray[:small[{texts['note']}]]")
            rows = phrases.waterfall_rows(saved.priced, None, lang)
            price_cards.waterfall(rows, **texts["chart"])
            _customer(viewer, quote, view, lang)
        steps(view, viewer, lang)
        for line in phrases.decision_lines(quote.decisions, lang, zone):
            st.caption(plain(line))
        _act(viewer, quote, view, lang)


def _tiles(view: inbox.RequestView, quote: queries.QuoteView, lang: str) -> None:
    """The figures a decision turns on; under them the change since the last approval, where there is one."""
    deltas = inbox_texts.tile_deltas(view, quote.saved.priced, lang)
    names = ("discount", "net", "margin", "arr") if quote.saved.shows_cost else ("discount", "net", "arr")
    tiles = zip(names, phrases.decision_tiles(quote.form, quote.saved, lang), strict=True)
    widgets.tiles([Tile(**(one | ({"delta": deltas[n]} if n in deltas else {}))) for n, one in tiles])


def _changes(viewer: Viewer, view: inbox.RequestView, quote: queries.QuoteView, lang: str) -> None:
    """What changed since the last approval; on a first request, every line."""
    st.markdown(f"**{plain(inbox_texts.changes_title(view, lang, viewer.clock_zone))}**")
    names = {code: item.name(lang) for code, item in quote.basis.items.items()}
    held = library(viewer)
    names |= {code: given.name(code, held, lang) for code in held}
    if view.earlier is not None and view.earlier.changes:
        rows = inbox_texts.change_rows(view.earlier.changes, names, quote.basis.currency, lang)
    else:
        rows = builder.plain_lines(quote.lines, names, lang)
    _table(rows, f"lines-{quote.id}", t("approvals-none"))


def _table(rows: Any, key: str, empty: str) -> None:
    columns = {name: Col(name, "figure" if place else "text") for place, name in enumerate(rows)}
    widgets.table(rows, columns, key=key, empty=empty)


def _customer(viewer: Viewer, quote: queries.QuoteView, view: inbox.RequestView, lang: str) -> None:
    """Health and renewal of the account, what it got before, and what comparable accounts got."""
    try:
        head = account_head(viewer, quote.account_id)
        health = health_card(viewer, quote.account_id)
    except NotFound:
        return
    due = (head.renewal or {}).get("due_on")
    score = getattr(health, "score", None)
    line = t("approvals-customer", due=fmt.day(due, lang), when=fmt.in_days(due, viewer.today, lang),
             score=fmt.number(score, lang) if score is not None else fmt.MISSING)  # fmt: skip
    st.markdown(f"**{t('approvals-the-customer')}** {widgets.status_badge(head.standing)} {plain(line)}")
    _table(inbox_texts.past_rows(view.past, lang, viewer.clock_zone), f"past-{quote.id}",
           t("approvals-no-past"))  # fmt: skip
    limit = quote.basis.rails.for_term(quote.form.term_months).justify_above
    st.caption(plain(inbox_texts.suggestion_text(suggestion(viewer, quote.id), limit, lang)))
    alike = surroundings.like_for_like(viewer, quote.id)
    texts = said.alike_texts(alike, quote.saved.priced.effective_discount, lang)
    compliance.alike(texts, said.alike_rows(alike, lang, viewer.clock_zone), key=f"alike-{quote.id}")


def _act(viewer: Viewer, quote: queries.QuoteView, view: inbox.RequestView, lang: str) -> None:
    """The reason, and the three ways to go on."""
    if quote.bar:
        st.info(said.bar_text(quote.bar, quote.desk, lang), icon=":material/visibility:")
    elif view.state == "asked":
        st.info(t("approvals-waits-answer"), icon=":material/forum:")
    elif view.places and view.mine is None:
        st.info(t("approvals-not-yours-now"), icon=":material/visibility:")
    st.text_area(t("approvals-reason"), key=f"reason-{quote.id}", max_chars=4000,
                 placeholder=t("approvals-reason-hint"))  # fmt: skip
    seen = (viewer, quote.id, quote.version)
    share = fmt.percent(quote.saved.priced.effective_discount, lang)
    free = quote.bar not in ("four_eyes", "stand_in") and viewer.may("quote.approve")
    mine = quote.may_decide and (view.mine is not None or not view.places) and view.state != "asked"
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        frame.link("quote", label=t("approvals-open-quote"), icon="open_in_new", id=quote.id)
        trial(viewer, quote, lang)
        st.button(t("approvals-ask-back"), key=f"ask-{quote.id}", icon=":material/forum:", on_click=_ask,
                  args=seen, disabled=not free or view.state != "open", type="tertiary")  # fmt: skip
        _refusal(quote, seen, lang)
        st.button(t("approvals-approve", share=share), key=f"approve-{quote.id}", type="primary",
                  icon=":material/check:", on_click=_approve, args=seen, disabled=not mine)  # fmt: skip


def _refusal(quote: queries.QuoteView, seen: tuple, lang: str) -> None:
    """Refusing asks for a reason from the list and for what would do instead."""
    if not quote.may_decide:
        st.button(t("approvals-refuse"), key=f"refuse-{quote.id}", disabled=True)
        return
    names = inbox_texts.reason_names(lang)
    with st.popover(t("approvals-refuse"), icon=":material/block:"):
        st.selectbox(t("approvals-why-not"), list(names), key=f"code-{quote.id}", format_func=names.get)
        st.text_area(t("approvals-alternative"), key=f"instead-{quote.id}", max_chars=4000,
                     placeholder=t("approvals-alternative-hint"))  # fmt: skip
        st.button(t("approvals-refuse-now"), key=f"refuse-{quote.id}", on_click=_refuse, args=seen,
                  type="primary")  # fmt: skip


def _typed(name: str, quote_id: int) -> str:
    return st.session_state.get(f"{name}-{quote_id}", "")


def _approve(viewer: Viewer, quote_id: int, version: int) -> None:
    reason = _typed("reason", quote_id)
    widgets.attempt("approvals-approved", commands.approve_quote, viewer, quote_id, version, reason=reason)


def _refuse(viewer: Viewer, quote_id: int, version: int) -> None:
    said_instead = {"code": _typed("code", quote_id), "alternative": _typed("instead", quote_id)}
    widgets.attempt("approvals-refused", commands.reject_quote, viewer, quote_id, version,
                    reason=_typed("reason", quote_id), **said_instead)  # fmt: skip


def _ask(viewer: Viewer, quote_id: int, version: int) -> None:
    text = _typed("reason", quote_id)
    widgets.attempt("approvals-asked-back", questions.ask_back, viewer, quote_id, version, text=text)
