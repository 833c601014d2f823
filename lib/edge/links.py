"""A link to a page of the desk, opened before sign-in, still leads there afterwards.

The provider sends everybody back to the start page. So the page asked for is kept in a short-lived cookie,
signed, and only pages of the desk are ever a target.
"""

import threading

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value, decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import XSRF_COOKIE_NAME

from lib import clock
from lib.edge.private import claims_of, is_signed_in
from lib.settings import settings
from lib.ui.frame import SCREENS

COOKIE = "vip_desk_link"
KEPT_SECONDS = 600  # signing in takes a while where a second factor is asked
SIGN_IN = "/auth/login"
MOST_LEFT = 1000  # people on their way back at once; in memory, so each process knows its own
_left: dict[str, str] = {}
_lock = threading.Lock()
LONGEST = 1500  # characters of a query that are kept; the page alone without a longer one


class DeepLinks:
    """Keeps the page an anonymous visitor asked for, and leads there from the start page once they are in."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_page = scope["type"] == "http" and scope["method"] == "GET"
        page = wanted(scope) if is_page else None
        kept = _kept(scope) if is_page and scope["path"] == "/" else None
        if page is not None and not await _is_in(scope):
            await self.app(scope, receive, _keeping(page, send))
        elif kept is not None and claims_of(scope) is not None:
            answer = RedirectResponse(kept, status_code=302)
            answer.delete_cookie(COOKIE, httponly=True, samesite="lax")
            answer.headers["Cache-Control"] = "no-store"
            await answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)


async def _is_in(scope: Scope) -> bool:
    """Whether nobody needs to be led back: signed in and not about to sign in anew.

    Somebody back from the provider a moment ago is in as well, though the script has not run yet and the
    store knows no sign-in.
    """
    if scope["path"] == SIGN_IN:
        return False
    issued = (claims_of(scope) or {}).get("iat")
    is_fresh = isinstance(issued, int) and clock.now().timestamp() - issued < KEPT_SECONDS
    return is_fresh or await is_signed_in(scope)


def wanted(scope: Scope) -> str | None:
    """Path and query of a page of the desk; None for anything else."""
    if scope["path"] == SIGN_IN:
        with _lock:
            return _left.pop(_cookies(scope).get(XSRF_COOKIE_NAME, ""), None)
    return _page(scope["path"], scope["query_string"].decode("latin-1"))


def come_back_to(mark: str, path: str, query: str) -> None:
    """Keep the page somebody looks at while their sign-in ends, until they start the next one. `mark` is
    their browser's mark against forgery, which it brings again."""
    page = _page(path, query)
    if page is not None and mark:
        with _lock:
            _left[mark] = page
            while len(_left) > MOST_LEFT:
                _left.pop(next(iter(_left)))


def _page(path: str, query: str) -> str | None:
    name = path.strip("/")
    if name not in SCREENS:
        return None
    return f"/{name}?{query}" if query and query.isascii() and len(query) <= LONGEST else f"/{name}"


def _kept(scope: Scope) -> str | None:
    signed = _cookies(scope).get(COOKIE, "")
    found = decode_signed_value(_secret(), COOKIE, signed, max_age_days=KEPT_SECONDS / 86_400)
    text = (found or b"").decode()
    return text if text.partition("?")[0].removeprefix("/") in SCREENS and text.startswith("/") else None


def _cookies(scope: Scope) -> dict[str, str]:
    return cookie_parser("; ".join(Headers(scope=scope).getlist("cookie")))


def _keeping(page: str, send: Send) -> Send:
    value = create_signed_value(_secret(), COOKIE, page).decode()
    cookie = f"{COOKIE}={value}; Path=/; Max-Age={KEPT_SECONDS}; HttpOnly; SameSite=Lax"

    async def send_cookie(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).append("set-cookie", cookie)
        await send(message)

    return send_cookie


def _secret() -> str:
    return settings().oidc_cookie_secret.get_secret_value()
