"""Every account of the viewer's book: search, filters, the one to act on first."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from lib.accounts import drawers, phrases, queries
from lib.accounts.listing import Filters
from lib.screens import accounts_bulk, accounts_list
from lib.ui import address, forms, frame, widgets
from lib.ui.i18n import language, t
from lib.ui.paging import page_of, pager

viewer = frame.open_page("accounts")
PAGE = 50
SORTS = {"status": False, "health": False, "arr": True, "renews_on": False, "name": False}  # largest first?
CHOICES = ("status", "renews", "owner", "health", "segment", "tier", "tag")
STATUSES = accounts_list.BANDS
lang, top = language(), st.container()


def clear() -> None:
    for name in ("search", *CHOICES):
        st.query_params.pop(name, None)


def chosen(name: str, words: dict[str, str], width: int) -> str:
    """A select without a visible label; the first code is the default."""
    return address.choice(
        st.selectbox, t(f"accounts-{name}-label"), list(words), key=name, default=next(iter(words)),
        format_func=words.get, label_visibility="collapsed", width=width,
    )  # fmt: skip


def add() -> None:
    sheet = drawers.add_account(viewer, forms.form_key("accounts-add"))
    forms.ask(sheet, forms.Spoken(*phrases.labels(lang), t("accounts-no-choice")))


def exported() -> pd.DataFrame:
    rows = queries.account_rows(viewer, filters, sort, SORTS[sort])
    return phrases.listed(rows, viewer.today, lang)[phrases.EXPORTED]


with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
    look = {"type": "search", "width": 176, "placeholder": t("accounts-search")}
    search = address.text(t("accounts-search-label"), key="search", **look)
    chips = st.container(width="content")
    within = {days: t("accounts-renews-within", days=days) for days in ("30", "60", "90", "180")}
    renews = chosen("renews", {"any": t("accounts-renews-any")} | within, 162)
    owner = chosen("owner", {"all": t("accounts-owner-all"), "mine": t("accounts-owner-mine")}, 108)
    rarer = accounts_list.rarer(viewer, lang)
    accounts_list.more_filters(rarer)
filters = Filters(
    search or "", owner=owner, renews_within=int(renews) if renews != "any" else None,
    **accounts_list.asked(rarer),
)  # fmt: skip

counts = queries.status_counts(viewer, filters)
numbers = counts.groupby("standing")["accounts"].sum().to_dict()
left = numbers.get("former", 0)
numbers["all"] = sum(numbers.values()) - left
statuses = ["all", *STATUSES] + (["former"] if left else [])
with chips:
    status = address.choice(
        st.segmented_control, t("accounts-status-label"), statuses, key="status", default="all",
        label_visibility="collapsed",
        format_func=lambda code: phrases.counted(code, int(numbers.get(code, 0)), lang),
    )  # fmt: skip
shown = counts[counts["standing"] == status] if status != "all" else counts[counts["standing"] != "former"]
filters = replace(filters, status=None if status == "all" else status)
total = int(numbers.get(status, 0))

caption = phrases.list_caption(shown, queries.data_through(viewer), lang, viewer.currency)
with top, frame.head(t("accounts-title"), caption):
    sort = chosen("sort", {code: t(f"accounts-sort-{code.replace('_', '-')}") for code in SORTS}, 142)
    if viewer.may("export.run") and total:
        widgets.export_menu("accounts", exported, rows=total)
    several = bool(total) and accounts_bulk.several(viewer)
    if viewer.may("account.write") and st.button(t("accounts-add"), icon=":material/add:"):
        add()

if total == 0:
    narrowed = filters != Filters()
    widgets.nothing(t("accounts-none-match") if narrowed else t("accounts-none-yet"))
    if narrowed:
        st.button(t("accounts-clear"), on_click=clear)
    st.stop()
place = f"page-{sort}-{filters}"
order = {"sort": sort, "descending": SORTS[sort], "page": page_of(place, total, PAGE), "size": PAGE}
found, _ = queries.account_page(viewer, **vars(filters), **order)
columns = accounts_list.columns(found)
rows = phrases.listed(found, viewer.today, lang)
if several:
    accounts_bulk.ticked(viewer, found, rows, columns)
picked = None if several else widgets.table(rows, columns, key="accounts", empty="", select=True)
pager(total, PAGE, key=place)
if picked is not None:
    frame.go("account", id=found["id"].iloc[picked])
