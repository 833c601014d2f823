"""Who calls: the address a request comes from, the name it was made to, and proxies that may say so."""

import ipaddress
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from lib.edge.refusals import refuse_socket, turned_away
from lib.settings import settings

# A request that came through a proxy is no local visit, whatever address it seems to come from.
FORWARDING_HEADERS = (
    "forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-forwarded-port",
    "x-forwarded-server", "x-real-ip", "x-client-ip", "x-cluster-client-ip", "cf-connecting-ip",
    "true-client-ip", "x-original-host",
)  # fmt: skip
HEALTH = "/_stcore/health"
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def host_name(host: str | None) -> str | None:
    """The name in a Host header, without its port; None when it is not a plain host."""
    if not host or not re.fullmatch(r"[A-Za-z0-9.\-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?", host):
        return None
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".") or None
    except ValueError:
        return None


def host_of(scope: Scope) -> str | None:
    """The one Host header; None when there is none, or more than one to choose from."""
    hosts = Headers(scope=scope).getlist("host")
    return hosts[0] if len(hosts) == 1 else None


def address_of(scope: Scope) -> Address | None:
    """The address of the caller, behind proxies we know; IPv4 inside IPv6 as plain IPv4."""
    return _address((scope.get("client") or ("", 0))[0])


def _address(text: str) -> Address | None:
    try:
        address = ipaddress.ip_address(text.strip().strip("[]"))
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def believe_no_headers() -> None:
    """Take from uvicorn what it believes by itself: X-Forwarded headers from this machine, or from
    whomever FORWARDED_ALLOW_IPS names. It reads that before any code of ours, so its middleware is made
    to pass everything on as it came; `Forwarded` decides instead."""

    async def passed_on(self: ProxyHeadersMiddleware, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)

    ProxyHeadersMiddleware.__call__ = passed_on


class Forwarded:
    """Puts the visitor's address and scheme in place of a proxy's, for proxies the settings name.

    The address is the last one in X-Forwarded-For that is no such proxy: what stands before it was said
    by the visitor. Without a named proxy the headers change nothing.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan" and _is_proxy(address_of(scope)):
            scope = {**scope, **_seen_by_proxy(scope)}
        await self.app(scope, receive, send)


def _is_proxy(address: Address | None) -> bool:
    return address is not None and any(address in network for network in settings().trusted_proxies)


def _seen_by_proxy(scope: Scope) -> dict[str, object]:
    headers = Headers(scope=scope)
    found: dict[str, object] = {}
    schemes = headers.getlist("x-forwarded-proto")
    if len(schemes) == 1 and schemes[0].strip() in {"http", "https"}:
        is_socket = scope["type"] == "websocket"
        found["scheme"] = schemes[0].strip().replace("http", "ws") if is_socket else schemes[0].strip()
    visitor = _nearest_stranger(",".join(headers.getlist("x-forwarded-for")).split(","))
    if visitor is not None:
        found["client"] = (str(visitor), 0)
    return found


def _nearest_stranger(hops: Iterable[str]) -> Address | None:
    address = None
    for hop in reversed(list(hops)):
        address = _address(hop)
        if not _is_proxy(address):
            break
    return address


class CompanyAddress:
    """The desk answers to the name in its public address alone, and its websocket to its own pages.

    The health check is asked by machines that know no name, so it answers to any.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        origin = settings().public_url
        expected = urlsplit(origin).netloc
        if scope["type"] == "lifespan" or scope["path"] == HEALTH:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            said = Headers(scope=scope).get("origin")
            if host_of(scope) == expected and said in (None, origin):
                await self.app(scope, receive, send)
            else:
                await refuse_socket(send)
        elif (host_of(scope) or "").lower() == expected:
            await self.app(scope, receive, send)
        else:
            await turned_away(scope, "edge-other-name", 421, address=origin)(scope, receive, send)
