"""One version of a price book as it is read: its items with a drawer each, and its plans side by side."""

import streamlit as st

from lib.pricing import texts
from lib.pricing.books import Contents
from lib.ui import address, widgets
from lib.ui.drawer import drawer, facts
from lib.ui.i18n import t
from lib.ui.widgets import Col

COLUMNS = {
    "group": ("text", 110), "name": ("text", 300), "kind": ("text", 150), "unit": ("text", 105),
    "price": ("figure", 95), "steps": ("text", 190), "holds": ("text", 220), "cost": ("figure", 85),
    "margin": ("figure", 75),
}  # fmt: skip


def items(found: Contents, language: str) -> None:
    """Every item and bundle; a click opens all that one of them says."""
    find = address.text(t("pricebooks-find"), key="find", limit=100, width=360).strip().casefold()
    rows = texts.items_frame(found, language)
    if find:
        rows = rows[(rows.name + " " + rows.code + " " + rows.group).str.casefold().str.contains(
            find, regex=False)]  # fmt: skip
    columns = {
        name: Col(t(f"pricebooks-col-{name}", currency=found.currency), kind, width)
        for name, (kind, width) in COLUMNS.items()
        if name in rows
    }
    empty = t("pricebooks-none-found" if find else "pricebooks-none")
    key = f"pricebooks-{found.book_id}"
    place = widgets.table(rows, columns, key=key, select=True, empty=empty)
    code = None if place is None else rows.code.iloc[place]
    if code != st.session_state.get("pricebooks-picked"):
        st.session_state["pricebooks-picked"] = code
        if item := found.by_code.get(code):
            drawer(widgets.plain(item.name(language)), facts, texts.item_facts(item, found, language))


def plans(found: Contents, language: str) -> None:
    """What each plan costs and holds, so that the step from one to the next is seen."""
    rows, names = texts.plans_frame(found, language)
    with widgets.card(t("pricebooks-plans-title"), found.currency):
        columns = {"what": Col(t("pricebooks-plans-what"), width=330)}
        columns |= {code: Col(name, "figure", 150) for code, name in names.items()}
        widgets.table(rows, columns, key=f"plans-{found.book_id}", empty=t("pricebooks-plans-none"))
