"""What every answer carries, and the doors nobody needs, which are closed."""

import base64
import hashlib
import re
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lib.edge.callers import host_name
from lib.settings import settings

CLOSED = ("/_stcore/metrics", "/_stcore/agent/", "/_stcore/script-health-check")
SIGN_IN = ("/auth/", "/oauth2callback")  # nothing to sign in to without a provider
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
    """Metrics, the interface for programs and the script probe, wherever in the path they stand; without a
    provider also the way to it."""
    path = path.rstrip("/") + "/"
    return any(closed in path for closed in CLOSED) or (
        not settings().has_provider and path.startswith(SIGN_IN)
    )


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
    if scope.get("scheme") == "https" or (settings().public_url or "").startswith("https:"):
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
