"""Every quote of the viewer's accounts, and the way to a new one."""

import streamlit as st

from lib.flows import renewal_quote
from lib.pricing import queries as books
from lib.quotes import queries
from lib.quotes.rules import QuoteStatus
from lib.screens.quotes_events import events_menu
from lib.ui import address, forms, frame, widgets
from lib.ui.i18n import language, t
from lib.ui.paging import page_of, pager
from lib.ui.widgets import Col

viewer = frame.open_page("quotes")
if (asked := frame.asked_id()) is not None:
    frame.go("quote", id=asked)

PAGE = 50
STATES = [state for state in QuoteStatus if state is not QuoteStatus.REPLACED]


def first_page() -> None:
    st.session_state["quotes-page"] = 1


def create(renewal_id: int | None) -> None:
    """Make the quote and remember it, so that the run opens it."""
    account_id = st.session_state["new-account"]
    made = widgets.attempt(
        "quotes-create-done", renewal_quote.start_quote, viewer, account_id,
        book_id=st.session_state[f"new-book-{account_id}"], title=st.session_state["new-title"],
        renewal_id=renewal_id, form_key=forms.form_key("quote"),
    )  # fmt: skip
    if made is not None:
        st.session_state.pop("_form-quote", None)
        st.session_state["quotes-made"] = made


def book_name(row: object) -> str:
    name = row.name_zh if language() == "zh-CN" else row.name_en
    return t("quotes-book", name=name, currency=row.currency, number=int(row.number))


def new_quote() -> None:
    """Account, book and subject; the account may come with the address (from its page or a renewal)."""
    fixed = frame.asked_id("account")
    search = "" if fixed else st.text_input(t("quotes-search-account"), key="new-search", max_chars=255)
    found = queries.accounts_to_quote(viewer, search, account_id=fixed)
    names = dict(zip(found.id.astype(int), found.account, strict=True))
    chosen = st.selectbox(t("quotes-new-account"), list(names), format_func=names.get, key="new-account")
    currency = found.set_index("id").currency.get(chosen)
    fitting = books.current_books(viewer).sort_values("currency", key=lambda c: c != currency, kind="stable")
    shown = {int(row.id): book_name(row) for row in fitting.itertuples()}
    st.selectbox(t("quotes-new-book"), list(shown), format_func=shown.get, key=f"new-book-{chosen}")
    st.text_input(t("quotes-new-subject"), key="new-title", max_chars=255)
    st.button(t("quotes-create"), type="primary", key="quotes-create", disabled=not names, width="stretch",
              on_click=create, args=(frame.asked_id("renewal"),))  # fmt: skip


if (made := st.session_state.pop("quotes-made", None)) is not None:
    frame.go("quote", id=made)

top = st.container()
with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
    search = address.text(t("quotes-search"), key="search", type="search", width=260, on_change=first_page)
    words = {"all": t("quotes-filter-all"), queries.REVIEW: t("compliance-filter")} | {
        str(s): t("status-" + s.replace("_", "-")) for s in STATES
    }
    status = address.choice(
        st.selectbox, t("quotes-filter-status"), list(words), key="status", default="all", width=180,
        label_visibility="collapsed", on_change=first_page, format_func=words.get,
    )  # fmt: skip

filters = {
    "search": search,
    "status": [] if status == "all" else [status],
    "account_id": frame.asked_id("account"),
}
total = queries.quote_count(viewer, **filters)
with top, frame.head(t("quotes-title"), t("quotes-caption", count=total)):
    if viewer.may("export.run") and total:
        widgets.export_menu("quotes", lambda: queries.quote_list(viewer, **filters, limit=total), rows=total)
    if viewer.may("quote.write"):
        events_menu(viewer)
        with st.popover(t("quotes-new"), icon=":material/add:", type="primary", key="quotes-new"):
            new_quote()

page = page_of("quotes-page", total, PAGE)
rows = queries.quote_list(viewer, **filters, limit=PAGE, offset=(page - 1) * PAGE)
columns = {
    "account": Col(t("quotes-col-account"), width=130),
    "status": Col(t("quotes-col-status"), "status", width=118),
    "number": Col(t("quotes-col-number"), width=104),
    "title": Col(t("quotes-col-title"), width=150),
    "effective_discount": Col(t("quotes-col-discount"), "percent", width=68),
    "net_minor": Col(t("quotes-col-net"), "money", width=106),
    "currency": Col(t("quotes-col-currency"), width=58),
    "valid_until": Col(t("quotes-col-valid"), "date", width=112),
    "updated_at": Col(t("quotes-col-updated"), "moment", width=130),
}
nothing = t("quotes-none-filtered" if search or status != "all" else "quotes-none")
picked = widgets.table(rows, columns, key=f"quotes-{page}", empty=nothing, select=True)
if picked is not None:
    frame.go("quote", id=int(rows.id.iloc[picked]))
pager(total, PAGE, key="quotes-page")
