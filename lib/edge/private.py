"""What lies outside the script and yet is somebody's: downloads, pictures and uploads.

Streamlit gives them to whoever has the address. Here they need the identity cookie of an active person
whose sign-in still holds, as every run of the script does.
"""

import json
import logging
from collections.abc import Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from lib import clock
from lib.edge.answers import KEPT_PRIVATE
from lib.edge.refusals import turned_away
from lib.settings import settings

log = logging.getLogger("vip_desk.edge")
NOT_CLAIMS = ("origin", "is_logged_in", "provider", "tokens")  # what Streamlit adds to the ID token's claims


def claims_of(scope: Scope) -> dict[str, Any] | None:
    """The ID token's claims in a request's identity cookie; None without one, or with one not signed by us
    for our address. Whether the sign-in still holds only the store knows."""
    cookies = cookie_parser("; ".join(Headers(scope=scope).getlist("cookie")))
    secret = settings().oidc_cookie_secret.get_secret_value()

    def one(name: str) -> bytes | None:
        signed = cookies.get(name)
        return decode_signed_value(secret, name, signed.encode("latin-1", "replace")) if signed else None

    try:
        said = json.loads(get_cookie_with_chunks(one, USER_COOKIE_NAME) or b"null")
    except ValueError:
        return None
    if not isinstance(said, dict) or not said.get("is_logged_in"):
        return None
    return claims_in(said) if said.get("origin") == settings().public_url else None


def claims_in(said: Mapping[str, Any]) -> dict[str, Any]:
    """The claims alone."""
    return {name: value for name, value in said.items() if name not in NOT_CLAIMS}


async def is_signed_in(scope: Scope) -> bool:
    """Whether a request comes from an active person; no, while the store cannot be asked."""
    claims = claims_of(scope)
    return claims is not None and await run_in_threadpool(_holds, claims)


def _holds(claims: dict[str, Any]) -> bool:
    from lib.people.sign_in import still_in  # late: with it come pandas and all tables

    try:
        return still_in(claims, clock.now())
    except Exception:  # away, or not made yet
        log.warning("the store cannot be asked about a sign-in", exc_info=True)
        return False


class SignedInOnly:
    """No download, picture or upload without a sign-in that holds."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_private = scope["type"] == "http" and scope["path"].startswith(KEPT_PRIVATE)
        if is_private and not await is_signed_in(scope):
            await turned_away(scope, "edge-sign-in")(scope, receive, send)
        else:
            await self.app(scope, receive, send)
