"""What a search found: pages, accounts, contacts, quotes and notes of the reader's book, as links."""

from typing import Any

import streamlit as st

from lib import format as fmt
from lib.search import queries, rules
from lib.ui import finder, frame, widgets
from lib.ui.i18n import language, t
from lib.ui.widgets import plain, small

viewer = frame.open_page("search")
lang, INDENT = language(), "\u2002"  # a page link keeps room left of its label; what stands below it follows


def hit(page: str, label: str, details: list[Any], **params: Any) -> None:
    """One line: the link, and in grey what tells this hit from others of its name."""
    told = " · ".join(plain(one) for one in details if isinstance(one, str) and one)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        frame.link(page, label=f":violet[**{plain(label)}**]", **params)
        if told:
            st.markdown(small(told, "gray"), width="content")


def account_line(row: Any) -> None:
    former = t("status-former") if row.status == "churned" else ""
    hit("account", row.name, [row.legal_name, row.domain, row.key, former], id=row.id)


def contact_line(row: Any) -> None:
    left = "" if row.active else t("search-inactive")
    hit("account", row.name, [row.account, row.title, row.email, left], id=row.account_id)


def quote_line(row: Any) -> None:
    state = t(f"status-{row.status.replace('_', '-')}")
    hit("quote", row.title, [row.number, row.account, state], id=row.id)


def note_line(row: Any) -> None:
    with st.container(gap=None):
        told = [row.author, fmt.moment(row.written_at, lang, viewer.clock_zone)]
        hit("negotiation", row.account, told, account=row.account_id, q=sought)
        st.text(INDENT + row.excerpt)  # Markdown would make links of addresses somebody wrote


def page_line(place: rules.Place) -> None:
    frame.link(place.name, label=place.title, icon=frame.SCREENS[place.name].icon)


LINES = {"accounts": account_line, "contacts": contact_line, "quotes": quote_line, "notes": note_line}

with frame.head(t("search-title"), t("search-caption")):
    typed = finder.field(rules.LONGEST)

sought = rules.wanted(typed)
if not sought:
    widgets.nothing(t("search-begin"))
    st.stop()
if rules.too_short(typed):
    widgets.nothing(t("search-too-short"))
    st.stop()

mine = [screen.name for screen in frame.SCREENS.values() if screen.listed and viewer.may(screen.permission)]
places = rules.places(typed, mine, lang)
found = queries.find(viewer, typed)
if not (places or found.total):
    widgets.nothing(t("search-nothing", text=plain(sought)))
    st.stop()
if places:
    with widgets.card(t("search-pages")):
        for place in places:
            page_line(place)
for kind in found.kinds:
    group: queries.Found = getattr(found, kind)
    if group.total:
        with widgets.card(t(f"search-{kind}"), t("search-count", count=group.total)):
            for row in group.rows.itertuples():
                LINES[kind](row)
            if group.more:
                st.markdown(small(t("search-more", count=group.more), "gray"))
