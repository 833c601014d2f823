"""Prices agreed with accounts: the list on the page of price books, and the block of an account's page."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from lib.access import Viewer
from lib.pricing import books, contracted, queries, texts
from lib.ui import forms, undo, widgets
from lib.ui.i18n import t
from lib.ui.widgets import Col

COLUMNS = {"account": ("text", 170), "item": ("text", 220), "price": ("figure", 95), "list": ("figure", 95),
           "from": ("text", 100), "until": ("text", 100), "reference": ("text", 150),
           "reason": ("text", 200), "by": ("text", 110)}  # fmt: skip
LOCKED = {"account": 220, "quote": 140, "number": 120, "until": 130}


def of_book(viewer: Viewer, code: str, currency: str, language: str) -> None:
    """Everybody who pays a price of their own for an item of this book; for those who may, one more."""
    if viewer.may("price.agree"):
        with st.popover(t("pricebooks-agree"), icon=":material/add:", key="agree-price"):
            search = st.text_input(t("quotes-search-account"), key="agree-search", max_chars=255)
            names = contracted.accounts_to_agree(viewer, search)
            chosen = st.selectbox(t("quotes-new-account"), list(names), format_func=names.get,
                                  key="agree-account")  # fmt: skip
            if chosen is not None:
                _agree(viewer, chosen, currency, language, only=f"{code}/{currency}")
    found = contracted.contracted_prices(viewer, book_code=code, currency=currency)
    _table(viewer, found, "agreed-book", language)
    locked(viewer, code, currency, language)


def locked(viewer: Viewer, code: str, currency: str, language: str) -> None:
    """Whose accepted quote holds the prices of this book, and until when: a rise does not reach them."""
    found = books.locked_accounts(viewer, code, currency)
    rows = texts.locked_frame(found, language)
    with widgets.card(t("pricebooks-locked"), t("pricebooks-locked-caption")):
        columns = {name: Col(t(f"pricebooks-locked-{name}"), "text", width) for name, width in LOCKED.items()}
        widgets.table(rows, columns, key="locked-prices", empty=t("pricebooks-locked-none"))
        widgets.export_menu("locked-prices", lambda: rows, rows=len(rows))


def of_account(viewer: Viewer, account_id: int, currency: str, language: str) -> None:
    """What this account pays instead of the list price, and for those who may: agree on one more."""
    found = contracted.contracted_prices(viewer, account_id=account_id)
    with widgets.card(t("pricebooks-view-agreed"), t("pricebooks-agreed-caption")):
        _table(viewer, found, f"agreed-{account_id}", language, whose=False)
        if viewer.may("price.agree"):
            with st.popover(t("pricebooks-agree"), icon=":material/add:", type="tertiary"):
                _agree(viewer, account_id, currency, language)


def _table(viewer: Viewer, found: pd.DataFrame, key: str, language: str, *, whose: bool = True) -> None:
    rows = texts.agreed_frame(found, viewer.today, language)
    columns = {
        name: Col(t(f"pricebooks-agreed-{name}"), kind, width)
        for name, (kind, width) in COLUMNS.items()
        if whose or name != "account"
    }
    may = viewer.may("price.agree")
    place = widgets.table(rows, columns, key=key, select=may, empty=t("pricebooks-agreed-none"))
    widgets.export_menu("agreed-prices", lambda: rows[list(columns)], rows=len(rows))
    if place is not None:
        _end(viewer, found.iloc[place], key)


def _end(viewer: Viewer, row: Any, key: str) -> None:
    """The last day of the chosen price."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = f"{key}-end-{row.id}-{row.version}"
        st.date_input(t("pricebooks-agreed-last"), viewer.today, min_value=row.valid_from,
                      format="YYYY-MM-DD", key=key, width=170)  # fmt: skip
        last = row.valid_until if isinstance(row.valid_until, date) else None
        st.button(t("pricebooks-agreed-end"), key=f"{key}-do", on_click=_run_end,
                  args=(viewer, int(row.id), int(row.version), last, key))  # fmt: skip


def _run_end(viewer: Viewer, price_id: int, version: int, last: date | None, key: str) -> None:
    now = widgets.attempt("pricebooks-agreed-ended", contracted.end_price, viewer, price_id, version,
                          last_day=st.session_state[key])  # fmt: skip
    if now is not None:
        _offer(t("pricebooks-agreed-ended"), viewer, price_id, now, last)


def _offer(done: str, viewer: Viewer, price_id: int, version: int, last: date | None) -> None:
    def back(person: Viewer) -> int:
        return contracted.end_price(person, price_id, version, last_day=last)

    undo.offer(done, "account-undone", back, viewer)


def _agree(viewer: Viewer, account_id: int, currency: str, language: str, only: str | None = None) -> None:
    """The form for one account; `only`: the book that is shown, else one in the account's currency."""
    current = queries.current_books(viewer)
    fitting = current[current.currency == currency]
    names = texts.book_names(fitting if len(fitting) else current, language)
    key = f"agree-{account_id}"
    book = (
        only
        if only is not None
        else st.selectbox(t("pricebooks-book"), list(names), format_func=names.get, key=f"{key}-book")
    )
    ids = {texts.book_key(row): int(row.id) for row in current.itertuples()}
    held = books.contents(viewer, ids[book])
    items = {item.code: item.name(language) for item in held.items if not item.rule.share}
    with st.form(key, border=False):
        st.selectbox(t("pricebooks-col-item"), list(items), format_func=items.get, key=f"{key}-item")
        st.text_input(t("pricebooks-agreed-unit-price", currency=held.currency), key=f"{key}-price",
                      max_chars=20)  # fmt: skip
        st.date_input(t("pricebooks-agreed-from"), viewer.today, format="YYYY-MM-DD", key=f"{key}-from")
        st.date_input(t("pricebooks-agreed-until"), None, format="YYYY-MM-DD", key=f"{key}-until")
        st.text_input(t("pricebooks-agreed-reference"), key=f"{key}-reference",
                      max_chars=contracted.REFERENCE_MAX)  # fmt: skip
        st.text_area(t("policy-reason"), key=f"{key}-reason", max_chars=1000, height=76)
        st.form_submit_button(t("pricebooks-agree"), type="primary", on_click=_run_agree,
                              args=(viewer, account_id, book, key))  # fmt: skip


def _run_agree(viewer: Viewer, account_id: int, book: str, key: str) -> None:
    code, currency = book.split("/")
    typed = {name: st.session_state[f"{key}-{name}"]
             for name in ("item", "price", "from", "until", "reference", "reason")}  # fmt: skip
    made = forms.once(
        key, "pricebooks-agreed-made", contracted.agree_price, viewer, account_id, book_code=code,
        currency=currency, item_code=typed["item"], price=typed["price"], valid_from=typed["from"],
        valid_until=typed["until"], reason=typed["reason"], reference=typed["reference"],
    )  # fmt: skip
    if made is not None:
        _offer(t("pricebooks-agreed-made"), viewer, made, 1, typed["from"] - timedelta(days=1))
