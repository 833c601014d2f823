"""The frame of every page: the guard, the head, navigation links."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st

from lib.access import Viewer
from lib.ui.acts import show_refusal
from lib.ui.i18n import language, t
from lib.words import has


@dataclass(frozen=True)
class Screen:
    """A page of the desk: where it stands in the sidebar and which permission opens it."""

    name: str
    group: str
    icon: str
    permission: str
    listed: bool = True


SCREENS = {
    screen.name: screen
    for screen in (
        Screen("today", "work", "today", "today.read"),
        Screen("week", "work", "calendar_view_week", "today.read"),
        Screen("search", "work", "search", "account.read", listed=False),
        Screen("accounts", "work", "apartment", "account.read"),
        Screen("account", "work", "apartment", "account.read", listed=False),
        Screen("alerts", "work", "notifications", "alert.read"),
        Screen("playbooks", "work", "checklist", "account.read"),
        Screen("vips", "work", "workspace_premium", "account.read"),
        Screen("events", "work", "celebration", "account.read"),
        Screen("renewals", "work", "autorenew", "renewal.read"),
        Screen("growth", "work", "trending_up", "account.read"),
        Screen("negotiation", "work", "handshake", "note.read"),
        Screen("quotes", "price", "request_quote", "quote.read"),
        Screen("quote", "price", "request_quote", "quote.read", listed=False),
        Screen("fulfilment", "price", "inventory", "account.read"),
        Screen("concessions", "price", "swap_horiz", "quote.read"),
        Screen("promos", "price", "event", "quote.read"),
        Screen("approvals", "price", "approval", "quote.approve"),
        Screen("pricebooks", "price", "menu_book", "quote.read"),
        Screen("kpi", "lead", "monitoring", "kpi.read"),
        Screen("team", "lead", "groups", "team.read"),
        Screen("evidence", "lead", "fact_check", "kpi.read"),
        Screen("imports", "data", "upload_file", "import.read"),
        Screen("guardrails", "price", "account_tree", "policy.read"),
        Screen("standards", "price", "verified", "policy.read"),
        Screen("policy", "data", "rule", "policy.read"),
        Screen("people", "data", "group", "person.read"),
        Screen("audit", "data", "history", "audit.read"),
        Screen("channels", "data", "send", "channel.manage"),
        Screen("handover", "data", "move_group", "book.hand_over", listed=False),
    )
}
GROUPS = ("work", "price", "lead", "data")


def open_page(name: str) -> Viewer:
    """The viewer, or the end of the run: no page is drawn without one, or without its permission.

    The desk's main script alone puts the viewer into the session; a page reached past it stays shut.
    """
    viewer = st.session_state.get("viewer")
    if not isinstance(viewer, Viewer):
        st.error(t("frame-no-viewer"), icon=":material/lock:")
        st.stop()
    if not viewer.may(SCREENS[name].permission):
        no_permission()
    st.session_state["_screen"] = name
    return viewer


def no_permission() -> None:
    """One answer for "not yours" and "not there", with a way out; ends the run."""
    st.space("large")
    with st.columns([1, 1.05, 1])[1], st.container(border=True, horizontal_alignment="center"):
        st.space("small")
        st.markdown(f"**{t('frame-not-here-title')}**", width="content")
        st.markdown(t("frame-not-here"), text_alignment="center")
        link("today", label=t("frame-to-today"), icon="arrow_back")
        st.space("small")
    st.stop()


@contextmanager
def head(title: str, caption: str = "", badges: Sequence[str] = ()) -> Iterator[None]:
    """Title, badges and caption on the left; the body of the with-block draws the controls on the right.

    `badges` are Markdown badges from widgets.status_badge. A refusal kept from the last act is shown below.
    """
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        with st.container(gap=None, width="content"):
            with st.container(horizontal=True, vertical_alignment="center", width="content", gap="small"):
                st.title(title, anchor=False, width="content")
                if badges:
                    st.markdown(" ".join(badges), width="content")
            if caption:
                st.caption(caption)
        with st.container(
            horizontal=True, width="content", vertical_alignment="center", horizontal_alignment="right"
        ):
            yield
            _help(st.session_state.get("_screen", ""))
    show_refusal()


def _help(name: str) -> None:
    """How to read this page: always the last control of the head."""
    if not has(language(), f"help-{name}"):
        return
    button = st.popover(t("help-button"), icon=":material/help:", type="tertiary", key="page-help")
    with button, st.container(width=380, gap="small"):
        st.markdown(f"**{t('help-title', page=t(f'frame-page-{name}'))}**")
        st.markdown(t(f"help-{name}"))
        st.markdown(f":gray[:small[{t('help-keys')}]]")


def page_of(name: str) -> object | None:
    """The Streamlit page, as the main script listed it; None outside the desk (a page under test)."""
    return st.session_state.get("_pages", {}).get(name)


def link(name: str, *, label: str, icon: str | None = None, width: str = "content", **params: object) -> None:
    """A link to a page of the desk that keeps the session; plain text where the page is not listed."""
    page = page_of(name)
    if page is None:
        st.markdown(label, width=width)
        return
    query = {k: str(v) for k, v in params.items() if v is not None}
    st.page_link(
        page,
        label=label,
        icon=f":material/{icon}:" if icon else None,
        width=width,
        query_params=query or None,
    )


def go(name: str, **params: object) -> None:
    """Switch to a page with query parameters; ends the run."""
    page = page_of(name)
    if page is not None:
        st.switch_page(page, query_params={k: str(v) for k, v in params.items() if v is not None})


def asked_id(name: str = "id") -> int | None:
    """The record id in the address, when it is one; anything else counts as none."""
    text = st.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def arrived_id(name: str = "id") -> int | None:
    """The record id of a deep link that opens a drawer: told once, then taken out of the address."""
    found = asked_id(name)
    st.query_params.pop(name, None)
    return found
