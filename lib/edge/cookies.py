"""Keeps the identity cookies small: servers and proxies refuse a request whose headers grow past some 8 kB.

Streamlit stores every claim of the ID token, with the token itself and the access token beside it. The desk
reads a few claims and the groups it has roles for, and never acts at the provider.
"""

import json
from http.cookies import Morsel, SimpleCookie

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.auth_util import get_cookie_with_chunks, set_cookie_with_chunks
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value, decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import TOKENS_COOKIE_NAME, USER_COOKIE_NAME

from lib.edge.private import NOT_CLAIMS, claims_in
from lib.people.claims import needed
from lib.settings import settings

CALLBACK = "/oauth2callback"
ATTRIBUTES = "; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000"  # as Streamlit sets them
LONGEST_TOKEN = 2500  # characters; without it the provider may ask once more before it signs somebody out


class SmallCookies:
    """Rewrites the cookies that Streamlit sets when somebody comes back from the provider."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != CALLBACK:
            await self.app(scope, receive, send)
            return

        async def send_small(message: Message) -> None:
            if message["type"] == "http.response.start":
                _rewrite(MutableHeaders(scope=message))
            await send(message)

        await self.app(scope, receive, send_small)


def _rewrite(headers: MutableHeaders) -> None:
    lines = headers.getlist("set-cookie")
    ours = [line for line in lines if line.startswith(USER_COOKIE_NAME)]
    jar = {m.key: m for line in ours for m in SimpleCookie(line).values() if m.value and m["max-age"] != "0"}
    said = _read(jar, USER_COOKIE_NAME)
    if not said:
        return
    headers.raw[:] = [
        (name, value)
        for name, value in headers.raw
        if name != b"set-cookie" or value.decode("latin-1").partition("=")[0] not in jar
    ]
    claims = needed(claims_in(said), settings().oidc_groups_claim, settings().oidc_roles)
    kept = {name: said[name] for name in NOT_CLAIMS if name in said}
    _set(headers, USER_COOKIE_NAME, claims | kept)
    token = (_read(jar, TOKENS_COOKIE_NAME) or {}).get("id_token", "")
    if token and len(token) <= LONGEST_TOKEN:
        _set(headers, TOKENS_COOKIE_NAME, {"id_token": token})
    else:  # nor may one of an earlier sign-in stay
        headers.append("set-cookie", f"{TOKENS_COOKIE_NAME}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax")


def _read(jar: dict[str, Morsel], name: str) -> dict | None:
    def one(part: str) -> bytes | None:
        return decode_signed_value(_secret(), part, jar[part].value) if part in jar else None

    return json.loads(get_cookie_with_chunks(one, name) or b"null")


def _set(headers: MutableHeaders, name: str, value: dict) -> None:
    def signed(part: str, text: str) -> bytes:
        return create_signed_value(_secret(), part, text)

    def add(part: str, text: str) -> None:
        headers.append("set-cookie", f"{part}={signed(part, text).decode()}{ATTRIBUTES}")

    set_cookie_with_chunks(add, signed, name, value, cookie_attr_size=len(ATTRIBUTES))


def _secret() -> str:
    return settings().oidc_cookie_secret.get_secret_value()
