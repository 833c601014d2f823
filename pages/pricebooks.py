"""Price books: what each item costs under which version, what changed, and for an admin the next version."""

import pandas as pd
import streamlit as st

from lib.pricing import books, texts
from lib.screens import agreed_prices, pricebooks_change, pricebooks_versions, pricebooks_view
from lib.ui import address, frame, undo, widgets
from lib.ui.i18n import language, t

viewer = frame.open_page("pricebooks")
lang, BARE = language(), {"label_visibility": "collapsed"}
VIEWS = ("items", "plans", "history", "agreed", *(["change"] if viewer.may("policy.write") else []))
every = books.book_versions(viewer)
if every.empty:
    widgets.only_nothing(t("pricebooks-title"), t("pricebooks-none"))
names = texts.book_names(every, lang)
wanted = address.asked("book", list(names), next(iter(names)))
rows = every[every.code + "/" + every.currency == wanted]
holds = texts.newest_valid(rows, viewer.today)
told = {str(row.number): texts.version_name(row, viewer.today, lang) for row in rows.itertuples()}
with frame.head(t("pricebooks-title"), t("pricebooks-caption", books=len(names), versions=len(every))):
    view = address.choice(st.segmented_control, t("pricebooks-view"), VIEWS, key="view", default="items",
                          format_func=lambda v: t(f"pricebooks-view-{v}"), **BARE)  # fmt: skip
    address.choice(st.selectbox, t("pricebooks-book"), list(names), key="book", default=next(iter(names)),
                   format_func=names.get, width=210, **BARE)  # fmt: skip
    number = address.choice(st.selectbox, t("pricebooks-version"), list(told), key="version",
                            default=str(holds), format_func=told.get, width=230, **BARE)  # fmt: skip
    shown = books.contents(viewer, int(rows[rows.number == int(number)].id.iloc[0]))
    widgets.export_menu("price-book", lambda: pd.DataFrame(shown.rows))
undo.show()
if view == "items":
    pricebooks_view.items(shown, lang)
elif view == "plans":
    pricebooks_view.plans(shown, lang)
elif view == "history":
    pricebooks_versions.history(viewer, rows, lang)
elif view == "agreed":
    agreed_prices.of_book(viewer, shown.code, shown.currency, lang)
else:
    pricebooks_change.change(viewer, rows, lang)
