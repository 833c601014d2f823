"""What a quote gives beside its price, what the customer gives in return, and how both are put down."""

from typing import Any

import streamlit as st

from lib import format as fmt
from lib.access import Viewer
from lib.concessions import phrases, queries, rules
from lib.concessions.rules import GIVES, Entry
from lib.errors import Invalid
from lib.flows import concede
from lib.money import parse_decimal, to_minor
from lib.ui import acts, frame, sending, widgets
from lib.ui.i18n import t
from lib.ui.widgets import plain


def concessions_card(viewer: Viewer, quote: Any, language: str) -> None:
    """The concessions with their value together, beside the discount; written while the quote is a draft."""
    rows, library = queries.of_quote(viewer, quote.id), queries.library(viewer)
    writes = quote.may_edit
    if rows.empty and not writes and not quote.saved.rebate.minor:
        return
    with widgets.card(t("concessions-on-quote"), _total(rows, quote, language)):
        for row in rows.itertuples(index=False):
            _row(viewer, row, library, language, writes)
        if (rebate := quote.saved.rebate).minor:
            worth = fmt.money(rebate.minor, quote.basis.currency, language)
            share = fmt.percent(rebate.rate, language)
            widgets.line(t("concessions-tenure", years=rebate.years, share=plain(share), worth=plain(worth)))
        if rows.empty:
            widgets.line(f":gray[{t('concessions-none-here')}]")
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            if writes:
                _form(viewer, quote, library, language)
            frame.link("concessions", label=t("concessions-to-ledger"), icon="handshake")


def _total(rows: Any, quote: Any, language: str) -> str:
    costs = rows if "cost_minor" in rows else rows.assign(cost_minor=0)
    found = rules.total(costs.itertuples(index=False))
    worth = fmt.money(found.list_minor + quote.saved.rebate.minor, quote.basis.currency, language)
    off = fmt.percent(quote.saved.priced.effective_discount, language)
    return t("concessions-total", worth=worth, discount=off, bare=found.bare)


def _row(viewer: Viewer, row: Any, library: dict[str, Entry], language: str, writes: bool) -> None:
    name, gets = phrases.name(row.code, library, language), phrases.gets(row, language)
    name = fmt.labelled(name, row.note, language) if row.note else name
    worth = fmt.money(int(row.list_minor), row.currency, language)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f":small[**{plain(name)}** · {plain(worth)}] :gray[:small[{plain(gets)}]]",
                    width="content")  # fmt: skip
        if writes:
            st.button(
                t("concessions-remove"), key=f"concession-{row.id}", type="tertiary", icon=":material/close:",
                on_click=acts.attempt,
                args=("concessions-removed", concede.remove, viewer, int(row.id), int(row.version)),
            )  # fmt: skip


def _form(viewer: Viewer, quote: Any, library: dict[str, Entry], language: str) -> None:
    currency = quote.basis.currency
    names = {code: phrases.name(code, library, language) for code in library}
    gives = {None: t("concessions-bare")} | {code: phrases.give_word(code, language) for code in GIVES}

    def add(code: str = "", detail: str = "", worth: str = "", cost: str = "", days: str = "",
            competitor: str = "", give: str | None = None, what: str = "", due: Any = None,
            form_key: str | None = None) -> int:  # fmt: skip
        amounts = {"list_minor": _minor(worth, currency), "cost_minor": _minor(cost, currency)}
        values = {**amounts, "quantity": _whole(days), "note": detail, "competitor": competitor,
                  "give_code": give, "give_text": what, "give_due_on": due}  # fmt: skip
        return concede.add(viewer, quote.id, code, values, form_key=form_key)

    fields = [
        ("code", "select", t("concessions-col-concession"), names),
        ("detail", "text", t("concessions-detail")),
        ("worth", "text", t("concessions-worth", currency=currency)),
        ("cost", "text", t("concessions-cost", currency=currency)),
        ("days", "text", t("concessions-col-days")),
        ("competitor", "text", t("concessions-col-competitor")),
        ("give", "select", t("concessions-col-gets"), gives),
        ("what", "text", t("concessions-what")),
        ("due", "day", t("concessions-col-due"), None, quote.form.starts_on),
    ]
    sending.form("concession", t("concessions-add"), "concessions-added", add, fields=fields, owner=quote.id,
                 behind=t("concessions-add"), icon=":material/add:", stacked=True)  # fmt: skip


def _minor(typed: str | None, currency: str) -> int | None:
    """Raises Invalid for an amount nobody can read; nothing typed leaves it to the library."""
    return to_minor(parse_decimal(typed), currency) if (typed or "").strip() else None


def _whole(typed: str | None) -> int:
    """Raises Invalid for what is no number of days."""
    text = (typed or "").strip()
    if text and not text.isdecimal():
        raise Invalid("concession_amount")
    return int(text or 0)
