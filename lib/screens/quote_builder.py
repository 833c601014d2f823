"""The builder: lines, terms and what they come to, drawn again by itself on every committed change."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import streamlit as st

from lib import format as fmt
from lib.access import Viewer
from lib.errors import DeskError
from lib.quotes import builder, builder_texts, phrases, queries
from lib.quotes import compliance_texts as said
from lib.screens import quote_draft, quote_line, quote_options, quote_scenarios, quote_template
from lib.screens.quote_draft import Draft, open_draft
from lib.ui import acts, editor, price_cards, widgets
from lib.ui.i18n import language, t
from lib.ui.widgets import Col, plain


@st.fragment
def build(
    viewer: Viewer,
    quote_id: int,
    contacts: Mapping[int | None, str],
    library: Mapping,
    used: Mapping[str, str],
) -> None:
    """The whole workbench of a quote: a change in it shows here at once; the page around it follows. `used`:
    how much each function is used, in words."""
    viewer = acts.renewed(viewer)
    widgets.show_refusal()
    quote, lang = queries.quote(viewer, quote_id), language()
    draft, edits = open_draft(quote, contacts), quote.may_edit
    fresh = quote_draft.autosaves(quote.status)
    commit = {"on_change": quote_draft.keep, "args": (viewer, draft)} if edits and fresh else {}
    live, fault = _price(viewer, quote, draft, edits and (draft.dirty or not fresh))
    _conflict(viewer, quote, draft)
    if fault:
        st.warning(acts.plain_sentence(fault.message_id, fault.values), icon=":material/warning:")
    left, right = st.columns([7, 3], gap="xsmall")
    fields = {name: [editor.Field(**f) for f in group] for name, group in draft.fields().items()}
    with right:  # drawn first: the total is what somebody who types looks at
        total = phrases.total_texts(live.priced, live.cost_minor, live.decision, edits, lang)
        total["rows"] += builder_texts.amount_rows(live, lang)
        price_cards.total_card(**total, below=builder_texts.tax_note(live.tax, lang))
        texts = phrases.rules_texts(live.decision, live.ways, library, lang, open_still=edits)
        price_cards.rules_card(**texts, below=said.desk_text(quote.desk, lang))
        with widgets.card():
            editor.draw(fields["why"][0], draft.key, disabled=not edits, **commit)
            for line in phrases.decision_lines(quote.decisions, lang, viewer.clock_zone):
                st.caption(plain(line))
    with left:
        _lines(viewer, quote, draft, None if fault else live.priced, commit, used)
        _fields(viewer, fields, quote, draft, live, commit)
        if live.priced.lines:
            texts = phrases.waterfall_texts(live.priced, lang)
            with widgets.card(texts["title"], texts["note"]):
                price_cards.waterfall(phrases.waterfall_rows(live.priced, live.cost_minor, lang),
                                      **texts["chart"])  # fmt: skip
    quote_scenarios.side_by_side(viewer, quote, draft)
    quote_options.options_card(viewer, quote)
    quote_draft.catch_up(quote)


def _price(viewer: Viewer, quote: Any, draft: Draft, differs: bool) -> tuple[Any, DeskError | None]:
    """What stands on screen at its price: what is stored where both are the same."""
    if not differs:
        return quote.saved, None
    try:
        lines = builder.kept_lines(draft.rows())
        return queries.live_price(viewer, quote.id, draft.values(), lines), None
    except DeskError as error:
        return quote.saved, error


def _conflict(viewer: Viewer, quote: Any, draft: Draft) -> None:
    """Somebody else wrote in between: what they changed, and the choice between theirs and one's own."""
    if not draft.dirty or draft.version == quote.version:
        return
    with st.container(border=True, key="quote-conflict"):
        st.markdown(f"**{plain(t('builder-conflict', person=quote.asked_by))}**")
        for change in builder_texts.differences(draft.saved, quote.form, quote.basis, language()):
            st.markdown(f"- {plain(change)}")
        with st.container(horizontal=True, gap="xsmall"):
            st.button(t("builder-take-theirs"), key="conflict-theirs", on_click=draft.renew)
            st.button(t("builder-keep-mine"), key="conflict-mine", on_click=quote_draft.keep_mine,
                      args=(viewer, draft, quote.version))  # fmt: skip


def _lines(
    viewer: Viewer, quote: Any, draft: Draft, priced: Any, commit: Mapping[str, Any], used: Mapping[str, str]
) -> None:
    edits, lang, basis = quote.may_edit, language(), quote.basis
    shown = quote.saved.priced if priced is None else priced
    state = "builder-unsaved" if draft.dirty else "builder-saved" if commit else ""
    note = builder.lines_note(shown, lang) + (f" · {t(state)}" if state else "")
    with widgets.card(t("quotes-lines"), plain(note)):
        if draft.base.lines:
            table = builder.line_table(draft.base.lines, draft.rows(), priced, basis, lang, used)
            columns = [editor.Column(**c) for c in builder.line_columns(basis.currency, lang)]
            names = {code: item.name(lang) for code, item in basis.items.items()}
            editor.line_editor(table, columns, key=draft.key + "lines", names=names, disabled=not edits,
                               **commit)  # fmt: skip
        else:
            widgets.nothing(t("builder-no-lines"))
            if edits:
                quote_template.first_lines(viewer, draft)
        quote_template.left_out(quote)
        if edits:
            labels = [t(f"{name}") for name in ("quotes-add-product", "quotes-add-quantity", "quotes-add",
                                                "builder-add-gift")]  # fmt: skip
            editor.add_row(builder.names_to_add(basis, lang), tuple(labels), key="add",
                           on_add=quote_draft.add, args=(viewer, draft))  # fmt: skip
            with st.container(horizontal=True, gap="xsmall"):
                quote_line.more_form(viewer, draft)
                st.button(t("builder-undo"), key="quotes-undo", icon=":material/undo:", type="tertiary",
                          disabled=not draft.past, on_click=quote_draft.undo,
                          args=(viewer, draft))  # fmt: skip


def _fields(
    viewer: Viewer, fields: Mapping[str, Any], quote: Any, draft: Draft, live: Any, commit: Mapping[str, Any]
) -> None:
    look = {"disabled": not quote.may_edit} | dict(commit)
    with widgets.card():
        groups = ("terms", "payment", "clauses", "needs")
        tabs = st.tabs([t(f"builder-tab-{name}") for name in groups])
        for name, tab in zip(groups, tabs, strict=True):
            with tab:
                if name in ("clauses", "needs"):
                    st.caption(t(f"builder-tab-{name}-note"))
                editor.draw_grid(fields[name], draft.key, 3 if name == "needs" else 4, **look)
                if name == "payment":
                    _all_in(viewer, quote, draft)
                    _billing(quote, live)


def _all_in(viewer: Viewer, quote: Any, draft: Draft) -> None:
    """One price without hidden lines: what policy lets it cost more, by one press (S1-51)."""
    band, lang = quote.basis.terms.all_in_band, language()
    low, high = (fmt.percent(share, lang, 0) for share in (band.low, band.high))
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.caption(t("builder-all-in-note", low=low, high=high))
        if quote.may_edit:
            for end, share, said in (("low", band.low, low), ("high", band.high, high)):
                st.button(t("builder-all-in-use", share=said), key=f"quotes-all-in-{end}", type="tertiary",
                          on_click=_take_all_in, args=(viewer, draft, share))  # fmt: skip


def _take_all_in(viewer: Viewer, draft: Draft, share: Decimal) -> None:
    choices = draft.values()["choices"] | {"all_in": share}
    quote_draft.rewrite(viewer, draft, draft.rows(), choices=choices)


def _billing(quote: Any, live: Any) -> None:
    """The billing plan as stored: dates and amounts that add up to the total."""
    plan = builder_texts.billing_frame(quote.form, live)
    columns = {
        "number": Col(t("builder-bill-number"), "number", 50),
        "starts_on": Col(t("builder-bill-from"), "date", 104),
        "ends_on": Col(t("builder-bill-to"), "date", 104),
        "due_on": Col(t("builder-bill-due"), "date", 104),
        "net_minor": Col(t("builder-bill-net"), "money", 104),
        "tax_minor": Col(t("builder-bill-tax"), "money", 96),
        "amount_minor": Col(t("builder-bill-amount"), "money", 104),
    }
    widgets.table(plan, columns, key="quote-billing", empty=t("builder-bill-none"))
