"""The visitor behind a running session, as its websocket brought them."""

from urllib.parse import urlencode, urlsplit

import streamlit as st
from streamlit.web.server.starlette.starlette_server_config import XSRF_COOKIE_NAME

from lib import clock, start
from lib.edge.links import come_back_to
from lib.edge.opening import announce
from lib.edge.private import claims_in
from lib.edge.visitors import VISITORS, cookie_name, is_token
from lib.people.sign_in import Admission, admit, sign_out

IDENTITY = "_identity"
THIS_MACHINE = "127.0.0.1"


def address() -> str:
    """Where the visitor comes from; Streamlit tells nothing for this machine."""
    return st.context.ip_address or THIS_MACHINE


def admission() -> Admission | None:
    """How somebody who signed in with the company's provider stands now; None for one who did not.

    None also while the session still holds what another person left in it: see `is_somebody_else`.
    """
    if not st.user.is_logged_in or is_somebody_else():
        return None
    return admit(claims_in(st.user.to_dict()), clock.now(), address())


def is_somebody_else() -> bool:
    """Whether the session was filled under another identity than the one it has now."""
    return st.session_state.setdefault(IDENTITY, _identity()) != _identity()


def start_anew() -> None:
    """Nothing one person left in a session is for the next."""
    st.session_state.clear()
    st.session_state[IDENTITY] = _identity()


def _identity() -> tuple[object, object] | None:
    if not st.user.is_logged_in:
        return None
    said = st.user.to_dict()
    return said.get("iss"), said.get("sub")


def enter() -> None:
    """Start the sign-in; afterwards the visitor is back at the page the door stood before."""
    mark = st.context.cookies.get(XSRF_COOKIE_NAME, "")
    come_back_to(mark, urlsplit(st.context.url or "").path, urlencode(st.query_params.to_dict()))
    st.login()


def leave() -> None:
    """Sign out: the sign-in ends in the store first, so that no copy of its cookie is worth anything."""
    found = admission()
    if found is not None:
        sign_out(found, clock.now(), address())
    st.logout()


def is_let_in() -> bool:
    """Without a provider: whether this browser brought the key, or the desk holds a demo."""
    return VISITORS.knows(_token()) or start.is_open()


def let_in() -> None:
    """The visitor who turns a demo into their own desk stays in; others need the key printed now."""
    token = _token()
    if is_token(token):
        VISITORS.let_in(token)
    announce()


def _token() -> str | None:
    return st.context.cookies.get(cookie_name(st.context.headers.get("Host")))
