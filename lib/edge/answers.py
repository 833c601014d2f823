"""What stands before Streamlit: who may knock, which doors are closed, and the headers of every answer."""

import base64
import hashlib
import ipaddress
import os
import re
import socket
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lib.words import LANGUAGES, say

LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
# A request that came through a proxy is no local visit, whatever address it seems to come from.
FORWARDING_HEADERS = (
    "forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip",
    "x-forwarded-server", "cf-connecting-ip", "true-client-ip", "x-client-ip",
)  # fmt: skip
CLOSED = ("/_stcore/metrics", "/_stcore/agent/", "/_stcore/script-health-check")
KEPT_PRIVATE = ("/media/", "/_stcore/upload_file/")
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@lru_cache(maxsize=1)
def script_hashes() -> tuple[str, ...]:
    """The inline scripts of the installed Streamlit's own page, as CSP sources."""
    page = Path(find_spec("streamlit").origin).parent / "static" / "index.html"
    scripts = _INLINE_SCRIPT.findall(page.read_text(encoding="utf-8"))
    digests = (base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts)
    return tuple(f"'sha256-{digest}'" for digest in digests)


def content_policy(host: str) -> str:
    """The content security policy for a page served under `host`: nothing from anywhere else.

    The websocket's address is named, because not every browser counts it as 'self'. Streamlit writes
    style attributes and compiles WebAssembly for its tables, so these two are allowed.
    """
    rules = {
        "default-src": ["'self'"],
        "script-src": ["'self'", "'wasm-unsafe-eval'", *script_hashes()],
        "worker-src": ["'self'", "blob:"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'", "data:"],
        "connect-src": ["'self'", f"ws://{host}", f"wss://{host}", "data:", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
    return "; ".join(" ".join([name, *sources]) for name, sources in rules.items())


def host_name(host: str | None) -> str | None:
    """The name in a Host header, without its port; None when it is not a plain host."""
    if not host or not re.fullmatch(r"[A-Za-z0-9.\-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?", host):
        return None
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".") or None
    except ValueError:
        return None


def is_local(scope: Scope) -> bool:
    """A visit from this machine, under a local name, through no proxy."""
    headers = Headers(scope=scope)
    if any(name in headers for name in FORWARDING_HEADERS):
        return False
    if len(headers.getlist("host")) != 1 or host_name(headers["host"]) not in LOCAL_NAMES:
        return False
    try:
        return ipaddress.ip_address((scope.get("client") or ("", 0))[0]).is_loopback
    except ValueError:
        return False


class LocalOnly:
    """Without company sign-in anybody who reaches the desk is somebody: only this machine may."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or is_local(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})  # before accept: the handshake gets a 403
        else:
            sentences = "\n".join(say(language, "edge-local-only") for language in LANGUAGES)
            await PlainTextResponse(sentences + "\n", status_code=403)(scope, receive, send)


class SafeAnswers:
    """Closes what nobody needs and gives every answer its protective headers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                _protect(MutableHeaders(scope=message), scope)
            await send(message)

        if is_closed(scope["path"]):
            await PlainTextResponse("Not found\n", status_code=404)(scope, receive, send_safely)
        else:
            await self.app(scope, receive, send_safely)


def is_closed(path: str) -> bool:
    """Metrics, the interface for programs and the script probe, wherever in the path they stand."""
    return any(closed in path.rstrip("/") + "/" for closed in CLOSED)


def _protect(headers: MutableHeaders, scope: Scope) -> None:
    host = Headers(scope=scope).get("host", "")
    headers["Content-Security-Policy"] = content_policy(host if host_name(host) else "localhost")
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "no-referrer"
    headers["X-Frame-Options"] = "DENY"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
    if scope["path"].startswith(KEPT_PRIVATE):
        headers["Cache-Control"] = "no-store"
    if scope.get("scheme") == "https":
        headers["Strict-Transport-Security"] = "max-age=31536000"
        _secure_cookies(headers)


def _secure_cookies(headers: MutableHeaders) -> None:
    cookies = headers.getlist("set-cookie")
    if not cookies:
        return
    del headers["set-cookie"]
    for cookie in cookies:
        parts = {part.strip().lower() for part in cookie.split(";")[1:]}
        headers.append("set-cookie", cookie if "secure" in parts else f"{cookie}; Secure")


def send_at_once() -> None:
    """Let small messages leave without waiting for an acknowledgement: some 40 ms less a rerun.

    asyncio asks for this only on sockets that spell out their protocol, which Streamlit's does not.
    Accepted connections inherit it from the listening socket; where a process cannot list what it has
    open, nothing changes.
    """
    with suppress(OSError):
        for number in map(int, os.listdir("/dev/fd")):
            with suppress(OSError):  # the listing's own descriptor is gone by now
                if stat.S_ISSOCK(os.fstat(number).st_mode):
                    _send_at_once(number)


def _send_at_once(number: int) -> None:
    with socket.socket(fileno=os.dup(number)) as opened:
        is_tcp = opened.family in (socket.AF_INET, socket.AF_INET6)
        if is_tcp and opened.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


@asynccontextmanager
async def lifespan(_app: ASGIApp) -> AsyncIterator[None]:
    """Runs once when the server stands and its port is open."""
    send_at_once()
    yield
