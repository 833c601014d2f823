"""The start of the server: the address to open in plain sight, and a browser at it."""

import os
import tempfile
import threading
import time
import webbrowser
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from html import escape
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp

from lib import start
from lib.edge import ahead, sockets
from lib.edge.visitors import KEY, VISITORS
from lib.settings import settings

STORED_SECONDS = 60  # how long the file that leads a browser to the key lies on the disk


def local_address() -> str:
    """Where this process listens, such as http://127.0.0.1:8501; without a port where that is unknown."""
    for host, port in sockets.addresses() or []:
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    return "http://localhost"


def announce() -> None:
    """Print the address for the next browser, with its key."""
    print(f"\n  VIP Desk: {local_address()}/?{KEY}={VISITORS.key}\n", flush=True)  # noqa: T201 - for people


def lifespan(*, open_browser: bool) -> Callable[[ASGIApp], AbstractAsyncContextManager[None]]:
    """Runs once when the server stands and, started by Streamlit, its port is open."""

    @asynccontextmanager
    async def running(_app: ASGIApp) -> AsyncIterator[None]:
        sockets.send_at_once()
        if settings().has_provider:
            print(f"\n  VIP Desk: {settings().public_url}\n", flush=True)  # noqa: T201
        else:
            await run_in_threadpool(_open_here, open_browser)
        ahead.start()
        yield

    return running


def _open_here(open_browser: bool) -> None:
    if start.is_open():
        print(f"\n  VIP Desk: {local_address()}\n", flush=True)  # noqa: T201
        target = local_address()
    else:
        announce()
        target = _stepping_stone() if open_browser else ""
    if open_browser:
        threading.Thread(target=webbrowser.open, args=(target,), name="open-browser", daemon=True).start()


def _stepping_stone() -> str:
    """A file only this person can read that leads on to the address with the key: everybody on the machine
    can see with which address a program was started."""
    number, name = tempfile.mkstemp(prefix="vip-desk-", suffix=".html")
    address = escape(f"{local_address()}/?{KEY}={VISITORS.key}", quote=True)
    with os.fdopen(number, "w", encoding="utf-8") as file:
        file.write(f'<!doctype html><meta http-equiv="refresh" content="0; url={address}">')

    def take_away() -> None:
        time.sleep(STORED_SECONDS)
        Path(name).unlink(missing_ok=True)

    threading.Thread(target=take_away, name="take-away", daemon=True).start()
    return Path(name).as_uri()
