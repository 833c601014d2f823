"""Chromium for tests: the one on the machine, else Playwright's own."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

PLACES = (
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/opt/google/chrome/chrome",
)
# Without root's sandbox and with a small /dev/shm, as in most containers; the desk is our own.
SWITCHES = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--font-render-hinting=none"]


def executable() -> str | None:
    """The path of a Chromium: the one VIP_DESK_CHROMIUM names, an installed one; None: Playwright's own."""
    named = os.environ.get("VIP_DESK_CHROMIUM")
    if named:
        return named
    for place in PLACES:
        if Path(place).exists():
            return place
    return shutil.which("chromium") or shutil.which("google-chrome")


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=executable(), args=SWITCHES)
        try:
            yield opened
        finally:
            opened.close()
