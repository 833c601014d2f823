"""A link to a page of the desk, opened before sign-in, still leads there afterwards.

The provider sends everybody back to the start page. So the page asked for is kept in a short-lived cookie,
signed, and only pages of the desk are ever a target.
"""

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value, decode_signed_value

from lib import clock
from lib.edge.private import claims_of, is_signed_in
from lib.settings import settings
from lib.ui.frame import SCREENS

COOKIE = "vip_desk_link"
KEPT_SECONDS = 600  # signing in takes a while where a second factor is asked
LONGEST = 1500  # characters of a query that are kept; the page alone without a longer one


class DeepLinks:
    """Keeps the page an anonymous visitor asked for, and leads there from the start page once they are in."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_page = scope["type"] == "http" and scope["method"] == "GET"
        page = wanted(scope) if is_page else None
        kept = _kept(scope) if is_page and scope["path"] == "/" else None
        if page is not None and not _just_back(scope) and not await is_signed_in(scope):
            await self.app(scope, receive, _keeping(page, send))
        elif kept is not None and claims_of(scope) is not None:
            answer = RedirectResponse(kept, status_code=302)
            answer.delete_cookie(COOKIE, httponly=True, samesite="lax")
            answer.headers["Cache-Control"] = "no-store"
            await answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _just_back(scope: Scope) -> bool:
    """Back from the provider a moment ago: the script has not run yet, so the store knows no sign-in."""
    issued = (claims_of(scope) or {}).get("iat")
    return isinstance(issued, int) and clock.now().timestamp() - issued < KEPT_SECONDS


def wanted(scope: Scope) -> str | None:
    """Path and query of a page of the desk; None for anything else."""
    name = scope["path"].strip("/")
    if name not in SCREENS:
        return None
    query = scope["query_string"].decode("latin-1")
    return f"/{name}?{query}" if query and query.isascii() and len(query) <= LONGEST else f"/{name}"


def _kept(scope: Scope) -> str | None:
    signed = cookie_parser("; ".join(Headers(scope=scope).getlist("cookie"))).get(COOKIE, "")
    found = decode_signed_value(_secret(), COOKIE, signed, max_age_days=KEPT_SECONDS / 86_400)
    text = (found or b"").decode()
    return text if text.partition("?")[0].removeprefix("/") in SCREENS and text.startswith("/") else None


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
