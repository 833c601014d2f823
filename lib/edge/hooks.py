"""The one door for programs: a signed webhook by which a mail or signing tool tells of quotes.

It is open only where its key is set (VIP_DESK_QUOTE_HOOK_KEY). Nothing is read from the store before the
signature fits; an event that was told before is refused, and no answer tells more than its code.
"""

import logging

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from lib import clock
from lib.errors import Conflict, DeskError, Invalid, NotFound
from lib.settings import settings

log = logging.getLogger("vip_desk.edge")
PATH = "/hooks/quotes"
STATUS = {Invalid: 422, NotFound: 404, Conflict: 409}


class QuoteHook:
    """Answers PATH itself; everything else goes on."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        key = settings().quote_hook_key
        if scope["type"] != "http" or scope["path"] != PATH or key is None:
            await self.app(scope, receive, send)
            return
        status, code = await _answer(scope, receive, key.get_secret_value())
        await JSONResponse({"result": code}, status_code=status)(scope, receive, send)


async def _answer(scope: Scope, receive: Receive, key: str) -> tuple[int, str]:
    from lib.quotes import hook  # late, here and below: a start does not wait for it

    if scope["method"] != "POST":
        return 405, "post_only"
    body = await _body(receive, hook.BODY_MAX)
    if body is None:
        return 413, "too_large"
    headers = Headers(scope=scope)
    stamp, said = headers.get(hook.STAMP, ""), headers.get(hook.SIGNATURE, "")
    if not hook.is_signed(key, stamp, body, said, clock.now()):
        log.warning("a webhook without a fitting signature")
        return 401, "not_signed"
    return await run_in_threadpool(_take, body)


async def _body(receive: Receive, most: int) -> bytes | None:
    """The whole body; None as soon as it grows too large."""
    read = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        read += message.get("body", b"")
        if len(read) > most:
            return None
        if not message.get("more_body"):
            return read


def _take(body: bytes) -> tuple[int, str]:
    from lib.people.identity import technical_viewer
    from lib.quotes import hook
    from lib.quotes.following import take_told

    try:
        take_told(technical_viewer(clock.now(), acting_as="webhook"), hook.read_body(body))
    except DeskError as error:
        return STATUS.get(type(error), 503), error.code
    except LookupError:
        return 503, "store_unavailable"
    return 200, "stored"
