"""Without a provider anybody who reaches the desk is somebody, so four things must hold for a visit: the
server listens on this machine alone, the address names this machine, no proxy stands between, and the
browser brought the key of the start. A demo has nothing to hide and opens without the key."""

from urllib.parse import quote, unquote_plus, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lib import start
from lib.edge import sockets
from lib.edge.callers import FORWARDING_HEADERS, HEALTH, address_of, host_name, host_of
from lib.edge.opening import announce
from lib.edge.refusals import refuse_socket, turned_away
from lib.edge.visitors import KEY, VISITORS, cookie_name, is_token, new_token
from lib.settings import LOCAL_NAMES

FILES = ("/static/", "/favicon")  # Streamlit's own: nothing of the desk is in them


def is_local(scope: Scope) -> bool:
    """A visit from this machine, under a local name, through no proxy, to a server others cannot reach."""
    headers = Headers(scope=scope)
    if any(name in headers for name in FORWARDING_HEADERS):
        return False
    address = address_of(scope)
    return (
        host_name(host_of(scope)) in LOCAL_NAMES
        and address is not None
        and address.is_loopback
        and not sockets.reach_others((scope.get("server") or ("", 0))[1])
    )


def is_same_origin(scope: Scope) -> bool:
    """Other programs on this machine have pages of their own; browsers send our cookie from there too."""
    origin = Headers(scope=scope).get("origin")
    return origin is None or urlsplit(origin).netloc == host_of(scope)


def token_of(scope: Scope) -> str | None:
    cookies = cookie_parser("; ".join(Headers(scope=scope).getlist("cookie")))
    return cookies.get(cookie_name(host_of(scope)))


class LocalOnly:
    """Lets local visits through, and of those the ones that were let in."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        kind = scope["type"]
        if kind == "lifespan":
            await self.app(scope, receive, send)
        elif not is_local(scope):
            await _refuse(scope, receive, send, "edge-local-only")
        elif kind == "websocket" and not is_same_origin(scope):
            await refuse_socket(send)
        elif kind == "http" and (scope["path"] == HEALTH or scope["path"].startswith(FILES)):
            await self.app(scope, receive, send)
        elif kind == "http" and (answer := _answer_to_key(scope)) is not None:
            await answer(scope, receive, send)
        elif VISITORS.knows(token_of(scope)):
            await self.app(scope, receive, send)
        elif await run_in_threadpool(start.is_open):
            await self.app(scope, receive, _with_token(scope, send) if kind == "http" else send)
        else:
            await _refuse(scope, receive, send, "edge-key")


async def _refuse(scope: Scope, receive: Receive, send: Send, message_id: str) -> None:
    if scope["type"] == "websocket":
        await refuse_socket(send)
    else:
        await turned_away(scope, message_id)(scope, receive, send)


def _answer_to_key(scope: Scope) -> Response | None:
    """An address with a key in it leads to the same address without; the current key lets the browser in.

    A browser that fetches pages ahead of a click would use the key up for nobody, so it gets none.
    """
    query = scope["query_string"].decode("latin-1")
    parts = query.split("&")
    keys = [unquote_plus(part.removeprefix(f"{KEY}=")) for part in parts if part.startswith(f"{KEY}=")]
    ahead = "prefetch" in Headers(scope=scope).get("sec-purpose", "")
    if not keys or scope["method"] != "GET" or ahead:
        return None
    token = VISITORS.use(keys[0])
    rest = "&".join(part for part in parts if not part.startswith(f"{KEY}="))
    path = "/" + quote(scope["path"].lstrip("/\\"))  # two slashes would name another host
    answer = RedirectResponse(f"{path}?{rest}" if rest else path, status_code=302)
    answer.headers["Cache-Control"] = "no-store"
    if token is not None:
        announce()
        answer.headers.append("set-cookie", _cookie(scope, token))
    return answer


def _with_token(scope: Scope, send: Send) -> Send:
    """Gives a demo's visitor a token as well, so that who starts an own store from it stays in."""
    if is_token(token_of(scope)):
        return send

    async def send_token(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if headers.get("content-type", "").startswith("text/html"):
                headers.append("set-cookie", _cookie(scope, new_token()))
        await send(message)

    return send_token


def _cookie(scope: Scope, token: str) -> str:
    return f"{cookie_name(host_of(scope))}={token}; Path=/; HttpOnly; SameSite=Lax"
